### Asked at joining. Every question is worded so that "yes" needs a clinician; so does "not sure".

screening-yes = Sí
screening-no = No
screening-not-sure = No lo sé

screening-under-18 = ¿Tiene menos de 18 años?
screening-allergy = ¿Ha tenido alguna vez una reacción alérgica a la naltrexona o a algún componente de la pastilla?
screening-pregnancy = ¿Tiene usted un embarazo en curso, podría tenerlo, o planea uno en los próximos tres meses?
screening-breastfeeding = ¿Está dando el pecho (lactancia)?
screening-liver = ¿Ha tenido alguna vez hepatitis, insuficiencia hepática u otro problema del hígado?
screening-kidney = ¿Tiene problemas de los riñones?
screening-opioids-recent = ¿Ha consumido algún opioide en los últimos 10 días? Por ejemplo, heroína, fentanilo, metadona, buprenorfina, tramadol o codeína.
screening-opioid-medicines = ¿Usa algún medicamento que pueda contener un opioide, o lo ha usado en las últimas 2 semanas? Por ejemplo, analgésicos fuertes, algunos medicamentos para la tos o la diarrea, metadona o buprenorfina.
