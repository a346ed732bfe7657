### What a patient can report. A label is short enough for a button; the words of a grade say what it feels like.
### ask-grade-… is Steady's own wording, not an item of PRO-CTCAE, whose items may not be reworded.

## Grades, for buttons

grade-label-0 = Совсем нет
grade-label-1 = Слабо
grade-label-2 = Средне
grade-label-3 = Сильно
grade-label-4 = Очень сильно

## Grades in general

grade-0 = Совсем нет
grade-1 = Слабо: могу делать всё как обычно
grade-2 = Средне: кое-чему мешает
grade-3 = Сильно: мешает обычным делам
grade-4 = Очень сильно: едва можно терпеть

symptom-unnamed = Что-то без названия

## Insomnia

symptom-insomnia = Плохой сон
ask-grade-insomnia = Насколько плохо спалось прошлой ночью?
grade-insomnia-1 = Слабо: долго не спалось, но сегодня всё хорошо
grade-insomnia-2 = Средне: спалось плохо, и сегодня это чувствуется
grade-insomnia-3 = Сильно: сна было очень мало, и день даётся тяжело
grade-insomnia-4 = Очень сильно: сна почти не было, на день нет сил

## Anxiety

symptom-anxiety = Тревога, беспокойство
ask-grade-anxiety = Насколько сильной была тревога сегодня в худший момент?
grade-anxiety-1 = Слабо: она есть, но могу делать всё как обычно
grade-anxiety-2 = Средне: кое-чему мешает
grade-anxiety-3 = Сильно: мешает обычным делам
grade-anxiety-4 = Очень сильно: не могу успокоиться или позаботиться о себе

## Nausea

symptom-nausea = Тошнота
ask-grade-nausea = Насколько сильно тошнило сегодня в худший момент?
grade-nausea-1 = Слабо: аппетит меньше, но ем как обычно
grade-nausea-2 = Средне: ем меньше обычного
grade-nausea-3 = Сильно: едва могу есть или пить
grade-nausea-4 = Очень сильно: совсем не могу ни есть, ни пить

## Headache

symptom-headache = Головная боль
ask-grade-headache = Насколько сильно болела голова сегодня в худший момент?
grade-headache-1 = Слабо: могу делать всё как обычно
grade-headache-2 = Средне: кое-чему мешает
grade-headache-3 = Сильно: мешает обычным делам
grade-headache-4 = Очень сильно: такой боли ещё не было

## Diarrhoea or cramps

symptom-diarrhoea = Понос или спазмы
ask-grade-diarrhoea = Насколько сильными были понос или спазмы сегодня?
grade-diarrhoea-1 = Слабо: в туалет чуть чаще или лёгкие спазмы
grade-diarrhoea-2 = Средне: в туалет на 4–6 раз чаще обычного, или спазмы мешают
grade-diarrhoea-3 = Сильно: чаще на 7 раз и больше, или спазмы не дают ничего делать
grade-diarrhoea-4 = Очень сильно: не прекращается или боль едва можно терпеть

## Vomiting

symptom-vomiting = Рвота
ask-grade-vomiting = Насколько сильной была рвота сегодня?
grade-vomiting-1 = Слабо: один-два раза, и пить могу
grade-vomiting-2 = Средне: несколько раз, пить могу понемногу
grade-vomiting-3 = Сильно: много раз, почти ничего не удерживается
grade-vomiting-4 = Очень сильно: не прекращается

## Dizziness

symptom-dizziness = Головокружение
ask-grade-dizziness = Насколько сильно кружилась голова сегодня в худший момент?
grade-dizziness-1 = Слабо: немного пошатывает
grade-dizziness-2 = Средне: кое-чему мешает
grade-dizziness-3 = Сильно: нужно сесть или лечь
grade-dizziness-4 = Очень сильно: не могу встать

## Fatigue

symptom-fatigue = Усталость
ask-grade-fatigue = Насколько сильной была усталость сегодня?
grade-fatigue-1 = Слабо: отдых помогает
grade-fatigue-2 = Средне: отдых не помогает, кое-что даётся трудно
grade-fatigue-3 = Сильно: трудно умыться, одеться или поесть
grade-fatigue-4 = Очень сильно: не могу встать

## Decreased appetite

symptom-appetite-loss = Нет аппетита
ask-grade-appetite-loss = Насколько пропал аппетит сегодня?
grade-appetite-loss-1 = Слабо: есть хочется меньше, но ем как обычно
grade-appetite-loss-2 = Средне: ем меньше обычного
grade-appetite-loss-3 = Сильно: ем очень мало
grade-appetite-loss-4 = Очень сильно: есть не могу

## Rash

symptom-rash = Сыпь или зуд
ask-grade-rash = Насколько сильны сыпь или зуд?
grade-rash-1 = Слабо: небольшое пятно
grade-rash-2 = Средне: в нескольких местах или сильно чешется
grade-rash-3 = Сильно: на больших участках или не даёт спать
grade-rash-4 = Очень сильно: по всему телу, пузыри, болят глаза или рот

## Low mood

symptom-low-mood = Подавленность
ask-grade-low-mood = Насколько сильной была подавленность сегодня в худший момент?
grade-low-mood-1 = Слабо: немного грустно, но могу делать всё как обычно
grade-low-mood-2 = Средне: кое-чему мешает
grade-low-mood-3 = Сильно: обычные дела почти не по силам
grade-low-mood-4 = Очень сильно: не вижу, как пережить этот день

## Joint or muscle pain

symptom-muscle-pain = Боль в суставах, мышцах
ask-grade-muscle-pain = Насколько сильными были эти боли сегодня в худший момент?
grade-muscle-pain-1 = Слабо: могу делать всё как обычно
grade-muscle-pain-2 = Средне: кое-чему мешают
grade-muscle-pain-3 = Сильно: мешают обычным делам
grade-muscle-pain-4 = Очень сильно: едва могу двигаться
