### Two voices. reason-…: for clinicians, terse; $subject names what it is about, $value the number. answer-…: for the patient,
### one or two sentences that say who has been told; an emergency starts with the number. "Aims to": at night nobody can promise today.

## Grades for clinicians

graded-0 = none
graded-1 = mild
graded-2 = moderate
graded-3 = severe
graded-4 = very severe

## Reasons: symptoms

reason-grade = { $subject }: grade { $value } of 4
reason-rise = { $subject }: up { $value } grades since the last report
reason-lasting = { $subject }: reported for { $value } days
reason-repeated = { $subject }: moderate or worse on { $value } of the last 7 days
reason-worse = Patient says it is getting worse: { $subject }
reason-free-text = Unread words: not understood, or not all of it
reason-distress = Sounds distressed, could not be classed: please read
reason-denied = Asked and denied: { $subject }
reason-unconfirmed = Read in a message, not confirmed: { $subject }
reason-question = Question for you
reason-help-now = Help now pressed

## Reasons: warning signs

reason-flag-opioid-overdose = Signs of opioid overdose, or a large amount taken
reason-flag-breathing = Trouble breathing
reason-flag-allergy = Swelling of face, tongue or throat
reason-flag-chest-pain = Chest pain
reason-flag-fainting = Fainted
reason-flag-seizure = Seizure
reason-flag-suicidal-intent = Suicidal intent, plan or act
reason-flag-suicidal-thoughts = Suicidal thoughts, no intent stated
reason-flag-mood-change = Mood much lower, agitated or reckless
reason-flag-hallucinations = Confusion or hallucinations
reason-flag-withdrawal-severe = Severe reaction after a dose: vomiting or diarrhoea, confusion or extreme sleepiness
reason-flag-withdrawal-mild = Milder withdrawal signs after a dose
reason-flag-drink-withdrawal = Tremor or sweats after stopping drink
reason-flag-liver = Liver sign: dark urine, jaundice, pale stools or upper-right pain (or not sure)
reason-flag-lung = New cough with breathlessness
reason-flag-fluids-not-kept = Fluids not kept for 24 h
reason-flag-opioid-use = Opioid use reported
reason-flag-extra-dose = Took more than planned
reason-flag-other-person-took-it = Another person took the tablets
reason-flag-surgery-or-painkillers = Injury, unplanned surgery or pain that needs opioids
reason-flag-planned-surgery = Planned surgery
reason-flag-pregnancy = Pregnancy or breastfeeding
reason-flag-heavy-drinking = Heavy drinking day
reason-flag-craving = Strong craving
reason-flag-new-medicine = Question about a new medicine
reason-flag-suicidal-words = Message speaks of suicide or self-harm; intent not known
reason-flag-overdose-words = Message speaks of an overdose: far too much of the tablets, a mix, or an opioid
reason-flag-emergency-words = Message speaks of an emergency: breathing, chest pain, collapse, fit, bleeding or confusion
reason-flag-allergy-words = Message speaks of hives, rash or swelling
reason-flag-drank = Message speaks of drinking; amount not known
reason-flag-wish-to-stop = Message speaks of stopping, or of having stopped

## Reasons: the course

reason-withdrawal-severe = Induction: severe withdrawal signs after the first part
reason-withdrawal-mild = Induction: withdrawal signs after the first part
reason-induction-silent = Induction: no answer about withdrawal signs { $value } min after the first part
reason-opioid-use = Opioid use reported
reason-opioid-not-said = Would rather not say whether any opioid was used
reason-dose-held = Daily question still on hold after an opioid answer, and no open case: release it or pause
reason-skipped = Not taken today: { $subject }
reason-missed-run = { $value } doses missed in a row
reason-missed-run-long = { $value } doses missed in a row: phone call
reason-missed-week = { $value } doses missed in seven days
reason-low-share = { $value } % taken, by self-report
reason-silent = No answer for { $value } h; taken or not is unknown
reason-reminders-failed = The daily question has not reached the patient for { $value } days
reason-unreachable = Cannot be reached by Telegram
reason-stopped = Patient has stopped the course
reason-stopped-opioid = Patient has stopped the course: overdose risk, naloxone talk
reason-pause-asked = Patient asks for a pause
reason-step-held = Step waits for a decision: { $subject }
reason-step-unproven = Step waits for a decision: { $value } days of the present step without a known dose
reason-screening = Joining: { $subject }
reason-course-end = Course completed
reason-course-end-opioid = Course completed: overdose warning and naloxone talk due
reason-follow-up = Follow-up: { $subject }

