### What Steady says to what patients write. Nothing here decides anything about a dose.

## One neutral sentence for each sign a message may have meant; the number first. No details of any means.

ask-possible-suicidal-words = <b>{ $crisis }</b> atiende de día y de noche. Quiero asegurarme de haber entendido bien: ¿tiene pensamientos de no querer vivir o de hacerse daño?
ask-possible-overdose-words = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿se tomó mucho más de lo previsto, de las pastillas o de otra cosa?
ask-possible-emergency-words = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿hay dificultad para respirar, dolor en el pecho, desmayo, convulsión, sangrado o confusión repentina?
ask-possible-allergy-words = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿tiene sarpullido, ronchas o hinchazón?
ask-possible-withdrawal-mild = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿tiene síntomas del síndrome de abstinencia?
ask-possible-withdrawal-severe = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿tiene síntomas fuertes del síndrome de abstinencia?
ask-possible-opioid-use = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿ha consumido un opioide, o está a punto de hacerlo? Cuentan también los analgésicos fuertes y la codeína.
ask-possible-liver = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿tiene orina oscura, heces claras, ojos o piel amarillos, o dolor debajo de las costillas derechas?
ask-possible-pregnancy = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿tiene usted un embarazo, podría tenerlo o lo está buscando, o está dando el pecho?
ask-possible-surgery-or-painkillers = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿le han propuesto o programado una operación o un analgésico fuerte?
ask-possible-wish-to-stop = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿ha dejado las pastillas, o le gustaría dejarlas?
ask-possible-drank = Si hay peligro, llame al <b>{ $emergency }</b>. Quiero asegurarme de haber entendido bien: ¿ha bebido alcohol?
button-possible-yes = Sí
button-possible-no = No
button-possible-unsure = No lo sé
possible-denied = Gracias. He anotado que no es así, y el equipo de su clínica puede ver su mensaje. Si eso cambia, escriba aquí en cualquier momento.
possible-confirmed = Gracias por decirlo.
possible-presumed = No he recibido respuesta a mi pregunta, así que, por seguridad, he contado a su equipo lo que usted escribió.
possible-answered = Esa pregunta ya está respondida, gracias. Si algo ha cambiado, escríbalo.

## Symptoms

heard-symptoms = He entendido: { $list }. ¿Es correcto?
heard-graded = <b>{ $symptom }</b> ({ $grade })
heard-ungraded = <b>{ $symptom }</b> (¿cuánto?)
button-heard-yes = ✓ Sí, es correcto
button-heard-change = ✎ { $symptom }
button-heard-remove = Esto no
button-heard-none = Quise decir otra cosa
heard-none = Gracias por decirlo. El equipo de su clínica leerá sus palabras.
heard-confirmed = ✓ Anotado: { $list }.
heard-any = ningún efecto secundario
heard-not = sin { $what }
heard-denied = Anotado, y me alegra saberlo: { $list }. Si eso cambia, dígamelo.
heard-answered = Eso ya está anotado, gracias. Si algo ha cambiado, dígame cómo está ahora.
heard-long-ago = De eso hace ya un tiempo. ¿Cómo está ahora?
heard-by-clinic = El equipo de su clínica ya tiene sus palabras, así que lo he dejado como estaba. ¿Cómo está ahora?

## Doses

ask-heard-taken = Creo que dice que hoy la tomó. ¿Lo anoto?
ask-heard-which = ¿A cuál se refiere?
button-which-dose = { $day }, parte { $part }
ask-heard-skip = Dice que hoy no ({ $reason }). ¿Lo anoto?
button-heard-skip = Sí, anótelo
button-other-reason = Otro motivo
heard-no-dose = Hoy no hay nada abierto donde pueda anotarlo, así que el equipo de su clínica leerá sus palabras.

## Questions

button-ask-clinic = Preguntar a mi clínica
answered-note = Esta información es general. Su clínica le conoce y decide.

## Small words, other languages

small-thanks = De acuerdo. Escriba cuando quiera.
not-my-language = Todavía no sé leer este idioma. Leo { $languages }. El equipo de su clínica tiene sus palabras. Si hay peligro, llame al <b>{ $emergency }</b>; para hablar con alguien: <b>{ $crisis }</b>.
speaks-en = inglés
speaks-ru = ruso
speaks-es = español
