### What a clinic and a patient write to each other: the words around it, and first lines that are ready to send.

clinic-writes-plain = ✉ <b>Your clinic writes:</b>
clinic-writes-discreet =
    ✉ There is a message here for you, from the people who look after you. It is meant for you and for nobody else around you.

    <b>Your clinic writes:</b>
clinic-words = <blockquote>{ $text }</blockquote>
clinic-words-more = … <blockquote>{ $text }</blockquote>
clinic-signed = { $name }
button-answer = Answer
ask-answer = Please write your answer now. Your clinic's team reads it. Nobody watches this chat all the time: in danger, call <b>{ $emergency }</b>.

## First lines that clinicians can send with one press. No promises, no advice about doses.

line-seen-label = We have read it
line-seen = Hello, this is your clinic. We have read what you wrote and how you feel. How are you now?
line-call-label = When can we call?
line-call = Hello, this is your clinic. We would like to talk with you. When can we call you today, and on which number?
line-missed-label = We tried to call
line-missed = Hello, this is your clinic. We tried to call you and could not reach you. Please call us, or write here when we can try again.
line-quiet-label = Are you all right?
line-quiet = Hello, this is your clinic. We have not heard from you for a while and would like to know how you are. A word is enough.
line-more-label = Tell us more
line-more = Hello, this is your clinic. Thank you for telling us. Could you write a little more: since when, and how bad is it now?

## What the clinic moved

first-day-moved = Your team has moved your first day: it is now <b>{ $day }</b>. I will write at <b>{ $hour }</b>.
hour-moved = Your team has moved the hour of my daily message: it is now <b>{ $hour }</b>.
step-moved = Your team has moved the next step of your plan: it comes on <b>{ $day }</b> at the earliest. Until then things stay as they are. /course shows the details.
