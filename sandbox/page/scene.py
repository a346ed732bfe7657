"""Which people and chats one page shows, and the fragments it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sandbox import doing
from sandbox.chats import Chat
from sandbox.page import look
from sandbox.page.look import Pane
from sandbox.people import Person
from sandbox.world import World

HERE = Path(__file__).parent
SHOWN = 400

templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
templates.globals["look"] = look


@dataclass
class Scene:
    """A page's choice: which patient, which team chat, which clinician."""

    world: World
    patient: Person | None
    team: Chat | None
    clinician: Person | None

    @classmethod
    def chosen(cls, world: World, query: Mapping[str, str]) -> Scene:
        """Return what the address asks for, or else the first of each kind."""
        patients = [p for p in world.people.values() if p.role == "patient"]
        rooms = [c for c in world.chats.values() if not c.private and not c.deleted and not c.migrated_to]
        team = _pick(rooms, query.get("team"))
        staff = [world.people[one] for one, m in (team.members if team else {}).items()
                 if m.is_in and one in world.people]  # fmt: skip
        staff = staff or [p for p in world.people.values() if p.role != "patient"]
        return cls(world, _pick(patients or list(world.people.values()), query.get("patient")), team,
                   _pick(staff, query.get("as")))  # fmt: skip

    def address(self, **change: int) -> str:
        chosen = {"patient": self.patient, "team": self.team, "as": self.clinician}
        ids = {name: one.id for name, one in chosen.items() if one is not None} | change
        return f"/?{urlencode(ids)}"

    def panes(self) -> dict[str, Pane]:
        found: dict[str, Pane] = {}
        if self.patient:
            found["patient"] = Pane("patient", self.world.chats[self.patient.id], self.patient,
                                    look.zone_of(self.patient))  # fmt: skip
        if self.team:
            zone = look.zone_of(self.clinician)
            found["team"] = Pane("team", self.team, self.clinician, zone)
        if self.clinician and self.clinician is not self.patient:
            found["clinician"] = Pane("clinician", self.world.chats[self.clinician.id], self.clinician,
                                      look.zone_of(self.clinician), self._newcomer())  # fmt: skip
        return found

    def _newcomer(self) -> Person | None:
        """Return who would open an invitation: the chosen patient if they are new, or else the first who is."""
        chosen = [self.patient] if self.patient else []
        return next((one for one in [*chosen, *self.patients()] if not one.started and one.role == "patient"), None)

    def staff(self) -> list[Person]:
        members = self.team.members if self.team else {}
        return [self.world.people[one] for one, m in members.items() if m.is_in and one in self.world.people]

    def patients(self) -> list[Person]:
        found = [p for p in self.world.people.values() if p.role == "patient"]
        return found or list(self.world.people.values())

    # Fragments

    def page(self, since: int) -> str:
        return self._draw("page.html", since=since, panes=self.panes())

    def bubble(self, pane: Pane, number: int, *, oob: bool = False) -> str:
        message = pane.chat.messages[number]
        return self._draw("bubble.html", pane=pane, b=look.bubble(self.world, pane, message), oob=oob,
                          bot=self.world.bot)  # fmt: skip

    def feed(self, pane: Pane) -> str:
        numbers = [m.id for m in pane.chat.messages.values()][-SHOWN:]
        return "".join(self.bubble(pane, number) for number in numbers)

    def clock(self) -> str:
        zone = look.zone_of(self.patient) if self.patient else ZoneInfo("UTC")
        return self._draw("clock.html", now=self.world.clock.now.astimezone(zone), zone=zone,
                          order=self.world.orders.running(), real=self.world.clock.real)  # fmt: skip

    def hour(self, pane: Pane) -> str:
        return f"{self.world.clock.now.astimezone(pane.zone):%H:%M}"

    def controls(self) -> str:
        return self._draw("controls.html", order=self.world.orders.running(), real=self.world.clock.real)

    def cast(self) -> str:
        return self._draw("cast.html")

    def strip(self) -> str:
        return self._draw("strip.html")

    def head(self, pane: Pane) -> str:
        return self._draw("head.html", pane=pane)

    def keys(self, pane: Pane) -> str:
        shown = doing.shown_keyboard(pane.chat) if pane.chat.private else None
        return self._draw("keys.html", pane=pane, rows=shown[1] if shown else [])

    def dock(self, pane: Pane) -> str:
        commands = self.world.bot.default_commands()
        return self._draw("dock.html", pane=pane, commands=commands)

    def toast(self, text: str, *, alert: bool = False) -> str:
        return self._draw("toast.html", text=text, alert=alert)

    def _draw(self, name: str, **values: object) -> str:
        return templates.get_template(name).render(scene=self, world=self.world, **values)


One = TypeVar("One", Person, Chat)


def _pick(found: list[One], wish: str | None) -> One | None:
    return next((one for one in found if str(one.id) == wish), found[0] if found else None)
