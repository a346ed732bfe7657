### What clinicians and admins read, apart from cases.

help-clinician =
    <b>Steady for clinicians</b>

    /invite – invite a patient (link, QR picture, case code)
    /pause CODE, /resume CODE – hold a course and let it go on
    /release CODE – release a held step, or a daily question that waits for you

    Alerts come to the clinicians' chat by case code. Acknowledge makes you the owner; an outcome closes the case.
ask-regimen = Which regimen?
invite =
    Invitation for case <b>{ $code }</b>
    { $regimen }

    Valid until { $until }, for one person only. Show the picture, or pass on this link to that person and nobody else:
    { $link }
invite-made = Invitation made for case <b>{ $code }</b>.
joined-again = Case <b>{ $code }</b> has joined. The same person had an earlier course here, as case <b>{ $earlier }</b>; that record is closed and stays as it was.
decided-yes = Case <b>{ $code }</b>: { $name } decided to start. The patient has been told.
decided-no = Case <b>{ $code }</b>: { $name } decided not to start. The patient has been told.
paused-by = Case <b>{ $code }</b>: paused by { $name }. The patient has been told.
resumed-by = Case <b>{ $code }</b>: resumed by { $name }. The patient has been told.
question-released-by = Case <b>{ $code }</b>: daily question released by { $name }. The patient has been told.
released-by = Case <b>{ $code }</b>: step released by { $name }. The patient has been told.
toast-patient-told = The patient has been told.

summary-head = ■ Case <b>{ $code }</b>: { $status } on day { $day } of { $days }
summary-share = Taken { $taken } of { $expected }, not taken { $skipped }, unknown { $unknown } ({ $low }–{ $high } %, self-reported)
summary-symptom = { $symptom } { $grade }
summary-symptoms = Worst grades: { $list }

ask-bind = Shall the clinicians' alerts come to this chat? Everybody who can read this chat will read them, under case codes.
button-bind = Yes, for { $clinic }
bound = ✓ Alerts of <b>{ $clinic }</b> come to this chat from now on. Set by { $name }.
chat-lost = Steady was removed from the clinicians' chat of <b>{ $clinic }</b>. Until another chat is bound, alerts come to you here. Add Steady to a private group or channel to bind it.
route-failed = Alerts of <b>{ $clinic }</b> cannot be delivered to the clinicians' chat. Until that is mended they come to you here. On the server, "steady check" says why.
operator-parked = Something a person sent could not be processed after several tries. It is kept. On the server, "steady check" shows it.

refused-regimen = There is no such regimen. There are: { $known }.
refused-no-username = I do not know my own name yet. Please try again in a minute.
refused-no-such-code = There is no case { $code }.
refused-decided-already = That is decided already.
refused-nothing-held = Nothing is held for this patient.
refused-usage-code = Please add the case code, for example /pause K7QFM

## Founding a clinic, on the command line

refused-clinic-name = A clinic needs a name of one line.
refused-clinic-exists = There is a clinic of that name already.
refused-admin-id = The admin is a person: a positive number, their Telegram id (@userinfobot tells it).
refused-admin-name = The admin needs a name of one line, so that colleagues know who acted.
refused-zone = There is no such time zone: write it like Europe/London.
refused-language = That language is not among Steady's. There are: { $known }.
refused-emergency-number = A clinic needs an emergency number that patients can call, such as 112.
refused-crisis-line = A clinic needs a crisis line with a number that patients can call at any hour.
refused-chat-bound = That chat belongs to another clinic already.
