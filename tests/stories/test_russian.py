"""A patient who speaks Russian, in a clinic whose people read English."""

import json
import re

from clinic.ward import Ward
from storage.tables import Clinic
from tests.stories.house import CRISIS, EMERGENCY, House
from tests.stories.people import Patient

LATIN = re.compile(r"[A-Za-z]{3,}")
SAME_IN_RUSSIAN = {"Steady", "Telegram", "FDA", "Harbour", "Clinic", "English"}


async def invited(house: House) -> Patient:
    """Let the clinic speak Russian too, and invite somebody whose Telegram does."""

    def speak(ward: Ward) -> None:
        ward.work.session.get_one(Clinic, house.clinic_id).languages = ["en", "ru"]
        ward.work.record("clinic-set", clinic_id=house.clinic_id)

    await house.write(speak)
    return await house.invite_person(await house.person("Анна", language_code="ru"), "alcohol-50")


def all_russian(ann: Patient) -> None:
    """Fail if anything in the chat, buttons included, is in another language."""
    for said in ann.everything:
        for text in (said.text, *said.labels):
            words = set(LATIN.findall(re.sub(r"/\w+", "", text)))
            assert words <= SAME_IN_RUSSIAN, text


async def test_a_patient_joins_in_russian(house: House) -> None:
    ann = await invited(house)
    await ann.opens_the_link()
    assert ann.expect("На каком языке будем говорить").labels == ("English", "Русский")
    await ann.taps("Русский")
    ann.expect("Наш язык: Русский")
    await ann.taps(*["Читать дальше"] * 4)
    assert EMERGENCY in ann.expect("не скорая помощь").text
    agreement = ann.expect("Прежде чем начать.*Harbour Clinic")
    assert agreement.labels == ("Даю согласие", "Не даю согласия")
    await ann.taps("Даю согласие")
    assert ann.keyboard == ["Самочувствие", "Сегодня", "Нужна помощь"]
    assert ann.last.labels == ("Нет", "Да", "Не знаю")
    await ann.taps(*["Нет"] * 8)
    ann.read()
    assert "Отправить геопозицию" in ann.keyboard
    await ann.says("Берлин")
    ann.expect("Ваши часы: Берлин, там сейчас 08:00")
    await ann.says("в 9 утра")
    ann.expect("каждый день в 09:00")
    await ann.taps("Нейтрально")
    ann.expect("Какой день у вас первый")
    await ann.taps("Сегодня")
    ann.expect("Ваш первый день: пн, 1 марта")
    ann.expect("Всё готово. Первое сообщение: пн, 1 марта в 09:00")
    all_russian(ann)


async def test_a_dose_and_a_report_are_answered_in_russian(house: House) -> None:
    ann = await enrolled(house)
    await house.until("09:00")
    asked = ann.expect_only("^Здравствуйте. Сейчас 09:00, время для вашей ежедневной отметки")[0]
    assert asked.labels == ("✓ Принято", "Позже", "Не сегодня")
    await ann.taps("Принято")
    ann.expect("Записано: принято в 09:00")
    assert await house.states(ann) == ["taken"]

    await ann.presses("Самочувствие")
    await ann.taps("Тошнота", "^Сильно")
    ann.expect("Записано: Тошнота – Сильно")
    card = house.clinicians.expect(f"Urgent, today · case {ann.code}.*Feeling sick: grade 3 of 4")
    assert not re.search("[а-яё]", card.text, re.IGNORECASE), "the clinicians' half is one language"
    all_russian(ann)


async def test_words_of_not_wanting_to_live_get_the_number_first_in_russian(house: House) -> None:
    ann = await enrolled(house)
    house.reader.is_real = True
    await ann.says("я не хочу жить")
    answer = next(said for said in ann.new if CRISIS in said.text)
    lines = [line for line in answer.text.splitlines() if line.strip()]
    assert any(lines[at].startswith((EMERGENCY, CRISIS)) for at in (0, 1)), "first, or after one line of thanks"
    assert "безопасности" in lines[-1] or "не хочется жить" in lines[-1]
    assert set(answer.labels) >= {"Нет", "Не знаю"}
    page = house.clinicians.expect(f"EMERGENCY · case {ann.code}.*speaks of suicide.*я не хочу жить")
    assert not page.silent
    await ann.says("нет")
    ann.expect(f"^{EMERGENCY}: пожалуйста, позвоните сейчас")
    house.clinicians.read()
    all_russian(ann)


async def test_help_now_works_under_its_russian_name(house: House) -> None:
    ann = await enrolled(house)
    await ann.presses("Нужна помощь")
    answer = ann.expect("Хорошо, что вы нажали")
    assert answer.labels[:3] == ("Да, я в безопасности", "Нет", "Не знаю")
    assert [line for line in answer.text.splitlines() if line][1].startswith(EMERGENCY)
    house.clinicians.expect(f"EMERGENCY · case {ann.code}")
    await ann.taps("Не знаю")
    ann.expect(f"^{EMERGENCY}: если вы не знаете")
    house.clinicians.read()
    all_russian(ann)


async def test_what_can_be_looked_at_is_russian_throughout(house: House) -> None:
    ann = await enrolled(house)
    for command in ("/today", "/progress", "/course", "/settings", "/privacy", "/help", "/pause", "/stop", "/cases"):
        await ann.says(command)
    ann.expect("Сейчас курс идёт")
    ann.expect("Ваши часы: Берлин")
    ann.expect("Возможна и пауза")
    all_russian(ann)
    house.clinicians.read()


async def test_a_setting_changes_the_language(house: House) -> None:
    ann = await enrolled(house)
    await ann.says("/settings")
    await ann.taps("Язык", "English")
    ann.expect("We will speak English")
    assert "Help now" in ann.keyboard
    await ann.says("/today")
    ann.expect("planned for 09:00|Nothing is planned")


async def test_menus_are_offered_in_russian_to_patients_only(house: House) -> None:
    offered = {
        (scope["type"], language): {one["command"]: one["description"] for one in commands}
        for (scope, language), commands in ((json.loads(key), menu) for key, menu in house.world.bot.commands.items())
    }
    assert offered["all_private_chats", "ru"]["today"] == "Сегодня"
    assert offered["all_private_chats", ""]["today"] == "Today"
    assert "cases" in offered["all_group_chats", ""]
    assert ("all_group_chats", "ru") not in offered


async def enrolled(house: House) -> Patient:
    """Let somebody join in Russian by real presses."""
    ann = await invited(house)
    await ann.opens_the_link()
    await ann.taps("Русский", *["Читать дальше"] * 4, "Даю согласие", *["Нет"] * 8)
    await ann.taps("Берлин", "09:00", "Нейтрально", "Сегодня")
    ann.expect("Всё готово")
    ann.read()
    return ann


async def test_what_is_not_there_is_answered_in_russian(house: House) -> None:
    ann = await enrolled(house)
    await ann.says(house.reader.learns("голова не болит, вообще ничего", negated=("headache", "any")))
    ann.expect_only("Сейчас этого нет: Головная боль и какие-либо побочные действия")
    house.clinicians.nothing_more()
