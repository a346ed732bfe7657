"""Commands about patients: invite one, look at one, list courses and open cases."""

from __future__ import annotations

from typing import Any

import typer

from bot.ask_telegram import NoAnswer, ask_telegram
from bot.cli.desk import Desk, choose_clinic, open_desk, show_json, show_table
from clinic.invite_patient import BOT_USERNAME, Issued, issue_invite
from clinic.records import course_list, open_case_records, read_lists, read_record
from clinic.ward import Ward
from storage.marks import find_mark

LONGEST_INVITE_HOURS = 24 * 30
AS_JSON = typer.Option(False, "--json", help="For programs.")


def invite(
    regimen: str = typer.Option(..., help="The course to follow, like alcohol-50."),
    hours: int = typer.Option(72, min=1, max=LONGEST_INVITE_HOURS, help="How long the link is valid."),
    clinic: int | None = typer.Option(None, "--clinic", help="Which clinic, when there are several."),
    as_json: bool = AS_JSON,
) -> None:
    """Make a single-use invite. Its link is shown once and never kept."""

    def issue(ward: Ward) -> Issued:
        chosen = choose_clinic(ward.work.session, clinic)
        return issue_invite(ward, chosen, regimen=regimen, invited_by=None, hours=hours)

    with open_desk() as desk:
        username, why_not = _username(desk)
        issued = desk.write(issue)
    link = f"https://t.me/{username}?start={issued.token}" if username else None
    record = {
        "code": issued.code,
        "link": link,
        "expires_at": issued.expires_at.isoformat().replace("+00:00", "Z"),
        "start": issued.token,
        "note": why_not,
    }
    if as_json:
        show_json(record)
        return
    typer.echo(f"Case code {issued.code}, valid until {record['expires_at']}.")
    typer.echo(link or f"Start payload: {issued.token}\n{why_not}")


def _username(desk: Desk) -> tuple[str | None, str | None]:
    """Return the bot's name, or why there is none; an invite without a link is still an invite."""
    how = "The link is https://t.me/NAME_OF_THE_BOT?start=PAYLOAD."
    if username := desk.read(lambda session: find_mark(session, BOT_USERNAME)):
        return username, None
    if desk.settings.bot_token is None:
        return None, f"The bot's name is not known without STEADY_BOT_TOKEN. {how}"
    try:
        return ask_telegram(desk.settings, "getMe")["username"], None
    except NoAnswer as error:
        return None, f"{error} {how}"


def patient(
    code: str = typer.Argument(help="The patient's case code."),
    notes: bool = typer.Option(False, "--notes", help="Show what they wrote in their own words."),
    as_json: bool = AS_JSON,
) -> None:
    """Show what is on record about one patient."""
    with open_desk() as desk:
        record = desk.write(lambda ward: read_record(ward, code, with_notes=notes))
    if as_json:
        show_json(record)
        return
    _show_patient(record)


def _show_patient(record: dict[str, Any]) -> None:
    course, share = record["course"] or {}, record["adherence"] or {}
    taken = f"{share['low']} to {share['high']} % of {share['expected']}" if share else None
    rows = [
        (
            "Course",
            f"{course.get('regimen')} ({course.get('status')}), day {course.get('day')} of {course.get('days')}",
        ),
        ("From, to", f"{course.get('start_on') or '–'}, {course.get('ended_on') or '–'}"),
        ("Reminder", f"{course.get('reminder_at') or '–'} {record['zone'] or ''}"),
        ("Taken", taken),
        ("Notes", record["notes"]["count"]),
    ]
    show_table(f"Patient {record['code']}", ["", ""], rows)
    ledger = [
        (dose["day"], dose["date"], f"{dose['amount_mg']} mg", dose["state"], dose["taken_at"], dose["reason"])
        for dose in record["ledger"]
    ]
    show_table("Doses", ["Day", "Date", "Amount", "State", "Taken at (UTC)", "Reason"], ledger)
    reports = [(said["day"], said["at"], said["subject"], said["grade"]) for said in record["reports"]]
    show_table("Reports", ["Day", "At (UTC)", "What", "Grade"], reports)
    _show_cases("Cases", [{"code": record["code"], **case} for case in record["cases"]])
    for note in record["notes"].get("texts", []):
        typer.echo(f"{note['at']} ({note['about']}): {note['text']}")


def patients(as_json: bool = AS_JSON) -> None:
    """List every course."""
    with open_desk() as desk:
        desk.write(read_lists)
        courses = desk.read(course_list)
    if as_json:
        show_json(courses)
        return
    keys = ("code", "regimen", "status", "day", "start_on", "ended_on", "last_heard_at")
    rows = [[course[key] for key in keys] for course in courses]
    show_table("Courses", ["Code", "Regimen", "Status", "Day", "From", "To", "Last heard (UTC)"], rows)


def cases(as_json: bool = AS_JSON) -> None:
    """List the open cases, the gravest first."""
    with open_desk() as desk:
        desk.write(read_lists)
        found = desk.read(lambda session: open_case_records(session, desk.content))
    if as_json:
        show_json(found)
        return
    _show_cases("Open cases", found)


def _show_cases(title: str, found: list[dict[str, Any]]) -> None:
    rows = [
        (case["code"], case["id"], case["level"], case["state"], case["opened_at"], case["owner"],
         "; ".join(alert["reason"] for alert in case["alerts"]))
        for case in found
    ]  # fmt: skip
    show_table(title, ["Code", "Case", "Level", "State", "Opened (UTC)", "Owner", "Why"], rows)
