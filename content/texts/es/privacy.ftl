### Data: the copy, the deletion, the consent. Telegram's terms, GDPR art. 15, 17, 7(3).

export-ready = Aquí está todo lo que se guarda sobre usted: un archivo para leer y otro para programas. Los dos se acaban de hacer. Guárdelos donde nadie más los lea.
export-file-name = my-record

ask-forget =
    <b>¿Borrar todo?</b>

    Se borra todo lo que se guarda aquí sobre usted: respuestas, mensajes, ajustes, horas. No se puede deshacer, y lo que hacemos aquí termina en el momento. Su atención en otros lugares no depende de esto.

    Los mensajes de los últimos dos días desaparecen de este chat; los anteriores quedan vacíos. Lo que usted escribió sigue en el chat hasta que usted borre el chat: nadie más puede hacerlo.

    Si antes quiere una copia, toque <b>Obtener una copia</b>.
ask-forget-held =
    <b>¿Borrar todo?</b>

    { $clinic } tiene que guardar un mínimo durante { $years ->
        [one] { $years } año
       *[other] { $years } años
    }, como pide la ley: fechas y cantidades con un código, sin su número, sus palabras ni sus horas. Todo lo demás se borra. No se puede deshacer, y lo que hacemos aquí termina en el momento. Su atención en otros lugares no depende de esto.

    Los mensajes de los últimos dos días desaparecen de este chat; los anteriores quedan vacíos. Lo que usted escribió sigue en el chat hasta que usted borre el chat: nadie más puede hacerlo.

    Si antes quiere una copia, toque <b>Obtener una copia</b>.
button-forget-once = Borrar mis datos
ask-forget-again = ¿Quiere hacerlo de verdad? No se puede deshacer.
button-forget-twice = Sí, borrar todo ahora
button-forget-not = No, guardarlo
forget-not = No se ha borrado nada.
forgotten = Hecho: sus datos se han borrado aquí. Para vaciar también el chat en su teléfono, bórrelo en Telegram. Si necesita hablar con alguien: <b>{ $crisis }</b>, de día y de noche, o <b>{ $emergency }</b> si hay peligro.
redacted-message = Este mensaje se ha borrado.

consent-screen-given =
    <b>Su permiso</b>

    Usted aceptó el { $day } (versión { $version }). Puede retirar su permiso en cualquier momento. Entonces no se pregunta ni se guarda nada más, y se avisa al equipo de su clínica. Su tratamiento no depende de esto.
consent-screen-withdrawn =
    <b>Su permiso</b>

    Usted retiró su permiso el { $day }. Desde entonces no se pregunta ni se guarda nada. Todavía puede recibir una copia de sus datos o borrarlos.
consent-read-again = Leerlo otra vez
consent-changed =
    Desde que usted aceptó han cambiado algunas palabras sobre cómo se tratan sus datos. Por favor, léalas otra vez: hasta que responda, no se pregunta ni se guarda nada nuevo. <b>Ayuda ahora</b> funciona como siempre.
consent-renewed = Gracias. Usted ha aceptado, y queda guardado con la fecha de hoy. Puede retirar su permiso en cualquier momento: /consent.
consent-needed = Antes de eso necesito su respuesta sobre sus datos. /consent la muestra.
menu-consent = Mi permiso
menu-export = Copia de mis datos
menu-forget = Borrar mis datos
