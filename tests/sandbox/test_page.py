"""The page: what it shows, what its stream says, what its buttons do."""

from __future__ import annotations

import asyncio

from sandbox.page.hub import KEPT, Hub, coalesce
from sandbox.page.live import frame
from sandbox.world import Event
from tests.sandbox.conftest import until

BY_HAND = {"HX-Request": "true"}
KEYS = {"inline_keyboard": [[{"text": "Taken", "callback_data": "t"}, {"text": "Code", "copy_text": {"text": "QX7"}}]]}


async def test_the_page_shows_people_chats_and_the_strip(http, api, stage, ann):
    doc = await stage.person("Dr Weber", role="clinician")
    room = await stage.room("supergroup", doc)
    await api.ok("sendMessage", chat_id=ann, text="Good <b>evening</b>", parse_mode="HTML", reply_markup=KEYS)
    await api.ok("sendMessage", chat_id=room, text="A page")
    await stage("PUT", f"/people/{ann}/journey", title="Course", day=2, days=84, cells=["taken", "skipped"])
    page = (await http.get("/")).text
    for part in (
        "Good <b>evening</b>",
        "A page",
        "Dr Weber",
        "<b>Day 2</b> of 84",
        "1 taken, 1 skipped, 82 ahead",
    ):
        assert part in page


async def test_what_people_write_is_only_ever_text(http, stage):
    bad = "<img src=x onerror=alert(1)>"
    eve = await stage.person(bad)
    await stage("POST", f"/people/{eve}/say", text=bad)
    page = (await http.get("/")).text
    assert bad not in page
    assert "&lt;img src=x" in page


async def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline(http):
    answer = await http.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.text
    assert " style=" not in answer.text
    assert "onclick" not in answer.text
    for name in ("htmx.min.js", "sse.min.js", "inter-latin.woff2"):
        assert (await http.get(f"/static/vendor/{name}")).status_code == 200


async def test_only_the_page_itself_may_press(http, stage, api, ann):
    await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=KEYS)
    press = f"/act/{ann}/tap/{ann}/1/0"
    assert (await http.post(press)).status_code == 403
    assert (await http.post(press, headers=BY_HAND)).status_code == 204
    assert (await api.updates())[0]["callback_query"]["data"] == "t"
    copied = await http.post(f"/act/{ann}/tap/{ann}/1/1", headers=BY_HAND)
    assert "Copied: QX7" in copied.text


async def test_a_deep_link_in_a_text_presses_start_for_the_viewer(http, api, ann):
    text = '<a href="https://t.me/steady_demo_bot?start=more">More</a>'
    await api.ok("sendMessage", chat_id=ann, text=text, parse_mode="HTML")
    press = f"/act/{ann}/start/more"
    assert f'hx-post="{press}"' in (await http.get("/")).text
    await http.post(press, headers=BY_HAND)
    assert (await api.updates())[0]["message"]["text"] == "/start more"


async def test_a_press_that_cannot_be_is_explained(http, stage, ann):
    await stage("POST", f"/people/{ann}/block")
    answer = await http.post(f"/act/{ann}/say/{ann}", data={"text": "hi"}, headers=BY_HAND)
    assert "has blocked the bot" in answer.text


async def test_the_clock_buttons_give_orders_and_stop_them(http, stage):
    await http.post("/act/order", data={"plus": "1w", "pace": "1"}, headers=BY_HAND)
    assert (await stage("GET", "/orders?timeout=0"))["to"] == "2026-03-08T08:00:00Z"
    await http.post("/act/order", data={"plus": "stop"}, headers=BY_HAND)
    assert (await stage.at("2026-03-01T09:00:00Z"))["halt"] is True


async def test_a_document_is_a_download_whatever_it_claims_to_be(http, api, ann):
    page = {"document": ("evil.html", b"<script>alert(1)</script>", "text/html")}
    sent = await http.post(f"/bot{api.token}/sendDocument", data={"chat_id": str(ann)}, files=page)
    kept = await http.get(f"/kept/{sent.json()['result']['document']['file_id']}")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.headers["content-type"] == "application/octet-stream"


async def heard(http, since, count, **headers):
    """Return the first (id, event) pairs of a stream begun at `since`."""
    found, number = [], ""
    async with http.stream("GET", f"/live?since={since}", headers=headers) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("event: "):
                found.append((number, line[7:]))
            if len(found) >= count:
                return found
    return found


async def test_a_reconnecting_page_goes_on_where_it_was(http, api, world, ann):
    hub = next(one.__self__ for one in world.on_event if hasattr(one, "__self__"))
    start = hub.last
    for text in ("one", "two", "three"):
        await api.ok("sendMessage", chat_id=ann, text=text)
    first = await heard(http, start, 6)
    chats = [number for number, name in first if name == "chat-patient"]
    assert len(chats) == len(set(chats)) == 3
    again = await heard(http, start, 2, **{"Last-Event-ID": str(chats[2])})
    assert again[0] == (chats[2], "chat-patient")


async def test_a_page_ends_with_the_world(http, world):
    async def listen():
        return await heard(http, 0, 10_000)

    task = asyncio.create_task(listen())

    async def listening():
        return any(getattr(one, "__self__", None) and one.__self__.waiting for one in world.on_event)

    await until(listening)
    world.close()
    await asyncio.wait_for(task, 5)


def test_a_fragments_lines_are_data_lines_of_their_own():
    assert frame("chat", "a\nb", 7) == "id: 7\nevent: chat\ndata: a\ndata: b\n\n"


def test_many_changes_of_one_thing_are_drawn_once_and_new_messages_stay_in_order():
    events = [
        (1, Event("clock")),
        (2, Event("message", chat=1, message=1, new=True)),
        (3, Event("message", chat=1, message=2, new=True)),
        (4, Event("message", chat=1, message=1)),
        (5, Event("clock")),
    ]
    kept = [(number, one.kind, one.message) for number, one in coalesce(events)]
    assert kept == [(2, "message", 1), (3, "message", 2), (5, "clock", 0)]


def test_a_page_that_fell_behind_is_told_to_load_again(world):
    hub = Hub(world)
    for _ in range(KEPT + 1):
        world.tell(Event("clock"))
    assert [one.kind for _, one in hub.since(0)] == ["reset"]
    assert [one.kind for _, one in hub.since(hub.last - 3)] == ["clock"]
    assert [one.kind for _, one in hub.since(hub.last + 5)] == ["reset"]
