### What a patient can look at, and the settings.

progress-day = Día <b>{ $day }</b> de { $days }
progress-calendar = <pre>{ $calendar }</pre>
progress-legend = ■ tomada   × no tomada   ? sin respuesta   – en espera   ○ abierta
progress-counts = { $taken ->
    [one] { $taken } tomada
   *[other] { $taken } tomadas
}, { $skipped ->
    [one] { $skipped } no tomada
   *[other] { $skipped } no tomadas
}, { $unknown } sin respuesta.
progress-begins = Aquí aparecerán sus días a medida que lleguen.
progress-share = Hasta ahora es el <b>{ $low } %</b>.
progress-range = Hasta ahora está entre el <b>{ $low } %</b> y el <b>{ $high } %</b>: los días sin respuesta podrían contar como tomados o no.

course-regimen = Su plan: <b>{ $regimen }</b>
course-dates = Del { $start } al { $end }, { $weeks } semanas.
course-status = En este momento: <b>{ $status }</b>.
course-step-taken = ✓ Desde el día { $day }: { $amount } mg
course-step-ahead = Desde el día { $day }: { $amount } mg, si se ha sentido bien
course-step-held = El próximo paso espera a su clínica.
course-follow-ups = Le preguntaremos cómo va todo en estas fechas: { $dates }.
step-taken = Como estaba previsto con su equipo, el próximo paso de su plan empieza hoy. /course muestra los detalles.
step-held = Hoy tocaría un paso de su plan. Por lo que usted me contó, espera hasta que su equipo lo haya revisado. Todo sigue como estaba.
step-released = Su equipo ha dado vía libre al próximo paso de su plan. Empieza mañana. /course muestra los detalles.
induction-held = Como lo planeó su equipo, la segunda parte de hoy queda en espera, y las preguntas diarias descansan hasta que su equipo haya hablado con usted. Nadie está pendiente de este chat todo el tiempo: si empeora, toque <b>Ayuda ahora</b>.

settings =
    <b>Sus ajustes</b>

    Mensaje diario: <b>{ $hour }</b>
    Su reloj: como en <b>{ $city }</b>, ahora <b>{ $now }</b>
    Estilo: <b>{ $wording }</b>
button-change-hour = Cambiar la hora
button-change-zone = Cambiar la ciudad
button-change-wording = Discreto o claro
button-change-language = Idioma

ask-stop =
    ¿Quiere dejar el tratamiento? Puede hacerlo en cualquier momento, y nadie le va a culpar. Se avisará al equipo de su clínica para que alguien pueda hablar con usted.

    También es posible una pausa: la decide su clínica.
button-stop = Sí, dejarlo
button-ask-pause = Pedir una pausa
button-keep-going = Seguir como antes
kept-going = De acuerdo, todo sigue como antes.
pause-asked = Se ha pedido una pausa al equipo de su clínica. Hasta que respondan, todo sigue como antes.
pause-refused = Su equipo ha visto que desea una pausa y quiere hablar con usted antes de cambiar nada. Por ahora todo sigue como antes.
course-resumed = Su plan continúa. Volveré a escribirle el <b>{ $day }</b> a las <b>{ $hour }</b>.
course-resumed-end = Su plan continúa.

summary-patient = En estas semanas: { $taken } de { $expected } anotadas como tomadas, { $unknown ->
    [one] { $unknown } día
   *[other] { $unknown } días
} sin respuesta, y { $reports ->
    [one] { $reports } vez
   *[other] { $reports } veces
} que me contó cómo se sentía.
summary-patient-exact = En estas semanas: { $taken } de { $expected } anotadas como tomadas, y { $reports ->
    [one] { $reports } vez
   *[other] { $reports } veces
} que me contó cómo se sentía.

help-patient =
    Si hay peligro, llame al <b>{ $emergency }</b>. Para hablar con alguien, de día y de noche: <b>{ $crisis }</b>. <b>Ayuda ahora</b>, abajo, muestra primero estos números y avisa a su clínica.

    /today – responder o corregir hoy y ayer
    /report – contarme cómo se siente
    /progress – su calendario
    /course – su plan y sus fechas
    /settings – hora, ciudad, estilo
    /pause – pedir una pausa a su clínica
    /stop – dejar el tratamiento
    /privacy – sus datos

    Todo lo demás que escriba llega al equipo de su clínica.
help-joining =
    Si hay peligro, llame al <b>{ $emergency }</b>. Para hablar con alguien, de día y de noche: <b>{ $crisis }</b>.

    Todavía está registrándose: /start muestra por dónde va. /privacy explica qué pasa con sus datos.
privacy-contact-unknown = la clínica que le invitó

refused-not-found = No lo encuentro. Puede ser de otra persona, o haber terminado hace tiempo.
refused-answered-already = Esa pregunta ya está respondida.
refused-unknown-button = No conozco ese botón. Por favor, use el mensaje más reciente.
refused-course-state = Eso no encaja con el momento en que está su plan. /course lo muestra.
refused-paused-already = Su plan ya está en pausa.
refused-role = Eso no le corresponde a usted.
refused-chat = Eso no funciona en este chat.
refused-trouble = Algo ha fallado por mi parte, y he avisado a las personas que se ocupan de mí. Por favor, inténtelo otra vez. Si es urgente, llame a su clínica o al número de emergencias.

## The command menus

menu-today = Hoy
menu-report = Cómo me siento
menu-progress = Mi calendario
menu-course = Mi plan
menu-settings = Ajustes
menu-help = Ayuda
menu-privacy = Mis datos
