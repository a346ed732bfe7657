### Self-care for a mild symptom. Nothing here is about the dose. Each line ends in the same sentence.

-tell-us = Avísenos si empeora o dura más de 14 días.

# Source: the insomnia line of the self-care table; Drugs.com suggests asking about the morning.
advice-insomnia =
    Suele ayudar acostarse siempre a la misma hora y tomar menos café o té después del mediodía. Puede preguntar a su clínica si le convendría más otra hora del día; el cambio lo deciden ellos con usted. { -tell-us }

# Source: the anxiety line of the self-care table.
advice-anxiety =
    Respirar despacio, dar un paseo corto o llamar a alguien de confianza puede aliviar. Si detrás hay muchas ganas de consumir o de beber, cuéntenoslo también. { -tell-us }

# Source: Drugs.com; leaflets.
advice-nausea =
    Suele ayudar comer poco y sencillo, y beber agua a sorbos a lo largo del día. También puede ayudar acompañar la pastilla con comida. { -tell-us }

# Source: the headache line of the self-care table.
advice-headache =
    Beba agua, descanse y coma a horas fijas. Si quiere algo para el dolor, pregunte en una farmacia y muestre su tarjeta: algunos analgésicos no son compatibles con su tratamiento. { -tell-us }

# Source: leaflets; antidiarrhoeal medicines may contain opioids.
advice-diarrhoea =
    Beba mucho líquido o suero oral. Antes de usar algo que corte la diarrea, pregunte en una farmacia o a su clínica y muestre su tarjeta: algunos de esos productos no son compatibles con su tratamiento. { -tell-us }

# Source: proposal, sign off locally (fluids for 24 hours).
advice-vomiting =
    Descanse y beba agua a sorbos pequeños y frecuentes. Si durante un día entero no retiene lo que bebe, avísenos enseguida. { -tell-us }

# Source: leaflet.
advice-dizziness =
    Levántese despacio y siéntese cuando note el mareo. Por favor, no conduzca ningún vehículo hasta que se le haya pasado. { -tell-us }

# Source: the fatigue line of the self-care table.
advice-fatigue =
    Descanse cuando pueda y coma poco y a menudo. Si tiene la orina oscura o los ojos amarillos, cuéntenoslo el mismo día. { -tell-us }

# Source: the fatigue and appetite line of the self-care table.
advice-appetite-loss =
    Comer poco y a menudo cuesta menos que una comida grande. Si tiene la orina oscura o los ojos amarillos, cuéntenoslo el mismo día. { -tell-us }

# Source: Multum; leaflet. A rash alone is for the same day, so the clinic has been told as well.
advice-rash =
    La ropa suelta y un paño fresco pueden aliviar la picazón. Si se le hinchan la cara, los labios o la lengua, o le cuesta respirar, llame de inmediato al número de emergencias. { -tell-us }

# Source: proposal, sign off locally.
advice-low-mood =
    Hay días de desánimo, y vale la pena contarlos. Un paseo, comer algo y hablar con alguien de confianza pueden ayudar. Si llegan pensamientos oscuros, toque Ayuda ahora a cualquier hora. { -tell-us }

# Source: as for headache; proposal, sign off locally.
advice-muscle-pain =
    El calor, el descanso y moverse con suavidad pueden aliviar. Si quiere algo para el dolor, pregunte en una farmacia y muestre su tarjeta: algunos analgésicos no son compatibles con su tratamiento. { -tell-us }
