"""What patients read in Spanish: as discreet, as plain and as free of advice about doses as in English."""

import re
from fnmatch import fnmatchcase

import pytest

from care.hearing import yes_or_no
from content.lint import spell_out
from content.loader import Content
from tests.content.test_wording import LENGTHS

# The clinician decides about doses. No text may say any of this, in whatever words around it.
DOSING_ADVICE = [
    r"\b(tome|tómel[ao]s?|tómese|vuelva a tomar|siga tomando|deje de tomar)\b", r"\bno (la |lo |se la )?tome\b",
    r"\b(doble|duplique|duplicar|triple)\b", r"\bmedi[ao] (pastilla|dosis)\b", r"\b(otra|una) (pastilla|dosis) más\b",
    r"\bcompens(e|ar)\b", r"\brecuper(e|ar)\b", r"\bpóngase al día\b", r"\bs[áa]lt(ese|arse|e)\b", r"\bomit(a|ir)\b",
    r"\b(aument|reduzc|reduc|suspend)\w*\b",
]  # fmt: skip
BLAME = [
    r"[!¡]",
    r"\bracha\b",
    r"\bdebería",
    r"\blamentablemente\b",
    r"\bfalló\b",
    r"\bbien hecho\b",
    r"\bfelicidades\b",
]
PRODUCTS = [r"\bloperamida\b", r"\bibuprofeno\b", r"\bsedante", r"\bsomnífero"]
MEANS = [r"\bahorc", r"\bcuchill", r"\bsaltar\b", r"\bcortar", r"\bpastilla", r"\bsoga\b", r"\bpistola\b", r"\bveneno"]
# Steady says "usted", and nothing that would guess whether a patient is a man or a woman.
NOT_USTED = [r"\b(tú|ti|te|tus?|contigo|vos|vosotr[ao]s|os|vuestr[ao]s?)\b"]
GENDER = [r"\w[/(][oa]s?\b", r"@", r"\bestá (seguro|sola?|solo|cansad[oa]|embarazada|list[oa])\b", r"\bbienvenid[oa]\b"]


def said(content: Content) -> list[tuple[str, str]]:
    sheet = content.sheets["es"]
    return [(key, re.sub(r"<[^>]*>", "", text)) for key in sheet.messages for text in spell_out(sheet, key)]


@pytest.mark.parametrize("shape", DOSING_ADVICE + BLAME + PRODUCTS + NOT_USTED + GENDER)
def test_no_spanish_text_says(content: Content, shape: str) -> None:
    assert [(key, text) for key, text in said(content) if re.search(shape, text, re.IGNORECASE)] == []


BREACHES = [
    "Tome otra cuando pueda", "No la tome hoy", "Duplique la cantidad", "media pastilla ahora",
    "Deje de tomar las pastillas", "Sáltese el día de hoy", "Puede recuperar la de ayer", "una pastilla más",
]  # fmt: skip


@pytest.mark.parametrize("breach", BREACHES)
def test_the_list_of_dosing_advice_would_catch(breach: str) -> None:
    assert any(re.search(shape, breach, re.IGNORECASE) for shape in DOSING_ADVICE)


@pytest.mark.parametrize("shape", MEANS)
def test_no_crisis_text_names_any_means(content: Content, shape: str) -> None:
    assert [key for key, text in said(content) if "crisis" in key and re.search(shape, text, re.IGNORECASE)] == []


@pytest.mark.parametrize(("glob", "most"), LENGTHS.items(), ids=list(LENGTHS))
def test_a_spanish_text_fits_its_place(content: Content, glob: str, most: int) -> None:
    assert {key: len(text) for key, text in said(content) if fnmatchcase(key, glob) and len(text) > most} == {}


def test_an_emergency_and_a_question_about_danger_start_with_the_number(content: Content) -> None:
    numbers = {"emergency": "112", "crisis": "024"}
    for rule in content.triage:
        if rule.level.word == "emergency" and rule.answer is not None and not rule.answer.startswith("crisis"):
            reply = content.texts.say(rule.answer, "es", content.texts.fitting(rule.answer, numbers, "es"))
            assert reply.startswith("<b>112</b>"), rule.answer
    assert content.texts.say("ask-possible-suicidal-words", "es", {"crisis": "024"}).startswith("<b>024</b>")


LOCK_SCREEN = {
    "a drug": "Su naltrexona le espera.",
    "a medicine": "Es la hora de su medicación.",
    "a dose": "Su toma de hoy sigue abierta.",
    "with an accent": "Mañana le llama su médica.",
    "without its accent": "Mañana le llama su medica.",
    "in capitals": "SUS PASTILLAS",
    "a habit": "¿Ha bebido hoy?",
    "a place": "Le escribe su clínica.",
}


@pytest.mark.parametrize("text", LOCK_SCREEN.values(), ids=list(LOCK_SCREEN))
def test_a_lock_screen_never_shows(content: Content, text: str) -> None:
    assert content.discreet.find_word(text, "es")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Sí", True), ("sí, claro", True), ("Así es.", True), ("vale", True), ("Es verdad", True),
        ("no", False), ("No es así", False), ("no es verdad", False), ("Nunca", False),
        ("nada", None), ("¿qué?", None), ("para", None), ("claro que no", None), ("no sé", None), ("ya no", None),
    ],
)  # fmt: skip
def test_a_bare_yes_or_no(content: Content, text: str, answer: bool | None) -> None:
    """What also means something else alone is no answer: "nada" may be "never mind", "para" is "stop"."""
    assert yes_or_no(text, content.hearing) is answer
