### What Steady is and is not. Each text fits one phone screen. Sources: the limits a responsible project states; the
### Telegram privacy notes; 42 CFR Part 2, HIPAA and GDPR as the clinic's duties.

about-steady =
    <b>What Steady does</b>

    Steady keeps you company through a course of 12 weeks. It asks once a day, keeps your record, and asks how you feel. When something you tell it sounds worrying, it makes sure that a named person at your clinic knows.

    Steady is a program. What it says was written beforehand by people.

about-not =
    <b>What Steady is not</b>

    • It is <b>not emergency care</b>. In danger, call <b>{ $emergency }</b>. To talk to someone, day and night: <b>{ $crisis }</b>.
    • Nobody watches this chat all the time.
    • It never tells you how much to take, and it makes no diagnosis. Your clinic decides.
    • It is not a medical device and has not been approved as one.
    • It goes by what you tell it, and that can be wrong.

about-who-sees =
    <b>Who sees what</b>

    • Your clinic's team sees your answers and messages. In their group you appear under a code, not by name.
    • What is stored is encrypted. The people who run the server keep it working, and they hold the key.
    • Nobody sells your data or uses it for advertising.

about-telegram =
    <b>What Telegram can see</b>

    Chats with a bot are stored by Telegram. They are <b>not</b> end-to-end encrypted, and they appear on every device where you use Telegram. Your phone may show them on the lock screen, so Steady keeps the first words neutral unless you choose plain words.

    If you prefer, your clinic can be reached in other ways.

about-edition = Texts and limits: version { $version }, signed off by { $reviewer }.
about-edition-unreviewed = Texts and limits: version { $version }. No clinician has signed them off yet.

about-medical-limits =
    <b>Medical limits</b>

    Steady's warning levels are defaults that your clinic can change. Low-dose use, and some brands, are not approved by the FDA. A course can help; nobody can promise that it will.

    Carry your card, and show it to everyone who treats you: strong painkillers may not work as usual while you take this, and forcing them to work is dangerous.

## Consent. A changed text gets a new key; old consents keep the words that were agreed to.

consent-2026-11 =
    <b>Before we begin</b>

    I agree that { $clinic } uses Steady to support my course, and that Steady stores what I tell it: my answers, how I feel, and my messages.

    I understand that
    • my clinic's team sees it, and I can ask who has looked
    • Telegram stores the chat, without end-to-end encryption
    • this is not emergency care, and nobody watches it all the time; in danger I call <b>{ $emergency }</b>
    • Steady gives no advice on how much to take; my clinic decides
    • if I seem to be in danger, or stay silent for long, my clinic may try to reach me
    • my data is not sold, and is not used for research unless I say so separately

    I can take this back at any time, get a copy, or have my data deleted; my clinic does it when I ask. My treatment does not depend on it.
consent-2026-11-2 =
    <b>Before we begin</b>

    I agree that { $clinic } uses Steady to support my course, and that Steady stores what I tell it: my answers, how I feel, and my messages.

    I understand that
    • my clinic's team sees it, and I can ask who has looked
    • Telegram stores the chat, without end-to-end encryption
    • this is not emergency care, and nobody watches it all the time; in danger I call <b>{ $emergency }</b>
    • Steady gives no advice on how much to take; my clinic decides
    • if I seem to be in danger, or stay silent for long, my clinic may try to reach me
    • my data is not sold, and is not used for research unless I say so separately

    I can take this back at any time (/consent), get a copy (/export), or have my data deleted (/forget). My treatment does not depend on it.
consent-accept = I agree
consent-decline = I do not agree
consent-declined = That is all right. Only your Telegram number and this answer are kept, and your care does not depend on Steady. You can come back with your invitation.
consent-withdrawn = You have taken back your agreement. Steady stops asking and tells your clinic's team. You can still ask for a copy of your record, or to have it deleted.

## /privacy

privacy-summary =
    <b>Your data in short</b>

    • <b>Stored</b>: your Telegram number, your answers, how you feel, your messages, times.
    • <b>Why</b>: to support your course, with your agreement, which you can take back.
    • <b>Seen by</b>: your clinic's team, and the people who run its server. Who looks is written down; you can ask for it.
    • <b>Where</b>: on your clinic's server, encrypted. Telegram also keeps the chat, not end-to-end encrypted.
    • <b>How long</b>: until a year after your course is over, or until you delete it.
    • <b>Your rights</b>: a copy (/export), deletion (/forget), taking back your agreement (/consent), a correction (ask your clinic), a complaint to your data protection office. /stop ends the course at once.

    Responsible: { $contact }
privacy-copy = Get a copy
privacy-delete = Delete my data
privacy-withdraw = Take back my agreement
