### Data: the copy, the deletion, the consent. Telegram's terms, GDPR art. 15, 17, 7(3).

export-ready = Here is everything kept about you here: once to read, once for programs. Both were made just now. Keep them where nobody else reads them.
export-file-name = my-record

ask-forget =
    <b>Delete everything?</b>

    Everything kept here about you goes: answers, messages, settings, times. It cannot be undone, and what we do together here ends at once. Your care elsewhere does not depend on it.

    Messages of the last two days disappear from this chat; older ones are emptied. What you wrote yourself stays in the chat until you delete the chat: nobody but you can do that.

    If you would like a copy first, tap <b>Get a copy</b>.
ask-forget-held =
    <b>Delete everything?</b>

    { $clinic } has to keep a minimum for { $years ->
        [one] { $years } year
       *[other] { $years } years
    }, as the law asks: dates and amounts under a code, without your number, your words or your hours. Everything else goes. It cannot be undone, and what we do together here ends at once. Your care elsewhere does not depend on it.

    Messages of the last two days disappear from this chat; older ones are emptied. What you wrote yourself stays in the chat until you delete the chat: nobody but you can do that.

    If you would like a copy first, tap <b>Get a copy</b>.
button-forget-once = Delete my data
ask-forget-again = Are you sure? This cannot be undone.
button-forget-twice = Yes, delete everything now
button-forget-not = No, keep it
forget-not = Nothing was deleted.
forgotten = It is done: your data has been deleted here. To empty this chat on your side as well, delete the chat in Telegram. If you ever need someone: <b>{ $crisis }</b>, day and night, or <b>{ $emergency }</b> in danger.
redacted-message = This message was removed.
case-erased = Removed at the patient's request.
erased-clinic = Case <b>{ $code }</b>: the patient had their data deleted. Nothing more comes from this case. If it was open, please decide whether to reach the patient some other way.

consent-screen-given =
    <b>Your agreement</b>

    You agreed on { $day } (version { $version }). You can take it back at any time. Then nothing more is asked or kept, and your clinic's team is told. Your treatment does not depend on it.
consent-screen-withdrawn =
    <b>Your agreement</b>

    You took your agreement back on { $day }. Nothing is asked or kept since then. You can still get a copy of your data, or have it deleted.
consent-read-again = Read it again
consent-changed =
    Some words about how your data is handled have changed since you agreed. Please read them once more: until you have answered, nothing new is asked or kept. <b>Help now</b> works as always.
consent-renewed = Thank you. You agreed, and that is kept with today's date. You can take it back at any time: /consent.
consent-gone-clinic = Case <b>{ $code }</b>: the patient has taken back their agreement. Steady asks and keeps nothing more. Please decide whether to reach the patient some other way.
consent-needed = Before that, I need your answer about your data. /consent shows it.
menu-consent = My agreement
menu-export = Copy of my data
menu-forget = Delete my data
