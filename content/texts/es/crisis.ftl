### Fixed replies for a crisis. Nothing here is ever generated. Sources and order as in English: one line that acknowledges,
### then the number, then "Are you safe right now?". No detail of any means, no promise of secrecy, no debate, no blame,
### and nothing about doses or adherence. No word here depends on the patient's sex.

crisis-thoughts =
    Gracias por contárnoslo. No tiene que cargar con esto a solas.

    <b>{ $crisis }</b>: personas que escuchan, de día y de noche. Algunas líneas también atienden por mensaje o chat.
    <b>{ $emergency }</b>: si está en peligro ahora.

    Se ha avisado al equipo de su clínica, que intentará comunicarse con usted hoy. Steady es un programa; nadie está pendiente de este chat todo el tiempo, así que, por favor, use el número si necesita a una persona ahora.

    { crisis-safe-question }

crisis-intent =
    Gracias por contárnoslo. Por favor, que alguien esté con usted ahora.

    <b>{ $emergency }</b>: llame ahora, o pida a alguien que llame por usted.
    <b>{ $crisis }</b>: personas que escuchan, de día y de noche.

    Se acaba de avisar con urgencia al equipo de su clínica. Steady es un programa; nadie está pendiente de este chat todo el tiempo, así que, por favor, no espere aquí una respuesta. Vaya con alguien de confianza, o pídale que venga.

    { crisis-safe-question }

crisis-help-now =
    Ha hecho bien en tocar este botón.

    <b>{ $emergency }</b>: si hay peligro para la vida, llame ahora.
    <b>{ $crisis }</b>: para hablar con alguien, de día y de noche.

    Se acaba de avisar con urgencia al equipo de su clínica. Steady es un programa; nadie está pendiente de este chat todo el tiempo, así que, por favor, use un número si no puede esperar.

    { crisis-safe-question }

crisis-safe-question = ¿Está a salvo en este momento?
crisis-safe-yes = Sí, estoy a salvo
crisis-safe-no = No
crisis-safe-not-sure = No lo sé

crisis-after-yes =
    Gracias. Es bueno saberlo. Los números sirven a cualquier hora:

    <b>{ $crisis }</b> para hablar, <b>{ $emergency }</b> si hay peligro.

    El equipo de su clínica sigue al tanto y se comunicará con usted. También puede escribir aquí.

crisis-after-no =
    <b>{ $emergency }</b>: por favor, llame ahora, o dé su teléfono a alguien que pueda llamar.

    Se ha avisado al equipo de su clínica de que usted no está a salvo. Si puede, vaya a un lugar donde haya gente y quédese con ellos.

crisis-after-not-sure =
    <b>{ $emergency }</b>: no saberlo es razón suficiente para llamar.
    <b>{ $crisis }</b>: pueden hablarlo con usted.

    Se ha avisado al equipo de su clínica. Si puede, quédese con alguien hasta que se sienta más a salvo.

crisis-numbers =
    <b>{ $emergency }</b>: peligro para la vida
    <b>{ $crisis }</b>: alguien con quien hablar, de día y de noche

# Offered when a crisis reply could not be sent the usual way, or again after an hour without a word from the patient.
crisis-still-here =
    Pensamos en usted, y su equipo está al tanto. Puede llamar a cualquier hora.

    <b>{ $crisis }</b> para hablar, <b>{ $emergency }</b> si hay peligro.

    { crisis-safe-question }