## Answers: emergencies

answer-emergency =
    <b>{ $emergency }</b>: please call now, or ask someone near you to call. Your clinic's team has been alerted, and nobody watches this chat all the time, so please do not wait here.

answer-overdose =
    <b>{ $emergency }</b>: call now. Use naloxone if it is at hand, call even if it helps, and stay with the person. Your clinic's team has been alerted.

answer-breathing =
    <b>{ $emergency }</b>: call now if it is hard to breathe, and sit upright while you wait. Your clinic's team has been alerted.

answer-allergy =
    <b>{ $emergency }</b>: call now and say that your face, tongue or throat is swelling. Your clinic's team has been alerted.

answer-withdrawal-severe =
    <b>{ $emergency }</b>: call now or go to emergency care, with someone beside you and your card in hand. Your clinic's team has been alerted.

answer-other-person =
    <b>{ $emergency }</b>: call now if it was a child, someone who uses opioids, or anyone who feels ill; otherwise ring a poison line. Your clinic's team has been alerted.

answer-overdose-words =
    <b>{ $emergency }</b>: please call now, also if you feel well, and say what was taken and when. If it was an opioid and naloxone is at hand, use it, and have someone stay. Your clinic's team has been alerted.

answer-allergy-words =
    <b>{ $emergency }</b>: call now if your face, lips, tongue or throat swell or it is hard to breathe. Your clinic's team has been alerted; please ring them today in any case.

answer-extra-emergency =
    <b>{ $emergency }</b>: please call now and say what you took and when. Your clinic's team has been alerted.

## Answers: urgent

answer-urgent-symptom =
    Thank you for telling us. Your clinic's team has been told and aims to be in touch today. If it gets worse or frightens you, call <b>{ $emergency }</b>.

answer-rash =
    Thank you for telling us. Your clinic's team has been told; please be in touch with them today. If your face swells or it is hard to breathe, call <b>{ $emergency }</b>.

answer-mood =
    Thank you for telling us. Your clinic's team has been told and aims to be in touch today. <b>{ $crisis }</b> is there day and night if you want to talk.

answer-hallucinations =
    Please ask someone to be with you, and ring your clinic now. Your team has been told; if you do not feel safe, call <b>{ $emergency }</b>.

answer-distress =
    <b>{ $crisis }</b>: someone to talk to, day and night. I am a program and may not have understood you, so your clinic's team has been asked to read your words today. In danger, call <b>{ $emergency }</b>.

answer-wish-to-stop =
    Thank you for telling us; that is yours to say. Your clinic's team has been told and aims to be in touch today. Nothing changes in Steady until you say so below.

answer-wish-to-stop-opioid =
    Thank you for telling us; that is yours to say. Your clinic's team has been told and aims to call you today. { tolerance-reminder }

answer-withdrawal-mild =
    Please ring your clinic now and stay with someone who can keep an eye on you. Your team has been told; if it gets strong, call <b>{ $emergency }</b>.

answer-induction-silent =
    We have not heard how you feel, and we would like to know. Please tap an answer above, or ask someone near you to do it for you. Your clinic's team has been told; if you feel very ill, call <b>{ $emergency }</b>.

answer-drink-withdrawal =
    Please ring your clinic now; your team has been told. A fit or confusion needs help at once: call <b>{ $emergency }</b>.

answer-liver =
    Thank you for telling us. Please be in touch with your clinic today, before the next tablet; your team has been told.

answer-lung =
    This should be looked at today. Your clinic's team has been told; if it becomes hard to breathe, call <b>{ $emergency }</b>.

answer-fluids =
    Please be in touch with your clinic today; your team has been told. If you feel faint or confused, call <b>{ $emergency }</b>.

