"""Every mistake in the catalogues, the rules and the texts is refused, and all of them are told at once."""

import re
from pathlib import Path

import pytest

from content.loader import load_content
from content.problems import ContentError
from tests.content.conftest import Mistake, Spoil, find_mistake, spoil_and_load

ALCOHOL, OPIOID, LOW = (f"regimens/{name}.toml" for name in ("alcohol-50", "opioid-50", "low-dose"))
RULES, CITIES = "triage.toml", "cities.toml"

# "@" in a replacement marks the line to be named.
MISTAKES: dict[str, Mistake] = {
    "symptom twice": ("symptoms.toml", 'id = "anxiety"', 'id = "insomnia"', "symptoms[2]", "here twice"),
    "symptom without words": (
        "symptoms.toml",
        'id = "nausea"',
        'id = "hiccups"',
        "symptoms[3]",
        'text "symptom-hiccups" is missing in "en"',
    ),
    "symptom without source": (
        "symptoms.toml",
        'source = "UK leaflet, emc 3559 (>= 1 in 10); US label (SIDER 4.1): 3 %"\n',
        "",
        "symptoms[1].source",
        "missing",
    ),
    "choice raises an unknown flag": (
        "symptoms.toml",
        'flag = "suicidal-intent"',
        'flag = "sadness"',
        "symptoms[2].question.choices[3]",
        'no red flag "sadness"',
    ),
    "question with one choice": (
        "symptoms.toml",
        '    { label = "swelling-no" },\n',
        "",
        "symptoms[10].question",
        "at least two choices",
    ),
    "choice without words": (
        "symptoms.toml",
        '"fainted-no"',
        '"fainted-never"',
        "symptoms[7]",
        '"fainted-never" is missing',
    ),
    "red flag twice": (
        "red_flags.toml",
        'id = "breathing"',
        'id = "opioid-overdose"',
        "red_flags[2]",
        "here twice",
    ),
    "red flag without a level": (
        "red_flags.toml",
        'id = "seizure"',
        'id = "yawning"',
        "rules",
        '"yawning" a level',
    ),
    "question twice": ("screening.toml", 'id = "liver"', 'id = "allergy"', "questions[5]", "here twice"),
    "reason left out": ("answers.toml", '"travelling", ', "", "skipped", "must be all reasons"),
    "rule twice": (RULES, 'id = "flag-breathing"', 'id = "flag-opioid-overdose"', "rules[4]", "here twice"),
    "unknown fact": (
        RULES,
        'fact = "help-now"',
        '@fact = "help-later"',
        "rules[2].fact",
        '"help-later" is not one of',
    ),
    "unknown level": (
        RULES,
        'level = "emergency"',
        '@level = "panic"',
        "rules[1].level",
        '"panic" is not one of',
    ),
    "unknown subject": (
        RULES,
        '["chest-pain"]',
        '["chess-pain"]',
        "rules[6].subjects[1]",
        '"chess-pain" is nothing',
    ),
    "subject where there is none": (
        RULES,
        'fact = "free-text"\n',
        'fact = "free-text"\n@subjects = ["x"]\n',
        ".subjects",
        "has no subject",
    ),
    "value where there is none": (
        RULES,
        'fact = "free-text"\n',
        'fact = "free-text"\n@at_least = 3\n',
        ".at_least",
        "has no value",
    ),
    "unknown kind in a rule": (
        RULES,
        'kinds = ["opioid"]',
        '@kinds = ["opium"]',
        ".kinds[1]",
        '"opium" is not one of',
    ),
    "reason without words": (RULES, '"reason-worse"', '"reason-worst"', "rules", '"reason-worst" is missing'),
    "answer without words": (RULES, '"answer-lung"', '"answer-lungs"', "rules", '"answer-lungs" is missing'),
    "reason that needs more": (
        RULES,
        'reason = "reason-help-now"',
        'reason = "reason-worse"',
        "rules[2]",
        "asks for subject, which nobody gives",
    ),
    "answer that needs more": (
        RULES,
        '"answer-lung"',
        '"course-end-thanks"',
        "rules",
        "asks for weeks, which nobody gives",
    ),
    "no words for discretion": (
        "discreet.toml",
        "en = [",
        "en = []\nde = [",
        "words.en",
        "nothing would be forbidden",
    ),
    "unknown locale": (
        "languages.toml",
        '"en_GB"',
        '"en_XY_zz"',
        "languages[1].locale",
        "nobody knows the locale",
    ),
    "city in no zone": (
        CITIES,
        '"Asia/Omsk" =',
        '@"Asia/Calcutta" =',
        "cities.Asia/Calcutta",
        "there is no such time zone",
    ),
    "city twice in a zone": (
        CITIES,
        '    "Leipzig|',
        '    "Leipzig",\n@    "Leipzig|',
        "cities.Europe/Berlin[",
        '"Leipzig" is here twice, first in Europe/Berlin',
    ),
    "city in two zones of a country": (
        CITIES,
        '"America/Juneau" = [',
        '@"America/Juneau" = ["Boston", ',
        "cities.America/Juneau[1]",
        '"Boston" is here twice, first in America/New_York',
    ),
    "city without a name": (CITIES, '    "Leipzig|', '@    "|Leipzig|', "cities.Europe/Berlin[", "a name is empty"),
    "city in mixed letters": (
        CITIES,
        '    "Leipzig|',
        '@    "\u041beipzig|',
        "cities.Europe/Berlin[",
        "mixes two alphabets",
    ),
    "cities not listed": (CITIES, '"Asia/Omsk" = [', '@"Asia/Omsk" = "x" #', "cities.Asia/Omsk", "should be a list"),
    "region in no zone": (
        CITIES,
        '["America/Anchorage", ',
        '["America/Anchorag", ',
        "regions.Alaska|",
        'no time zone "America/Anchorag"',
    ),
    "region twice": (
        CITIES,
        '"Alabama|',
        '"Vermont" = ["America/New_York"]\n"Alabama|',
        "regions.Vermont|",
        'the region "vermont" is here twice',
    ),
    "no English": ("languages.toml", 'code = "en"', 'code = "xx"', "", '"en" is missing'),
    "consent without words": ("edition.toml", '"2026-11-2"', '"2027-01"', "", '"consent-2027-01" is missing'),
    "text twice": (
        "texts/en/flags.ftl",
        "flag-seizure =",
        "flag-seizure = A fit\n@flag-seizure =",
        "flag-seizure",
        "already in texts/en/flags.ftl",
    ),
    "text not Fluent": ("texts/en/flags.ftl", "liver-none =", "@liver-none {", "", "cannot be read"),
    "text quotes nothing": (
        "texts/en/course.ftl",
        "skip-forgot = I",
        "@skip-forgot = { nothing-here } I",
        "skip-forgot",
        "quotes the text",
    ),
    "text with attributes": (
        "texts/en/course.ftl",
        "skip-forgot = I forgot",
        "skip-forgot = I\n    .hint = x",
        "skip-forgot",
        "no attributes",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_refused_where_it_was_made(spoil: Spoil, mistake: Mistake) -> None:
    assert find_mistake(spoil, mistake)


def test_all_mistakes_are_told_at_once(spoil: Spoil) -> None:
    spoil(ALCOHOL, "weeks = 12", "weeks = 0")
    spoil(LOW, "amount_mg = 4.5", "amount_mg = 1")
    spoil(RULES, 'fact = "help-now"', 'fact = "help"')
    folder = spoil("texts/en/course.ftl", "skip-forgot =", "skip-forgotten =")
    with pytest.raises(ContentError) as caught:
        load_content(folder)
    files = {problem.file for problem in caught.value.problems}
    assert files >= {ALCOHOL, LOW, RULES, "answers.toml"}
    assert str(caught.value).startswith(f"The content has {len(caught.value.problems)} problems:")


def test_a_wrong_value_does_not_drag_others_along(spoil: Spoil) -> None:
    problems, _ = spoil_and_load(spoil, OPIOID, "{ amount_mg = 25 },", "{ amount_mg = false },")
    assert [problem.key for problem in problems] == ["phases[1].parts[1].amount_mg"]


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "screening.toml").unlink()
    with pytest.raises(ContentError, match=r"screening\.toml:1: the file is missing"):
        load_content(folder)


def test_a_folder_without_regimens_is_refused(folder: Path) -> None:
    for path in (folder / "regimens").iterdir():
        path.unlink()
    with pytest.raises(ContentError, match="there is no regimen at all"):
        load_content(folder)


def test_a_problem_reads_as_a_sentence(spoil: Spoil) -> None:
    problems, _ = spoil_and_load(spoil, ALCOHOL, '"30 min", "2 h"]', '"30", "2 h"]')
    shape = r'regimens/alcohol-50\.toml:\d+: reminders\.dense\[1\]: "30" is not a duration; write "30 min", .*'
    assert [str(problem) for problem in problems if re.fullmatch(shape, str(problem))]
