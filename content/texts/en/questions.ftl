### Fixed answers to common questions; sources stand beside each id in questions.toml. No answer is a decision about a dose.

question-alcohol = alcohol during the course
answered-alcohol = Many people on this course do drink at times, and saying so is always right. The tablets do not make you ill with alcohol, but they do not make drinking safe either. If you drink every day, do not stop suddenly without your clinic: shaking, sweating or a fit after stopping needs help at once.

question-missed = a missed tablet
answered-missed = It happens to nearly everybody. Never take two to make up for one. What to do about the one you missed is your clinic's to say, most of all after more than one day or if you have used any opioid since.

question-painkillers = painkillers
answered-painkillers = Opioid painkillers do not work as usual with your treatment, and trying to overcome that is dangerous. Some cough and diarrhoea medicines contain opioids as well. Ask a pharmacist or your clinic before you use anything for pain, and show your card to everyone who treats you.

question-surgery = an operation
answered-surgery = Tell your clinic as soon as an operation, a dental procedure or strong pain relief is planned: they plan it with you some days ahead. Show your card to everyone who treats you. Please do not change anything by yourself.

question-driving = driving
answered-driving = Some people feel dizzy or sleepy, mostly in the first weeks. Please do not drive or use machines while you do, and tell us if it lasts.

question-pregnancy = pregnancy or breastfeeding
answered-pregnancy = If you are pregnant, may be, plan to be, or breastfeed, please be in touch with your clinic today: they decide with you what is best.

question-sleep = sleep
answered-sleep = Trouble sleeping and vivid dreams are common at the start and often ease. A steady bedtime and less coffee or tea after noon can help. Whether another time of day would suit you better is for your clinic to say.

question-start = when it starts to work
answered-start = The tablet begins to act within hours of being taken. How much it helps with urges differs from person to person and is easier to judge after some weeks. Your clinic will go through it with you.

question-how-long = how long the course lasts
answered-how-long = Your plan is twelve weeks; /course shows its dates. Whether it goes on after that is something you and your clinic decide together.

question-side-effects = side effects
answered-side-effects = The most common ones are feeling sick, headache, trouble sleeping, anxiety, tiredness, stomach cramps and aching muscles; most are mild and pass within days or weeks. Dark urine, yellow eyes or skin, a rash, low mood or thoughts of not wanting to live are reasons to tell us at once.

question-travelling = travelling
answered-travelling = Take enough tablets for the journey and some days more, in your hand luggage, and carry your card. Under Settings you can change the city and the hour, so that I ask at the right time.

question-storing = storing the tablets
answered-storing = Keep them in their box, dry and at room temperature, out of reach of children and of anyone who uses opioids: for them a tablet can be dangerous. If somebody else takes one, tell us at once.

question-stopping = stopping
answered-stopping = You may stop at any time, and nobody will blame you. Please talk to your clinic first. The tablets themselves cause no withdrawal when they are stopped, but the body is then less used to opioids, so an amount that was once usual can be dangerous.
