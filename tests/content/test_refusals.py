"""Every mistake in the data is refused, with its file, its line, its key and a plain sentence."""

import re
from pathlib import Path

import pytest

from content.loader import load_content
from content.problems import ContentError, Problem
from tests.content.conftest import Spoil

ALCOHOL, OPIOID, LOW = (f"regimens/{name}.toml" for name in ("alcohol-50", "opioid-50", "low-dose"))
RULES = "triage.toml"

# name: file, what is replaced, by what, key, sentence. "@" in the replacement marks the line that must be named.
MISTAKES: dict[str, tuple[str, str, str, str, str]] = {
    "not TOML": (ALCOHOL, "weeks = 12", "@weeks = = 12", "", "not valid TOML"),
    "unknown key": (ALCOHOL, "weeks = 12", "weeks = 12\n@week = 12", "week", "nobody knows this key"),
    "unknown inner key": (OPIOID, "{ amount_mg = 25 },", "@{ amount_mg = 25, aftr = 1 },", "phases[1].parts[1].aftr", "nobody knows"),
    "missing key": (ALCOHOL, "weeks = 12\n", "", "weeks", "this key is missing"),
    "missing inner key": (LOW, "hold_at_grade = 2\n", "", "steps[1].hold_at_grade", "this key is missing"),
    "missing table": (ALCOHOL, "[missed]", "[mist]", "missed", "this key is missing"),
    "text for number": (ALCOHOL, "weeks = 12", '@weeks = "12"', "weeks", "should be a whole number"),
    "number for text": (ALCOHOL, 'version = "2026-11-1"', "@version = 2026", "version", "should be a text"),
    "fraction for whole": (ALCOHOL, "run = 2", "@run = 2.5", "missed.run", "should be a whole number"),
    "number for yes": (ALCOHOL, "unknown_counts = false", "@unknown_counts = 0", "missed.unknown_counts", "true or false"),
    "text for list": (ALCOHOL, 'usual = ["90 min"]', '@usual = "90 min"', "reminders.usual", "should be a list"),
    "number in list": (ALCOHOL, 'usual = ["90 min"]', "@usual = [90]", "reminders.usual[1]", "should be a text"),
    "number for time": (ALCOHOL, "waking_from = 07:00:00", "@waking_from = 7", "reminders.waking_from", "time of day"),
    "yes for amount": (ALCOHOL, "{ amount_mg = 50 }]\n\n[rem", "{ amount_mg = true }]\n\n[rem", "phases[1].parts[1].amount_mg", "should be a number"),
    "nothing to take": (LOW, "amount_mg = 1.5", "amount_mg = 0", "phases[1].parts[1].amount_mg", "not above zero"),
    "endless amount": (LOW, "amount_mg = 1.5", "amount_mg = nan", "phases[1].parts[1].amount_mg", "not above zero"),
    "bad duration": (ALCOHOL, '"30 min", "2 h"]', '"half an hour", "2 h"]', "reminders.dense[1]", "not a duration"),
    "duration without space": (OPIOID, '"75 min"', '"75min"', "induction.no_reply_after", "not a duration"),
    "out of range": (ALCOHOL, "in_seven_days = 3", "@in_seven_days = 8", "missed.in_seven_days", "not between 1 and 7"),
    "empty text": (ALCOHOL, 'version = "2026-11-1"', '@version = " "', "version", "the text is empty"),
    "name not the file's": (ALCOHOL, 'name = "alcohol-50"', '@name = "alcohol"', "name", "not one of: alcohol-50"),
    "unknown kind": (ALCOHOL, 'kind = "alcohol"', '@kind = "tobacco"', "kind", "not one of"),
    "unknown weekday": (ALCOHOL, "to_day = 84\nparts", 'to_day = 84\n@weekdays = ["Mon", "Moon"]\nparts', "phases[1].weekdays[2]", '"Moon" is not'),
    "no weekday": (ALCOHOL, "to_day = 84\nparts", "to_day = 84\n@weekdays = []\nparts", "phases[1].weekdays", "without any weekday"),
    "gap between phases": (OPIOID, "from_day = 2\nto_day = 84", "from_day = 3\nto_day = 84", "phases", "nothing is said about day 2"),
    "overlap of phases": (OPIOID, "from_day = 2\nto_day = 84", "from_day = 1\nto_day = 84", "phases[2]", "same days as an earlier phase"),
    "days beyond the weeks": (ALCOHOL, "to_day = 84\nparts", "to_day = 85\nparts", "phases[1]", "beyond the 12 weeks"),
    "phase backwards": (OPIOID, "from_day = 2\nto_day = 84", "from_day = 84\nto_day = 2", "phases[2]", "before it begins"),
    "phase without parts": (ALCOHOL, "parts = [{ amount_mg = 50 }]\n\n[rem", "parts = []\n\n[rem", "phases[1].parts", "at least one part"),
    "second part at once": (OPIOID, 'after = "60 min", ', "", "phases[1]", "how long it waits"),
    "first part waits": (OPIOID, "{ amount_mg = 25 },", '{ amount_mg = 25, after = "5 min" },', "phases[1]", "neither wait nor ask"),
    "unknown question": (OPIOID, 'ask = "withdrawal"', 'ask = "weather"', "phases[1].parts[2].ask", "not one of: withdrawal"),
    "question without a plan": (OPIOID, '[induction]\nday = 1', '[duction]\nday = 1', "phases", 'needs "induction"'),
    "induction on another day": (OPIOID, "[induction]\nday = 1", "[induction]\n@day = 2", "induction.day", "exactly one phase"),
    "induction rings early": (OPIOID, '"75 min"', '"45 min"', "induction.no_reply_after", "before the observation is over"),
    "step not rising": (LOW, "amount_mg = 4.5", "amount_mg = 3", "steps[2]", "higher than what was before"),
    "step not later": (LOW, "day = 29", "day = 15", "steps[2]", "comes later"),
    "step beyond the end": (LOW, "day = 29", "day = 99", "steps[2]", "beyond the 12 weeks"),
    "three nudges": (ALCOHOL, '["90 min"]', '["30 min", "60 min", "90 min"]', "reminders.usual", "at most 2 nudges"),
    "no waking hours": (ALCOHOL, "waking_to = 22:00:00", "@waking_to = 06:00:00", "reminders.waking_to", "end before they begin"),
    "nothing to snooze for": (ALCOHOL, 'snoozes = ["15 min", "30 min", "1 h", "2 h"]', "@snoozes = []", "reminders.snoozes", "nothing to snooze"),
    "snoozes fall": (ALCOHOL, '"1 h", "2 h"', '"2 h", "1 h"', "reminders.snoozes", "must rise"),
    "same snooze twice": (ALCOHOL, '"1 h", "2 h"', '"1 h", "1 h"', "reminders.snoozes[4]", "here twice"),
    "gap between stages": (ALCOHOL, "from_day = 15", "from_day = 16", "check_ins.stages", "nothing is said about day 15"),
    "overlap of stages": (ALCOHOL, "from_day = 15", "from_day = 14", "check_ins.stages[2]", "overlaps"),
    "long run not longer": (ALCOHOL, "long_run = 3", "@long_run = 2", "missed.long_run", "more than run"),
    "share above one": (ALCOHOL, "0.80", "80", "missed.share_below", "at most 1"),
    "silent within a day": (ALCOHOL, '"72 h"', '"12 h"', "missed.silent_after", "less than a day"),
    "follow-up falls": (OPIOID, "[1, 3, 7, 14]", "[1, 7, 3, 14]", "follow_up.days", "must rise"),
    "follow-up after its end": (ALCOHOL, "months = [1, 2, 3, 6]", "@months = [1, 2, 3, 9]", "follow_up.months", "after follow-up has closed"),
    "regimen without sources": (LOW, "sources = [", "sources = []\nsauces = [", "sources", "where it comes from"),
    "symptom twice": ("symptoms.toml", 'id = "anxiety"', 'id = "insomnia"', "symptoms[2]", "here twice"),
    "symptom without words": ("symptoms.toml", 'id = "nausea"', 'id = "hiccups"', "symptoms[3]", 'text "symptom-hiccups" is missing in "en"'),
    "symptom without source": ("symptoms.toml", 'source = "UK leaflet, emc 3559 (>= 1 in 10); US label (SIDER 4.1): 3 %"\n', "", "symptoms[1].source", "missing"),
    "choice raises an unknown flag": ("symptoms.toml", 'flag = "suicidal-intent"', 'flag = "sadness"', "symptoms[2].question.choices[3]", 'no red flag "sadness"'),
    "question with one choice": ("symptoms.toml", '    { label = "swelling-no" },\n', "", "symptoms[10].question", "at least two choices"),
    "choice without words": ("symptoms.toml", '"fainted-no"', '"fainted-never"', "symptoms[7]", '"fainted-never" is missing'),
    "red flag twice": ("red_flags.toml", 'id = "breathing"', 'id = "opioid-overdose"', "red_flags[2]", "here twice"),
    "red flag without a level": ("red_flags.toml", 'id = "seizure"', 'id = "yawning"', "rules", '"yawning" a level'),
    "question twice": ("screening.toml", 'id = "liver"', 'id = "allergy"', "questions[5]", "here twice"),
    "reason left out": ("answers.toml", '"travelling", ', "", "skipped", "must be all reasons"),
    "rule twice": (RULES, 'id = "flag-breathing"', 'id = "flag-opioid-overdose"', "rules[4]", "here twice"),
    "unknown fact": (RULES, 'fact = "help-now"', '@fact = "help-later"', "rules[2].fact", '"help-later" is not one of'),
    "unknown level": (RULES, 'level = "emergency"', '@level = "panic"', "rules[1].level", '"panic" is not one of'),
    "unknown subject": (RULES, '["chest-pain"]', '["chess-pain"]', "rules[6].subjects[1]", '"chess-pain" is nothing'),
    "subject where there is none": (RULES, 'fact = "free-text"\n', 'fact = "free-text"\n@subjects = ["x"]\n', ".subjects", "has no subject"),
    "value where there is none": (RULES, 'fact = "free-text"\n', 'fact = "free-text"\n@at_least = 3\n', ".at_least", "has no value"),
    "unknown kind in a rule": (RULES, 'kinds = ["opioid"]', '@kinds = ["opium"]', ".kinds[1]", '"opium" is not one of'),
    "reason without words": (RULES, '"reason-worse"', '"reason-worst"', "rules", '"reason-worst" is missing'),
    "answer without words": (RULES, '"answer-lung"', '"answer-lungs"', "rules", '"answer-lungs" is missing'),
    "reason that needs more": (RULES, 'reason = "reason-help-now"', 'reason = "reason-worse"', "rules[2]", "asks for subject, which nobody gives"),
    "answer that needs more": (RULES, '"answer-lung"', '"course-end-thanks"', "rules", "asks for weeks, which nobody gives"),
    "no words for discretion": ("discreet.toml", "en = [", "en = []\nde = [", "words.en", "nothing would be forbidden"),
    "unknown locale": ("languages.toml", '"en_GB"', '"en_XY_zz"', "languages[1].locale", "nobody knows the locale"),
    "no English": ("languages.toml", 'code = "en"', 'code = "xx"', "", '"en" is missing'),
    "consent without words": ("edition.toml", '"2026-11"', '"2027-01"', "", '"consent-2027-01" is missing'),
    "text twice": ("texts/en/flags.ftl", "flag-seizure =", "flag-seizure = A fit\n@flag-seizure =", "flag-seizure", "already in texts/en/flags.ftl"),
    "text not Fluent": ("texts/en/flags.ftl", "liver-none =", "@liver-none {", "", "cannot be read"),
    "text quotes nothing": ("texts/en/course.ftl", "skip-forgot = I", "@skip-forgot = { nothing-here } I", "skip-forgot", "quotes the text"),
    "text with attributes": ("texts/en/course.ftl", "skip-forgot = I forgot", "skip-forgot = I\n    .hint = x", "skip-forgot", "no attributes"),
}


def spoil_and_load(spoil: Spoil, file: str, old: str, new: str) -> tuple[list[Problem], int | None]:
    marked = new.find("@")
    folder = spoil(file, old, new.replace("@", "", 1))
    text = (folder / file).read_text(encoding="utf-8")
    clean = new.replace("@", "", 1)
    line = text.count("\n", 0, text.index(clean) + marked) + 1 if marked >= 0 else None
    with pytest.raises(ContentError) as caught:
        load_content(folder)
    return list(caught.value.problems), line


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_refused_where_it_was_made(spoil: Spoil, mistake: tuple[str, str, str, str, str]) -> None:
    file, old, new, key, sentence = mistake
    problems, line = spoil_and_load(spoil, file, old, new)
    told = [found for found in problems if sentence in found.sentence and key in found.key]
    assert told, "\n".join(map(str, problems))
    assert line is None or line in {found.line for found in told}


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
