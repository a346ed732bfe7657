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
written-to = ✓ Sent to case <b>{ $code }</b>. The answer comes into the case.
written-unowned = ✓ Sent to case <b>{ $code }</b>. The answer comes into the case, which nobody has taken yet.
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
refused-anonymous = You write here as the group, without a name, so I cannot tell who you are. Nothing was sent. Switch "remain anonymous" off, or use the button.
refused-empty = There is nothing to send.
