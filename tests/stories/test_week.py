"""The week's numbers of a clinic, and the one command that patients and clinicians share."""

from __future__ import annotations

from tests.stories.house import House
from tests.stories.test_cases import urgent


async def test_the_week_counts_what_happened(house: House) -> None:
    ann, _ = await urgent(house, "Ann")
    await house.forward(minutes=30)
    await house.lee.taps("Acknowledge", chat=house.clinicians)
    await house.forward(minutes=30)
    await house.lee.taps("Reached, safe", chat=house.clinicians)
    kim = await house.joined("Kim")
    await kim.presses("Help now")
    await house.forward(minutes=25)
    await house.grey.taps("Acknowledge", chat=house.clinicians)
    await ann.taps("Taken")
    house.lee.read()
    await house.lee.says("/report")
    shown = house.lee.expect_only("Harbour Clinic, Tue 23 Feb to Mon 1 Mar")[0]
    for words in (
        "Patients: 2 (2 patient-days)",
        "Doses: taken 1 of 1",
        "Alerts: 2, 700 per 100 patient-weeks",
        "Cases opened or raised: 2, closed: 1",
        "Acknowledged in time: 50 % (1 of 2",
        "Median time to acknowledge: 27 min",
        "Median time to outcome: 1 h",
        "Pages in private: ",
    ):
        assert words in shown.text, (words, shown.text)
    assert shown.labels == ("‹ Week before",)
    await house.lee.taps("Week before")
    before = house.lee.expect("Tue 16 Feb to Mon 22 Feb.*Patients: 0.*Alerts: 0")
    assert before.message == shown.message
    await house.lee.taps("Week after")
    assert "Patients: 2" in house.lee.last.text
    await house.lee.forges("week:999")
    assert house.lee.toast is not None


async def test_an_empty_week_and_the_group(house: House) -> None:
    await house.grey.says("/report", chat=house.clinicians.chat)
    shown = house.clinicians.expect_only("Patients: 0 \\(0 patient-days\\).*Alerts: 0.*Pages in the clinic's chats: 0")[
        0
    ]
    assert "per 100" not in shown.text
    ann = await house.joined()
    await ann.says("/report")
    ann.expect("How|What")
    ann.read()
    await ann.forges("week:1")
    assert ann.toast == "That is not yours to do."
    eve = await house.person("Eve")
    await eve.says("/report")
    eve.expect_only("invitation only")
