### The clinicians' desk: writing to patients, lists, staff and the week's numbers. Case codes, never a patient's name.

## Pages

page-before = ‹ { $page }
page-after = { $page } ›
page-of = Page { $page } of { $count }

## Writing to a patient

button-write = Write to patient
toast-write-private = Go on in your private chat with Steady: I have asked you there what to write.
ask-write =
    ✉ To case <b>{ $code }</b>. What you write here next goes to the patient, who reads that it comes from your clinic{ $signed ->
        [yes] {" "}and your name
       *[no] {""}
    }. Choose a first line or write your own.
write-preview =
    ✉ To case <b>{ $code }</b>. Send this?

    <blockquote>{ $text }</blockquote>
button-send-line = Send it
button-write-back = ‹ Other lines
button-write-cancel = Cancel
write-cancelled = Nothing was sent to case <b>{ $code }</b>.
written-to = ✓ On its way to case <b>{ $code }</b>; if it cannot be delivered, you are told. The answer comes into the case.
written-unowned = ✓ On its way to case <b>{ $code }</b>; if it cannot be delivered, you are told. The answer comes into the case, which nobody has taken yet.
button-write-again = Write again
draft-over = You began to write to case <b>{ $code }</b> more than half an hour ago. So that nothing goes to the wrong person, this was <b>not</b> sent. Press the button and send it again.
draft-command = That looks like a command, so it was <b>not</b> sent to case <b>{ $code }</b>. Write to the patient now, or cancel.
written-failed = ⚠ Your message to case <b>{ $code }</b> could not be delivered: Telegram does not take it for this patient. Please call.
answered = ✉ Case <b>{ $code }</b> answers:
answered-owner = ✉ Case <b>{ $code }</b>, which is yours, answers:
answered-closed-chat = ✉ Case <b>{ $code }</b> has answered. The words stay out of this chat.
answered-words = <blockquote>{ $text }</blockquote>
answer-private = What case <b>{ $code }</b> answered:
button-read-answer = Read in private
card-written = ✉ { $at } · { $name } wrote: <i>{ $text }</i>
card-written-only = ✉ { $at } · { $name } wrote
card-answered = ✉ { $at } · the patient answered: <i>{ $text }</i>
card-answered-only = ✉ { $at } · the patient answered
card-written-lost = ⚠ { $at } · { $name } wrote, and it could not be delivered
card-written-earlier = ✉ { $count ->
    [one] 1 earlier message
   *[other] { $count } earlier messages
}

refused-write-invited = Case { $code } has not joined yet and cannot be written to.
refused-write-closed = The course of { $code } is closed. Nobody would see an answer, so please call.
refused-write-unreachable = { $code } has blocked Steady: a message would not arrive. Nothing was sent. Please call.
refused-case-over = That case is closed, so nothing was sent. /patient { $code } has a button to write.
refused-no-case = That message belongs to no case, so nothing was sent. Reply to the card of a case.
refused-many-cases = That message stands for many cases, so nothing was sent. Reply to the card of one case.
refused-only-text = Only text can be passed on to a patient. Nothing was sent.
refused-edited = An edit does not change what the patient has read, and was not sent. Write again to correct it.
refused-not-staff = Only people of this clinic can write to its patients. Nothing was sent.
refused-reply-anonymous = You write here as the group, without a name, so I cannot tell who you are. Nothing was sent. Switch "remain anonymous" off, or use the button.
refused-nothing-to-send = Nothing waits to be sent any more. Press Write to patient to begin again.
refused-empty = There is nothing to send.

## Lists

refused-not-here = This chat does not belong to that clinic, so its patients are not shown here. Ask me in private.
button-code = { $code }
sign-emergency = 🔴
sign-urgent = 🟠
sign-routine = 🔵
sign-self-care = ⚪
age-minutes = { $count } min
age-hours = { $count } h
age-days = { $count } d
cases-head = { $count ->
    [0] <b>No open case.</b>
    [one] <b>1 open case</b>
   *[other] <b>{ $count } open cases</b>, the gravest and oldest first
}
cases-line = { $sign } <b>{ $code }</b> · { $age } · { $owner } · { $reason }{ $more ->
    [0] {""}
   *[other] {" "}(and { $more } more)
}
patients-head-all = { $count ->
    [0] <b>No patients yet.</b> /invite makes an invitation.
    [one] <b>1 patient</b>
   *[other] <b>{ $count } patients</b>, the most pressing first
}
patients-head-call = { $count ->
    [0] <b>Nobody is due a call.</b>
    [one] <b>1 patient is due a call</b>
   *[other] <b>{ $count } patients are due a call</b>
}
patients-head-silent = { $count ->
    [0] <b>Nobody is silent.</b>
    [one] <b>1 patient is silent</b>
   *[other] <b>{ $count } patients are silent</b>
}
button-patients-all = All patients
button-patients-call = Due a call
button-patients-silent = Silent
worklist-line = • <b>{ $code }</b> · { $where } · { $share }{ $need }
worklist-day = day { $day } of { $days }
worklist-share = { $low } %
worklist-range = { $low }–{ $high } %
worklist-no-share = no doses yet
need-call = {" "}· ☎ <b>call</b>
need-decision = {" "}· <b>decide about the start</b>
need-unreachable = {" "}· has blocked Steady
need-silent = {" "}· silent for { $age }
need-held = {" "}· something is on hold
need-look = {" "}· open case
need-nothing = {""}
refused-usage-patients = Write it like one of these: /patients · /patients call · /patients silent

