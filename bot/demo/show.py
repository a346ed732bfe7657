"""Set the stage, let the cast live a few days, open the page, and follow its clock."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import tomllib
import webbrowser
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

os.environ.setdefault("PTB_TIMEDELTA", "1")

import typer
from pydantic import SecretStr

from bot.clock import MovableClock, SystemClock
from bot.demo.conductor import Conductor
from bot.demo.duty import plan_alerts
from bot.demo.scripts import PLAYS
from bot.demo.stage import open_stage
from bot.loop import run_in_loop
from bot.settings import Settings
from bot.steady import Steady
from care.calendar import instant_of, local_date, plus_days
from care.figures import CourseFigures
from clinic.end_course import figures_of
from clinic.found_clinic import found_clinic
from clinic.invite_patient import issue_invite
from clinic.ward import Ward
from content.loader import HERE, load_content
from sandbox.server import Server, serve
from sandbox.world import DEFAULT_TOKEN, World
from storage.clinics import add_staff, all_clinics
from storage.courses import all_courses
from storage.masters import new_master
from storage.migrate import upgrade
from storage.reading import Session
from storage.tables import Role
from storage.work import Work

HISTORY_DAYS = 9
"""Days of the cast's history before the page opens."""
OPENS_AT = time(7, 55)
PAGE_EVERY = 0.3
"""Real seconds between two looks at how far everybody has come."""


def demo(settings: Settings, port: int, open_browser: bool) -> int:
    """Show Steady on this machine until it is interrupted; return the exit code. Nothing of it is kept."""
    home = Path(tempfile.mkdtemp(prefix="steady-demo-"))
    try:
        run_in_loop(_show(settings, home, port, open_browser))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        typer.echo(f"The demo cannot use port {port} ({error.strerror}). Try another: steady demo --port {port + 1}")
        return 1
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


def demo_settings(settings: Settings, home: Path, server: Server) -> Settings:
    """Return settings for a bot that plays on the stage: its token, its address, no limits, a folder of its own."""
    return settings.model_copy(
        update={
            "bot_token": SecretStr(DEFAULT_TOKEN),
            "api_url": server.url,
            "home": home,
            "database_url": f"sqlite:///{home.as_posix()}/steady.db",
            "sends_per_second": 0.0,
            "group_sends_per_minute": 0,
            "master_key": SecretStr(new_master().written()),
            "tick_seconds": 60.0,
        }
    )


async def _show(settings: Settings, home: Path, port: int, open_browser: bool) -> None:
    cast = tomllib.loads((HERE / "demo_cast.toml").read_text(encoding="utf-8"))
    zone = cast["clinic"]["time_zone"]
    today = local_date(SystemClock().now(), zone)
    start = instant_of(plus_days(today, -HISTORY_DAYS), OPENS_AT, zone)
    world = World(start=start)
    async with serve(world, port=port) as server, open_stage(server.url) as stage:
        played = demo_settings(settings, home, server)
        upgrade(played.database_url)
        clock = MovableClock(start)
        steady = Steady(played, load_content(), clock)
        await steady.start()
        show = Show(Conductor(steady, clock, stage), cast)
        try:
            typer.echo("Letting the cast live their first days …")
            await show.prepare()
            typer.echo(f"\n  Steady is ready: {server.url}\n  Stop with Ctrl-C.\n")
            if open_browser:
                await asyncio.to_thread(webbrowser.open, server.url)
            await show.follow_orders()
        finally:
            await steady.stop()


