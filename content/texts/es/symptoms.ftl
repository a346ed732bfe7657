### What a patient can report. A label is short enough for a button; the words of a grade say what it feels like.
### ask-grade-… is Steady's own wording, not an item of PRO-CTCAE, whose items may not be reworded.

## Grades, for buttons

grade-label-0 = Nada
grade-label-1 = Un poco
grade-label-2 = Moderado
grade-label-3 = Fuerte
grade-label-4 = Muy fuerte

## Grades in general

grade-0 = Nada
grade-1 = Un poco: puedo hacer todo como siempre
grade-2 = Moderado: me dificulta algunas cosas
grade-3 = Fuerte: me impide hacer cosas de cada día
grade-4 = Muy fuerte: apenas puedo soportarlo

symptom-unnamed = Algo sin nombrar

## Insomnia (UK leaflet; grades after CTCAE v5.0)

symptom-insomnia = Problemas para dormir
ask-grade-insomnia = ¿Cuánto le costó dormir anoche?
grade-insomnia-1 = Un poco: tardé en dormirme, y hoy estoy bien
grade-insomnia-2 = Moderado: dormí mal y hoy lo noto
grade-insomnia-3 = Fuerte: dormí muy poco y el día se me hace difícil
grade-insomnia-4 = Muy fuerte: apenas dormí y no puedo con el día

## Anxiety (UK leaflet; grades after CTCAE v5.0)

symptom-anxiety = Ansiedad o nervios
ask-grade-anxiety = ¿Cuánta ansiedad o nervios ha tenido hoy, en el peor momento?
grade-anxiety-1 = Un poco: están ahí, y puedo hacer todo como siempre
grade-anxiety-2 = Moderado: me dificulta algunas cosas
grade-anxiety-3 = Fuerte: me impide hacer cosas de cada día
grade-anxiety-4 = Muy fuerte: no logro calmarme ni ocuparme de mí

## Nausea (label; grades after CTCAE v5.0)

symptom-nausea = Náuseas
ask-grade-nausea = ¿Cuántas náuseas ha tenido hoy, en el peor momento?
grade-nausea-1 = Un poco: menos hambre, y como lo de siempre
grade-nausea-2 = Moderado: como menos de lo habitual
grade-nausea-3 = Fuerte: apenas puedo comer o beber
grade-nausea-4 = Muy fuerte: no puedo comer ni beber nada

## Headache (label; grades after CTCAE v5.0)

symptom-headache = Dolor de cabeza
ask-grade-headache = ¿Cuánto le ha dolido hoy la cabeza, en el peor momento?
grade-headache-1 = Un poco: puedo hacer todo como siempre
grade-headache-2 = Moderado: me dificulta algunas cosas
grade-headache-3 = Fuerte: me impide hacer cosas de cada día
grade-headache-4 = Muy fuerte: el peor que he tenido

## Diarrhoea or cramps (leaflet; grades after CTCAE v5.0)

symptom-diarrhoea = Diarrea o cólicos
ask-grade-diarrhoea = ¿Cómo han sido hoy la diarrea o los cólicos?
grade-diarrhoea-1 = Un poco: voy al baño algo más, o cólicos suaves
grade-diarrhoea-2 = Moderado: voy de 4 a 6 veces más de lo normal, o los cólicos me limitan
grade-diarrhoea-3 = Fuerte: 7 o más veces más de lo normal, o los cólicos me impiden hacer cosas
grade-diarrhoea-4 = Muy fuerte: no para, o el dolor es difícil de soportar

## Vomiting (Bolton 2019; grades after CTCAE v5.0)

symptom-vomiting = Vómitos
ask-grade-vomiting = ¿Cómo han sido hoy los vómitos?
grade-vomiting-1 = Un poco: una o dos veces, y puedo beber
grade-vomiting-2 = Moderado: varias veces, y puedo beber un poco
grade-vomiting-3 = Fuerte: muchas veces, y retengo poco
grade-vomiting-4 = Muy fuerte: no paran

## Dizziness (Bolton 2019; grades after CTCAE v5.0)

symptom-dizziness = Mareos
ask-grade-dizziness = ¿Cuánto mareo ha tenido hoy, en el peor momento?
grade-dizziness-1 = Un poco: algo de inestabilidad
grade-dizziness-2 = Moderado: me dificulta algunas cosas
grade-dizziness-3 = Fuerte: necesito sentarme o acostarme
grade-dizziness-4 = Muy fuerte: no puedo ponerme de pie

## Fatigue (label; grades after CTCAE v5.0)

symptom-fatigue = Cansancio
ask-grade-fatigue = ¿Cuánto cansancio ha tenido hoy?
grade-fatigue-1 = Un poco: descansar ayuda
grade-fatigue-2 = Moderado: descansar no ayuda, y algunas cosas me cuestan
grade-fatigue-3 = Fuerte: me cuesta mucho lavarme, vestirme o comer
grade-fatigue-4 = Muy fuerte: no puedo levantarme

## Decreased appetite (UK leaflet)

symptom-appetite-loss = Falta de apetito
ask-grade-appetite-loss = ¿Cuánto apetito ha perdido hoy?
grade-appetite-loss-1 = Un poco: menos hambre, y como lo de siempre
grade-appetite-loss-2 = Moderado: como menos de lo habitual
grade-appetite-loss-3 = Fuerte: como muy poco
grade-appetite-loss-4 = Muy fuerte: no puedo comer

## Rash (UK leaflet)

symptom-rash = Sarpullido o picazón
ask-grade-rash = ¿Cómo es el sarpullido o la picazón?
grade-rash-1 = Un poco: una zona pequeña
grade-rash-2 = Moderado: varias zonas, o pica mucho
grade-rash-3 = Fuerte: zonas grandes, o no me deja dormir
grade-rash-4 = Muy fuerte: todo el cuerpo, ampollas, o llagas en la boca o los ojos

## Low mood (label)

symptom-low-mood = Desánimo o tristeza
ask-grade-low-mood = ¿Cuánto desánimo ha sentido hoy, en el peor momento?
grade-low-mood-1 = Un poco: algo de desánimo, y puedo hacer todo como siempre
grade-low-mood-2 = Moderado: me dificulta algunas cosas
grade-low-mood-3 = Fuerte: apenas puedo hacer cosas de cada día
grade-low-mood-4 = Muy fuerte: no veo cómo llegar al final del día

## Joint or muscle pain (label)

symptom-muscle-pain = Dolor muscular o articular
ask-grade-muscle-pain = ¿Cuánto le ha dolido hoy el cuerpo, en el peor momento?
grade-muscle-pain-1 = Un poco: puedo hacer todo como siempre
grade-muscle-pain-2 = Moderado: me dificulta algunas cosas
grade-muscle-pain-3 = Fuerte: me impide hacer cosas de cada día
grade-muscle-pain-4 = Muy fuerte: apenas puedo moverme
