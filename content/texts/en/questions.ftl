### Common questions: question-… as clinicians read it, answered-… for the patient. No answer decides about a dose; each ends
### in a button that passes the question on. Sources stand beside each id in questions.toml.

-clinic-decides = Your clinic decides this with you.

question-alcohol = alcohol during the course
# Source: UK leaflet; CG115; sudden stopping: gov.uk alcohol guideline.
answered-alcohol =
    The tablet does not make drinking safe: you can still get drunk, and still be hurt by it. If you drank, or think you may, tell us. Nobody will blame you, and it helps your clinic to help you. If you drink every day, please do not stop suddenly without them.

question-missed = a missed tablet
# Source: leaflet; label.
answered-missed =
    It happens to nearly everybody. What to do about a missed tablet depends on how long ago the last one was, so please ask before you change anything. { -clinic-decides } If you have used an opioid since, tell us before the next tablet.

question-painkillers = painkillers
# Source: label; UK leaflet.
answered-painkillers =
    Strong painkillers, and some cough and diarrhoea medicines, do not go with your treatment, and trying to overcome that is dangerous. Show your card and ask a pharmacist before you use anything new. { -clinic-decides }

question-surgery = an operation
# Source: ASAM; UK leaflet PL 21344/0002.
answered-surgery =
    Tell the surgeon, the dentist or the anaesthetist about your treatment as early as you can, and show your card. Please do not change anything by yourself. { -clinic-decides }

question-pregnancy = pregnancy or breastfeeding
# Source: source document; ASAM.
answered-pregnancy =
    If you are pregnant, may be, plan to be, or breastfeed, please be in touch with your clinic today. { -clinic-decides }

question-driving = driving
# Source: leaflets.
answered-driving =
    Please do not drive or use machines while you feel dizzy or sleepy. Many people find it passes in the first weeks; tell us if it does not.

question-sleep = sleep
# Source: self-care table; UK leaflet, emc 3559.
answered-sleep =
    Trouble sleeping is common at first and often settles. A steady bedtime and less coffee or tea after noon can help. Another hour of the day is your clinic's to choose with you.

question-start = when it starts to work
# Source: source document; Davis's Drug Guide.
answered-start =
    It blocks the effect of opioids from the first tablets. Many people notice less craving for alcohol over the first weeks. If you notice nothing, say so at your next visit.

question-long = how long the course lasts
# Source: source document.
answered-long =
    A course is planned for 12 weeks; /course shows your dates. What comes after it, your clinic decides with you.

question-effects = side effects
# Source: UK leaflet, emc 3559; label.
answered-effects =
    Often: trouble sleeping, feeling anxious, feeling sick, headache, stomach cramps, tiredness. Most are mild and pass. Write to me how you feel, at any time. Dark urine, yellow eyes or skin, a rash, low mood or dark thoughts are reasons to tell us at once.

question-travel = travelling
# Source: leaflet; GPnotebook (warning card).
answered-travel =
    Keep your tablets in their pack and your card in your hand luggage. If you cross time zones, tell me your new city under /settings and I will ask at your new hour.

question-storing = storing the tablets
# Source: UK leaflet; Mallinckrodt label (accidental ingestion).
answered-storing =
    Keep the tablets in their own pack, dry, below 25 °C, and out of reach of children, animals and anyone who uses opioids. If somebody else has one, tell us at once.

question-stopping = stopping
# Source: Gibson & Degenhardt 2007; ASAM.
answered-stopping =
    You may stop at any time, and nobody will blame you. Please talk to your clinic before you do: the weeks after stopping are the dangerous ones, because an opioid hits much harder then. { -clinic-decides }
