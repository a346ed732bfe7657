### What a patient can report. A label is short enough for a button; the words of a grade say what it feels like.
### ask-grade-… is Steady's own wording, not an item of PRO-CTCAE, whose items may not be reworded.

## Grades, for buttons

grade-label-0 = Not at all
grade-label-1 = A little
grade-label-2 = Medium
grade-label-3 = Bad
grade-label-4 = Very bad

## Grades in general

grade-0 = Not at all
grade-1 = A little: I can do everything as usual
grade-2 = Medium: it gets in the way of some things
grade-3 = Bad: it stops me doing everyday things
grade-4 = Very bad: I can hardly bear it

symptom-unnamed = Something not named

## Insomnia (UK leaflet; grades after CTCAE v5.0)

symptom-insomnia = Trouble sleeping
ask-grade-insomnia = How much trouble did you have sleeping last night?
grade-insomnia-1 = A little: it took a while, and I am fine today
grade-insomnia-2 = Medium: I slept badly and I feel it today
grade-insomnia-3 = Bad: I slept very little and the day is hard
grade-insomnia-4 = Very bad: I hardly slept and cannot get through the day

## Anxiety (UK leaflet; grades after CTCAE v5.0)

symptom-anxiety = Anxious or on edge
ask-grade-anxiety = How anxious or on edge have you felt today, at its worst?
grade-anxiety-1 = A little: it is there, and I can do everything as usual
grade-anxiety-2 = Medium: it gets in the way of some things
grade-anxiety-3 = Bad: it stops me doing everyday things
grade-anxiety-4 = Very bad: I cannot calm down or look after myself

## Nausea (label; grades after CTCAE v5.0)

symptom-nausea = Feeling sick
ask-grade-nausea = How sick have you felt today, at its worst?
grade-nausea-1 = A little: less hungry, and I eat as usual
grade-nausea-2 = Medium: I eat less than usual
grade-nausea-3 = Bad: I can hardly eat or drink
grade-nausea-4 = Very bad: I cannot eat or drink at all

## Headache (label; grades after CTCAE v5.0)

symptom-headache = Headache
ask-grade-headache = How bad has your headache been today, at its worst?
grade-headache-1 = A little: I can do everything as usual
grade-headache-2 = Medium: it gets in the way of some things
grade-headache-3 = Bad: it stops me doing everyday things
grade-headache-4 = Very bad: the worst I have known

## Diarrhoea or cramps (leaflet; grades after CTCAE v5.0)

symptom-diarrhoea = Diarrhoea or cramps
ask-grade-diarrhoea = How bad have the diarrhoea or cramps been today?
grade-diarrhoea-1 = A little: a few more trips to the toilet, or mild cramps
grade-diarrhoea-2 = Medium: four to six more trips than usual, or cramps that get in the way
grade-diarrhoea-3 = Bad: seven or more trips, or cramps that stop me doing things
grade-diarrhoea-4 = Very bad: it does not stop, or the pain is hard to bear

## Vomiting (Bolton 2019; grades after CTCAE v5.0)

symptom-vomiting = Being sick (vomiting)
ask-grade-vomiting = How bad has the vomiting been today?
grade-vomiting-1 = A little: once or twice, and I can drink
grade-vomiting-2 = Medium: several times, and I can drink a little
grade-vomiting-3 = Bad: many times, and little stays down
grade-vomiting-4 = Very bad: it does not stop

## Dizziness (Bolton 2019; grades after CTCAE v5.0)

symptom-dizziness = Dizziness
ask-grade-dizziness = How dizzy have you felt today, at its worst?
grade-dizziness-1 = A little: slightly unsteady
grade-dizziness-2 = Medium: it gets in the way of some things
grade-dizziness-3 = Bad: I need to sit or lie down
grade-dizziness-4 = Very bad: I cannot stand up

## Fatigue (label; grades after CTCAE v5.0)

symptom-fatigue = Tiredness
ask-grade-fatigue = How tired have you felt today?
grade-fatigue-1 = A little: rest helps
grade-fatigue-2 = Medium: rest does not help, and some things are hard
grade-fatigue-3 = Bad: I struggle with washing, dressing or eating
grade-fatigue-4 = Very bad: I cannot get up

## Decreased appetite (UK leaflet)

symptom-appetite-loss = Not hungry
ask-grade-appetite-loss = How much has your appetite gone today?
grade-appetite-loss-1 = A little: less hungry, and I eat as usual
grade-appetite-loss-2 = Medium: I eat less than usual
grade-appetite-loss-3 = Bad: I eat very little
grade-appetite-loss-4 = Very bad: I cannot eat

## Rash (UK leaflet)

symptom-rash = Rash or itching
ask-grade-rash = How bad is the rash or itching?
grade-rash-1 = A little: a small patch
grade-rash-2 = Medium: several places, or it itches a lot
grade-rash-3 = Bad: large areas, or it keeps me awake
grade-rash-4 = Very bad: all over, blisters, or sore eyes or mouth

## Low mood (label)

symptom-low-mood = Low mood
ask-grade-low-mood = How low have you felt today, at your lowest?
grade-low-mood-1 = A little: a bit down, and I can do everything as usual
grade-low-mood-2 = Medium: it gets in the way of some things
grade-low-mood-3 = Bad: I can hardly do everyday things
grade-low-mood-4 = Very bad: I cannot see a way through the day

## Joint or muscle pain (label)

symptom-muscle-pain = Aching joints or muscles
ask-grade-muscle-pain = How bad have the aches been today, at their worst?
grade-muscle-pain-1 = A little: I can do everything as usual
grade-muscle-pain-2 = Medium: they get in the way of some things
grade-muscle-pain-3 = Bad: they stop me doing everyday things
grade-muscle-pain-4 = Very bad: I can hardly move
