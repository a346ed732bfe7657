### What a patient can look at, and the settings.

progress-day = Day <b>{ $day }</b> of { $days }
progress-calendar = <pre>{ $calendar }</pre>
progress-legend = ■ taken   × not taken   ? no answer   – on hold   ○ open
progress-counts = { $taken } taken, { $skipped } not taken, { $unknown } without an answer.
progress-begins = Your days will show here as they come.
progress-share = That is <b>{ $low } %</b> so far.
progress-range = That is between <b>{ $low } %</b> and <b>{ $high } %</b> so far: days without an answer could be either.

course-regimen = Your plan: <b>{ $regimen }</b>
course-dates = From { $start } to { $end }, { $weeks } weeks.
course-status = At present: <b>{ $status }</b>.
course-step-taken = ✓ From day { $day }: { $amount } mg
course-step-ahead = From day { $day }: { $amount } mg, if you have been well
course-step-held = The next step waits for your clinic.
course-follow-ups = We will ask how things are on { $dates }.
step-taken = As planned with your own team, the next step of your plan begins today. /course shows the details.
step-held = A step of your plan would be due today. Because of what you told me, it waits until your team has looked. Things stay as they were.
step-released = Your team has released the next step of your plan. It begins tomorrow. /course shows the details.
induction-held = As your team planned it, the second part of today is on hold now, and the daily questions rest until your team has spoken with you. Nobody watches this chat all the time: if it gets worse, press <b>Help now</b>.

settings =
    <b>Your settings</b>

    Daily message: <b>{ $hour }</b>
    Your clock: as in <b>{ $city }</b>, now <b>{ $now }</b>
    Wording: <b>{ $wording }</b>
button-change-hour = Change the hour
button-change-zone = Change the city
button-change-wording = Discreet or plain
button-change-language = Language

ask-stop =
    Do you want to stop the course? You may at any time, and nobody will blame you. Your clinic's team will be told, so that someone can talk with you.

    A pause is possible too: your clinic decides about it.
button-stop = Yes, stop the course
button-ask-pause = Ask for a pause
button-keep-going = Go on as before
kept-going = All right, everything goes on as before.
pause-asked = Your clinic's team has been asked for a pause. Until they answer, everything goes on as before.
pause-refused = Your own team has seen that you would like a pause, and wants to talk with you before changing anything. For now everything goes on as before.
course-resumed = Your course goes on. I will write again on <b>{ $day }</b> at <b>{ $hour }</b>.
course-resumed-end = Your course goes on.

summary-patient = In these weeks: { $taken } of { $expected } recorded as taken, { $unknown } days without an answer, and { $reports } times you told me how you felt.
summary-patient-exact = In these weeks: { $taken } of { $expected } recorded as taken, and { $reports } times you told me how you felt.

help-patient =
    In danger, call <b>{ $emergency }</b>. To talk to someone, day and night: <b>{ $crisis }</b>. <b>Help now</b> below shows these first, and alerts your clinic.

    /today – answer or correct today and yesterday
    /report – tell me how you feel
    /progress – your calendar
    /course – your plan and its dates
    /settings – hour, city, wording
    /pause – ask your clinic for a pause
    /stop – stop the course
    /privacy – your data
    /consent – your agreement, and taking it back
    /export – a copy of your data
    /forget – delete your data

    Anything else you write goes to your clinic's team.
help-joining =
    In danger, call <b>{ $emergency }</b>. To talk to someone, day and night: <b>{ $crisis }</b>.

    You are in the middle of joining: /start shows where you are. /privacy tells about your data.
privacy-contact-unknown = the clinic that invited you

refused-not-found = I cannot find that. It may belong to someone else, or be long over.
refused-answered-already = That question is answered already.
refused-unknown-button = I do not know that button. Please use the newest message.
refused-course-state = That does not fit where your course is now. /course shows it.
refused-paused-already = Your course is on pause already.
refused-role = That is not yours to do.
refused-chat = That does not work in this chat.
refused-trouble = Something went wrong on my side, and I have told the people who look after me. Please try again. If it is urgent, call your clinic or the emergency number.

## The command menus

menu-today = Today
menu-report = How I feel
menu-progress = My calendar
menu-course = My plan
menu-settings = Settings
menu-help = Help
menu-privacy = My data
menu-invite = Invite someone
menu-pause = Pause, with a case code
menu-resume = Resume, with a case code
menu-release = Release what is held, with a case code
menu-oncall = Who is on call
menu-policy = What the clinic has chosen
menu-cases = Open cases
menu-patients = Who needs a person next
menu-patient = One patient, with a case code
menu-reschedule = Move a day, an hour or a step, with a case code
menu-staff = Who works here
menu-week = The week in numbers
