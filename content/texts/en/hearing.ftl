### What Steady says to what patients write. Nothing here decides anything about a dose.

## One neutral sentence for each sign a message may have meant; the number first. No details of any means.

ask-possible-suicidal-words = <b>{ $crisis }</b> is there day and night. I would like to be sure I understand you: are you having thoughts of not wanting to live, or of harming yourself?
ask-possible-overdose-words = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: was much more taken than planned, of the tablets or of anything else?
ask-possible-emergency-words = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: is there trouble with breathing, chest pain, fainting, a fit, bleeding or sudden confusion?
ask-possible-allergy-words = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: do you have a rash, hives or a swelling?
ask-possible-withdrawal-mild = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: do you have signs of withdrawal?
ask-possible-withdrawal-severe = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: do you have strong signs of withdrawal?
ask-possible-opioid-use = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: have you used an opioid, or are you about to? That also means strong painkillers and codeine.
ask-possible-liver = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: do you have dark urine, pale stools, yellow eyes or skin, or pain under the right ribs?
ask-possible-pregnancy = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: are you pregnant, trying to be, or breastfeeding, or might you be?
ask-possible-surgery-or-painkillers = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: is an operation or a strong painkiller planned or offered for you?
ask-possible-wish-to-stop = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: have you stopped the tablets, or would you like to?
ask-possible-drank = In danger, call <b>{ $emergency }</b>. I would like to be sure I understand you: have you had alcohol?
button-possible-yes = Yes
button-possible-no = No
button-possible-unsure = I am not sure
possible-denied = Thank you. I have noted that it is not so, and your clinic's team can see your message. If that changes, write here at any time.
possible-confirmed = Thank you for saying so.
possible-presumed = I have not heard back from you about my question, so to be on the safe side I have told your own team what you wrote.
possible-answered = That question is answered, thank you. If something has changed, just write it.

## Symptoms

heard-symptoms = I heard: { $list }. Is that right?
heard-graded = <b>{ $symptom }</b> ({ $grade })
heard-ungraded = <b>{ $symptom }</b> (how bad?)
button-heard-yes = ✓ Yes, that is right
button-heard-change = ✎ { $symptom }
button-heard-remove = Not this
button-heard-none = I meant something else
heard-none = Thank you for saying so. Your clinic's team will read your words themselves.
heard-confirmed = ✓ Noted: { $list }.
heard-denied = Noted, and good to hear: { $list } not there. If that changes, tell me.
heard-answered = That is noted already, thank you. If something has changed, tell me how it is now.
heard-long-ago = That was a while ago. How is it now?
heard-by-clinic = Your clinic's team has your words already, so I have left that as it was. How is it now?

## Doses

ask-heard-taken = I think you say that you took it today. Shall I note that?
ask-heard-which = Which one do you mean?
button-which-dose = { $day }, part { $part }
ask-heard-skip = You say that it is not today ({ $reason }). Shall I note that?
button-heard-skip = Yes, note that
button-other-reason = Another reason
heard-no-dose = Nothing is open today that I could note this for, so your clinic's team will read your words.

## Questions

button-ask-clinic = Ask my clinic
answered-note = This is general information. Your clinic knows you and decides.

## Small words, other languages

small-thanks = All right. Write whenever you like.
not-my-language = I cannot read this language yet. I read { $languages }. Your clinic's team has your words. In danger, call <b>{ $emergency }</b>; to talk to someone: <b>{ $crisis }</b>.
speaks-en = English
speaks-ru = Russian
speaks-es = Spanish

## For clinicians: what was heard, and how to say that it was wrong

card-heard = Steady heard: { $list }
card-heard-nothing = Steady heard: nothing it knows
heard-item = { $what } ({ $state })
heard-item-graded = { $what }, { $grade } ({ $state })
heard-any = side effects at all
heard-not = no { $what }
heard-dose-taken = dose taken
heard-dose-not-taken = dose not taken
heard-dose-later = dose later
heard-question = question: { $about }
heard-state-noted = noted
heard-state-acted = acted on
heard-state-asked = asked
heard-state-confirmed = patient says yes
heard-state-denied = patient says no
heard-state-removed = patient says not meant
heard-state-reported = confirmed
heard-state-presumed = no answer, counts as yes
heard-state-unconfirmed = not confirmed
button-not-that = ✗ Not that
ask-what-was-wrong = Case <b>{ $code }</b>, message of { $at }. Steady heard: { $list }. What was wrong?
ask-what-was-missed = Case <b>{ $code }</b>, message of { $at }. Steady heard nothing it knows. What was missed?
button-wrong = ✗ { $what }
button-missed-flag = Missed: a warning sign
button-missed-symptom = Missed: a symptom
button-missed-dose = Missed: a dose
button-missed-else = Missed: something else
button-earlier-message = ‹ Earlier message
corrected = Noted by { $name }, case <b>{ $code }</b>: { $what }. It counts in the weekly report. An alert that stands is not taken back.
correction-wrong = not { $what }
correction-missed-flag = missed a warning sign
correction-missed-symptom = missed a symptom
correction-missed-dose = missed a dose
correction-missed-else = missed something else
toast-corrected-already = That is noted already.
refused-nothing-heard = There is no message in this case to correct.
