"""What patients read: plain, discreet, without dosing advice, and never longer than a button or a screen."""

import re
from fnmatch import fnmatchcase

import pytest

from care.screening import Question
from care.symptoms import RedFlag, Symptom
from content.lint import check_texts, spell_out
from content.loader import HERE, Content, load_content
from tests.content.conftest import Spoil

OURS = (
    "talk", "symptoms", "advice", "flags", "triage", "crisis", "about", "screening", "course", "hearing", "questions",
)  # fmt: skip
FOR_CLINICIANS = ("reason-*", "graded-*", "screened-*", "skipped-*", "followed-*")

# The clinician decides about doses. No text may say any of this, in whatever words around it.
DOSING_ADVICE = [
    r"\btake (it|one|another|two|half|(the|your|a) (tablet|dose))\b",
    r"\b(take|taking) (more|less|extra|an extra|a double)\b",
    r"\bdouble\b", r"\bhalve\b", r"\bhalf (a|of|the|your) (tablet|dose)\b",
    r"\bcatch(ing)? up\b", r"\bmake up for\b",
    r"\bskip(ping)?\b", r"\bmiss (a|the|your|today)\b", r"\bstop taking\b", r"\bstop your (tablets|course)\b",
    r"\bdo not take\b", r"\bdon't take\b", r"\bkeep taking\b", r"\bcarry on taking\b", r"\bstart again\b",
    r"\bincrease\b", r"\breduce\b", r"\blower (the|your) dose\b", r"\bhigher dose\b",
]  # fmt: skip
DO_NOT_SAY = [
    r"codeine product",
    r"\bloperamide\b",
    r"\bsedative",
    r"\bsleeping (pill|tablet)",
    r"\bibuprofen\b",
]
BLAME_AND_STREAKS = [
    r"!",
    r"\bstreak",
    r"\bfail(ed)?\b",
    r"\bshould have\b",
    r"\bwell done\b",
    r"\bunfortunately\b",
]
MEANS = [
    r"\bhang",
    r"\bknife",
    r"\bjump",
    r"\bcut(ting)? (yourself|myself)",
    r"\bpills?\b",
    r"\brope\b",
    r"\bgun\b",
]


def patient_texts(content: Content, language: str = "en") -> list[tuple[str, str]]:
    sheet = content.sheets[language]
    files = {f"texts/{language}/{name}.ftl" for name in OURS}
    return [
        (key, text)
        for key, entry in sheet.messages.items()
        if entry.file in files and not any(fnmatchcase(key, glob) for glob in FOR_CLINICIANS)
        for text in spell_out(sheet, key)
    ]


