### What clinicians and admins read, apart from cases.

help-clinician =
    <b>Steady for clinicians</b>

    /cases – open cases, the gravest and oldest first
    /patients – who needs a person next; /patients call, /patients silent
    /patient CODE – one patient: timeline, doses, symptoms, cases, messages, consent
    /invite – invite a patient (link, QR picture, case code)
    /pause CODE, /resume CODE – hold a course and let it go on
    /release CODE – release a held step, or a daily question that waits for you
    /reschedule CODE – move the first day, the hour or the next step
    /oncall – who is on call now and next
    /report – the week in numbers
    /staff – who works here; admins invite, set tiers and remove
    /policy – what your clinic has chosen about its alerts

    Alerts come to the clinicians' chat by case code. Acknowledge makes you the owner; an outcome closes the case.
    To write to a patient, reply to the card of their case, or press Write to patient. Everything is kept in the case.
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
button-bind-second = As the second chat of { $clinic }
bound-second = ✓ What nobody answers in the first chat of <b>{ $clinic }</b> comes here too from now on. Set by { $name }.
second-chat-lost = Steady was removed from the second chat of <b>{ $clinic }</b>. Until another is bound, its admins are told in private instead.
second-route-failed = The second chat of <b>{ $clinic }</b> takes no messages. Until that is mended, its admins are told in private instead.
person-route-failed = <b>{ $name }</b> of <b>{ $clinic }</b> cannot be reached by Steady in private: they have blocked it, or never pressed Start. Pages pass them over.
route-mended = ✓ The clinicians' chat of <b>{ $clinic }</b> takes messages again. Open cases are shown there anew.
refused-first-chat = This is the clinic's first chat already. The second one must be another.
refused-first-chat-first = The clinic has no first chat yet. Bind that one first.
chat-lost = Steady was removed from the clinicians' chat of <b>{ $clinic }</b>. Until another chat is bound, alerts come to you here. Add Steady to a private group or channel to bind it.
route-failed = Alerts of <b>{ $clinic }</b> cannot be delivered to the clinicians' chat. Until that is mended they come to you here. On the server, "steady check" says why.
operator-route = ⚠ A route to the clinicians of <b>{ $clinic }</b> does not work. On the server, "steady check" says which and why.
operator-unsayable = ⚠ A message could not be put into words, and a plain one goes in its place. The log event is letter-unsayable.
operator-undelivered = ⚠ A message could not be put into words, or Telegram refused it for good, and nothing goes in its place. The log events are letter-unsayable and letter-refused.
operator-failing = ⚠ Something that was due has failed { $count } times and is set aside for longer and longer. The log event is visit-trouble.
operator-breach = ⚠ Steady has checked its own books and found what must not be: { $what }. The event is audit-breach.
operator-clock = ⚠ The clock of the server is not to be trusted: it jumped, or differs from Telegram's, by { $count } { $count ->
    [one] minute
   *[other] minutes
}. Questions to patients rest until both agree again; alerts go on. The log event is clock-doubted.
operator-trail-cut = ⚠ The newest entries of the record of who saw and did what are no longer there. Either a backup was restored or somebody removed them. On the server, "steady audit verify" says where. The log event is trail-cut.
operator-parked = Something a person sent could not be processed after several tries. It is kept. On the server, "steady check" shows it.

mail-waiting-subject = Steady: { $count ->
    [one] an alert has
   *[other] { $count } alerts have
} not reached you by Telegram
mail-waiting = Telegram has not taken { $count ->
    [one] an alert
   *[other] { $count } alerts
} from Steady. The oldest has waited for { $minutes } { $minutes ->
    [one] minute
   *[other] minutes
}.
mail-line = { $clinic }, case { $code }: { $level }
mail-more = and { $count } more
mail-what-to-do = Please look into these cases now, by the means your clinic has: the case codes are in your own records, and on the server "steady cases" lists them and "steady patient CODE" shows one. Steady goes on trying to reach Telegram and writes again while alerts wait.
mail-gone-subject = Steady: alerts reach Telegram again
mail-gone = Every alert that waited has reached Telegram, or is not needed any more. Please look into the clinicians' chat.

