"""The reader takes any text, says what it heard and where, and says the same every time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from care.doses import SkipReason
from care.reading import DoseSaid, Reader, Strength
from care.reading.reader import BESIDE_OVERDOSE, LONGEST_READ, judged
from content.reader_files import load_reader

FLAGS = frozenset({Strength.CERTAIN, Strength.POSSIBLE})


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.mark.parametrize(
    ("language", "text", "flag"),
    [
        ("en", "I want to kill myself", "suicidal"),
        ("en", "i can't breathe", "emergency"),
        ("en", "my eyes have gone yellow", "liver"),
        ("en", "took the whole box of tablets", "overdose"),
        ("en", "I used heroin last night", "opioid_use"),
        ("en", "drank two bottles of wine yesterday", "alcohol_relapse"),
        ("en", "I've stopped taking the tablets", "dose_stop"),
        ("en", "I think I'm pregnant", "pregnancy"),
        ("ru", "не хочу жить", "suicidal"),
        ("ru", "не могу дышать", "emergency"),
        ("ru", "пожелтели глаза", "liver"),
        ("ru", "вчера выпил бутылку водки", "alcohol_relapse"),
        ("es", "quiero morirme", "suicidal"),
        ("es", "no puedo respirar", "emergency"),
        ("es", "tengo los ojos amarillos", "liver"),
        ("es", "anoche me tomé seis cervezas", "alcohol_relapse"),
    ],
)
def test_a_danger_said_outright_is_heard(reader: Reader, language: str, text: str, flag: str) -> None:
    assert flag in reader.read(text, language=language).flags


@pytest.mark.parametrize(
    ("language", "text", "flag"),
    [
        ("en", "I want to die", "suicidal"),
        ("en", "i'm going to kill myself", "suicidal"),
        ("en", "I can't breathe", "emergency"),
        ("en", "chest pain", "emergency"),
        ("en", "took 6 tablets", "overdose"),
        ("ru", "хочу умереть", "suicidal"),
        ("ru", "не могу дышать", "emergency"),
        ("ru", "выпил 6 таблеток", "overdose"),
        ("ru", "у меня передозировка", "overdose"),
        ("es", "me quiero morir", "suicidal"),
        ("es", "no puedo respirar", "emergency"),
        ("es", "me tomé seis pastillas", "overdose"),
    ],
)
def test_the_unmistakable_is_certain(reader: Reader, language: str, text: str, flag: str) -> None:
    for said in (text, text.upper(), f"{text}!!"):
        assert reader.read(said, language=language).flags[flag] is Strength.CERTAIN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "threw up twice, head's killing me, and honestly what's the point"),
        ("es", "vomité dos veces, la cabeza me mata y la verdad qué sentido tiene"),
        ("ru", "вырвало два раза, голова раскалывается, и вообще какой смысл"),
    ],
)
def test_despair_at_the_end_of_a_list_of_symptoms_is_asked_about(reader: Reader, language: str, text: str) -> None:
    reading = reader.read(text, language=language)
    assert reading.flags == {"suicidal": Strength.POSSIBLE}
    assert {heard.code for heard in reading.symptoms} == {"vomiting", "headache"}


def test_the_unmistakable_is_asked_about_where_something_else_is_said_with_it(reader: Reader) -> None:
    assert reader.read("me quiero matar, perdimos con River", language="es").flags.get("suicidal") != Strength.CERTAIN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "took 6 tablets this week"),
        ("en", "I took 5 of them since Monday"),
        ("ru", "принял 6 таблеток за неделю"),
        ("ru", "на этой неделе выпила 5 таблеток"),
        ("es", "tomé 6 pastillas esta semana"),
    ],
)
def test_tablets_of_several_days_are_never_certainly_too_many(reader: Reader, language: str, text: str) -> None:
    assert reader.read(text, language=language).flags.get("overdose") is not Strength.CERTAIN


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "took 6 tablets today"), ("ru", "выпил 6 таблеток сразу"), ("es", "me tomé 6 pastillas de golpe")],
)
def test_tablets_of_one_day_still_are(reader: Reader, language: str, text: str) -> None:
    assert reader.read(text, language=language).flags.get("overdose") is Strength.CERTAIN


@pytest.mark.parametrize(("overdose", "asked"), [(0.1, True), (-0.1, False)])
def test_beside_an_overdose_less_is_enough_to_ask_about_suicide(
    reader: Reader, overdose: float, *, asked: bool
) -> None:
    limits = reader.model.thresholds["en"]
    scores = {label: limit["possible"] - 1 for label, limit in limits.items()}
    scores["suicidal"] = limits["suicidal"]["possible"] - BESIDE_OVERDOSE / 2
    scores["overdose"] = limits["overdose"]["possible"] + overdose
    assert judged(scores, limits).flags.get("suicidal") == (Strength.POSSIBLE if asked else None)


@pytest.mark.parametrize("text", ["thanks", "ok 👍", "hello", "gracias", "спасибо", "", "😊"])
def test_small_talk_raises_nothing(reader: Reader, text: str) -> None:
    for language in ("en", "ru", "es"):
        assert not reader.read(text, language=language).flags


def test_thanks_needs_nobody(reader: Reader) -> None:
    reading = reader.read("thank you!", language="en")
    assert reading.trivial
    assert not reading.understood


def test_plain_talk_needs_nobody_but_a_question_does(reader: Reader) -> None:
    assert reader.read("vale, nos vemos el lunes", language="es").trivial
    reading = reader.read("¿nos vemos el lunes?", language="es")
    assert reading.understood or not reading.trivial


def test_what_cannot_be_classed_but_sounds_distressed_says_so(reader: Reader) -> None:
    reading = reader.read("please help me", language="en")
    assert reading.distressed or reading.flags
    assert not reading.trivial


@pytest.mark.parametrize(
    ("language", "text", "dose"),
    [
        ("en", "took it", DoseSaid.TAKEN),
        ("en", "forgot my tablet today", DoseSaid.NOT_TAKEN),
        ("en", "will take it later", DoseSaid.LATER),
        ("en", "my son took my tablet", DoseSaid.OTHER_TOOK),
        ("ru", "выпил таблетку", DoseSaid.TAKEN),
        ("ru", "забыл выпить таблетку", DoseSaid.NOT_TAKEN),
        ("es", "ya me la tomé", DoseSaid.TAKEN),
        ("es", "hoy no me la tomé", DoseSaid.NOT_TAKEN),
    ],
)
def test_the_dose_is_heard(reader: Reader, language: str, text: str, dose: DoseSaid) -> None:
    assert reader.read(text, language=language).dose is dose


def test_a_reason_comes_with_a_missed_dose_only(reader: Reader) -> None:
    assert reader.read("forgot my tablet today", language="en").reason is SkipReason.FORGOT
    assert reader.read("took it", language="en").reason is None


def test_a_symptom_is_shown_where_it_was_said(reader: Reader) -> None:
    text = "Morning all, threw up twice after breakfast"
    reading = reader.read(text, language="en")
    assert "vomiting" in {heard.code for heard in reading.symptoms}
    said = [text[span.start : span.end] for span in reading.spans if span.label == "vomiting"]
    assert any("threw" in words or "up" in words for words in said)


def test_the_language_it_is_written_in_counts(reader: Reader) -> None:
    reading = reader.read("не хочу жить", language="en")
    assert reading.language == "ru"
    assert "suicidal" in reading.flags


@pytest.mark.parametrize("text", ["我不想活了", "لا أستطيع التنفس", "θέλω να πεθάνω"])
def test_an_unknown_script_is_said_to_be_unknown(reader: Reader, text: str) -> None:
    assert not reader.read(text, language="en").known_language


def test_an_unknown_language_is_still_read_for_danger(reader: Reader) -> None:
    reading = reader.read("help, I want to kill myself", language="de")
    assert not reading.known_language
    assert "suicidal" in reading.flags


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800\udc00\ud800",
        "\u202e\u2066",
        "a" * 100_000,
        "no " * 33_000,
        "🤮" * 5000,
        "?" * 9000,
        "\n" * 999,
    ],
)
def test_no_text_is_too_much(reader: Reader, text: str) -> None:
    for language in ("en", "xx"):
        reading = reader.read(text, language=language)
        assert all(0 <= span.start <= span.end <= len(text) for span in reading.spans)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "ru", "es", "fr"]))
def test_any_text_is_read_and_always_the_same(reader: Reader, text: str, language: str) -> None:
    reading = reader.read(text, language=language)
    assert reading == reader.read(text, language=language)
    assert set(reading.flags.values()) <= FLAGS


def test_a_danger_in_the_middle_of_a_very_long_message_is_heard(reader: Reader) -> None:
    filler = "and then we went to the shop and bought some bread. " * 100
    assert "suicidal" in reader.read(f"{filler} I want to kill myself. {filler}", language="en").flags


TOLD = {
    "en": ("I felt a bit sick after the tablet yesterday and my head hurt, then I slept and it was better again. ",
           "I want to kill myself. "),
    "ru": ("Вчера после таблетки тошнило и болела голова, потом я поспал и стало лучше. ", "Я хочу умереть. "),
    "es": ("Ayer después de la pastilla tuve náuseas y me dolió la cabeza, luego dormí y me sentí mejor. ",
           "Me quiero morir. "),
}  # fmt: skip


@pytest.mark.parametrize("language", sorted(TOLD))
@pytest.mark.parametrize("at", [0, 300, 1500, 3690, 3995, 4060])
def test_a_danger_told_among_other_things_is_asked_about_wherever_it_stands(
    reader: Reader, language: str, at: int
) -> None:
    other, danger = TOLD[language]
    before = (other * 50)[:at]
    text = before[: before.rfind(" ") + 1] + danger + other * 5
    assert "suicidal" in reader.read(text, language=language).flags


def test_what_stands_where_a_very_long_message_is_cut_is_read_whole(reader: Reader) -> None:
    danger = "I want to kill myself. "
    missed = [
        at
        for at in range(LONGEST_READ - len(danger), LONGEST_READ + 1, 3)
        if "suicidal" not in reader.read("fine " * (at // 5) + danger + "fine " * 40, language="en").flags
    ]
    assert missed == []