## One patient

refused-usage-patient = Please add the case code, for example /patient K7QFM
patient-head = <b>Case { $code }</b> · { $regimen }
patient-place = At present: <b>{ $where }</b>
patient-first-day = First day: { $day }
patient-hour = Asked each day at { $hour }, by the clock of { $city }
patient-heard = Last heard from { $age } ago
patient-step-held = ⏸ A step has been on hold since { $since }. /release or /reschedule decides.
patient-step-from = The next step is not taken before day { $day }.
patient-paused = ⏸ Paused since { $since }
patient-unreachable = ⚠ Has blocked Steady since { $since }
patient-messages = ✉ { $count ->
    [one] 1 message
   *[other] { $count } messages
}
patient-no-case = No open case
patient-case = Open case: <b>{ $level }</b>, for { $age }, { $owner }
button-show-card = Show the card
button-tab-overview = Overview
button-tab-timeline = Timeline
button-tab-doses = Doses
button-tab-symptoms = Symptoms
button-tab-alerts = Cases
button-tab-messages = Messages
button-tab-consent = Consent
patient-tab-timeline = <b>Timeline</b>, the newest first
patient-tab-doses = <b>Doses and reasons</b>, the newest first
patient-tab-symptoms = <b>Symptoms</b> (grades 0 to 4)
patient-tab-alerts = <b>Cases and alerts</b>, the newest first
patient-tab-messages = <b>Messages</b>, the newest first
patient-tab-consent = <b>Consent and screening</b>
patient-no-timeline = Nothing has happened yet.
patient-no-doses = No doses yet.
patient-no-symptoms = Nothing has been reported yet.
patient-no-alerts = There has been no case.
patient-no-messages = No messages yet.
patient-no-consent = No answer yet.

timeline-line = • { $at } · { $what }
event-patient-invited = invited
event-joining-begun = opened the invitation
event-start-approved = start approved
event-start-refused = start refused
event-course-begun = first day
event-course-paused = paused
event-held-by-withdrawal = held after signs of withdrawal
event-course-resumed = resumed
event-step-taken = step taken
event-step-held = step put on hold
event-step-released = step released
event-step-moved = step moved
event-hour-moved = hour moved by the clinic
event-first-day-moved = first day moved by the clinic
event-course-completed = course completed
event-course-stopped = stopped by the patient
event-follow-up-closed = follow-up closed
event-patient-unreachable = blocked Steady
event-patient-returned = let Steady in again
tab-grade = { $symptom }: grade { $grade }
tab-flag = ⚠ { $flag }
tab-fine = fine
tab-not-taken = day { $day } not taken: { $reason }
tab-case-opened = case opened, { $level }
tab-case-closed = case closed: { $outcome }
tab-reasons = Not taken: { $list }
tab-reason = { $reason } { $count }
tab-dose = • Day { $day } · { $date } · { $amount } mg{ $part ->
    [1] {""}
   *[other] {" "}(part { $part })
} · { $state }{ $by }
tab-dose-open = open
tab-dose-taken = taken
tab-dose-taken-at = taken at { $hour }
tab-dose-skipped = not taken
tab-dose-skipped-why = not taken: { $reason }
tab-dose-unknown = no answer
tab-dose-held = on hold
tab-dose-missed-by-us = not asked by us
tab-by-staff = {" "}· entered by staff
tab-by-patient = {""}
tab-symptom = { $symptom }: worst { $worst } (day { $worst_day }), last { $last } (day { $last_day }), { $count ->
    [one] 1 report
   *[other] { $count } reports
}
tab-report = • Day { $day } · { $at } · { $what }
tab-case-open = ■ { $at }: { $level }, open ({ $owner })
tab-case = ■ { $at }: { $level }, { $outcome } ({ $name })
tab-consent = • { $at } · text { $version } · { $answer }
tab-consent-given = agreed
tab-consent-refused = not agreed
tab-screened = • { $question }: { $answer }

## Moving things

