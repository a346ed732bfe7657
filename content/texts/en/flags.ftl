### Warning signs as a patient would say them, and the questions that look for them.

flag-opioid-overdose = Very slow breathing, or can't be woken
flag-breathing = Trouble breathing
flag-allergy = Swollen face, lips or tongue
flag-chest-pain = Chest pain
flag-fainting = Fainted
flag-seizure = A fit (seizure)
flag-suicidal-intent = I might act on thoughts of dying
flag-suicidal-thoughts = Thoughts of not wanting to live
flag-mood-change = Much lower, restless or reckless
flag-hallucinations = Confused, or seeing or hearing things
flag-withdrawal-severe = Very ill soon after a tablet
flag-withdrawal-mild = Shaky or sweaty soon after a tablet
flag-drink-withdrawal = Shaky or sweaty without drink
flag-liver = Dark urine or yellow eyes or skin
flag-lung = New cough and short of breath
flag-fluids-not-kept = No drink stays down
flag-opioid-use = I used an opioid
flag-extra-dose = I took more than planned
flag-other-person-took-it = Someone else took my tablets
flag-surgery-or-painkillers = Injury, or strong painkillers
flag-planned-surgery = An operation is planned
flag-pregnancy = Pregnant or breastfeeding
flag-heavy-drinking = A day of heavy drinking
flag-craving = A very strong urge to use or drink
flag-new-medicine = A question about a new medicine
flag-suicidal-words = Not wanting to live, or harming oneself
flag-overdose-words = Took far too much of something
flag-emergency-words = Breathing, chest, collapse, bleeding
flag-allergy-words = Hives, rash or swelling
flag-drank = Drank alcohol
flag-wish-to-stop = Stopped, or wants to stop

## After tiredness, a lost appetite or bad nausea (liver signs: MedlinePlus; Mallinckrodt label)

ask-liver =
    One more question, to be on the safe side. Have you noticed any of these?

    • urine as dark as tea
    • yellow eyes or skin
    • pale stools
    • pain under the ribs on the right that does not go away
liver-none = No, none of these
liver-signs = Yes, at least one
liver-unsure = I am not sure

## After low mood or bad anxiety (C-SSRS Screener for the order of the questions; own wording)

ask-thoughts = Thank you for telling us. When it is this hard, some people have thoughts of not wanting to live. Has that been so for you?
thoughts-none = No
thoughts-some = Yes, I have had such thoughts
thoughts-act = Yes, and I might act on them
thoughts-not-said = I would rather not say

## After vomiting or bad diarrhoea (CTCAE v5.0; 24 hours: proposal)

ask-fluids = Has anything you drink stayed down in the last 24 hours?
fluids-kept = Yes, some of it
fluids-lost = No, nothing stays down

## After a rash (allergy: Multum leaflet)

ask-swelling = Is there any swelling of your face, lips, tongue or throat, or is it hard to breathe?
swelling-no = No
swelling-yes = Yes

## After bad dizziness (leaflets)

ask-fainted = Have you fainted or blacked out?
fainted-no = No
fainted-yes = Yes

## Between the two parts of the first day (Vivitrol label and guide; Bristol policy 2009). The beginning is neutral.

ask-withdrawal =
    The first part of today was at { $at }, and we would like to know how you feel now. Please look at the list and choose what fits.

    <b>Some signs</b>: sweating, yawning, runny nose, gooseflesh, cramps, aches, feeling very restless.

    <b>Strong signs</b>: vomiting or diarrhoea again and again, confusion, being very hard to keep awake, seeing or hearing things.
withdrawal-none = None of these
withdrawal-mild = Some signs
withdrawal-severe = Strong signs
