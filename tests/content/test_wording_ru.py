"""What Russian-speaking patients read: the same care as in English, in Russian words."""

import re

import pytest

from content.lint import spell_out
from content.loader import Content
from tests.content.test_wording import patient_texts

# The clinician decides about doses. No text may say any of this.
DOSING_ADVICE = [
    r"\bпримите\b", r"\bвыпейте\b", r"\bпринимайте\b", r"\bудво", r"\bдвойн", r"\bдве табл", r"\bполовин", r"\bполтабл",
    r"\bнавёрст", r"\bнаверст", r"\bвосполн", r"\bкомпенсир", r"\bпропустите\b", r"\bпропускайте\b",
    r"\bне принимайте\b",
    r"\bпрекратите\b", r"\bбросьте\b", r"\bначните (снова|заново)\b", r"\bувелич", r"\bуменьш", r"\bсни(зьте|жайте)\b",
    r"\bпродолжайте (приём|принимать|пить)", r"\bещё одну таблетку",
]  # fmt: skip
DO_NOT_SAY = [r"\bлоперамид", r"\bибупрофен", r"\bснотворн", r"\bуспокоительн", r"\bседатив"]
BLAME_AND_STREAKS = [
    r"!",
    r"\bмолод(ец|цы)\b",
    r"\bк сожалению\b",
    r"\bследовало\b",
    r"\bдолжны были\b",
    r"\bподряд\b",
    r"\bсорвал",
]
MEANS = [
    r"\bповес",
    r"\bнож",
    r"\bпрыг",
    r"\bрез(ать|ал|ы)",
    r"\bтаблет",
    r"\bверёв",
    r"\bпетл",
    r"\bпистолет",
    r"\bоруж",
]
FAMILIAR = [r"\b(ты|тебя|тебе|тобой|твой|твоя|твои|твоё)\b"]
# What has a gender the patient may not have: "я забыл", "вы сам", "рад".
GENDERED = [r"\bя \w+(ал|ял|ил|ел|ёл|ала|яла|ила|ела)\b", r"\bвы сам(а)?\b", r"\b(рад|уверен|готов)а?\b"]


def all_texts(content: Content) -> list[tuple[str, str]]:
    sheet = content.sheets["ru"]
    return [(key, text) for key in sheet.messages for text in spell_out(sheet, key)]


@pytest.mark.parametrize("shape", DOSING_ADVICE + DO_NOT_SAY + BLAME_AND_STREAKS + FAMILIAR + GENDERED)
def test_no_russian_text_says(content: Content, shape: str) -> None:
    texts = [*patient_texts(content, "ru"), *all_texts(content)]
    assert [(key, text) for key, text in texts if re.search(shape, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("shape", MEANS)
def test_no_russian_crisis_text_names_any_means(content: Content, shape: str) -> None:
    found = [key for key, text in all_texts(content) if "crisis" in key and re.search(shape, text, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize(
    "breach",
    ["Примите таблетку сейчас", "Можно навёрстывать завтра", "Пропустите сегодня", "Не принимайте её", "двойная доза"],
)
def test_the_list_of_russian_dosing_advice_would_catch(breach: str) -> None:
    assert any(re.search(shape, breach, re.IGNORECASE) for shape in DOSING_ADVICE)


def test_every_emergency_answer_begins_with_the_number_in_both_languages(content: Content) -> None:
    for key in content.sheets["en"].messages:
        if content.texts.variables(key) == {"emergency"}:
            values = {"emergency": "112"}
            starts = [content.texts.say(key, code, values).startswith("<b>112") for code in ("en", "ru")]
            assert starts[0] == starts[1], key


def test_every_russian_advice_ends_the_same_way(content: Content) -> None:
    for symptom in content.symptoms:
        said = content.texts.say(f"advice-{symptom.id}", "ru")
        assert said.endswith("Напишите нам, если станет хуже или если это длится больше 14 дней.")


def test_what_is_quoted_is_what_is_said(content: Content) -> None:
    def plain(key: str) -> str:
        return content.texts.plain(key, "ru")

    for key, text in all_texts(content):
        if "нажмите" in text and "омощь" in text:
            assert plain("key-help-now") in text, key
    joined = content.texts.plain("joined-today", "ru", {"hour": "9:00"})
    assert plain("key-feelings") in joined
    assert plain("key-today") in joined
    example = content.texts.plain("reminder-discreet-first", "ru", {"hour": "9:00"}).rstrip(".")
    assert example in plain("ask-wording")


COUNTED = [(1, "1 неделя"), (2, "2 недели"), (5, "5 недель"), (11, "11 недель"), (12, "12 недель"), (21, "21 неделя")]


@pytest.mark.parametrize(("weeks", "shown"), COUNTED)
def test_russian_counts_in_three_forms(content: Content, weeks: int, shown: str) -> None:
    assert content.texts.say("course-end-thanks", "ru", {"weeks": weeks}).startswith(f"{shown} со Steady")


LOCK_SCREENS = [
    "Ваш налтрексон ждёт", "Пора принять лекарство", "Сегодняшняя доза ещё ждёт", "Таблетки на сегодня",
    "Пишет ваш врач", "Сообщение из клиники", "Вы пили алкоголь?", "Приём в 9:00", "50 мг", "ОПИОИДЫ",
]  # fmt: skip


@pytest.mark.parametrize("start", LOCK_SCREENS)
def test_a_russian_lock_screen_never_shows(content: Content, start: str) -> None:
    assert content.discreet.find_word(start, "ru") is not None