@pytest.mark.parametrize("shape", DOSING_ADVICE + DO_NOT_SAY + BLAME_AND_STREAKS)
def test_no_text_for_patients_says(content: Content, shape: str) -> None:
    found = [(key, text) for key, text in patient_texts(content) if re.search(shape, text, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("shape", MEANS)
def test_no_crisis_text_names_any_means(content: Content, shape: str) -> None:
    found = [key for key, text in patient_texts(content) if "crisis" in key and re.search(shape, text)]
    assert found == []


@pytest.mark.parametrize(
    "breach",
    ["You can take it now.", "Please take your tablet today", "Do not take any", "Skip today", "double it",
     "You could take half now", "stop taking them", "catch up tomorrow"],
)  # fmt: skip
def test_the_list_of_dosing_advice_would_catch(breach: str) -> None:
    assert any(re.search(shape, breach, re.IGNORECASE) for shape in DOSING_ADVICE)


def test_every_text_is_clean_in_every_language(content: Content) -> None:
    assert check_texts(content) == []


# family: most characters a button or line of that kind may have
LENGTHS = {
    "grade-label-*": 30, "symptom-*": 30, "flag-*": 40, "skip-*": 30, "withdrawal-*": 30, "follow-up-*": 30,
    "liver-*": 30, "thoughts-*": 34, "fluids-*": 30, "swelling-*": 30, "fainted-*": 30, "consent-accept": 30,
    "consent-decline": 30, "privacy-copy": 30, "crisis-safe-*": 30, "grade-?*-[1-4]": 80, "ask-grade-*": 80,
    "reason-*": 110, "answer-*": 420, "advice-*": 320, "about-*": 900, "consent-2026-*": 1100,
    "privacy-summary": 900, "crisis-*": 700,
}  # fmt: skip


# Buttons are as wide in every language; what is read in full may be longer where the language is.
BUTTON, LONGER = 40, 1.3


@pytest.mark.parametrize(("glob", "most"), LENGTHS.items(), ids=list(LENGTHS))
def test_a_text_fits_its_place(content: Content, glob: str, most: int) -> None:
    assert any(fnmatchcase(key, glob) for key in content.sheets["en"].messages)
    for code, sheet in content.sheets.items():
        room = most if code == "en" or most <= BUTTON else int(most * LONGER)
        lengths = {key: max(map(len, spell_out(sheet, key))) for key in sheet.messages if fnmatchcase(key, glob)}
        assert {key: length for key, length in lengths.items() if length > room} == {}, code


def test_every_advice_ends_the_same_way(content: Content) -> None:
    for symptom in content.symptoms:
        said = content.texts.say(f"advice-{symptom.id}", "en")
        assert said.endswith("Tell us if it gets worse or lasts more than 14 days.")


def test_every_symptom_every_flag_and_every_question_has_a_source(content: Content) -> None:
    things: list[Symptom | RedFlag | Question] = [*content.symptoms, *content.red_flags, *content.screening]
    for thing in things:
        assert len(thing.source) > 5, thing.id


def test_every_advice_has_its_source_above_it() -> None:
    text = (HERE / "texts" / "en" / "advice.ftl").read_text(encoding="utf-8")
    assert len(re.findall(r"^# Source: .+\nadvice-", text, re.MULTILINE)) == len(
        re.findall(r"^advice-", text, re.MULTILINE)
    )


def test_nobody_has_signed_the_content_off_until_somebody_does(content: Content) -> None:
    assert content.edition.reviewed_by is None
    assert content.edition.consent_key == "consent-2026-11-2"


UNASKED = {
    "a drug": "Your naltrexone is waiting. Let us know how it went with it today.",
    "a dose": "How did today's dose go?",
    "behind markup": "A <b>tab</b>let for you",
    "in capitals": "TABLETS",
    "a compound": "Your clinician writes",
}


@pytest.mark.parametrize("text", UNASKED.values(), ids=list(UNASKED))
def test_a_lock_screen_never_shows(spoil: Spoil, text: str) -> None:
    folder = spoil("texts/en/triage.ftl", "answer-silent =\n    We have", f"answer-silent =\n    {text} We have")
    found = check_texts(load_content(folder))
    assert [(problem.key, problem.file) for problem in found] == [("answer-silent", "texts/en/triage.ftl")]


LINT: dict[str, tuple[str, str, str, str]] = {
    "unclosed tag": ("flag-seizure = A fit", "flag-seizure = A <b>fit", "flag-seizure", "never closed"),
    "crossed tags": (
        "flag-seizure = A fit",
        "flag-seizure = <b><i>A</b></i> fit",
        "flag-seizure",
        "not open",
    ),
    "foreign tag": (
        "flag-seizure = A fit",
        "flag-seizure = <p>A</p> fit",
        "flag-seizure",
        "does not know <p>",
    ),
    "attribute": (
        "flag-seizure = A fit",
        'flag-seizure = <b class="x">A</b> fit',
        "flag-seizure",
        "does not know",
    ),
    "bare sign": ("flag-seizure = A fit", "flag-seizure = A & fit", "flag-seizure", "written as an entity"),
    "fault in one variant": (
        "flag-seizure = A fit (seizure)",
        "flag-seizure = { $n ->\n    [one] A fit\n   *[other] <b>fits\n }",
        "flag-seizure",
        "never closed",
    ),
}


@pytest.mark.parametrize("fault", LINT.values(), ids=list(LINT))
def test_a_fault_in_a_text_is_found(spoil: Spoil, fault: tuple[str, str, str, str]) -> None:
    old, new, key, sentence = fault
    found = check_texts(load_content(spoil("texts/en/flags.ftl", old, new)))
    found = [problem for problem in found if problem.file == "texts/en/flags.ftl"]
    assert [problem.key for problem in found] == [key]
    assert sentence in found[0].sentence
