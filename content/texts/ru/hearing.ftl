### What Steady says to what patients write. Nothing here decides anything about a dose.

## One neutral sentence for each sign a message may have meant; the number first. No details of any means.

ask-possible-suicidal-words = <b>{ $crisis }</b> — там ответят днём и ночью. Мне важно правильно вас понять: бывают ли у вас мысли, что не хочется жить, или мысли причинить себе вред?
ask-possible-overdose-words = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: было ли принято намного больше, чем назначено, — таблеток или чего-то другого?
ask-possible-emergency-words = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: трудно дышать, болит в груди, был обморок или припадок, кровотечение или внезапная спутанность?
ask-possible-allergy-words = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: есть ли у вас сыпь, крапивница или отёк?
ask-possible-withdrawal-mild = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: есть ли у вас признаки отмены (ломки)?
ask-possible-withdrawal-severe = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: есть ли у вас сильные признаки отмены (ломки)?
ask-possible-opioid-use = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: вы употребили опиоид или собираетесь это сделать? Сюда относятся и сильные обезболивающие, и кодеин.
ask-possible-liver = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: есть ли тёмная моча, светлый стул, желтизна глаз или кожи или боль под рёбрами справа?
ask-possible-pregnancy = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: вы беременны, планируете беременность, кормите грудью или такое возможно?
ask-possible-surgery-or-painkillers = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: вам назначили или предложили операцию или сильное обезболивающее?
ask-possible-wish-to-stop = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: приём таблеток прекращён или вы хотели бы его прекратить?
ask-possible-drank = При опасности звоните: <b>{ $emergency }</b>. Мне важно правильно вас понять: вы пили алкоголь?
button-possible-yes = Да
button-possible-no = Нет
button-possible-unsure = Не знаю
possible-denied = Спасибо. Записано, что это не так; команда вашей клиники видит ваше сообщение. Если что-то изменится, пишите сюда в любое время.
possible-confirmed = Спасибо, что сказали.
possible-presumed = На мой вопрос ответа от вас нет, поэтому на всякий случай ваша команда теперь знает, что вы написали.
possible-answered = На этот вопрос ответ уже есть, спасибо. Если что-то изменилось, просто напишите.

## Symptoms

heard-symptoms = Я понимаю так: { $list }. Верно?
heard-graded = <b>{ $symptom }</b> ({ $grade })
heard-ungraded = <b>{ $symptom }</b> (насколько сильно?)
button-heard-yes = ✓ Да, верно
button-heard-change = ✎ { $symptom }
button-heard-remove = Этого нет
button-heard-none = Нет, я о другом
heard-none = Спасибо, что сказали. Ваши слова прочитает сама команда клиники.
heard-confirmed = ✓ Записано: { $list }.
# Of what is not there only the name is said: "Сейчас этого нет: Тошнота".
heard-any = какие-либо побочные действия
heard-not = { $what }
heard-denied = Записано, и это хорошо. Сейчас этого нет: { $list }. Если что-то изменится, напишите мне.
heard-answered = Это уже записано, спасибо. Если что-то изменилось, напишите, как сейчас.
heard-long-ago = С тех пор прошло время. Как сейчас?
heard-by-clinic = Ваши слова уже у команды клиники, поэтому там всё остаётся как есть. Как сейчас?

## Doses

ask-heard-taken = Похоже, вы пишете, что сегодня всё принято. Записать?
ask-heard-which = О какой части речь?
button-which-dose = { $day }, часть { $part }
ask-heard-skip = Вы пишете, что сегодня — нет. Причина: { $reason }. Записать?
button-heard-skip = Да, записать
button-other-reason = Другая причина
heard-no-dose = Сегодня нет отметки, к которой это можно записать, поэтому ваши слова прочитает команда клиники.

## Questions

button-ask-clinic = Спросить клинику
answered-note = Это общие сведения. Ваша клиника знает вас, и решает она.

## Small words, other languages

small-thanks = Хорошо. Пишите, когда захотите.
not-my-language = Этот язык я пока не понимаю. Языки, которые я понимаю: { $languages }. Ваши слова уже у команды клиники. При опасности звоните: <b>{ $emergency }</b>; поговорить с человеком: <b>{ $crisis }</b>.
speaks-en = английский
speaks-ru = русский
speaks-es = испанский
