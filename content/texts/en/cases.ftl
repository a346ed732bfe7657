### The clinicians' chat. A case code, never a name. Terse: a nurse has forty of these.

card-head-emergency = 🔴 <b>EMERGENCY</b> · case <b>{ $code }</b>
card-head-urgent = 🟠 <b>Urgent, today</b> · case <b>{ $code }</b>
card-head-routine = 🔵 Routine · case <b>{ $code }</b>
card-head-closed = ■ Closed · case <b>{ $code }</b>
card-day = Day { $day } of { $days } · { $regimen } · { $status }
card-before = Not started · { $regimen }
card-earlier = { $count ->
    [one] 1 earlier report
   *[other] { $count } earlier reports
}
card-line = • { $at } — { $reason }
card-quote = <blockquote>⁨{ $quote }⁩</blockquote>
card-private = What case <b>{ $code }</b> wrote:
card-adherence = Taken { $taken } of { $expected } ({ $low } %, self-reported)
card-adherence-range = Taken { $taken } of { $expected }, { $unknown } unknown ({ $low }–{ $high } %, self-reported)
card-adherence-none = No doses yet
card-repeated = { $count ->
    [one] Nobody has acknowledged this yet. Second message.
   *[other] Nobody has acknowledged this yet. Repeated { $count } times.
}
card-owner = ✓ <b>{ $name }</b> has this since { $at }. An outcome is still needed.
card-owned = ✓ <b>{ $name }</b> took this on { $at }
card-closed = ■ Closed: <b>{ $outcome }</b>, { $at }
card-not-reached = Last attempt: not reached. It comes back for another try.

outcome-reached-safe = reached and safe
outcome-advice-given = advice given
outcome-appointment = appointment made
outcome-emergency-care = sent to emergency care
outcome-could-not-reach = could not reach
outcome-not-clinical = duplicate or not clinical

button-acknowledge = Acknowledge
button-reached-safe = Reached, safe
button-advice-given = Advice given
button-appointment = Appointment
button-emergency-care = Emergency care
button-could-not-reach = Could not reach
button-not-clinical = Duplicate / not clinical
button-start = Start the course
button-do-not-start = Do not start
button-pause = Pause the course
button-no-pause = No pause
button-resume = Resume the course
button-release = Release what is held
button-read = Read in private

toast-yours = It is yours. Please record an outcome when you know it.
toast-yours-already = It is yours already.
toast-outcome-closed = Recorded. The case is closed.
toast-outcome-again = Recorded. It comes back for another try.
toast-sent-private = Sent to your private chat with Steady.

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

refused-case-closed = This case is closed already.
refused-case-owned = { $name } has this case.
refused-acknowledge-first = Please acknowledge the case first, so that it has an owner.
