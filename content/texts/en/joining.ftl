### Joining: one question at a time, each short enough to read standing up.

welcome =
    Hello. Your clinic has invited you to Steady, a companion for the next 12 weeks. It takes about three minutes to set up, and you can stop at any point.

    Which language shall we speak?
language-name = { $name }
language-set = We will speak { $name }.
ask-language = Which language shall we speak?
button-read-on = Read on
consent-kept = Thank you. You agreed, and that is kept with today's date. You can take it back at any time: /consent.
button-think-again = Read it again
help-is-here =
    From now on the <b>Help now</b> button is always below this chat. It shows these numbers first, and alerts your clinic:

    <b>{ $emergency }</b>: danger to life
    <b>{ $crisis }</b>: someone to talk to, day and night

    Next come a few short health questions. "Not sure" is a good answer too.
asked-and-answered =
    { $question }

    → <b>{ $answer }</b>
approval-waits =
    Thank you. One or more of your answers is something your clinic wants to look at before you begin. That is quite usual, and you have done nothing wrong.

    Your clinic's team has been told. As soon as someone has decided, you will hear it here. Until then nothing starts. If you have a question, you can call your clinic.
approval-given = Good news: your team has looked at your answers, and you can begin. Just a few settings are left.
approval-refused =
    Your clinic has looked at your answers and decided not to start this course for now. That is about your safety, and it is not your fault. They will talk with you about what fits better.

    If you need someone before then: <b>{ $crisis }</b>, day and night, or <b>{ $emergency }</b> in danger.

ask-zone =
    Where are you? It sets the clock for your daily question.

    Type the name of your city or the nearest big one, share your location with the button below, or type what time it is for you now, for example <b>14:35</b>. Your location itself is not kept.
ask-zone-nearby = Or choose your clinic's:
zone-suggestion = { $city }
did-you-mean = Did you mean <b>{ $city }</b>? It is <b>{ $now }</b> there now. Tap it if so; if not, please write the place again, or the nearest big city.
which-place = Which one is it?
zone-set = Your clock: <b>{ $city }</b>, where it is now <b>{ $now }</b>.
zone-kept = That is kept. The buttons below the chat are back.
button-wrong-zone = That is wrong
ask-hour =
    At what time shall I write each day? Many people choose an hour they already have a habit at, such as breakfast.

    Tap one, or type another, for example <b>7:45</b>.
hour = { $at }
hour-set = I will write each day at <b>{ $at }</b>.
hour-set-next = I will write each day at <b>{ $at }</b>. The next time is <b>{ $day }</b>.
hour-set-now = I will write each day at <b>{ $at }</b>. That hour has passed today, so today's message comes in a moment.
ask-wording =
    How openly may my messages speak? Your phone may show the first words on its lock screen.

    <b>Discreet:</b> "Good day. It is 9:00, time for your daily check."
    <b>Plain:</b> "It is 9:00, time for your naltrexone", with the planned amount.
wording-discreet = Discreet
wording-plain = Plain
wording-set-discreet = My messages will stay discreet.
wording-set-plain = My messages will speak plainly.
ask-first-day = Which day is your first, as agreed with your clinic? Tap one, or type a date, for example <b>30.11.</b>
first-day-today = Today
first-day-tomorrow = Tomorrow
first-day-set = Your first day: <b>{ $day }</b>.
joined =
    You are set. I will write on <b>{ $day }</b> at <b>{ $hour }</b>, and then every day.

    Whenever you like: <b>How I feel</b> tells me how you are, <b>Today</b> shows the day, and anything you write goes to your clinic's team. /help shows everything.
joined-today =
    You are set. Today's message comes in a moment, and from tomorrow on I will write every day at <b>{ $hour }</b>.

    Whenever you like: <b>How I feel</b> tells me how you are, <b>Today</b> shows the day, and anything you write goes to your clinic's team. /help shows everything.
please-use-buttons = Thank you. To go on, please answer this first:

key-help-now = Help now
key-feelings = How I feel
key-today = Today
key-location = Share my location

stranger = Hello. This chat works by invitation only. If you were given an invitation, please open the link in it.
refused-stranger = This works by invitation only.
refused-joining = Please finish joining first. /start shows where you are.
refused-invite-used = This invitation has been used already. If that was not you, please tell your clinic; they can give you a new one.
refused-invite-expired = This invitation is no longer valid. Your clinic can give you a new one.
refused-course-running = You have a course with Steady already, so I have left this invitation unused and nothing has changed. If your clinic wants you to begin anew, please call them. /today shows where you are.
refused-place = I could not find that place. Please try the nearest big city, share your location, or type what time it is for you now, for example 14:35.
refused-date = I could not read that as a date. Please write it like 30.11. or 2026-11-30.
refused-date-past = That day has passed. Please choose today or a later day.
refused-date-far = That is too far ahead. Please choose a day in the next two months, or ask your clinic for a new invitation then.