moves-head = <b>Case { $code }</b>: this can be moved
moves-first = • The first day, now { $day }: <code>/reschedule { $code } first 2027-03-05</code>
moves-hour = • The hour of the daily question, now { $hour }: <code>/reschedule { $code } hour 20:30</code>
moves-step = • The next step, from day { $day }: <code>/reschedule { $code } step +7</code> or a date. Only later, never sooner than planned.
moves-step-held = • The step that is on hold, planned from day { $day }: <code>/reschedule { $code } step +7</code> or a date. On that day the plan looks again; a bad week still holds it. /release { $code } lets it begin tomorrow.
moves-none = Case <b>{ $code }</b>: nothing can be moved as things stand.
moved-first = Case <b>{ $code }</b>: first day moved to { $day } by { $name }. The patient is being told.
moved-hour = Case <b>{ $code }</b>: daily question moved to { $hour } by { $name }. The patient is being told.
moved-step = Case <b>{ $code }</b>: next step moved to { $day } (day { $number }) at the earliest by { $name }. The patient is being told.
day-shown = { $day }
refused-usage-reschedule = Write it like one of these: /reschedule K7QFM · /reschedule K7QFM first 2027-03-05 · /reschedule K7QFM hour 20:30 · /reschedule K7QFM step +7
refused-first-day-begun = The course began on { $day }, so its first day cannot be moved any more. /pause can hold it.
refused-no-first-day = There is no first day to move: none has been chosen yet, or the course is over.
refused-no-hour = There is no daily question to move: the patient has not finished joining, or the course is over.
refused-no-steps = This regimen has no steps. Its amounts stay as they were signed off; only its author can change them.
refused-steps-over = There is no step left to move.
refused-step-too-early = A step may wait longer than planned, never come sooner: { $day } (day { $number }) is the earliest.
refused-step-too-late = The course ends on { $day }. A step cannot be later than that.

## Staff

refused-usage-staff = Write it like one of these: /staff · /staff invite Nurse Lee
refused-staff-private = An invitation is a secret: please ask for it in your private chat with me.
refused-staff-name = Please add the colleague's name, in one line: /staff invite Nurse Lee
refused-staff-name-taken = Somebody called { $name } works here already. Please write a name that tells them apart.
refused-staff-already = You work for this clinic already.
refused-last-admin = { $name } is the last admin. Let another admin be named first: steady staff add, on the server.
staff-head = <b>Who works for { $clinic }</b>
staff-line = • <b>{ $name }</b> · { $role }{ $tier }
role-clinician = clinician
role-admin = admin
staff-tier = {" "}· tier { $tier }
staff-no-tier = {""}
staff-invited = ○ { $name } · invited, until { $until }
staff-waits = ◐ { $name } · has opened the invitation, waits for an admin
staff-how = /staff invite NAME makes an invitation. Press a name to change or remove somebody.
staff-how-not = Admins change this in their private chat with me.
button-staff = { $name }
staff-person = <b>{ $name }</b> · { $role }{ $tier }
button-tier = Tier { $tier }
button-no-tier = No tier
button-staff-remove = Remove
button-staff-back = ‹ Back
ask-staff-leave = Remove <b>{ $name }</b>? They lose their access at once; what they have taken speaks again.
button-staff-leave = Yes, remove
button-staff-keep = No, keep
staff-left = ■ <b>{ $name }</b> was removed by { $by }. Please take them out of the clinicians' chat too: I may not be allowed to.
staff-told-left = You no longer work for <b>{ $clinic }</b> here. Its cases and messages are closed to you.
staff-invite =
    Invitation to work for <b>{ $clinic }</b>, for <b>{ $name }</b>

    Valid until { $until }, for one person only. Pass this link on to that person and nobody else. When they have opened it, they read out a number, and I ask you whether it is them:
    { $link }
staff-claimed =
    You are invited to work for <b>{ $clinic }</b> as <b>{ $name }</b>.

    Please tell the admin who invited you this number: <b>{ $number }</b>. As soon as they have confirmed that it is you, I will write here.
staff-question =
    Somebody has opened the invitation of <b>{ $name }</b> to { $clinic }. On their screen stands the number <b>{ $number }</b>.

    Ask { $name } in person or by telephone. Let them in only if they read you this number.
button-staff-admit = Yes, let in
button-staff-turn-away = No
staff-decided-yes = ✓ <b>{ $name }</b> works here from now on. Let in by { $by }.
staff-decided-no = ■ Whoever opened the invitation of <b>{ $name }</b> was turned away by { $by }.
staff-told-yes =
    ✓ You work for <b>{ $clinic }</b> from now on. /help shows what you can do.

    An admin adds you to the clinicians' chat, where the alerts come.
staff-told-no = Your invitation to <b>{ $clinic }</b> was not confirmed. If that is a mistake, ask for a new one.

## The week in numbers

week-head = <b>{ $clinic }</b>, { $first } to { $last }
week-patients = Patients: <b>{ $count }</b> ({ $days } patient-days)
week-doses = Doses: taken { $taken } of { $expected }, not taken { $skipped }, unknown { $unknown } ({ $low }–{ $high } %, self-reported)
week-alerts = Alerts: <b>{ $count }</b>{ $rate }
week-rate = , { $rate } per 100 patient-weeks
week-no-rate = {""}
week-calls = Cases opened or raised: { $count }, closed: { $closed }
week-in-time = Acknowledged in time: <b>{ $percent } %</b> ({ $good } of { $measured }; emergencies in 15 min, urgent in 2 h)
week-waits = Median time to acknowledge: { $span }
week-ends = Median time to outcome: { $span }
week-pages = Pages in the clinic's chats: { $count }
week-pages-private = Pages in private: { $list }
week-pages-of = { $name } { $count }
button-week-before = ‹ Week before
button-week-after = Week after ›
refused-names = Write /policy names on, or /policy names off.
