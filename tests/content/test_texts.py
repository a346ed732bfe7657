"""Texts are strict, escaped and shown as people of the language write."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from content.fluent_files import Sheet, read_sheet
from content.languages import Language
from content.texts import MissingText, Texts
from content.values import Value, Words, decode, encode

ENGLISH = Language("en", "English", "en_GB", "EEE d MMM", "HH:mm")
POLISH = Language("pl", "Polski", "pl", "EEE d MMM", "HH:mm")

EN = """
-name = Steady
hello = Hello from { -name }
greet = Hello, <b>{ $who }</b>
days = { $count ->
    [one] one day
   *[other] { $count } days
}
quote = It says: { greet }
only-english = Only here
deep = Deep: { quote }
round = Round { about }
about = about { round }
"""
PL = """
hello = Cześć
greet = Cześć, <b>{ $who }</b>
days = { $count ->
    [one] { $count } dzień
    [few] { $count } dni
   *[many] { $count } dni
}
"""


def sheet(folder: Path, code: str, text: str) -> Sheet:
    (folder / code).mkdir()
    (folder / code / "all.ftl").write_text(text, encoding="utf-8")
    read = read_sheet(folder / code, code)
    assert read.problems == []
    return read


@pytest.fixture
def texts(tmp_path: Path) -> Texts:
    return Texts({"en": ENGLISH, "pl": POLISH}, [sheet(tmp_path, "en", EN), sheet(tmp_path, "pl", PL)])


@pytest.fixture
def lenient(tmp_path: Path) -> Texts:
    sheets = [sheet(tmp_path, "en", EN), sheet(tmp_path, "pl", PL)]
    return Texts({"en": ENGLISH, "pl": POLISH}, sheets, fall_back=True)


def test_a_text_is_said_in_its_language(texts: Texts) -> None:
    assert texts.say("hello", "en") == "Hello from Steady"
    assert texts.say("hello", "pl") == "Cześć"


REFUSED: dict[str, tuple[str, str, dict[str, Value], str]] = {
    "unknown text": ("helo", "en", {}, 'no text "helo"'),
    "term said by itself": ("-name", "en", {}, "no text"),
    "unknown language": ("hello", "de", {}, 'no language "de"'),
    "text the language does not have": ("only-english", "pl", {}, 'no text "only-english" in "pl"'),
    "value missing": ("greet", "en", {}, "misses who"),
    "value not used": ("hello", "en", {"who": "Ann"}, "does not use who"),
    "value misspelt": ("greet", "en", {"whom": "Ann"}, "misses who and does not use whom"),
    "value of a quoted text missing": ("quote", "en", {}, "misses who"),
    "nested text missing": ("greet", "en", {"who": Words("nobody")}, 'no text "nobody"'),
    "nested value missing": ("greet", "en", {"who": Words("greet")}, "misses who"),
}


@pytest.mark.parametrize(("key", "language", "values", "sentence"), REFUSED.values(), ids=list(REFUSED))
def test_a_text_that_cannot_be_said_is_refused(
    texts: Texts, key: str, language: str, values: dict[str, Value], sentence: str
) -> None:
    with pytest.raises(MissingText, match=sentence):
        texts.say(key, language, values)


def test_a_text_that_is_said_first_brings_what_it_quotes(texts: Texts) -> None:
    assert texts.say("deep", "en", {"who": "Ann"}) == "Deep: It says: Hello, <b>Ann</b>"
    assert texts.say("greet", "en", {"who": "Ann"}) == "Hello, <b>Ann</b>"


def test_texts_that_quote_each_other_are_refused_and_not_looked_up_for_ever(texts: Texts) -> None:
    with pytest.raises(MissingText, match="cannot be said"):
        texts.say("round", "en")


def test_a_text_is_kept_as_it_is_written_without_the_comment_above_it(tmp_path: Path) -> None:
    kept = sheet(tmp_path, "en", "# For the door.\n-name = Steady\n\n# A greeting.\nhello =\n    From\n    { -name }\n")
    assert {key: entry.source for key, entry in kept.entries.items()} == {
        "-name": "-name = Steady",
        "hello": "hello =\n    From\n    { -name }",
    }


@pytest.mark.parametrize("n", range(3))
def test_many_may_say_the_same_text_for_the_first_time(texts: Texts, n: int) -> None:
    with ThreadPoolExecutor(8) as threads:
        said = threads.map(lambda _: texts.say("deep", "en", {"who": str(n)}), range(64))
    assert set(said) == {f"Deep: It says: Hello, <b>{n}</b>"}


def test_a_missing_text_falls_back_on_english_only_when_allowed(lenient: Texts) -> None:
    assert lenient.say("only-english", "pl") == "Only here"
    with pytest.raises(MissingText):
        lenient.say("only-english", "de")
    with pytest.raises(MissingText):
        lenient.say("helo", "pl")


SHOWN: dict[str, tuple[Value, str]] = {
    "words": ("Ann", "Ann"),
    "markup": ("<b>&</b>", "&lt;b&gt;&amp;&lt;/b&gt;"),
    "number": (12, "12"),
    "amount": (Decimal("4.5"), "4.5"),
    "date": (date(2026, 11, 3), "Tue 3 Nov"),
    "time": (time(8, 30), "08:30"),
    "moment": (datetime(2026, 11, 3, 8, 30), "Tue 3 Nov, 08:30"),  # noqa: DTZ001 - local on purpose
    "aware moment": (datetime(2026, 11, 3, 8, 30, tzinfo=UTC), "Tue 3 Nov, 08:30"),
    "text in a text": (Words("days", {"count": 3}), "3 days"),
    "list": (["tea", "toast", "<jam>"], "tea, toast and &lt;jam&gt;"),
    "list of texts": ((Words("days", {"count": 1}), Words("days", {"count": 2})), "one day and 2 days"),
    "one-item list": (["tea"], "tea"),
}


@pytest.mark.parametrize(("value", "shown"), SHOWN.values(), ids=list(SHOWN))
def test_a_value_is_shown_as_people_write_it(texts: Texts, value: Value, shown: str) -> None:
    assert texts.say("greet", "en", {"who": value}) == f"Hello, <b>{shown}</b>"


@pytest.mark.parametrize(("value", "shown"), SHOWN.values(), ids=list(SHOWN))
def test_a_stored_value_is_shown_as_before(texts: Texts, value: Value, shown: str) -> None:
    assert texts.say("greet", "en", decode(encode({"who": value}))) == f"Hello, <b>{shown}</b>"


@pytest.mark.parametrize(("count", "shown"), [(1, "1 dzień"), (3, "3 dni"), (5, "5 dni"), (22, "22 dni")])
def test_plurals_follow_the_language(texts: Texts, count: int, shown: str) -> None:
    assert texts.say("days", "pl", {"count": count}) == shown


def test_dates_follow_the_language(texts: Texts) -> None:
    assert texts.say("greet", "pl", {"who": date(2026, 11, 3)}) == "Cześć, <b>wt. 3 lis</b>"


def test_a_plain_text_has_no_markup_and_shows_what_was_typed(texts: Texts) -> None:
    assert texts.plain("greet", "en", {"who": "<Ann & Bo>"}) == "Hello, <Ann & Bo>"


def test_no_invisible_marks_surround_a_value(texts: Texts) -> None:
    assert "\u2068" not in texts.say("greet", "en", {"who": "Ann"})


@pytest.mark.parametrize("value", [True, None, 1.5, b"x", {"a": 1}, object()])
def test_a_value_of_another_kind_is_refused(texts: Texts, value: object) -> None:
    with pytest.raises(TypeError):
        texts.say("greet", "en", {"who": value})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        encode({"who": value})  # type: ignore[dict-item]


def test_only_the_values_that_fit_are_handed_on(texts: Texts) -> None:
    assert texts.variables("quote") == {"who"}
    assert texts.fitting("quote", {"who": "Ann", "count": 3}) == {"who": "Ann"}


@pytest.mark.parametrize(
    "stored",
    [None, True, 1.5, {}, {"decimal": "x"}, {"decimal": 1}, {"date": "soon"}, {"words": "a"},
     {"words": "a", "values": {}, "more": 1}, {"date": "2026-11-03", "time": "08:00"}, [None]],
)  # fmt: skip
def test_what_was_never_stored_is_not_read(stored: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode({"who": stored})
