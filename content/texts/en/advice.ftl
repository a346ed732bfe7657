### Self-care for a mild symptom. Nothing here is about the dose. Each line ends in the same sentence.

-tell-us = Tell us if it gets worse or lasts more than 14 days.

# Source: the insomnia line of the self-care table; Drugs.com suggests asking about the morning.
advice-insomnia =
    A steady bedtime and less coffee or tea after noon often help. You can ask your clinic whether another time of day would suit you better; the time is theirs to change with you. { -tell-us }

# Source: the anxiety line of the self-care table.
advice-anxiety =
    Slow breathing, a short walk or a call to someone you trust can take the edge off. If there is a strong urge to use or drink behind it, tell us that too. { -tell-us }

# Source: Drugs.com; leaflets.
advice-nausea =
    Small, plain meals and sips of water through the day often help. Having food with your tablet can help too. { -tell-us }

# Source: the headache line of the self-care table.
advice-headache =
    Drink some water, rest and eat at regular times. If you want something for the pain, ask a pharmacist and show your card: some painkillers do not go with your treatment. { -tell-us }

# Source: leaflets; antidiarrhoeal medicines may contain opioids.
advice-diarrhoea =
    Drink plenty, or use rehydration salts. Before you use anything that stops diarrhoea, ask a pharmacist or your clinic and show your card: some of it does not go with your treatment. { -tell-us }

# Source: proposal, sign off locally (fluids for 24 hours).
advice-vomiting =
    Rest, and take small sips of water often. If drinks do not stay down for a whole day, tell us at once. { -tell-us }

# Source: leaflet.
advice-dizziness =
    Get up slowly, and sit down when it comes. Please do not drive until it has passed. { -tell-us }

# Source: the fatigue line of the self-care table.
advice-fatigue =
    Rest when you can, and eat small meals often. Dark urine or yellow eyes are worth telling us about the same day. { -tell-us }

# Source: the fatigue and appetite line of the self-care table.
advice-appetite-loss =
    Small meals often are easier than big ones. Dark urine or yellow eyes are worth telling us about the same day. { -tell-us }

# Source: Multum; leaflet. A rash alone is for the same day, so the clinic has been told as well.
advice-rash =
    Loose clothes and a cool cloth can ease the itching. If your face, lips or tongue swell or it is hard to breathe, call the emergency number straight away. { -tell-us }

# Source: proposal, sign off locally.
advice-low-mood =
    Low days happen, and they are worth sharing. A walk, some food and a talk with someone you trust can help. If dark thoughts come, press Help now at any hour. { -tell-us }

# Source: as for headache; proposal, sign off locally.
advice-muscle-pain =
    Warmth, rest and gentle movement can ease the aches. If you want something for the pain, ask a pharmacist and show your card: some painkillers do not go with your treatment. { -tell-us }
