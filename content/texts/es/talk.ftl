### What a clinic and a patient write to each other: the words around it, and first lines that are ready to send.

clinic-writes-plain = ✉ <b>Su clínica le escribe:</b>
clinic-writes-discreet =
    ✉ Aquí hay un mensaje para usted, de las personas que le acompañan. Es solo para usted y para nadie más de su entorno.

    <b>Su clínica le escribe:</b>
clinic-words = <blockquote>{ $text }</blockquote>
clinic-words-more = … <blockquote>{ $text }</blockquote>
clinic-signed = { $name }
button-answer = Responder
ask-answer = Por favor, escriba ahora su respuesta. La lee el equipo de su clínica. Nadie está pendiente de este chat todo el tiempo: si hay peligro, llame al <b>{ $emergency }</b>.

## First lines that clinicians can send with one press. No promises, no advice about doses.

line-seen = Hola, le escribe su clínica. Hemos leído lo que escribió y cómo se siente. ¿Cómo está ahora?
line-call = Hola, le escribe su clínica. Nos gustaría hablar con usted. ¿Cuándo podemos llamarle hoy, y a qué número?
line-missed = Hola, le escribe su clínica. Intentamos llamarle y no lo logramos. Por favor, llámenos, o escriba aquí cuándo podemos intentarlo otra vez.
line-quiet = Hola, le escribe su clínica. Hace tiempo que no sabemos de usted y nos gustaría saber cómo está. Basta con una palabra.
line-more = Hola, le escribe su clínica. Gracias por contárnoslo. ¿Podría escribir un poco más: desde cuándo, y cómo de fuerte es ahora?

## What the clinic moved

first-day-moved = Su equipo ha cambiado su primer día: ahora es el <b>{ $day }</b>. Le escribiré a las <b>{ $hour }</b>.
hour-moved = Su equipo ha cambiado la hora de mi mensaje diario: ahora es a las <b>{ $hour }</b>.
step-moved = Su equipo ha cambiado el próximo paso de su plan: llega como pronto el <b>{ $day }</b>. Hasta entonces todo sigue como está. /course muestra los detalles.
