"""`steady audit`: who saw and did what, and whether the record of it is as it was written."""

from __future__ import annotations

import typer

from bot.cli.desk import Mistake, open_desk, show_json, show_table
from bot.housework import HEAD, read_head
from care.refusals import NotFound
from clinic.ward import Ward
from storage.clinics import name_of_staff
from storage.notary import Flaw, find_flaws, find_head, link_new, looks_at
from storage.patients import find_by_code

MOST_NAMED = 20

app = typer.Typer(no_args_is_help=True, help="Who saw and did what.")


@app.command("verify")
def verify() -> None:
    """Say whether any event was changed, removed, put in or cut off since it was written."""

    def flaws(ward: Ward) -> tuple[list[Flaw], int]:
        while link_new(ward.work):
            pass
        session = ward.work.session
        return list(find_flaws(session, since=read_head(desk.settings.home))), find_head(session).seq

    with open_desk() as desk:
        found, events = desk.write(flaws)
    for flaw in found[:MOST_NAMED]:
        typer.echo(f"event {flaw.event_id}: {flaw.what}")
    if found:
        raise Mistake(f"{len(found)} of {events} events are not as they were written.")
    typer.echo(f"All {events} events are as they were written. The last link is in {desk.settings.home / HEAD}.")


@app.command("show")
def show(
    code: str = typer.Argument(help="The patient's case code."),
    as_json: bool = typer.Option(False, "--json", help="For programs."),
) -> None:
    """Answer a patient who asks: who has seen my record?"""

    def unit(ward: Ward) -> list[dict[str, object]]:
        session = ward.work.session
        patient = find_by_code(session, code)
        if patient is None:
            raise NotFound("refused-no-such-code", code=code.strip().upper()[:12])
        looks = looks_at(session, patient.id)
        ward.work.record("trail-read", patient_id=patient.id, clinic_id=patient.clinic_id)
        return [
            {"at": look.at.isoformat(), "who": name_of_staff(session, look.actor), "what": look.name} for look in looks
        ]

    with open_desk() as desk:
        rows = desk.write(unit)
    if as_json:
        show_json(rows)
        return
    show_table(
        f"Who saw and did what: {code.strip().upper()}", ["At (UTC)", "Who", "What"], [[*row.values()] for row in rows]
    )
