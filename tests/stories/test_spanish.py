"""A patient who speaks Spanish, from the invitation to a crisis; the clinicians read English all the while."""

from __future__ import annotations

import pytest

from clinic.ward import Ward
from storage.tables import Clinic
from tests.stories.house import CRISIS, EMERGENCY, House
from tests.stories.people import Patient, Said
from tests.stories.understudy import CERTAIN

JOINING = ("Español", *["Seguir leyendo"] * 4, "^Acepto", *["^No$"] * 8)
SAFE = ("Sí, estoy a salvo", "No", "No lo sé")


def speak_spanish(ward: Ward, clinic_id: int) -> None:
    """Let a clinic offer Spanish as well."""
    ward.work.session.get_one(Clinic, clinic_id).languages = ["en", "es"]
    ward.work.record("clinic-set", clinic_id=clinic_id)


@pytest.fixture
async def ana(house: House) -> Patient:
    """Someone whose phone speaks Spanish, invited by a clinic that does too."""
    await house.write(lambda ward: speak_spanish(ward, house.clinic_id))
    person = await house.person("Ana", language_code="es")
    return await house.invite_person(person, "alcohol-50")


async def join(ana: Patient, day: str) -> None:
    await ana.opens_the_link()
    await ana.taps(*JOINING, "Berlín", "09:00", "Discreto", day)
    ana.expect("Todo listo")
    ana.read()


def lines(said: Said) -> list[str]:
    return [line for line in said.text.splitlines() if line.strip()]


async def test_joining_in_spanish_speaks_it_from_the_first_word_to_the_first_day(house: House, ana: Patient) -> None:
    await ana.opens_the_link()
    assert ana.expect_only("^Hola. Su clínica")[0].labels == ("English", "Español")
    await ana.taps("Español")
    ana.expect_only("Idioma elegido: Español", "Qué hace Steady")
    await ana.taps(*["Seguir leyendo"] * 4)
    assert EMERGENCY in ana.expect("Qué no es Steady").text
    agreement = ana.expect("Antes de empezar.*Harbour Clinic")
    assert agreement.labels == ("Acepto", "No acepto")
    ana.read()
    await ana.taps("^Acepto")
    numbers = ana.expect("Ayuda ahora está siempre debajo").text
    assert EMERGENCY in numbers
    assert CRISIS in numbers
    assert "Ayuda ahora" in ana.keyboard
    for _ in house.content.screening:
        assert ana.last.labels == ("No", "Sí", "No lo sé")
        await ana.taps("^No$")
    ana.read()
    await ana.says("sevilla")
    ana.expect_only("Su reloj: Sevilla, donde la hora es ahora 08:00", "Guardado", "¿A qué hora le escribo")
    assert "Cómo me siento" in ana.keyboard
    await ana.taps("09:00")
    ana.expect_only("cada día a las 09:00", "¿Con cuánta claridad")
    await ana.taps("Discreto")
    ana.expect_only("discretos", "¿Qué día es su primer día")
    await ana.taps("Mañana")
    ana.expect_only("Su primer día: mar 2 mar", "Todo listo.*mar 2 mar a las 09:00")
    await house.until("09:00", days=1)
    ana.expect_only(r"^Hola. Es el momento de su pregunta diaria \(09:00\)")
    house.nothing_more()


async def test_a_dose_and_a_report_in_spanish_reach_the_clinic_in_english(house: House, ana: Patient) -> None:
    await join(ana, "Hoy")
    await house.until("09:00")
    asked = ana.expect("pregunta diaria")
    assert asked.labels == ("✓ Tomada", "Más tarde", "Hoy no")
    await ana.taps("Tomada")
    ana.expect("Anotado: tomada a las 09:00")
    assert (await house.states(ana))[0] == "taken"
    ana.read()
    await ana.presses("Cómo me siento")
    await ana.taps("Más …", "Vómitos", "Fuerte")
    ana.expect("Anotado: Vómitos – Fuerte")
    assert "retener" in ana.expect("En las últimas 24 horas").text
    await ana.taps("No, no retengo nada")
    told = ana.expect("Se ha avisado|comuníquese hoy con su clínica").text
    assert EMERGENCY in told
    assert house.clinicians.expect("Urgent").text.count(ana.code) == 1
    card = house.clinicians.everything[-1].text
    assert "Being sick" in card or "Fluids not kept" in card
    assert "Vómitos" not in card
    ana.read()
    house.clinicians.read()
    house.nothing_more()


async def test_words_of_dying_are_answered_in_spanish_with_the_number_first(house: House, ana: Patient) -> None:
    """By the real reader: whether it is certain or asks, the number stands before everything but a thank-you."""
    await join(ana, "Mañana")
    house.reader.is_real = True
    await ana.says("me quiero morir")
    first, second, *_ = [*lines(ana.last), ""]
    assert first.startswith(CRISIS) or second.startswith(EMERGENCY)
    assert "vivir" in ana.last.text or "¿Está a salvo" in ana.last.text
    await ana.says("sí")
    ana.expect("que alguien esté con usted ahora")
    house.clinicians.expect(f"EMERGENCY · case {ana.code}.*me quiero morir")
    ana.read()
    house.clinicians.read()
    house.nothing_more()


async def test_certain_words_of_dying_get_the_fixed_reply_in_spanish(house: House, ana: Patient) -> None:
    await join(ana, "Mañana")
    await ana.says(house.reader.learns("ya no quiero vivir", flags={"suicidal": CERTAIN}))
    answer = ana.expect_only("que alguien esté con usted ahora")[0]
    assert lines(answer)[1].startswith(EMERGENCY)
    assert lines(answer)[2].startswith(CRISIS)
    assert lines(answer)[-1] == "¿Está a salvo en este momento?"
    assert answer.labels == SAFE
    house.clinicians.expect(f"EMERGENCY · case {ana.code}.*Not wanting to live.*ya no quiero vivir|ya no quiero vivir")
    await ana.taps("^No$")
    ana.expect(f"^{EMERGENCY}: por favor, llame ahora")
    ana.read()
    house.clinicians.read()
    house.nothing_more()
