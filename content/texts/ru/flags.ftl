### Warning signs as a patient would say them, and the questions that look for them.

flag-opioid-overdose = Дышит очень медленно или не разбудить
flag-breathing = Трудно дышать
flag-allergy = Отёк лица, губ или языка
flag-chest-pain = Боль в груди
flag-fainting = Обморок
flag-seizure = Судорожный припадок
flag-suicidal-intent = Могу что-то сделать с собой
flag-suicidal-thoughts = Мысли, что не хочется жить
flag-mood-change = Тоска, взвинченность, безрассудство
flag-hallucinations = Путаница в мыслях, голоса или видения
flag-withdrawal-severe = Очень плохо вскоре после таблетки
flag-withdrawal-mild = Дрожь или пот вскоре после таблетки
flag-drink-withdrawal = Дрожь или пот без алкоголя
flag-liver = Тёмная моча, жёлтые глаза или кожа
flag-lung = Новый кашель и одышка
flag-fluids-not-kept = Никакое питьё не удерживается
flag-opioid-use = Употребление опиоида
flag-extra-dose = Принято больше, чем назначено
flag-other-person-took-it = Мои таблетки принял кто-то другой
flag-surgery-or-painkillers = Травма или сильное обезболивающее
flag-planned-surgery = Запланирована операция
flag-pregnancy = Беременность или кормление грудью
flag-heavy-drinking = День, когда было выпито много
flag-craving = Очень сильная тяга
flag-new-medicine = Вопрос о новом лекарстве
flag-suicidal-words = Нежелание жить или вред себе
flag-overdose-words = Принято намного больше, чем можно
flag-emergency-words = Дыхание, грудь, обморок, кровь
flag-allergy-words = Крапивница, сыпь или отёк
flag-drank = Был алкоголь
flag-wish-to-stop = Прекращение приёма или мысль о нём

## After tiredness, a lost appetite or bad nausea

ask-liver =
    Ещё один вопрос, на всякий случай. Замечаете ли вы что-нибудь из этого?

    • моча тёмная, как чай
    • желтизна глаз или кожи
    • светлый стул
    • боль под рёбрами справа, которая не проходит
liver-none = Нет, ничего из этого
liver-signs = Да, хотя бы одно
liver-unsure = Не знаю

## After low mood or bad anxiety (own wording)

ask-thoughts = Спасибо, что рассказали. Когда так тяжело, у некоторых людей бывают мысли, что не хочется жить. Было ли так у вас?
thoughts-none = Нет
thoughts-some = Да, такие мысли были
thoughts-act = Да, и могу им поддаться
thoughts-not-said = Не хочу говорить

## After vomiting or bad diarrhoea

ask-fluids = Удержалось ли за последние 24 часа хоть что-то из выпитого?
fluids-kept = Да, часть удерживается
fluids-lost = Нет, ничего

## After a rash

ask-swelling = Есть ли отёк лица, губ, языка или горла, или вам трудно дышать?
swelling-no = Нет
swelling-yes = Да

## After bad dizziness

ask-fainted = Теряли ли вы сознание?
fainted-no = Нет
fainted-yes = Да

## Between the two parts of the first day. The beginning is neutral.

ask-withdrawal =
    Первая часть сегодняшнего дня была в { $at }, и нам важно знать, как вы себя чувствуете сейчас. Пожалуйста, посмотрите список и выберите, что подходит.

    <b>Некоторые признаки</b>: пот, зевота, насморк, «гусиная кожа», спазмы, ломота, сильное беспокойство.

    <b>Сильные признаки</b>: рвота или понос снова и снова, спутанность, человека очень трудно разбудить, видения или голоса.
withdrawal-none = Ничего из этого
withdrawal-mild = Некоторые признаки
withdrawal-severe = Сильные признаки
