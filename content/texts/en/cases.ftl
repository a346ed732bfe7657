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
card-nobody-on-call = ⚠ <b>Nobody is on call.</b> Every clinician is told instead. An admin sets the rota with /oncall set.
card-back = ⏰ <b>{ $name }</b> took this on { $at } and no outcome has been recorded. It is open again.
card-snoozed = ⏸ Put off until { $at } by <b>{ $name }</b>
card-offered = ↪ <b>{ $name }</b> is asked to take this over, and has not answered yet.
card-owner = ✓ <b>{ $name }</b> has this since { $at }. An outcome is still needed.
card-owned = ✓ <b>{ $name }</b> took this on { $at }
card-closed = ■ Closed: <b>{ $outcome }</b>, { $at }
card-not-reached = Last attempt: not reached. It comes back for another try.

level-emergency = emergency
level-urgent = urgent
level-routine = routine
level-self-care = self-care

outcome-none = no outcome
outcome-reached-safe = reached and safe
outcome-advice-given = advice given
outcome-appointment = appointment made
outcome-emergency-care = sent to emergency care
outcome-could-not-reach = could not reach
outcome-not-clinical = duplicate or not clinical
outcome-erased = the patient was erased

button-acknowledge = Acknowledge
button-reached-safe = Reached, safe
button-advice-given = Advice given
button-appointment = Appointment
button-emergency-care = Emergency care
button-could-not-reach = Could not reach
button-not-clinical = Duplicate / not clinical
button-history = History
button-arrange = Put off / hand over
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

refused-case-closed = This case is closed already.
refused-case-owned = { $name } has this case.
refused-acknowledge-first = Please acknowledge the case first, so that it has an owner.

## History

history-head = <b>Case { $code }</b>, from the first report on
history-case = ■ { $day }: { $level }, { $outcome } ({ $name })
history-line = • { $at } · { $level } · { $reason }

## Arrangements

ask-arrange = Case <b>{ $code }</b>: put it off, or ask a colleague to take it? Until they accept, the owner stays the owner.
button-put-off-minutes = { $count ->
    [one] In 1 minute
   *[other] In { $count } minutes
}
button-put-off-hours = { $count ->
    [one] In 1 hour
   *[other] In { $count } hours
}
button-hand-to = ↪ { $name }
case-put-off = Case <b>{ $code }</b> is put off until { $at } by <b>{ $name }</b>. Then it speaks again.
hand-over-asked = Case <b>{ $code }</b>: <b>{ $name }</b> is asked to take it over. Until then its owner stays its owner.
hand-over-question = <b>{ $name }</b> asks you to take over case <b>{ $code }</b>.
button-take-over = I take it
button-not-me = Not now
hand-over-yours = Case <b>{ $code }</b> is yours. An outcome is still needed.
hand-over-declined-by-you = Case <b>{ $code }</b> stays with its owner.
hand-over-accepted = <b>{ $name }</b> has taken over case <b>{ $code }</b>.
hand-over-declined = <b>{ $name }</b> cannot take case <b>{ $code }</b>. It stays with you.
refused-put-off = That is too long. A page can be put off for 15 minutes at most, anything else for 8 hours.
refused-theirs-already = { $name } has this case already.
refused-not-offered = Nobody is asked to take this case over any more.
refused-offered-to-another = Somebody else was asked to take this case over.

## Storms: one message that stands for many cases

storm-head = <b>{ $count ->
    [one] 1 more case
   *[other] { $count } more cases
}</b> in a short time. One message for all of them, kept up to date:
storm-owned = nobody has yet: { $free } · taken: { $owned }
storm-emergency = 🔴 <b>EMERGENCY: { $count }</b>
storm-urgent = 🟠 <b>Urgent: { $count }</b>
storm-routine = 🔵 Routine: { $count }
storm-codes = <code>{ $codes }</code>
storm-more = and { $count } more
storm-over = ■ All cases of this message are closed or have cards of their own.
button-storm = { $count ->
    [one] Show the next one
   *[other] Show the next { $count }
}
refused-storm-over = That message is over; each case has its own card.

## The daily digest

digest-head = 🗒 <b>Daily digest</b>, { $day }
digest-graver = ⚠ { $count ->
    [one] 1 urgent or emergency case is still open
   *[other] { $count } urgent or emergency cases are still open
}
digest-routine = { $count ->
    [0] No routine case is open.
    [one] 1 routine case is open:
   *[other] { $count } routine cases are open:
}
digest-line = • <b>{ $code }</b> · { $reason }{ $more ->
    [0] {""}
   *[other] {" "}(and { $more } more)
} · { $hours } h · { $owner }
digest-owner = { $name }
digest-nobody = nobody yet
digest-no-reason = no report
digest-more = and { $count } more

## The plainest words, for when ours cannot be put together

plain-card = ⚠ Case { $code }: { $level }. The full message could not be shown. Please acknowledge and look into the case.
plain-notice = ⚠ A message for your clinic could not be shown. On the server, "steady check" says why.
