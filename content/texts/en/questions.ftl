### Fixed answers to common questions. None decides about a dose. What we are not sure of goes to the clinic.

-clinic-decides = Your clinic decides this with you; your question has been passed on.

# What we say when a question was heard but none of these fits.
common-unsure = I'd rather your clinic answers that. I have passed your question on.

# Source: UK leaflet; CG115.
common-alcohol =
    The tablet does not make drinking safe: you can still get drunk, and still be hurt by it. If you drank, or think you may, tell us. Nobody will blame you, and it helps your clinic to help you.

# Source: leaflet; label.
common-missed =
    Never take two to make up for one. What to do about a missed tablet depends on how long ago the last one was. { -clinic-decides } If you have used an opioid since, tell us before the next tablet.

# Source: label; UK leaflet.
common-painkillers =
    Strong painkillers, and some cough and diarrhoea medicines, do not go with your treatment. Show your card and ask a pharmacist before you take anything new. { -clinic-decides }

# Source: ASAM.
common-surgery =
    Tell the surgeon, the dentist or the anaesthetist about your treatment as early as you can, and show your card. Do not change anything by yourself. { -clinic-decides }

# Source: source document; ASAM.
common-pregnancy =
    If you are pregnant, may be, plan to be, or breastfeed, your clinic wants to know today. { -clinic-decides }

# Source: leaflets.
common-driving =
    Do not drive or use machines while you feel dizzy or sleepy. Many people find it passes in the first weeks; tell us if it does not.

# Source: self-care table.
common-sleep =
    Trouble sleeping is common at first and often settles. A steady bedtime and less coffee or tea after noon can help. Another hour for the tablet is your clinic's to choose; your question has been passed on.

# Source: source document.
common-start =
    It blocks the effect of opioids from the first tablets. Many people notice less craving for alcohol over the first weeks. If you notice nothing, say so at your next visit.

# Source: source document.
common-long =
    A course is planned for 12 weeks. What comes after it, your clinic decides with you.

# Source: UK leaflet, emc 3559.
common-effects =
    Often: trouble sleeping, feeling anxious, feeling sick, headache, stomach cramps, tiredness. Most are mild and pass. Write to me how you feel, any time, and your clinic sees it.

# Source: leaflet.
common-travel =
    Keep your tablets in their pack and your card in your hand luggage. If you cross time zones, tell me your new city and I will ask at your new hour.

# Source: UK leaflet.
common-storing =
    Keep the tablets in their own pack, dry, below 25 °C, and out of reach of children and animals.

# Source: Gibson 2007.
common-stopping =
    Please talk to your clinic before you stop: the weeks after stopping are the dangerous ones, because an opioid hits much harder then. { -clinic-decides }
