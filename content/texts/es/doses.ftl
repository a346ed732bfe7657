### The daily question and its answers. Neutral first words, no blame, and never a word about how much or when to make up.
### No hour stands behind "son las": "es la una" would need another word.

reminder-discreet-first = Hola. Es el momento de su pregunta diaria ({ $hour }).
reminder-discreet-again = Un recordatorio amable: su pregunta diaria sigue abierta.
reminder-discreet-last = Último mensaje de hoy: su pregunta diaria sigue abierta. Puede responder cuando le venga bien.
reminder-discreet-second-part = El tiempo de espera ha terminado y usted no notó ninguna de las señales. El día sigue como lo planeó su equipo, con la segunda parte.
reminder-plain-first = Es el momento ({ $hour }) de su naltrexona, { $amount } mg.
reminder-plain-again = Su naltrexona de hoy, { $amount } mg, todavía no tiene respuesta.
reminder-plain-last = Último mensaje de hoy: su naltrexona todavía no tiene respuesta. Puede responder cuando le venga bien.
reminder-plain-second-part = El tiempo de espera ha terminado y usted no notó ninguna de las señales. El plan de su clínica para hoy sigue con la segunda parte, { $amount } mg.

button-taken = ✓ Tomada
button-later = Más tarde
button-not-today = Hoy no
button-yesterday-taken = Ayer: tomada
button-yesterday-not = Ayer: no
button-back = ‹ Volver
button-other-time = A otra hora
button-undo = Deshacer
button-change = Cambiar esto

dose-open = Hoy, hora prevista: { $hour }. ¿Qué anoto?
dose-open-yesterday = Ayer, hora prevista: { $hour }. ¿Qué anoto?
dose-taken = ✓ Anotado: <b>tomada a las { $at }</b>. Gracias.
dose-taken-no-hour = ✓ Anotado: <b>tomada</b>. Gracias.
dose-skipped = Anotado: <b>no tomada</b> ({ $reason }).
dose-unknown = Sin respuesta para este día.
dose-missed-by-us = Ese día no le pregunté; fue un fallo mío, no suyo.
dose-held = En espera por decisión de su clínica.
dose-waits-for-first = La segunda parte de hoy viene un tiempo después de la primera. Le preguntaré cómo se siente cuando llegue el momento.
induction-wait =
    El día de hoy tiene dos partes. { $minutes ->
        [0] Enseguida
        [one] En un minuto
       *[other] En { $minutes } minutos
    } le preguntaré cómo se siente, antes de cualquier otra cosa. Si puede, quédese donde alguien le vea.

    Si antes de eso se siente muy mal, llame al <b>{ $emergency }</b>.
ask-taken-at = ¿Cuándo fue? Toque una opción o escriba la hora, por ejemplo <b>7:45</b>.
minutes-ago = { $minutes ->
    [60] Hace 1 hora
    [120] Hace 2 horas
    [180] Hace 3 horas
   *[other] Hace { $minutes } min
}
ask-snooze = ¿Cuándo vuelvo a preguntar?
in-minutes = { $minutes ->
    [60] En 1 hora
    [120] En 2 horas
    [180] En 3 horas
   *[other] En { $minutes } min
}
put-off = De acuerdo. Volveré a preguntar a las <b>{ $at }</b>.
ask-why-not = Está bien, y gracias por decirlo. ¿Cuál es el motivo?

after-skip-forgot = Le pasa a casi todo el mundo. Si otra hora encaja mejor en su día, puede cambiarla aquí.
after-skip-felt-bad = Lo siento. ¿Qué notó? Así puede saberlo la persona indicada.
after-skip-out-of-tablets = Por favor, llame también a su clínica, para que las próximas pastillas no tengan que esperar.
after-skip-felt-better = Es bueno que se sienta bien. Lo que viene ahora conviene hablarlo con su clínica.
after-skip-travelling = Cuando viaja, quizá haya que cambiar su reloj o su hora. Puede hacerlo aquí.
after-skip-other = Si quiere, escriba ahora el motivo con sus palabras y lo haré llegar.
after-skip-not-said = Está bien. Si quiere hablar de ello, solo tiene que escribir.

gap-question = Hola. Antes de la pregunta de hoy hay otra. Importa para su seguridad, y sea cual sea su respuesta, está bien decirla. Desde su última pastilla, ¿ha consumido algún opioide? Cuentan también los analgésicos fuertes y algunos medicamentos para la tos o la diarrea.
gap-no = No, ninguno
gap-yes = Sí
gap-not-said = Prefiero no decirlo
# Source: label; a tablet too soon after an opioid can bring on withdrawal.
question-waits =
    Su pregunta diaria descansa hasta que alguien de su equipo haya hablado con usted. No es un castigo, y ha hecho bien en responder: una pastilla poco después de un opioide puede hacer que una persona se sienta muy mal; por eso lo revisa antes un profesional de la salud. Cuando lo haya revisado, se lo diré aquí.
question-released = Su equipo ha visto su respuesta, y su pregunta diaria sigue como lo acordaron con usted.
after-gap = Gracias. Aquí está el día de hoy, hora prevista: { $hour }. Si tiene dudas después de estos días, pregunte antes a su clínica.

today-none = Hoy no hay nada previsto.
today-planned = Su primer día es el <b>{ $day }</b>. Le escribiré a las <b>{ $hour }</b>.
today-planned-now = Su primer día es hoy, y el mensaje llega enseguida.
today-paused = Su plan está en pausa. Su equipo le dirá cuándo continúa.
today-follow-up = Su plan ha terminado. Le escribiré de vez en cuando para preguntarle cómo va todo, y puede escribir aquí en cualquier momento.
today-closed = Su plan está cerrado. Si quiere hablar con alguien, por favor, llame a su clínica.
today-screening = Por favor, termine primero de registrarse: /start
today-awaiting-approval = Su clínica está revisando sus respuestas. Se lo diré aquí.
today-active = Hoy no hay nada previsto.
yesterday = Ayer: { $record }

toast-recorded-already = Eso ya está anotado.

refused-dose-held = Su clínica ha dejado esto en espera. Le dirán cuándo continúa.
refused-dose-waits = Esto espera hasta que su equipo haya hablado con usted sobre lo que me contó. Es por su seguridad. Si tiene alguna pregunta, llame a su clínica.
refused-part-ahead = Todavía es pronto para esto. Le preguntaré cómo se siente cuando termine el tiempo de espera. Si antes se siente mal, toque Ayuda ahora.
refused-dose-ahead = Ese día todavía no ha llegado.
refused-dose-too-old = Ese día queda demasiado atrás para cambiarlo aquí. Por favor, dígaselo a su clínica; allí pueden corregirlo.
refused-time = No he podido leer eso como una hora. Por favor, escríbala así: 8:30 o 20:15.
refused-time-ahead = Esa hora todavía no ha llegado. Por favor, indique una hora que ya haya pasado.
refused-time-other-day = Esa hora corresponde a otro día. Por favor, indique una hora de ese mismo día.
refused-snooze-choice = No puedo esperar tanto. Por favor, elija uno de los botones.
refused-snooze-again = Hoy ya lo he aplazado tantas veces como puedo. Aún puede responder cuando le venga bien.
refused-snooze-past-day = Eso sería después de que termine el día. Por favor, elija menos tiempo.

away-note = No he estado disponible un tiempo, desde el { $on } a las { $at }. Si me ha escrito entretanto, envíemelo otra vez, por favor.
