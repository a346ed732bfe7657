"""A second language is held to the first: the same keys, the same values, its own way to count."""

from pathlib import Path

import pytest
from babel import localedata

from content.fluent_files import read_sheet
from content.languages import NEVER_SAID
from content.lint import check_texts
from content.loader import load_content
from content.plurals import find_plural_fault
from content.problems import ContentError, Problem
from content.values import Words
from tests.content.conftest import Spoil


def add_language(folder: Path, *, more: str = "") -> Path:
    """A second language that is a copy of English, and counts like it."""
    (folder / "texts" / "xx").mkdir()
    for path in (folder / "texts" / "en").iterdir():
        (folder / "texts" / "xx" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    languages = folder / "languages.toml"
    row = '\n[[languages]]\ncode = "xx"\nname = "Other"\nlocale = "sv"\nday = "EEE d MMM"\ntime = "HH:mm"\n'
    languages.write_text(languages.read_text(encoding="utf-8") + row + more, encoding="utf-8")
    discreet = folder / "discreet.toml"
    discreet.write_text(discreet.read_text(encoding="utf-8") + 'xx = ["naltre"]\n', encoding="utf-8")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "texts" / "xx" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_second_language_is_held_to_the_same_keys_and_values(folder: Path) -> None:
    add_language(folder)
    change(folder, "about.ftl", "privacy-copy =", "privacy-copied =")
    change(folder, "triage.ftl", "{ $value } h; taken", "h; taken")
    found = {(problem.key, problem.sentence) for problem in check_texts(load_content(folder))}
    assert found == {
        ("privacy-copy", 'it is missing in "xx"'),
        ("privacy-copied", "it does not exist in English"),
        ("reason-silent", "it does not use the same values as in English"),
    }


def test_a_text_the_data_needs_may_only_be_missing_with_leave_to_fall_back(folder: Path) -> None:
    add_language(folder)
    change(folder, "symptoms.ftl", "symptom-nausea =", "symptom-sick =")
    with pytest.raises(ContentError, match='"symptom-nausea" is missing in "xx"'):
        load_content(folder)
    assert load_content(folder, fall_back=True).texts.say("symptom-nausea", "xx") == "Feeling sick"


FOR_PATIENTS = "patients_only = true\n"


def leave_out_what_clinicians_read(folder: Path) -> None:
    for name in ("cases", "desk", "staff"):
        (folder / "texts" / "xx" / f"{name}.ftl").unlink()
    for path in (folder / "texts" / "xx").iterdir():
        kept: list[str] = []
        for entry in path.read_text(encoding="utf-8").split("\n"):
            is_theirs = entry.startswith(("reason-", "screened-", "followed-", "skipped-", "question-"))
            kept += [] if is_theirs and not entry.startswith(("question-waits", "question-released")) else [entry]
        path.write_text("\n".join(kept), encoding="utf-8")


def of_xx(found: list[Problem]) -> set[tuple[str, str]]:
    return {(one.key, one.sentence) for one in found if "xx" in one.sentence}


def test_a_language_for_patients_does_without_what_clinicians_read(folder: Path) -> None:
    add_language(folder, more=FOR_PATIENTS)
    leave_out_what_clinicians_read(folder)
    content = load_content(folder)
    assert of_xx(check_texts(content)) == set()
    reason = {"subject": "x", "value": 3}
    assert content.texts.say("reason-grade", "xx", reason) == content.texts.say("reason-grade", "en", reason)


def test_a_language_for_all_does_not(folder: Path) -> None:
    add_language(folder)
    leave_out_what_clinicians_read(folder)
    with pytest.raises(ContentError, match='"reason-grade" is missing in "xx"'):
        load_content(folder)


def test_a_language_for_patients_lacks_nothing_that_they_read(folder: Path) -> None:
    add_language(folder, more=FOR_PATIENTS)
    leave_out_what_clinicians_read(folder)
    change(folder, "crisis.ftl", "crisis-still-here =", "crisis-still-there =")
    assert of_xx(check_texts(load_content(folder))) == {("crisis-still-here", 'it is missing in "xx"')}
    change(folder, "advice.ftl", "advice-nausea =", "advice-sick =")
    with pytest.raises(ContentError, match='"advice-nausea" is missing in "xx"'):
        load_content(folder)


def test_a_language_for_patients_has_nothing_that_nobody_will_read(folder: Path) -> None:
    add_language(folder, more=FOR_PATIENTS)
    found = {problem.key for problem in check_texts(load_content(folder)) if "only clinicians" in problem.sentence}
    assert {"card-line", "reason-silent", "line-call-label", "menu-policy"} <= found
    assert not found & {"status-active", "graded-1", "question-waits", "line-call", "menu-today", "crisis-thoughts"}


def test_what_clinicians_read_in_english_is_english_throughout(folder: Path) -> None:
    add_language(folder, more=FOR_PATIENTS)
    leave_out_what_clinicians_read(folder)
    change(folder, "symptoms.ftl", "symptom-nausea = Feeling sick", "symptom-nausea = Illamående")
    texts = load_content(folder).texts
    said = texts.say("reason-grade", "xx", {"subject": Words("symptom-nausea"), "value": 3})
    assert said == "Feeling sick: grade 3 of 4"
    assert texts.say("symptom-nausea", "xx") == "Illamående"


COUNTED: dict[str, tuple[str, str, str]] = {
    "a form missing": ("ru", "[one] час\n   *[other] { $n } часов", "no form for: few, many"),
    "a form too many": ("en", "[one] hour\n    [few] hours\n   *[other] { $n } hours", "no such form: few"),
}


@pytest.mark.parametrize("counted", COUNTED.values(), ids=list(COUNTED))
def test_a_text_counts_as_its_language_does(counted: tuple[str, str, str], tmp_path: Path) -> None:
    locale, variants, sentence = counted
    (tmp_path / "all.ftl").write_text(f"hours = {{ $n ->\n    {variants}\n}}\n", encoding="utf-8")
    pattern = read_sheet(tmp_path, locale).entries["hours"].pattern
    assert pattern is not None
    assert sentence in (find_plural_fault(pattern, locale) or "")


GOOD = {
    "Russian forms": ("ru", "[one] час\n    [few] часа\n   *[many] часов"),
    "a number by name": ("ru", "[60] час\n   *[other] мин"),
    "no number at all": ("ru", "[yes] да\n   *[no] нет"),
}


@pytest.mark.parametrize("good", GOOD.values(), ids=list(GOOD))
def test_a_text_that_counts_well_is_let_be(good: tuple[str, str], tmp_path: Path) -> None:
    locale, variants = good
    (tmp_path / "all.ftl").write_text(f"hours = {{ $n ->\n    {variants}\n}}\n", encoding="utf-8")
    pattern = read_sheet(tmp_path, locale).entries["hours"].pattern
    assert pattern is not None
    assert find_plural_fault(pattern, locale) is None


def test_a_name_that_fits_no_text_is_a_mistake(spoil: Spoil) -> None:
    with pytest.raises(ContentError, match='no text is called "cases/no-such"'):
        load_content(spoil("clinicians.toml", '"cases/*",', '"cases/*", "cases/no-such",'))


def test_english_is_never_for_patients_only(spoil: Spoil) -> None:
    with pytest.raises(ContentError, match='"en" has all texts'):
        load_content(spoil("languages.toml", 'locale = "en_GB"', 'locale = "en_GB"\npatients_only = true'))


def test_of_each_language_only_is_kept_what_is_ever_said() -> None:
    for language in load_content().languages.values():
        known = localedata.load(language.locale)
        assert known.keys().isdisjoint(NEVER_SAID)
        assert {"months", "list_patterns", "territories"} <= known.keys()
