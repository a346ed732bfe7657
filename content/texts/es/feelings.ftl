### How are you feeling? And what follows.

how-are-you = ¿Cómo se siente?
what-do-you-feel = ¿Qué nota? Puede nombrar una cosa tras otra.
button-all-fine = Todo bien
button-more = Más …
button-warning-signs = Señales de alarma
which-warning-sign = Si hay peligro, llame primero al <b>{ $emergency }</b>. ¿Cuál de estas es?
all-fine = Me alegra saberlo. Anotado: <b>todo bien</b>.
grades-spelled =
    <b>1</b> · { $one }
    <b>2</b> · { $two }
    <b>3</b> · { $three }
    <b>4</b> · { $four }
noted = Anotado: <b>{ $what }</b> – { $grade }.
flag-noted = Anotado: <b>{ $what }</b>.
anything-else = ¿Hay algo más?
button-more-to-tell = Sí, otra cosa
button-that-is-all = Eso es todo
button-worse = Está empeorando
feelings-told = Gracias por contármelo.
not-watched = Nadie está pendiente de este chat todo el tiempo. Si empeora antes de que alguien le responda, toque <b>Ayuda ahora</b>.
toast-told-clinic = Se ha avisado al equipo de su clínica.

button-what-is-it = Decir qué pasa
button-by-mistake = Lo toqué por error
help-by-mistake =
    No pasa nada. Es posible que alguien de su clínica se comunique con usted de todos modos, para asegurarse.

    Los números siguen ahí: <b>{ $emergency }</b> si hay peligro, <b>{ $crisis }</b> para hablar.

passed-on =
    Le he pasado esto a su equipo. Yo no lo he entendido todo. Lo leerá una persona, pero quizá no enseguida.

    Si es urgente, toque <b>Ayuda ahora</b> o llame al <b>{ $emergency }</b>.
cannot-read =
    Solo puedo guardar palabras escritas, así que no he guardado esto y nadie lo ha visto. Por favor, escríbalo en una o dos frases.

    Si es urgente, toque <b>Ayuda ahora</b> o llame al <b>{ $emergency }</b>.

are-you-there = Hace tiempo que no sé de usted. ¿Está bien? Basta con un toque.
button-well = Estoy bien
button-call-me = Llámenme, por favor
well-yes = Gracias, me alegra saber de usted. Su pregunta diaria sigue como antes.
well-call = Se ha avisado al equipo de su clínica de que usted desea una llamada.
contact-question = Hola de nuevo. ¿Cómo va todo estos días? Basta con un toque, y cualquier respuesta está bien.
contact-thanks = Gracias por responder. Es bueno saberlo.
