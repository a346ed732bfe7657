"""Change a setting: ask the question that joining asked."""

from __future__ import annotations

from care.refusals import NotFound
from clinic.join_plan import ask_hour, ask_wording, ask_zone
from clinic.letters import Button, reply, words
from clinic.ward import Visit


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
            spoken = [code for code in visit.patient.clinic.languages if code in visit.content.languages]
            named = [(code, visit.content.languages[code].name) for code in spoken]
            rows = [[Button(words("language-name", name=name), "language", (code,))] for code, name in named]
            reply(visit, words("ask-language"), buttons=rows)
        case _:
            raise NotFound("refused-unknown-button")
