### What Steady is and is not, in Spanish: «usted» throughout, words known in Spain and in Latin America. Sources as in English.

about-steady =
    <b>Qué hace Steady</b>

    Steady le acompaña durante un tratamiento de 12 semanas. Le pregunta una vez al día, lleva su registro y se interesa por cómo se siente. Si algo que usted cuenta resulta preocupante, se ocupa de que lo sepa una persona concreta de su clínica.

    Steady es un programa. Lo que dice lo escribieron antes personas.

about-not =
    <b>Qué no es Steady</b>

    • <b>No es un servicio de emergencias</b>. Si hay peligro, llame al <b>{ $emergency }</b>. Para hablar con alguien, de día y de noche: <b>{ $crisis }</b>.
    • Nadie está pendiente de este chat todo el tiempo.
    • Nunca le dice cuánto tomar y no hace diagnósticos. Decide su clínica.
    • No es un dispositivo médico (producto sanitario) ni está autorizado como tal.
    • Se guía por lo que usted cuenta, y eso puede llevar a errores.

about-who-sees =
    <b>Quién ve qué</b>

    • El equipo de su clínica ve sus respuestas y sus mensajes. En el grupo del equipo usted aparece con un código, no con su nombre.
    • Las personas que mantienen el servidor se ocupan de que funcione y podrían leer lo que está guardado en él.
    • Nadie vende sus datos ni los usa para publicidad.

about-telegram =
    <b>Qué puede ver Telegram</b>

    Telegram guarda los chats con bots. <b>No</b> están cifrados de extremo a extremo y aparecen en todos los dispositivos en los que usted usa Telegram. Su teléfono puede mostrarlos en la pantalla de bloqueo; por eso las primeras palabras de Steady son neutras, salvo que usted prefiera palabras claras.

    Si lo prefiere, puede comunicarse con su clínica de otras maneras.

about-edition = Textos y límites: versión { $version }, aprobada por { $reviewer }.
about-edition-unreviewed = Textos y límites: versión { $version }. Ningún profesional de la salud los ha aprobado todavía.

about-medical-limits =
    <b>Límites médicos</b>

    Los niveles de alerta de Steady vienen fijados de antemano y su clínica puede cambiarlos. El uso en dosis bajas, y algunas marcas, no están aprobados por la FDA, la agencia de medicamentos de Estados Unidos. Un tratamiento puede ayudar; nadie puede prometer que lo hará.

    Lleve siempre su tarjeta y muéstrela a todas las personas que le atiendan: los analgésicos fuertes pueden no actuar como siempre mientras usted toma esto, y forzar su efecto es peligroso.

## Consent. A changed text gets a new key; old consents keep the words that were agreed to.

consent-2026-11 =
    <b>Antes de empezar</b>

    Acepto que { $clinic } use Steady como apoyo en mi tratamiento y que Steady guarde lo que le cuento: mis respuestas, cómo me siento y mis mensajes.

    Entiendo que
    • el equipo de mi clínica lo ve, y puedo preguntar quién lo ha mirado
    • Telegram guarda el chat, sin cifrado de extremo a extremo
    • esto no es un servicio de emergencias y nadie está pendiente todo el tiempo; si hay peligro, llamo al <b>{ $emergency }</b>
    • Steady no aconseja cuánto tomar; decide mi clínica
    • si parece que estoy en peligro, o si paso mucho tiempo sin responder, mi clínica puede intentar comunicarse conmigo
    • mis datos no se venden, ni se usan para investigación si no lo acepto por separado

    Puedo retirar este permiso en cualquier momento, recibir una copia o pedir que se borren mis datos; mi clínica lo hace cuando lo pido. Mi tratamiento no depende de esto.
consent-accept = Acepto
consent-decline = No acepto
consent-declined = Está bien. Solo se guardan su número de Telegram y esta respuesta, y su atención no depende de Steady. Puede volver con su invitación.
consent-withdrawn = Ha retirado su permiso. Steady deja de preguntar y avisa al equipo de su clínica. Todavía puede pedir una copia de su registro o que se borre.

## /privacy

privacy-summary =
    <b>Sus datos, en breve</b>

    • <b>Qué se guarda</b>: su número de Telegram, sus respuestas, cómo se siente, sus mensajes y las horas.
    • <b>Para qué</b>: para apoyar su tratamiento, con su permiso, que puede retirar.
    • <b>Quién lo ve</b>: el equipo de su clínica y quienes mantienen su servidor.
    • <b>Dónde</b>: en el servidor de su clínica. Telegram también guarda el chat.
    • <b>Cuánto tiempo</b>: el que su clínica tenga que guardarlo; pregúntele cuándo termina.
    • <b>Sus derechos</b>: copia, corrección, borrado, retirar su permiso, reclamar ante la autoridad de protección de datos. Por ahora, pídalo a su clínica; /stop termina el plan en el momento.

    Responsable: { $contact }
privacy-copy = Obtener una copia
privacy-delete = Borrar mis datos
privacy-withdraw = Retirar mi permiso
