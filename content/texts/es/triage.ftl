### answer-…: for the patient, one or two sentences that say who has been told; an emergency starts with the number.
### "intentará": at night nobody can promise today. Reasons are for clinicians, in English.

## Grades, as the patient reads them in "I heard: …"; the words of the buttons in small letters

graded-0 = nada
graded-1 = un poco
graded-2 = moderado
graded-3 = fuerte
graded-4 = muy fuerte

## Answers: emergencies

answer-emergency =
    <b>{ $emergency }</b>: por favor, llame ahora, o pida a alguien cercano que llame. Se ha avisado con urgencia al equipo de su clínica, pero nadie está pendiente de este chat todo el tiempo, así que no espere aquí.

answer-overdose =
    <b>{ $emergency }</b>: llame ahora. Use naloxona si la tiene a mano, llame aunque haga efecto, y quédese con la persona. Se ha avisado con urgencia al equipo de su clínica.

answer-breathing =
    <b>{ $emergency }</b>: llame ahora si le cuesta respirar, y siéntese con la espalda recta mientras espera. Se ha avisado con urgencia al equipo de su clínica.

answer-allergy =
    <b>{ $emergency }</b>: llame ahora y diga que se le están hinchando la cara, la lengua o la garganta. Se ha avisado con urgencia al equipo de su clínica.

answer-withdrawal-severe =
    <b>{ $emergency }</b>: llame ahora o vaya a un servicio de urgencias (emergencias), con alguien a su lado y su tarjeta en la mano. Se ha avisado con urgencia al equipo de su clínica.

answer-other-person =
    <b>{ $emergency }</b>: llame ahora si fue un niño, alguien que consume opioides o cualquiera que se sienta mal; si no, llame a un centro de información toxicológica. Se ha avisado con urgencia al equipo de su clínica.

answer-overdose-words =
    <b>{ $emergency }</b>: por favor, llame ahora, aunque se sienta bien, y diga qué se tomó y cuándo. Si fue un opioide y hay naloxona a mano, úsela, y que alguien se quede con usted. Se ha avisado con urgencia al equipo de su clínica.

answer-allergy-words =
    <b>{ $emergency }</b>: llame ahora si se le hinchan la cara, los labios, la lengua o la garganta, o si le cuesta respirar. Se ha avisado con urgencia al equipo de su clínica; de todos modos, por favor, llame hoy a su clínica.

answer-extra-emergency =
    <b>{ $emergency }</b>: por favor, llame ahora y diga qué tomó y cuándo. Se ha avisado con urgencia al equipo de su clínica.

## Answers: urgent

answer-urgent-symptom =
    Gracias por contárnoslo. Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy. Si empeora o le asusta, llame al <b>{ $emergency }</b>.

answer-rash =
    Gracias por contárnoslo. Se ha avisado al equipo de su clínica; por favor, comuníquese hoy con su clínica. Si se le hincha la cara o le cuesta respirar, llame al <b>{ $emergency }</b>.

answer-mood =
    Gracias por contárnoslo. Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy. <b>{ $crisis }</b> atiende de día y de noche si quiere hablar.

answer-hallucinations =
    Por favor, pida a alguien que esté con usted y llame ahora a su clínica. Se ha avisado a su equipo; si no se siente a salvo, llame al <b>{ $emergency }</b>.

answer-distress =
    <b>{ $crisis }</b>: alguien con quien hablar, de día y de noche. Soy un programa y quizá no le haya entendido, así que se ha pedido al equipo de su clínica que lea hoy sus palabras. Si hay peligro, llame al <b>{ $emergency }</b>.

answer-wish-to-stop =
    Gracias por contárnoslo; es su decisión. Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy. En Steady no cambia nada hasta que usted lo diga abajo.

answer-wish-to-stop-opioid =
    Gracias por contárnoslo; es su decisión. Se ha avisado al equipo de su clínica, que intentará llamarle hoy. { tolerance-reminder }

answer-withdrawal-mild =
    Por favor, llame ahora a su clínica y quédese con alguien que pueda estar pendiente de usted. Se ha avisado a su equipo; si se hace fuerte, llame al <b>{ $emergency }</b>.

answer-induction-silent =
    No sabemos cómo se siente, y nos gustaría saberlo. Por favor, toque una respuesta arriba, o pida a alguien cercano que lo haga por usted. Se ha avisado al equipo de su clínica; si se siente muy mal, llame al <b>{ $emergency }</b>.

answer-drink-withdrawal =
    Por favor, llame ahora a su clínica; se ha avisado a su equipo. Una convulsión o confusión necesita ayuda enseguida: llame al <b>{ $emergency }</b>.

answer-liver =
    Gracias por contárnoslo. Por favor, comuníquese hoy con su clínica, antes de la próxima pastilla; se ha avisado a su equipo.

answer-lung =
    Esto hay que mirarlo hoy. Se ha avisado al equipo de su clínica; si le cuesta respirar, llame al <b>{ $emergency }</b>.

answer-fluids =
    Por favor, comuníquese hoy con su clínica; se ha avisado a su equipo. Si siente que se desmaya o tiene confusión, llame al <b>{ $emergency }</b>.

