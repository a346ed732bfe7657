### Joining: one question at a time, each short enough to read standing up.

welcome =
    Hola. Su clínica le ha invitado a Steady, que le acompañará durante las próximas 12 semanas. Prepararlo lleva unos tres minutos, y puede dejarlo en cualquier momento.

    ¿En qué idioma hablamos?
language-name = { $name }
language-set = Idioma elegido: { $name }.
ask-language = ¿En qué idioma hablamos?
button-read-on = Seguir leyendo
consent-kept = Gracias. Usted ha aceptado, y queda guardado con la fecha de hoy. Puede retirar su permiso en cualquier momento: dígaselo a su clínica.
button-think-again = Leerlo otra vez
help-is-here =
    Desde ahora, el botón <b>Ayuda ahora</b> está siempre debajo de este chat. Primero muestra estos números, y además avisa a su clínica:

    <b>{ $emergency }</b>: peligro para la vida
    <b>{ $crisis }</b>: alguien con quien hablar, de día y de noche

    Ahora vienen unas preguntas breves sobre su salud. «No lo sé» también es una buena respuesta.
asked-and-answered =
    { $question }

    → <b>{ $answer }</b>
approval-waits =
    Gracias. Hay alguna respuesta que su clínica quiere revisar antes de que empiece. Es bastante habitual, y usted no ha hecho nada malo.

    Se ha avisado al equipo de su clínica. En cuanto alguien lo haya decidido, se lo diré aquí. Hasta entonces no empieza nada. Si tiene alguna pregunta, puede llamar a su clínica.
approval-given = Buenas noticias: su equipo ha revisado sus respuestas y usted puede empezar. Solo faltan unos pocos ajustes.
approval-refused =
    Su clínica ha revisado sus respuestas y ha decidido no empezar este tratamiento por ahora. Es por su seguridad, y no es culpa suya. Hablarán con usted sobre qué le conviene más.

    Si antes necesita a alguien: <b>{ $crisis }</b>, de día y de noche, o <b>{ $emergency }</b> si hay peligro.

ask-zone =
    ¿Dónde está? Así sé a qué hora hacerle la pregunta diaria.

    Escriba el nombre de su ciudad o de la ciudad grande más cercana, comparta su ubicación con el botón de abajo, o escriba qué hora es ahora donde está usted, por ejemplo <b>14:35</b>. Su ubicación no se guarda.
ask-zone-nearby = O elija la de su clínica:
zone-suggestion = { $city }
did-you-mean = ¿Quiso decir <b>{ $city }</b>? Allí la hora es ahora <b>{ $now }</b>. Si es así, tóquela; si no, escriba otra vez el lugar o la ciudad grande más cercana.
which-place = ¿Cuál es?
zone-set = Su reloj: <b>{ $city }</b>, donde la hora es ahora <b>{ $now }</b>.
zone-kept = Guardado. Los botones de debajo del chat están de vuelta.
button-wrong-zone = No es correcto
ask-hour =
    ¿A qué hora le escribo cada día? Muchas personas eligen una hora en la que ya tienen una costumbre, como el desayuno.

    Toque una, o escriba otra, por ejemplo <b>7:45</b>.
hour = { $at }
hour-set = Le escribiré cada día a las <b>{ $at }</b>.
hour-set-next = Le escribiré cada día a las <b>{ $at }</b>. La próxima vez es el <b>{ $day }</b>.
hour-set-now = Le escribiré cada día a las <b>{ $at }</b>. Hoy esa hora ya ha pasado, así que el mensaje de hoy llega enseguida.
ask-wording =
    ¿Con cuánta claridad pueden hablar mis mensajes? Su teléfono puede mostrar las primeras palabras en la pantalla de bloqueo.

    <b>Discreto:</b> «Hola. Es el momento de su pregunta diaria (9:00).»
    <b>Claro:</b> «Es el momento (9:00) de su naltrexona», con la cantidad prevista.
wording-discreet = Discreto
wording-plain = Claro
wording-set-discreet = Mis mensajes seguirán siendo discretos.
wording-set-plain = Mis mensajes hablarán con claridad.
ask-first-day = ¿Qué día es su primer día, según lo acordado con su clínica? Toque uno, o escriba una fecha, por ejemplo <b>30.11.</b>
first-day-today = Hoy
first-day-tomorrow = Mañana
first-day-set = Su primer día: <b>{ $day }</b>.
joined =
    Todo listo. Le escribiré el <b>{ $day }</b> a las <b>{ $hour }</b>, y después cada día.

    Cuando quiera: con <b>Cómo me siento</b> me cuenta cómo está, <b>Hoy</b> muestra el día, y todo lo demás que escriba llega al equipo de su clínica. /help lo muestra todo.
joined-today =
    Todo listo. El mensaje de hoy llega enseguida, y desde mañana le escribiré cada día a las <b>{ $hour }</b>.

    Cuando quiera: con <b>Cómo me siento</b> me cuenta cómo está, <b>Hoy</b> muestra el día, y todo lo demás que escriba llega al equipo de su clínica. /help lo muestra todo.
please-use-buttons = Gracias. Para seguir, por favor, responda primero a esto:

key-help-now = Ayuda ahora
key-feelings = Cómo me siento
key-today = Hoy
key-location = Compartir mi ubicación

stranger = Hola. Este chat funciona solo con invitación. Si le dieron una, por favor, abra el enlace que contiene.
refused-stranger = Esto funciona solo con invitación.
refused-joining = Por favor, termine primero de registrarse. /start muestra por dónde va.
refused-invite-used = Esta invitación ya se ha usado. Si no fue usted, por favor, dígaselo a su clínica; pueden darle una nueva.
refused-invite-expired = Esta invitación ya no es válida. Su clínica puede darle una nueva.
refused-course-running = Usted ya tiene un plan con Steady, así que no he usado esta invitación y nada ha cambiado. Si su clínica quiere que empiece de nuevo, por favor, llame. /today muestra dónde está.
refused-place = No he encontrado ese lugar. Por favor, pruebe con la ciudad grande más cercana, comparta su ubicación, o escriba qué hora es ahora donde está usted, por ejemplo 14:35.
refused-date = No he podido leer eso como una fecha. Por favor, escríbala así: 30.11. o 2026-11-30.
refused-date-past = Ese día ya ha pasado. Por favor, elija hoy o un día posterior.
refused-date-far = Ese día queda demasiado lejos. Por favor, elija un día de los próximos dos meses, o pida entonces a su clínica una invitación nueva.
