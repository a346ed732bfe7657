### Warning signs as a patient would say them, and the questions that look for them.

flag-opioid-overdose = Respira muy lento o no se despierta
flag-breathing = Dificultad para respirar
flag-allergy = Hinchazón de cara, labios o lengua
flag-chest-pain = Dolor en el pecho
flag-fainting = Desmayo
flag-seizure = Convulsión
flag-suicidal-intent = Pienso en morir y podría actuar
flag-suicidal-thoughts = Pensamientos de no querer vivir
flag-mood-change = Mucho desánimo, inquietud o imprudencia
flag-hallucinations = Confusión, o ver u oír cosas irreales
flag-withdrawal-severe = Muy mal poco después de una pastilla
flag-withdrawal-mild = Temblor o sudor tras una pastilla
flag-drink-withdrawal = Temblor o sudor por no beber alcohol
flag-liver = Orina oscura, u ojos o piel amarillos
flag-lung = Tos nueva y falta de aire
flag-fluids-not-kept = No se retiene ningún líquido
flag-opioid-use = Consumí un opioide
flag-extra-dose = Tomé más de lo previsto
flag-other-person-took-it = Otra persona tomó mis pastillas
flag-surgery-or-painkillers = Lesión, o analgésicos fuertes
flag-planned-surgery = Hay una operación prevista
flag-pregnancy = Embarazo o lactancia
flag-heavy-drinking = Un día de beber mucho
flag-craving = Ganas muy fuertes de consumir o beber
flag-new-medicine = Una pregunta sobre otro medicamento
flag-suicidal-words = No querer vivir, o hacerse daño
flag-overdose-words = Haber tomado demasiado de algo
flag-emergency-words = Respiración, pecho, desmayo, sangrado
flag-allergy-words = Ronchas, sarpullido o hinchazón
flag-drank = Haber bebido alcohol
flag-wish-to-stop = Haberlo dejado, o querer dejarlo

## After tiredness, a lost appetite or bad nausea (liver signs: MedlinePlus; Mallinckrodt label)

ask-liver =
    Una pregunta más, por seguridad. ¿Ha notado algo de esto?

    • orina oscura como el té
    • ojos o piel amarillos
    • heces (deposiciones) muy claras
    • dolor debajo de las costillas, a la derecha, que no se va
liver-none = No, nada de esto
liver-signs = Sí, al menos una cosa
liver-unsure = No lo sé

## After low mood or bad anxiety (C-SSRS Screener for the order of the questions; own wording)

ask-thoughts = Gracias por contárnoslo. Cuando todo se hace tan difícil, algunas personas tienen pensamientos de no querer vivir. ¿Le ha pasado a usted?
thoughts-none = No
thoughts-some = Sí, he tenido esos pensamientos
thoughts-act = Sí, y podría llegar a actuar
thoughts-not-said = Prefiero no decirlo

## After vomiting or bad diarrhoea (CTCAE v5.0; 24 hours: proposal)

ask-fluids = En las últimas 24 horas, ¿ha podido retener algo de lo que bebió?
fluids-kept = Sí, una parte
fluids-lost = No, no retengo nada

## After a rash (allergy: Multum leaflet)

ask-swelling = ¿Tiene hinchazón de la cara, los labios, la lengua o la garganta, o le cuesta respirar?
swelling-no = No
swelling-yes = Sí

## After bad dizziness (leaflets)

ask-fainted = ¿Se ha desmayado o ha perdido el conocimiento?
fainted-no = No
fainted-yes = Sí

## Between the two parts of the first day (Vivitrol label and guide; Bristol policy 2009). The beginning is neutral.

ask-withdrawal =
    La primera parte de hoy fue a las { $at }, y nos gustaría saber cómo se siente ahora. Por favor, mire la lista y elija lo que corresponda.

    <b>Algunas señales</b>: sudor, bostezos, nariz que gotea, piel de gallina, cólicos, dolores en el cuerpo, mucha inquietud.

    <b>Señales fuertes</b>: vómitos o diarrea una y otra vez, confusión, un sueño muy difícil de vencer, ver u oír cosas que no están.
withdrawal-none = Nada de esto
withdrawal-mild = Algunas señales
withdrawal-severe = Señales fuertes
