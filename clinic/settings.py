"""Change a setting: ask the question that joining asked."""

from __future__ import annotations

from care.refusals import NotFound
from clinic.join_plan import ask_hour, ask_wording, ask_zone
from clinic.letters import Button, Rows, reply, words
from clinic.ward import Visit, Ward
from storage.tables import Patient


def change_setting(visit: Visit, *, setting: str) -> None:
    """Ask for the new value of one setting."""
    visit.work.record("setting-asked", patient_id=visit.patient.id, setting=setting)
    match setting:
        case "hour":
            ask_hour(visit, visit.patient)
        case "zone":
            ask_zone(visit, visit.patient)
        case "wording":
            ask_wording(visit, visit.patient)
        case "language":
            reply(visit, words("ask-language"), buttons=language_buttons(visit, visit.patient))
        case _:
            raise NotFound("refused-unknown-button")


def language_buttons(ward: Ward, patient: Patient) -> Rows:
    """Return the languages that the patient's clinic speaks and we have words for."""
    spoken = [code for code in patient.clinic.languages if code in ward.content.languages]
    named = [(code, ward.content.languages[code].name) for code in spoken]
    return [[Button(words("language-name", name=name), "language", (code,))] for code, name in named]