answer-opioid-use =
    Gracias por su sinceridad; ayuda a protegerle. Por favor, hable con su clínica antes de la próxima pastilla; se ha avisado a su equipo. Ahora su cuerpo está menos acostumbrado a los opioides, así que una cantidad que antes era habitual puede ser peligrosa. Si tiene mucho sueño o respira despacio, llame enseguida al <b>{ $emergency }</b>; tenga cerca la naloxona si tiene.

answer-opioid-not-said =
    Está bien; no tiene que contármelo. Por favor, hable con su clínica antes de la próxima pastilla; se ha avisado a su equipo de que prefiere hablar con una persona.

answer-extra =
    Gracias por contárnoslo. Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy. Mientras tanto puede ayudarle un centro de información toxicológica; si se siente mal, llame al <b>{ $emergency }</b>.

answer-painkillers =
    Por favor, muestre su tarjeta a todas las personas que le atiendan y diga lo que toma. Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy.

answer-pregnancy =
    Gracias por contárnoslo. Por favor, comuníquese hoy con su clínica; se ha avisado a su equipo.

answer-stopped =
    Gracias por contárnoslo; es su decisión. Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy.

answer-stopped-opioid =
    Gracias por contárnoslo. Se ha avisado al equipo de su clínica, que intentará llamarle hoy.

## Answers: missed days and silence. Often sent unasked: the first 100 characters are neutral.

answer-missed-opioid =
    Algunos días no han salido como estaba previsto, y eso le pasa a mucha gente. Nos gustaría saber cómo está. Se ha avisado al equipo de su clínica, que intentará llamarle hoy; hasta que hayan hablado, por favor, no consuma opioides, y tenga cerca la naloxona si tiene.

answer-missed-urgent =
    Algunos días no han salido como estaba previsto, y eso le pasa a mucha gente. Si quiere, escriba qué lo hizo difícil. Se ha avisado a su equipo, que intentará comunicarse con usted hoy.

answer-missed =
    Algunos días no han salido como estaba previsto, y eso le pasa a mucha gente. Si quiere, escriba qué lo hizo difícil. Se ha avisado a su equipo, y nadie se lo va a reprochar.

answer-low-share =
    Las dos últimas semanas han sido irregulares, y eso le pasa a mucha gente. ¿Qué lo haría más fácil? Se ha avisado a su equipo, que lo mirará con usted.

answer-silent =
    Hace tiempo que no sabemos de usted. ¿Está bien? Basta con un toque, y su equipo sabe que estamos preguntando.

answer-silent-opioid =
    Hace tiempo que no sabemos de usted. ¿Está bien? Basta con un toque. Se ha avisado a su equipo, que intentará hablar con usted hoy.

## Answers: routine

answer-routine-symptom =
    Gracias por contárnoslo. El equipo de su clínica lo mirará a más tardar el próximo día laborable. Si empeora, díganoslo y lo comunicamos enseguida.

answer-free-text =
    Su mensaje ha llegado al equipo de su clínica, que lee los mensajes en horario de atención. Si no puede esperar, toque Ayuda ahora o llame al <b>{ $emergency }</b>.

answer-skipped =
    Gracias por decirlo. Se ha avisado al equipo de su clínica, que le responderá a más tardar el próximo día laborable.

answer-pause-asked =
    Su petición ha llegado al equipo de su clínica, que lo decide con usted. Hasta que respondan, en Steady no cambia nada.

answer-planned-surgery =
    Es bueno que lo diga con tiempo. Se ha avisado al equipo de su clínica, que lo planeará con usted; por favor, muestre su tarjeta a todas las personas que le atiendan.

answer-drinking =
    Gracias por contárnoslo; no es un fracaso. Se ha avisado al equipo de su clínica.

answer-drank =
    Gracias por contárnoslo; no es un fracaso. Se ha avisado al equipo de su clínica, que le responderá a más tardar el próximo día laborable. Si sin beber se siente mal o le tiembla el cuerpo, llame al <b>{ $emergency }</b>.

answer-question =
    Prefiero que eso lo responda su clínica. Su equipo tiene la pregunta y le responderá a más tardar el próximo día laborable. Si no puede esperar, toque <b>Ayuda ahora</b> o llame al <b>{ $emergency }</b>.

answer-craving =
    Gracias por contárnoslo. Las ganas suben y después bajan. Se ha avisado al equipo de su clínica, y <b>{ $crisis }</b> está ahí si quiere hablar.

answer-new-medicine =
    Por favor, pregunte antes en una farmacia y muestre su tarjeta: algunos medicamentos para la tos y la diarrea contienen opioides. El equipo de su clínica ha recibido su pregunta.

answer-step-held =
    Dijo que últimamente no se ha sentido bien, así que su equipo lo mirará antes de cambiar nada. Hasta que respondan, todo sigue como está.

answer-step-unproven =
    Hoy tocaría un paso de su plan. Faltan las respuestas de algunos días anteriores, así que su equipo lo mirará antes con usted. Hasta que respondan, todo sigue como está.

answer-screening =
    Gracias. El equipo de su clínica revisará sus respuestas y hablará con usted antes de que empiece nada.

answer-told =
    Gracias por contárnoslo. Se ha avisado al equipo de su clínica, que le responderá a más tardar el próximo día laborable.

answer-self-care =
    Gracias. Queda en su registro, y el equipo de su clínica puede verlo.