answer-opioid-use =
    Thank you for being open; it helps to keep you safe. Please talk to your clinic before the next tablet; your team has been told. Your body is less used to opioids now, so an amount that was once usual can be dangerous. Very drowsy, or breathing slowly? Call <b>{ $emergency }</b> at once; keep naloxone close if you have it.

answer-opioid-not-said =
    That is all right; you need not tell me. Please talk to your clinic before the next tablet; your team has been told that you would rather talk to a person.

answer-extra =
    Thank you for telling us. Your clinic's team has been told and aims to be in touch today. A poison line can help meanwhile; if you feel ill, call <b>{ $emergency }</b>.

answer-painkillers =
    Please show your card to everyone who treats you and say what you take. Your clinic's team has been told and aims to be in touch today.

answer-pregnancy =
    Thank you for telling us. Please be in touch with your clinic today; your team has been told.

answer-stopped =
    Thank you for telling us; that is yours to say. Your clinic's team has been told and aims to be in touch today.

answer-stopped-opioid =
    Thank you for telling us. Your clinic's team has been told and aims to call you today.

## Answers: missed days and silence. Often sent unasked: the first 100 characters are neutral.

answer-missed-opioid =
    Some days have not gone as planned, and that happens to many people. We would like to hear how you are. Your clinic's team has been told and aims to ring you today; until you have talked, please do not use opioids, and keep naloxone close if you have it.

answer-missed-urgent =
    Some days have not gone as planned, and that happens to many people. If you like, write what got in the way. Your own team has been told and aims to be in touch today.

answer-missed =
    Some days have not gone as planned, and that happens to many people. If you like, write what got in the way. Your own team has been told, and nobody is cross.

answer-low-share =
    The last two weeks have been uneven, and that happens to many people. What would make it easier? Your own team has been told and will look at it with you.

answer-silent =
    We have not heard from you for a while. Are you all right? One tap is enough, and your own team has been told that we are asking.

answer-silent-opioid =
    We have not heard from you for a while. Are you all right? One tap is enough. Your own team has been told and will try to reach you today.

## Answers: routine

answer-routine-symptom =
    Thank you for telling us. Your clinic's team will look at it by the next working day. If it gets worse, tell us and we pass it on at once.

answer-free-text =
    Your message has gone to your clinic's team, who read messages in working hours. If it cannot wait, press Help now or call <b>{ $emergency }</b>.

answer-skipped =
    Thank you for saying so. Your clinic's team has been told and will come back to you by the next working day.

answer-pause-asked =
    Your wish has gone to your clinic's team, who decide this with you. Until they answer, nothing changes in Steady.

answer-planned-surgery =
    Good that you say so early. Your clinic's team has been told and will plan it with you; please show your card to everyone who treats you.

answer-drinking =
    Thank you for telling us; it is not a failure. Your clinic's team has been told.

answer-drank =
    Thank you for telling us; it is not a failure. Your clinic's team has been told and will come back to you by the next working day. If you feel ill or shaky without it, call <b>{ $emergency }</b>.

answer-question =
    I would rather your clinic answers that. Your team has your question and will come back to you by the next working day. If it cannot wait, press <b>Help now</b> or call <b>{ $emergency }</b>.

answer-craving =
    Thank you for telling us. Urges rise and then fall. Your clinic's team has been told, and <b>{ $crisis }</b> is there if you want to talk.

answer-new-medicine =
    Please ask a pharmacist first and show your card: some cough and diarrhoea medicines contain opioids. Your clinic's team has seen your question.

answer-step-held =
    You said that you have not felt well lately, so your own team will look at that before anything is changed. Until they answer, everything stays as it is.

answer-step-unproven =
    A step of your plan would be due today. Some days before it have no answer, so your own team will look at it with you first. Until they answer, everything stays as it is.

answer-screening =
    Thank you. Your clinic's team will look at your answers and come back to you before anything begins.

answer-told =
    Thank you for telling us. Your clinic's team has been told and will come back to you by the next working day.

answer-self-care =
    Thank you. It is in your record, and your clinic's team can see it.
