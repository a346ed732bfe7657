### Fixed, reviewed replies for a crisis. Nothing here is ever generated. Sources: SAVE/SPRC, Responding to a Cry for Help;
### C-SSRS Screener; WHO guidance for media. One line that acknowledges, then the number, then "Are you safe right now?".
### No detail of any means, no promise of secrecy, no debate, no blame, and nothing about doses or adherence.

crisis-thoughts =
    Thank you for telling us. You do not have to carry this alone.

    <b>{ $crisis }</b>: people who listen, day and night. Some lines also answer by text or chat.
    <b>{ $emergency }</b>: if you are in danger now.

    Your clinic's team has been told and aims to be in touch today. Steady is a program; nobody watches this chat all the time, so please use the number if you need a person now.

    { crisis-safe-question }

crisis-intent =
    Thank you for telling us. Please let someone be with you now.

    <b>{ $emergency }</b>: call now, or ask someone to call for you.
    <b>{ $crisis }</b>: people who listen, day and night.

    Your clinic's team has been alerted just now. Steady is a program; nobody watches this chat all the time, so please do not wait for an answer here. Go to someone you trust, or ask them to come to you.

    { crisis-safe-question }

crisis-help-now =
    We are glad you pressed this.

    <b>{ $emergency }</b>: for danger to life, call now.
    <b>{ $crisis }</b>: for someone to talk to, day and night.

    Your clinic's team has been alerted just now. Steady is a program; nobody watches this chat all the time, so please use a number if it cannot wait.

    { crisis-safe-question }

crisis-safe-question = Are you safe right now?
crisis-safe-yes = Yes, I am safe
crisis-safe-no = No
crisis-safe-not-sure = I am not sure

crisis-after-yes =
    Thank you. It is good to know. The numbers stay good at any hour:

    <b>{ $crisis }</b> to talk, <b>{ $emergency }</b> in danger.

    Your clinic's team still knows and will still be in touch. You can write here too.

crisis-after-no =
    <b>{ $emergency }</b>: please call now, or hand your phone to someone who can.

    Your clinic's team has been told that you are not safe. If you can, go where other people are and stay with them.

crisis-after-not-sure =
    <b>{ $emergency }</b>: not being sure is reason enough to call.
    <b>{ $crisis }</b>: they will talk it through with you.

    Your clinic's team has been told. If you can, stay with someone until you feel safer.

crisis-numbers =
    <b>{ $emergency }</b>: danger to life
    <b>{ $crisis }</b>: someone to talk to, day and night

# Offered when a crisis reply could not be sent the usual way, or again after an hour without a word from the patient.
crisis-still-here =
    We are thinking of you, and your team knows. You can call at any hour.

    <b>{ $crisis }</b> to talk, <b>{ $emergency }</b> in danger.

    { crisis-safe-question }
