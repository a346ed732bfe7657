### Common questions: answered-… for the patient. No answer decides about a dose; each ends in a button that passes the
### question on. Sources stand beside each id in questions.toml.

-clinic-decides = Su clínica lo decide con usted.

# Source: UK leaflet; CG115; sudden stopping: gov.uk alcohol guideline.
answered-alcohol =
    La pastilla no hace que beber sea seguro: el alcohol puede emborracharle y hacerle daño igualmente. Si bebió, o cree que podría hacerlo, cuéntenoslo. Nadie le va a culpar, y así su clínica puede ayudarle mejor. Si bebe todos los días, por favor, no deje de beber de golpe sin su clínica.

# Source: leaflet; label.
answered-missed =
    Le pasa a casi todo el mundo. Qué hacer con una pastilla olvidada depende de cuánto tiempo ha pasado desde la última; por favor, pregunte antes de cambiar nada. { -clinic-decides } Si desde entonces consumió un opioide, díganoslo antes de la próxima pastilla.

# Source: label; UK leaflet.
answered-painkillers =
    Los analgésicos fuertes, y algunos medicamentos para la tos y la diarrea, no son compatibles con su tratamiento, y tratar de vencer ese efecto es peligroso. Muestre su tarjeta y pregunte en una farmacia antes de usar algo nuevo. { -clinic-decides }

# Source: ASAM; UK leaflet PL 21344/0002.
answered-surgery =
    Hable de su tratamiento lo antes posible con quien vaya a operarle, a ponerle la anestesia o a arreglarle los dientes, y muestre su tarjeta. Por favor, no cambie nada por su cuenta. { -clinic-decides }

# Source: source document; ASAM.
answered-pregnancy =
    Si tiene un embarazo, o podría tenerlo, o lo está planeando, o si está dando el pecho, por favor, comuníquese hoy con su clínica. { -clinic-decides }

# Source: leaflets.
answered-driving =
    Por favor, no conduzca ningún vehículo ni use máquinas mientras tenga mareo o sueño. A muchas personas se les pasa en las primeras semanas; si no se le pasa, cuéntenoslo.

# Source: self-care table; UK leaflet, emc 3559.
answered-sleep =
    Al principio es frecuente dormir mal, y suele mejorar. Puede ayudar acostarse siempre a la misma hora y tomar menos café o té después del mediodía. Otra hora del día es algo que su clínica elige con usted.

# Source: source document; Davis's Drug Guide.
answered-start =
    La pastilla bloquea el efecto de los opioides desde las primeras pastillas. Muchas personas notan menos ganas de beber alcohol en las primeras semanas. Si no nota nada, dígalo en su próxima visita.

# Source: source document.
answered-long =
    El tratamiento está previsto para 12 semanas; /course muestra sus fechas. Lo que viene después, su clínica lo decide con usted.

# Source: UK leaflet, emc 3559; label.
answered-effects =
    Son frecuentes: dormir mal, ansiedad, náuseas, dolor de cabeza, cólicos y cansancio. La mayoría son leves y se pasan. Escríbame cómo se siente, en cualquier momento. La orina oscura, los ojos o la piel amarillos, un sarpullido, el desánimo o los pensamientos oscuros son motivos para avisarnos enseguida.

# Source: leaflet; GPnotebook (warning card).
answered-travel =
    Lleve las pastillas en su envase y la tarjeta en el equipaje de mano. Si cambia de zona horaria, dígame su nueva ciudad en /settings y le preguntaré a su hora de allí.

# Source: UK leaflet; Mallinckrodt label (accidental ingestion).
answered-storing =
    Guarde las pastillas en su propio envase, en un lugar seco, a menos de 25 °C y fuera del alcance de niños, animales y personas que consuman opioides. Si otra persona toma una, avísenos enseguida.

# Source: Gibson & Degenhardt 2007; ASAM.
answered-stopping =
    Puede dejarlo en cualquier momento, y nadie le va a culpar. Por favor, hable antes con su clínica: las semanas después de dejarlo son las peligrosas, porque entonces un opioide afecta con mucha más fuerza. { -clinic-decides }
