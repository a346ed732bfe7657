### How are you feeling? And what follows.

how-are-you = How are you feeling?
what-do-you-feel = What do you notice? You can name one thing after another.
button-all-fine = All fine
button-more = More …
button-warning-signs = Warning signs
which-warning-sign = In danger, call <b>{ $emergency }</b> first. Which of these is it?
all-fine = Good to hear. Noted: <b>all fine</b>.
grades-spelled =
    <b>1</b> · { $one }
    <b>2</b> · { $two }
    <b>3</b> · { $three }
    <b>4</b> · { $four }
noted = Noted: <b>{ $what }</b> – { $grade }.
flag-noted = Noted: <b>{ $what }</b>.
anything-else = Is there anything else?
button-more-to-tell = Yes, something else
button-that-is-all = That is all
button-worse = It is getting worse
feelings-told = Thank you for telling me.
not-watched = Nobody watches this chat all the time. If it gets worse before you hear from someone, press <b>Help now</b>.
toast-told-clinic = Your clinic's team has been told.

button-what-is-it = Say what it is
button-by-mistake = I pressed by mistake
help-by-mistake =
    That is all right. Someone from your clinic may still get in touch to make sure.

    The numbers stay good: <b>{ $emergency }</b> in danger, <b>{ $crisis }</b> to talk.

too-much = That is a lot at once, and not every word of it is kept. Please write again in a minute, in one message. In danger, call <b>{ $emergency }</b> now.
passed-on =
    I have passed this to your team. I did not understand all of it myself. A person will read it, but perhaps not at once.

    If it is urgent, press <b>Help now</b> or call <b>{ $emergency }</b>.
cannot-read =
    I can only keep written words, so I have not kept this and nobody has seen it. Please write it in a sentence or two.

    If it is urgent, press <b>Help now</b> or call <b>{ $emergency }</b>.

are-you-there = I have not heard from you for a while. Are you all right? One tap is enough.
button-well = I am all right
button-call-me = Please call me
well-yes = Thank you, good to hear from you. Your daily check goes on as before.
well-call = Your clinic's team has been told that you would like a call.
contact-question = Hello again. How are things going these days? One tap is enough, and any answer is fine.
contact-thanks = Thank you for answering. It is good to know.