away-head = ⚠ Steady was not at work from { $on }, { $at } to { $until_on }, { $until_at }. What was due is handled now.
away-patients = { $count ->
    [one] One patient was
   *[other] { $count } patients were
} not asked on time. A day on which nobody was asked counts as not asked by us, never as missed.
away-cases = { $count ->
    [one] One case is
   *[other] { $count } cases are
} late with the next step, and come now.
away-lost = What patients sent before { $on }, { $at } may be lost: Telegram keeps it for 24 hours. Their next question says so.

refused-regimen = There is no such regimen. There are: { $known }.
refused-no-username = I do not know my own name yet. Please try again in a minute.
refused-no-such-code = There is no case { $code }.
refused-decided-already = That is decided already.
refused-nothing-held = Nothing is held for this patient.
refused-usage-code = Please add the case code after the command, for example /pause K7QFM

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

## The rota

oncall-head = <b>On call, { $clinic }</b>
oncall-now = Tier { $tier } now: <b>{ $names }</b>
oncall-nobody = Tier { $tier } now: ⚠ <b>nobody</b>. Every clinician is told instead.
oncall-next = { "  " }from { $at }: { $names }
oncall-then-nobody = { "  " }from { $at }: ⚠ nobody
oncall-shift = • tier { $tier } · { $shift } · { $name }
oncall-gone = ⚠ The rota names people who no longer work here: { $names }. /oncall clear 1 NAME takes one out.
holiday-set = { $day } is a holiday: the duties of a Sunday hold.
holiday-unset = { $day } is no holiday.
rota-names-gone = ⚠ The rota of <b>{ $clinic }</b> names people who no longer work here: { $names }. /oncall clear 1 NAME takes one out.
refused-oncall = Write it like one of these: /oncall · /oncall set 1 Lee mon-fri 08:00-18:00 · /oncall cover 2 Lee 2027-03-05 18:00-08:00 · /oncall clear 1 · /oncall holiday 2027-12-25
refused-tier = "{ $said }" is no tier. There are 1 and 2.
refused-weekdays = "{ $said }" are no weekdays. Write them like mon-fri, sat,sun or daily.
refused-hours = "{ $said }" are no hours. Write them like 08:00-18:00; 18:00-08:00 goes over midnight.
refused-duty-date = "{ $said }" is no date. Write it like 2027-12-25.
refused-cover-past = That is over already.
refused-no-such-person = Nobody called "{ $said }" works here. There are: { $known }.
refused-two-people = "{ $said }" could be more than one person: { $known }.
refused-anonymous = I cannot tell who wrote that: it was sent in the name of a chat. Please turn off "Remain anonymous" for yourself in this group, or write to me in private.
refused-admins-only = Only an admin of the clinic can do that.

## What a clinic chooses

policy-head = <b>What { $clinic } has chosen</b> (minutes, unless it is an hour; ● is not the default)
policy-line = { $name } { $value }
policy-line-chosen = ● <b>{ $name } { $value }</b>
policy-rule = ● <b>rule { $rule }</b>: { $what }
policy-set = ✓ { $name } is { $value } from now on. It is on record who changed it.
policy-rule-set = ✓ Rule { $rule }: { $what } from now on. It is on record who changed it.
refused-policy = Write it like one of these: /policy · /policy page-first 5 · /policy digest 07:30 · /policy rule grade-severe 2 · /policy rule grade-moderate urgent · /policy rule grade-severe default · /policy names on
refused-no-such-choice = There is nothing called "{ $said }" to choose. There are: { $known }.
refused-choice-range = { $name } must be from { $low } to { $high }.
refused-choice-hour = Write an hour like 07:30.
refused-choice-number = Write a whole number, in minutes.
refused-looser = That is looser than now. An admin of the clinic can do it.
refused-no-such-rule = There is no rule "{ $said }".
refused-no-threshold = Rule { $rule } has no number, or not that one.
refused-floor = Rule { $rule } cannot be made that much looser: it guards against danger.
