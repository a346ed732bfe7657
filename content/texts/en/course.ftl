### The course: its names, why a day was left out, and how it ends.

regimen-alcohol-50 = 50 mg once a day, 12 weeks
regimen-opioid-50 = 50 mg once a day after a first day in two halves, 12 weeks
regimen-low-dose = Low dose, rising in steps, 12 weeks

## Where it is

status-invited = invited
status-screening = joining
status-awaiting-approval = waiting for a decision
status-planned = planned
status-active = active
status-paused = paused
status-completed = completed
status-stopped = stopped
status-follow-up = follow-up
status-closed = closed

## Why not today: for the patient's buttons

skip-felt-bad = I felt unwell
skip-forgot = I forgot
skip-out-of-tablets = I have run out
skip-felt-better = I feel fine without it
skip-travelling = I was away from home
skip-other = Another reason
skip-not-said = I would rather not say

## The same for clinicians

skipped-felt-bad = felt unwell
skipped-forgot = forgot
skipped-out-of-tablets = out of tablets
skipped-felt-better = felt well without it
skipped-travelling = away from home
skipped-other = other reason
skipped-not-said = not said

## Follow-up after the course: the patient's buttons and the clinicians' words

follow-up-well = I am doing all right
follow-up-hard = It has been hard
follow-up-drinking = I have been drinking
follow-up-opioids = I used an opioid
follow-up-talk = I would like to talk
follow-up-silent = No answer

followed-well = doing all right
followed-hard = finds it hard
followed-drinking = drinking
followed-opioids = opioid use
followed-talk = asks to talk
followed-silent = no answer

## The end. Nothing here promises anything; the first 100 characters are neutral.

# Source: Gibson & Degenhardt 2007; ASAM; Vivitrol important safety information.
tolerance-warning =
    Here is something worth knowing for the weeks ahead. Please read it when you have a quiet minute to yourself.

    When the tablets end, your body is far less used to opioids than before. An amount that was once usual for you <b>can now stop your breathing</b>. The first two weeks are the riskiest.

    If you have naloxone, keep it close and tell someone where it is. If you do not, ask your clinic about it.

    If somebody breathes slowly or cannot be woken, call <b>{ $emergency }</b> first.

# Source: as above, for a patient who thinks of stopping.
tolerance-reminder =
    After days without tablets your body is less used to opioids. An amount that was once usual for you <b>can now stop your breathing</b>. If you have naloxone, keep it close.

course-end-thanks =
    Your { $weeks } weeks with Steady are complete. Thank you for answering, on the good days and on the others.
course-end-next =
    We will write now and then over the next months to ask how things are going. You choose whether to answer, and you can ask us to stop at any time.
course-end-not-over =
    The end of these weeks does not have to be the end of support. What comes next is something to talk over with your own team, and you can write to them here.
course-stopped =
    Your course is now marked as stopped. Your record stays yours, and your own team can still be reached here.
course-paused =
    Things are on pause for now, and the daily questions rest too. Your own team will tell you when they begin again.
