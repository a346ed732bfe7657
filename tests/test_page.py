"""The demo as a visitor meets it: the real bot, the stand-in and the page, worked by a real browser."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.clock import MovableClock
from bot.demo.conductor import Conductor
from bot.demo.show import Show, demo_settings
from bot.demo.stage import open_stage
from bot.settings import read_settings
from bot.steady import Steady
from content.loader import HERE, load_content
from sandbox.server import serve
from sandbox.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")
START = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


@asynccontextmanager
async def demo(url: str, home: Path) -> AsyncIterator[str]:
    """Run the demo with its clinicians, one person who has not joined and no history; yield the page's address."""
    cast = tomllib.loads((HERE / "demo_cast.toml").read_text(encoding="utf-8"))
    cast["clinicians"] = [{**one, "plays": ""} for one in cast["clinicians"]]
    cast["patients"] = [{**one, "joins_day": 0} for one in cast["patients"] if one["plays"] == "new"]
    clock = MovableClock(START)
    async with (
        serve(World(start=START)) as server,
        open_stage(server.url) as stage,
    ):
        settings = demo_settings(read_settings(needs_token=False, env_file=None), home, server)
        steady = Steady(settings.model_copy(update={"database_url": url}), load_content(), clock)
        await steady.start()
        show = Show(Conductor(steady, clock, stage), cast, history_days=0)
        await show.prepare()
        following = asyncio.create_task(show.follow_orders())
        try:
            yield server.url
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following
            await steady.stop()


async def press(page: Page, *labels: str) -> None:
    """Press buttons on the patient's phone, each as soon as it is there."""
    for label in labels:
        await page.locator(".patient .msg").get_by_role("button", name=label, exact=True).last.click()


async def join(page: Page) -> None:
    """Open the invitation on the clinician's phone and answer everything, beginning today."""
    await page.locator(".clinician .text a").click()
    await press(page, "English")
    for number in range(4):
        await expect(page.locator(".patient .msg.in")).to_have_count(1 + number + 1)
        await press(page, "Read on")
    await press(page, "I agree")
    for number in range(8):
        await expect(page.locator(".patient .msg.in")).to_have_count(8 + number)
        await press(page, "No")
    await press(page, "London", "08:00", "Discreet", "Today")
    await expect(page.locator(".patient .text", has_text="You are set.")).to_be_visible()


async def move(page: Page, step: str) -> None:
    """Move the clock and wait until it stands again."""
    async with page.expect_response("**/act/order"):
        await page.get_by_role("button", name=step, exact=True).click()
    await expect(page.locator(".running")).to_have_count(0, timeout=60_000)


async def test_a_visitor_joins_reports_and_sees_a_clinician_take_it(page: Page, fresh_sqlite: str, tmp_path: Path):
    page.set_default_timeout(15_000)
    async with demo(fresh_sqlite, tmp_path) as url:
        await page.goto(url)
        await join(page)
        await move(page, "+1 h")
        await press(page, "✓ Taken")
        await expect(page.locator(".cell.taken[title^='Day 1:']")).to_be_visible()
        await press(page, "Feeling sick", "Bad")
        await expect(page.locator(".patient .text", has_text="team has been told")).to_be_visible()

        team = page.locator(".team .log")
        await expect(team.locator(".text", has_text="Feeling sick: grade 3 of 4")).to_be_visible()
        await team.get_by_role("button", name="Acknowledge").click()
        await expect(team.locator(".text", has_text="Nora has this since")).to_have_count(1)
        await expect(team.get_by_role("button", name="Acknowledge")).to_have_count(0)
        await team.get_by_role("button", name="Reached, safe").click()
        await expect(team.locator(".text", has_text="Closed: reached and safe")).to_be_visible()

        await move(page, "+1 day")
        await expect(page.locator("#clock")).to_contain_text("Day 2 of 84")
        await expect(page.locator(".patient .msg").get_by_role("button", name="✓ Taken").last).to_be_visible()

        await narrow_screen_shows_one_thing_at_a_time(page)
        await page.goto("about:blank")


async def narrow_screen_shows_one_thing_at_a_time(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    for tab, shown in (("Patient", ".pane.patient"), ("Team", ".pane.team"), ("Clinician", ".pane.clinician")):
        await page.get_by_role("radio", name=tab, exact=True).check()
        await expect(page.locator(shown)).to_be_visible()
        await expect(page.locator(".pane:visible")).to_have_count(1)
    await page.get_by_role("radio", name="Course", exact=True).check()
    await expect(page.locator(".cell.taken[title^='Day 1:']")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
