"""In the demo a case that nobody takes is seen to climb: the chat, the first phone, the second phone."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import MovableClock
from bot.demo.conductor import Conductor
from bot.demo.show import Show, demo_settings
from bot.demo.stage import open_stage
from bot.settings import read_settings
from bot.steady import Steady
from content.loader import HERE, load_content
from sandbox.server import serve
from sandbox.world import World
from storage.migrate import upgrade

START = datetime(2026, 11, 14, 7, 55, tzinfo=UTC)


def cards(world: World, chat: int) -> list[str]:
    return [
        one.text or "" for one in world.chats[chat].messages.values() if one.from_bot and "Urgent" in (one.text or "")
    ]


async def test_rising_nausea_climbs_from_the_chat_to_the_second_phone(tmp_path: Path) -> None:
    cast = tomllib.loads((HERE / "demo_cast.toml").read_text(encoding="utf-8"))
    cast["patients"] = [one for one in cast["patients"] if one["plays"] in ("nausea", "new")]
    cast["clinicians"] = [{**one, "plays": ""} for one in cast["clinicians"]]
    world = World(start=START)
    async with serve(world) as server, open_stage(server.url) as stage:
        settings = demo_settings(read_settings(needs_token=False, env_file=None), tmp_path, server)
        upgrade(settings.database_url)
        steady = Steady(settings, load_content(), MovableClock(START))
        await steady.start()
        show = Show(Conductor(steady, steady.clock, stage), cast)  # type: ignore[arg-type]
        try:
            await show.prepare()
            phones = {person.first_name: person.id for person in world.people.values()}
            first, second = phones["Nora"], phones["Amir"]
            reached: list[str] = []
            for _ in range(90):
                await show._conductor.forward(minutes=2)
                for name, phone in (("Nora", first), ("Amir", second)):
                    if cards(world, phone) and name not in reached:
                        reached.append(name)
            assert reached == ["Nora", "Amir"]
            assert any("Nobody has acknowledged" in text for text in cards(world, second))
        finally:
            await steady.stop()
