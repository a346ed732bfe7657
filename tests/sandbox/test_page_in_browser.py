"""The page in a real browser: what is pressed reaches the bot, what the bot says appears, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from playwright.async_api import expect

from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.conftest import START, Api, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEYS = {"inline_keyboard": [[{"text": "Taken", "callback_data": "t", "style": "success"}]]}


@asynccontextmanager
async def opened(page) -> AsyncIterator[tuple[Stage, Api, int, str]]:
    world = World(start=START)
    async with serve(world) as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        stage, api = Stage(http), Api(http)
        ann = await stage.person("Ann", started=False, script=[{"do": {"nothing": True}}])
        await page.goto(server.url)
        yield stage, api, ann, server.url
        await page.goto("about:blank")


async def test_a_conversation_by_hand(page):
    async with opened(page) as (stage, api, ann, _):
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".patient .msg.out .text")).to_have_text("/start")
        assert (await api.updates())[0]["message"]["text"] == "/start"

        await api.ok("sendMessage", chat_id=ann, text="Your check-in\nfor today", reply_markup=KEYS)
        await expect(page.locator(".patient .msg.in .text")).to_have_text("Your check-in\nfor today")
        await page.get_by_role("button", name="Taken").click()
        async with page.expect_response("**/act/order"):
            await page.get_by_role("button", name="+1 day").click()
        pressed = (await api.updates())[0]["callback_query"]
        await api.ok("answerCallbackQuery", callback_query_id=pressed["id"], text="Noted")
        await expect(page.locator(".patient .toast")).to_have_text("Noted")
        await api.ok("editMessageText", chat_id=ann, message_id=2, text="Day 1: <b>taken</b>", parse_mode="HTML")
        await expect(page.locator("#patient-2 b")).to_have_text("taken")
        await expect(page.get_by_role("button", name="Taken")).to_have_count(0)
        assert (await stage("GET", "/orders?timeout=0"))["to"] == "2026-03-02T08:00:00Z"


async def test_the_composer_writes_and_empties_itself(page):
    async with opened(page) as (stage, _, ann, _):
        await stage("POST", f"/people/{ann}/say", text="/start")
        await page.get_by_label("Write as Ann").fill("I feel fine")
        await page.keyboard.press("Enter")
        await expect(page.locator(".patient .msg.out .text").last).to_have_text("I feel fine")
        await expect(page.get_by_label("Write as Ann")).to_have_value("")


async def test_a_place_is_shared_from_the_city_picker(page):
    async with opened(page) as (stage, api, ann, _):
        await stage("POST", f"/people/{ann}/say", text="/start")
        await api.updates()
        rows = [[{"text": "Share my place", "request_location": True}]]
        await api.ok("sendMessage", chat_id=ann, text="Where are you?", reply_markup={"keyboard": rows})
        await page.get_by_role("button", name="Share my place").click()
        await page.get_by_role("button", name="Kyiv").click()
        await expect(page.locator(".patient .place")).to_have_text("50.450, 30.523")
        assert (await api.updates())[0]["message"]["location"]["latitude"] == 50.45


async def test_nothing_is_shown_twice_after_the_line_was_cut(page):
    async with opened(page) as (stage, api, ann, _):
        await stage("POST", f"/people/{ann}/say", text="/start")
        await api.ok("sendMessage", chat_id=ann, text="one")
        await expect(page.locator(".patient .msg")).to_have_count(2)
        await page.context.set_offline(True)
        await page.context.set_offline(False)
        await api.ok("sendMessage", chat_id=ann, text="two")
        await expect(page.locator(".patient .msg.in .text").last).to_have_text("two", timeout=15_000)
        await expect(page.locator(".patient .msg")).to_have_count(3)


async def test_a_person_picked_on_a_narrow_screen_keeps_its_tab(page):
    async with opened(page) as (stage, _, _, url):
        bea = await stage.person("Bea")
        await page.set_viewport_size({"width": 390, "height": 844})
        await page.goto(url)
        await page.get_by_role("radio", name="Course").check()
        await page.locator(f"#cast-{bea}").click()
        await expect(page.locator(f"#cast-{bea}")).to_have_attribute("aria-current", "true")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        await page.get_by_role("radio", name="Patient").check()
        await expect(page.get_by_label("Write as Bea")).to_be_visible()


async def test_a_reset_loads_the_page_again(page):
    async with opened(page) as (stage, _, _, _):
        async with page.expect_navigation():
            await stage("POST", "/reset")
        await expect(page.get_by_text("Nobody has joined yet.")).to_be_visible()
