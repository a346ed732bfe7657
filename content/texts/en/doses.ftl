### The daily question and its answers. Neutral first words, no blame, and never a word about how much or when to make up.

reminder-discreet-first = Good day. It is { $hour }, time for your daily check.
reminder-discreet-again = A quiet word again: your daily check is still open.
reminder-discreet-last = Last one for today: your daily check is still open. You can answer whenever it suits you.
reminder-discreet-second-part = The waiting time is over, and you saw none of the signs. Today goes on as your team planned it, with the second part.
reminder-plain-first = It is { $hour }, time for your naltrexone, { $amount } mg.
reminder-plain-again = Your naltrexone for today, { $amount } mg, has no answer yet.
reminder-plain-last = Last message for today: your naltrexone has no answer yet. You can answer whenever it suits you.
reminder-plain-second-part = The waiting time is over, and you saw none of the signs. Your clinic's plan for today goes on with the second part, { $amount } mg.

button-taken = ✓ Taken
button-later = Later
button-not-today = Not today
button-yesterday-taken = Yesterday: taken
button-yesterday-not = Yesterday: not
button-back = ‹ Back
button-other-time = At another time
button-undo = Undo
button-change = Change this

dose-open = Today, planned for { $hour }. What shall I write down?
dose-open-yesterday = Yesterday, planned for { $hour }. What shall I write down?
dose-taken = ✓ Recorded: <b>taken at { $at }</b>. Thank you.
dose-taken-no-hour = ✓ Recorded: <b>taken</b>. Thank you.
dose-skipped = Recorded: <b>not taken</b> ({ $reason }).
dose-unknown = No answer for this day.
dose-missed-by-us = I did not ask on this day; that was my fault, not yours.
dose-held = On hold by your clinic.
dose-waits-for-first = The second part of today comes some time after the first. I will ask how you feel when it is time.
induction-wait =
    Today is in two parts. { $minutes ->
        [0] In a moment
        [one] In a minute
       *[other] In { $minutes } minutes
    } I will ask how you feel, before anything else. Stay where someone can see you if you can.

    If you feel very unwell before then, call <b>{ $emergency }</b>.
ask-taken-at = When was it? Tap one, or type the hour, for example <b>7:45</b>.
minutes-ago = { $minutes ->
    [60] 1 hour ago
    [120] 2 hours ago
    [180] 3 hours ago
   *[other] { $minutes } min ago
}
ask-snooze = When shall I ask again?
in-minutes = { $minutes ->
    [60] In 1 hour
    [120] In 2 hours
    [180] In 3 hours
   *[other] In { $minutes } min
}
put-off = All right. I will ask again at <b>{ $at }</b>.
ask-why-not = That is all right, and thank you for saying so. What is the reason?

after-skip-forgot = It happens to nearly everybody. If another hour would fit your day better, you can change it here.
after-skip-felt-bad = I am sorry. What did you feel? Then the right person can know.
after-skip-out-of-tablets = Please call your clinic as well, so that the next tablets do not have to wait for that.
after-skip-felt-better = It is good that you feel well. What comes next is something to talk over with them.
after-skip-travelling = When you travel, your clock or your hour may need a change. You can do that here.
after-skip-other = If you like, write the reason in your own words now, and I will pass it on.
after-skip-not-said = That is all right. If you want to talk about it, just write.

gap-question = Good day. Before today's check there is one question. It matters for your safety, and whatever you say is all right to say. Since your last tablet, have you used any opioid? That also means strong painkillers, and some cough or diarrhoea medicines.
gap-no = No, none
gap-yes = Yes
gap-not-said = I would rather not say
# Source: label; a tablet too soon after an opioid can bring on withdrawal.
question-waits =
    Your daily check rests until someone from your own team has talked with you. It is no punishment, and you did right to answer: a tablet soon after an opioid can make a person very unwell, so a clinician looks at it first. When they have, you will hear it here.
question-released = Your own team has looked at your answer, and your daily check goes on as they agreed it with you.
after-gap = Thank you. Here is today, planned for { $hour }. If you are unsure after the days in between, ask your clinic first.

today-none = Nothing is planned for today.
today-planned = Your first day is <b>{ $day }</b>. I will write at <b>{ $hour }</b>.
today-planned-now = Your first day is today, and its message comes in a moment.
today-paused = Your course is on pause. Your team will tell you when it goes on.
today-follow-up = Your course is over. I will write now and then to ask how things are, and you can write here at any time.
today-closed = Your course is closed. If you want to talk to someone, please call your clinic.
today-screening = Please finish joining first: /start
today-awaiting-approval = Your clinic is looking at your answers. You will hear it here.
today-active = Nothing is planned for today.
yesterday = Yesterday: { $record }

toast-recorded-already = That is recorded already.

refused-dose-held = Your clinic has put this on hold. They will tell you when it goes on.
refused-dose-waits = This rests until your team has talked with you about what you told me. It is for your safety. If you have a question, call your clinic.
refused-part-ahead = It is too early for this. I will ask how you feel when the waiting time is over. If you feel unwell before then, press Help now.
refused-dose-ahead = That day has not come yet.
refused-dose-too-old = That day is too long ago to change here. Please tell your clinic; they can correct it.
refused-time = I could not read that as a time. Please write it like 8:30, 20:15 or 8 pm.
refused-time-ahead = That is still ahead. Please give a time that has passed.
refused-time-other-day = That hour belongs to another day. Please give a time of the day itself.
refused-snooze-choice = I cannot wait that long. Please choose one of the buttons.
refused-snooze-again = I have put it off as often as I may today. You can still answer whenever it suits you.
refused-snooze-past-day = That would be after the day is over. Please choose a shorter time.

away-note = I was out of reach for a while, from { $on }, { $at } on. If you wrote to me in that time, please send it once more.
