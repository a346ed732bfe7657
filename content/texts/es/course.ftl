### The course: its names, why a day was left out, and how it ends.

regimen-alcohol-50 = 50 mg una vez al día, 12 semanas
regimen-opioid-50 = 50 mg una vez al día tras un primer día en dos mitades, 12 semanas
regimen-low-dose = Dosis baja que sube por pasos, 12 semanas

## Where it is

status-invited = con invitación
status-screening = registro en curso
status-awaiting-approval = a la espera de una decisión
status-planned = previsto
status-active = en curso
status-paused = en pausa
status-completed = completado
status-stopped = interrumpido
status-follow-up = seguimiento
status-closed = cerrado

## Why not today: for the patient's buttons

skip-felt-bad = Me sentía mal
skip-forgot = Se me olvidó
skip-out-of-tablets = Se me acabaron
skip-felt-better = Estoy bien sin ello
skip-travelling = No estaba en casa
skip-other = Otro motivo
skip-not-said = Prefiero no decirlo

## Follow-up after the course: the patient's buttons

follow-up-well = Me va bien
follow-up-hard = Ha sido difícil
follow-up-drinking = He bebido alcohol
follow-up-opioids = Consumí un opioide
follow-up-talk = Me gustaría hablar
follow-up-silent = Sin respuesta

## The end. Nothing here promises anything; the first 100 characters are neutral.

# Source: Gibson & Degenhardt 2007; ASAM; Vivitrol important safety information.
tolerance-warning =
    Hay algo que conviene saber para las próximas semanas. Por favor, léalo cuando tenga un momento de tranquilidad a solas.

    Cuando se acaban las pastillas, su cuerpo está mucho menos acostumbrado a los opioides que antes. Una cantidad que antes era habitual para usted <b>ahora puede detener su respiración</b>. Las dos primeras semanas son las de mayor riesgo.

    Si tiene naloxona, téngala cerca y diga a alguien dónde está. Si no tiene, pregunte por ella en su clínica.

    Si alguien respira muy despacio o no se despierta, llame primero al <b>{ $emergency }</b>.

# Source: as above, for a patient who thinks of stopping.
tolerance-reminder =
    Tras unos días sin pastillas, su cuerpo está menos acostumbrado a los opioides. Una cantidad que antes era habitual para usted <b>ahora puede detener su respiración</b>. Si tiene naloxona, téngala cerca.

course-end-thanks =
    Sus { $weeks } semanas con Steady han terminado. Gracias por responder, en los días buenos y en los demás.
course-end-next =
    En los próximos meses le escribiremos de vez en cuando para preguntarle cómo va todo. Usted decide si responde, y puede pedirnos en cualquier momento que dejemos de hacerlo.
course-end-not-over =
    El final de estas semanas no tiene por qué ser el final del apoyo. Lo que viene después puede hablarlo con su equipo, y puede escribirle aquí.
course-stopped =
    Su plan ha quedado marcado como interrumpido. Su registro sigue siendo suyo, y aquí puede seguir escribiendo a su equipo.
course-paused =
    Por ahora todo queda en pausa, y las preguntas diarias también descansan. Su equipo le dirá cuándo vuelven a empezar.
