"""`steady staff`: who works for a clinic."""

from __future__ import annotations

import typer

from bot.cli.desk import Mistake, choose_clinic, open_desk, show_json, show_table
from clinic.menus import owe_menu
from clinic.staff_desk import off_board
from clinic.ward import Ward
from storage.clinics import add_staff, all_clinics, staff_of
from storage.reading import Session
from storage.tables import Clinic, Role, Staff

app = typer.Typer(no_args_is_help=True, help="Who works for a clinic, by their numeric Telegram id.")

CLINIC = typer.Option(None, "--clinic", help="Which clinic, when there are several.")


@app.command("add")
def add(
    telegram_id: int = typer.Argument(help="The person's numeric Telegram id."),
    name: str = typer.Option(..., help="Their name, as colleagues know them."),
    role: Role = typer.Option(Role.CLINICIAN, help="clinician or admin."),
    clinic: int | None = CLINIC,
) -> None:
    """Let a person work for the clinic, or change their name and role."""
    if telegram_id <= 0:
        raise Mistake("A person's Telegram id is a positive number; groups and channels have negative ones.")
    if not name.strip().isprintable() or not 0 < len(name.strip()) <= 120:
        raise Mistake("A person needs a name of one line, so that colleagues know who acted.")

    def run(ward: Ward) -> str:
        chosen = choose_clinic(ward.work.session, clinic)
        if role is not Role.ADMIN:
            _keep_an_admin(ward, chosen, telegram_id)
        post = add_staff(ward.work, chosen, telegram_id=telegram_id, name=name.strip(), role=role)
        owe_menu(ward, post, is_staff=True)
        return chosen.name

    with open_desk() as desk:
        called = desk.write(run)
    typer.echo(f"{name.strip()} works for {called} as {role.value}.")


@app.command("list")
def show(as_json: bool = typer.Option(False, "--json", help="For programs.")) -> None:
    """Show who works for which clinic."""

    def query(session: Session) -> list[dict[str, object]]:
        return [
            {"clinic": clinic.id, "telegram_id": staff.telegram_id, "name": staff.name, "role": staff.role.value}
            for clinic in all_clinics(session)
            for staff in staff_of(session, clinic.id)
        ]

    with open_desk() as desk:
        found = desk.read(query)
    if as_json:
        show_json(found)
        return
    show_table("Staff", ["Clinic", "Telegram id", "Name", "Role"], [list(person.values()) for person in found])


@app.command("remove")
def remove(
    telegram_id: int = typer.Argument(help="The person's numeric Telegram id."), clinic: int | None = CLINIC
) -> None:
    """End a person's access at once. The last admin stays."""

    def run(ward: Ward) -> str:
        chosen = choose_clinic(ward.work.session, clinic)
        staff = _find(ward, chosen, telegram_id)
        if staff is None:
            raise Mistake(f"Nobody with the id {telegram_id} works for {chosen.name}.")
        _keep_an_admin(ward, chosen, telegram_id)
        off_board(ward, staff)
        return f"{staff.name} no longer works for {chosen.name}."

    with open_desk() as desk:
        done = desk.write(run)
    typer.echo(done)


def _find(ward: Ward, clinic: Clinic, telegram_id: int) -> Staff | None:
    people = staff_of(ward.work.session, clinic.id)
    return next((person for person in people if person.telegram_id == telegram_id), None)


def _keep_an_admin(ward: Ward, clinic: Clinic, leaving: int) -> None:
    """Raise Mistake when the clinic would be left without an admin: alerts need somebody to go to."""
    admins = [staff for staff in staff_of(ward.work.session, clinic.id) if staff.role is Role.ADMIN]
    if [admin.telegram_id for admin in admins] == [leaving]:
        raise Mistake(f"{admins[0].name} is the last admin of {clinic.name}: add another one first.")