class Show:
    """The cast on the stage, and the page's orders to the clock."""

    def __init__(self, conductor: Conductor, cast: dict[str, Any], history_days: int = HISTORY_DAYS) -> None:
        self._conductor = conductor
        self._cast = cast
        self._history_days = history_days
        self._staff: dict[str, int] = {}
        self._pushed: dict[int, dict[str, Any]] = {}
        self._pushed_at = monotonic()

    async def prepare(self) -> None:
        """Found the clinic, bring on the cast, and live the days of their history."""
        await self._found_clinic()
        day = 0
        for patient in sorted(self._cast["patients"], key=lambda one: int(one.get("joins_day", 0))):
            joins = int(patient.get("joins_day", 0))
            if joins > day:
                await self._conductor.forward(hours=24 * (joins - day))
                day = joins
            await self._bring_on(patient)
        await self._conductor.forward(hours=24 * (self._history_days - day))
        await self._leave_an_invitation()
        self._conductor.after_step = self._show_progress
        await self.push_journeys()

    async def _found_clinic(self) -> None:
        call, clinic = self._conductor.call, self._cast["clinic"]
        for person in self._cast["clinicians"]:
            made = await call(
                "POST",
                "/people",
                first_name=person["first_name"],
                about=person["about"],
                role="clinician",
                started=True,
                **_script(person),
            )
            self._staff[person["first_name"]] = int(made["id"])
        members = list(self._staff.values())
        chat = await call("POST", "/chats", kind="supergroup", title=clinic["chat"], members=members)
        admin = next(one for one in self._cast["clinicians"] if one["role"] == "admin")["first_name"]
        await self._conductor.steady.desk.write(lambda work: self._found(work, admin))
        await call("POST", f"/chats/{chat['id']}/add_bot", admin=True, by=self._staff[admin])
        await self._conductor.settle()
        await call("POST", f"/people/{self._staff[admin]}/tap", data="bind:1", chat=chat["id"])
        await self._conductor.settle()

    def _found(self, work: Work, admin: str) -> None:
        clinic = self._cast["clinic"]
        ward = Ward(work, self._conductor.steady.desk.content)
        founded = found_clinic(
            ward,
            name=clinic["name"],
            time_zone=clinic["time_zone"],
            languages=["en"],
            emergency_number=clinic["emergency_number"],
            crisis_line=clinic["crisis_line"],
            admin_id=self._staff[admin],
            admin_name=admin,
            clinicians_chat=None,
        )
        for name, telegram_id in self._staff.items():
            if name != admin:
                add_staff(work, founded, telegram_id=telegram_id, name=name, role=Role.CLINICIAN)
        plan_alerts(ward, founded, self._cast)

    async def _bring_on(self, patient: dict[str, Any]) -> None:
        conductor = self._conductor
        made = await conductor.call(
            "POST",
            "/people",
            first_name=patient["first_name"],
            about=patient["about"],
            role="patient",
            language_code="en",
            zone=self._cast["clinic"]["time_zone"],
            **_script(patient),
        )
        if not PLAYS[patient["plays"]]:
            return
        issued = await conductor.steady.desk.write(lambda work: self._invite(work, patient["regimen"]))
        await conductor.call("POST", f"/people/{made['id']}/say", text=f"/start {issued}")
        await conductor.settle()

    def _invite(self, work: Work, regimen: str) -> str:
        clinic = all_clinics(work.session)[0]
        ward = Ward(work, self._conductor.steady.desk.content)
        return issue_invite(ward, clinic, regimen=regimen).token

    async def _leave_an_invitation(self) -> None:
        """Have an invitation ready on the admin's phone, for whoever has not joined."""
        admin = next(one for one in self._cast["clinicians"] if one["role"] == "admin")["first_name"]
        regimen = next(one for one in self._cast["patients"] if not PLAYS[one["plays"]])["regimen"]
        await self._conductor.call("POST", f"/people/{self._staff[admin]}/say", text=f"/invite {regimen}")
        await self._conductor.settle()

    async def _show_progress(self) -> None:
        """Keep the page up to date while the clock runs, but no oftener than eyes can follow."""
        if monotonic() - self._pushed_at > PAGE_EVERY:
            await self.push_journeys()

    async def push_journeys(self) -> None:
        """Tell the page how far each patient has come, where that has changed."""
        journeys = await self._conductor.steady.desk.read(self._journeys)
        for person, journey in journeys.items():
            if self._pushed.get(person) != journey:
                await self._conductor.call("PUT", f"/people/{person}/journey", **journey)
        self._pushed, self._pushed_at = journeys, monotonic()

    def _journeys(self, session: Session) -> dict[int, dict[str, Any]]:
        ward = Ward(Work(session.connection(), self._conductor.clock.now()), self._conductor.steady.desk.content)
        found: dict[int, dict[str, Any]] = {}
        for course in all_courses(session):
            if course.patient.telegram_id is not None:
                figures = figures_of(ward, course)
                found[course.patient.telegram_id] = journey(course.patient.case_code, course.status.value, figures)
        return found

    async def follow_orders(self) -> None:
        """Move the clock as the page asks, until cancelled."""
        while True:
            order = await self._conductor.call("GET", "/orders?timeout=1")
            if order is None:
                await self._keep_up()
                continue
            to = datetime.fromisoformat(order["to"]) if order["to"] else self._end()
            await self._conductor.advance(to, pace=float(order["pace"]))
            await self.push_journeys()
            await self._conductor.call("POST", f"/orders/{order['id']}/done")

    async def _keep_up(self) -> None:
        """Nobody moves the clock: what people do by hand can still make something due at once."""
        await self._conductor.steady.rest()
        await self.push_journeys()

    def _end(self) -> datetime:
        return self._conductor.clock.now().astimezone(UTC) + timedelta(hours=24 * 85)


def _script(person: dict[str, Any]) -> dict[str, Any]:
    """Return the script of somebody who plays by themselves; those who do not have none, and no switch for it."""
    rules = PLAYS.get(person.get("plays", ""))
    return {"script": rules} if rules else {}


def journey(code: str, status: str, figures: CourseFigures) -> dict[str, Any]:
    """Return what the page draws of a course."""
    share = figures.share
    line = "no doses yet"
    if share.expected:
        span = f"{share.low} %" if share.low == share.high else f"{share.low}–{share.high} %"
        line = f"{share.taken} of {share.expected} taken · {span}"
    cells = ["ahead" if cell == "rest" else cell for cell in figures.cells]
    return {
        "title": f"Case {code}",
        "status": status,
        "day": figures.day,
        "days": figures.days,
        "cells": cells,
        "line": line,
    }
