"""Updates wait until they are confirmed, by a later offset or by a webhook's 2xx."""

from __future__ import annotations

import asyncio

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.sandbox.conftest import open_poll, until


async def say(stage, who, *texts):
    for text in texts:
        await stage("POST", f"/people/{who}/say", text=text)


def texts(updates):
    return [one["message"]["text"] for one in updates]


async def test_an_update_is_forgotten_only_when_a_later_offset_confirms_it(api, stage, ann):
    await say(stage, ann, "one", "two", "three")
    first = await api.ok("getUpdates")
    assert texts(first) == ["one", "two", "three"]
    assert await api.ok("getUpdates") == first
    assert texts(await api.ok("getUpdates", offset=first[1]["update_id"])) == ["two", "three"]
    assert await api.ok("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert await api.ok("getUpdates") == []


async def test_a_negative_offset_keeps_that_many_from_the_end(api, stage, ann):
    await say(stage, ann, "one", "two", "three")
    assert texts(await api.ok("getUpdates", offset=-1)) == ["three"]
    assert texts(await api.ok("getUpdates")) == ["three"]


async def test_a_limit_takes_the_oldest_first(api, stage, ann):
    await say(stage, ann, "one", "two", "three")
    assert texts(await api.ok("getUpdates", limit=2)) == ["one", "two"]


async def test_updates_are_dropped_after_a_day(api, stage, ann):
    await say(stage, ann, "one")
    await stage.at("2026-03-02T07:00:00Z")
    await say(stage, ann, "two")
    await stage.at("2026-03-02T08:00:01Z")
    assert texts(await api.ok("getUpdates")) == ["two"]


async def test_a_long_poll_answers_as_soon_as_something_comes(api, world, stage, ann):
    poll = asyncio.create_task(api.ok("getUpdates", timeout=30))
    await open_poll(world)
    await say(stage, ann, "hello")
    assert texts(await poll) == ["hello"]


async def test_a_second_poller_ends_the_first_with_a_conflict(api, world, stage, ann):
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await open_poll(world)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    refused = await first
    assert refused["error_code"] == 409
    assert refused["description"].startswith("Conflict: terminated by other getUpdates request")
    await say(stage, ann, "hello")
    assert texts((await second)["result"]) == ["hello"]


async def test_only_the_kinds_asked_for_arrive_and_the_wish_is_remembered(api, stage, ann):
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    await api.ok("getUpdates")
    await say(stage, ann, "hello")
    assert await api.ok("getUpdates") == []
    await api.ok("getUpdates", allowed_updates=[])
    await say(stage, ann, "hello again")
    assert texts(await api.ok("getUpdates")) == ["hello again"]


async def test_quiet_comes_with_the_confirming_offset(api, stage, ann):
    await say(stage, ann, "hello")
    assert await stage("GET", "/quiet?timeout=0") == {"quiet": False, "updates": 1, "next": None}
    waiting = asyncio.create_task(stage("GET", "/quiet?timeout=30"))
    found = await api.ok("getUpdates")
    assert not waiting.done()
    await api.ok("getUpdates", offset=found[0]["update_id"] + 1)
    assert await waiting == {"quiet": True, "updates": 0, "next": None}


async def test_a_repeated_update_arrives_again_although_confirmed(api, stage, ann):
    await say(stage, ann, "one", "two")
    seen = await api.updates()
    await stage("POST", "/updates/repeat", times=2, last=2, shuffle=True, seed=3)
    again = await api.ok("getUpdates", offset=seen[-1]["update_id"] + 1)
    assert sorted(texts(again)) == ["one", "one", "two", "two"]
    assert await api.ok("getUpdates", offset=seen[-1]["update_id"] + 1) == []


async def test_a_raw_update_arrives_untouched(api, stage):
    await stage("POST", "/updates", update={"message": {"nonsense": True}}, raw=True)
    await stage("POST", "/updates", update={"message": "not even an object"})
    found = await api.ok("getUpdates")
    assert found[0] == {"message": {"nonsense": True}}
    assert found[1]["message"] == "not even an object"
    assert isinstance(found[1]["update_id"], int)


@pytest.fixture
async def hook():
    """A webhook that keeps what it gets and answers from a list, then with 200."""
    got, answers = [], []

    async def take(request):
        got.append((request.headers.get("x-telegram-bot-api-secret-token"), await request.json()))
        arrived.set()
        return answers.pop(0) if answers else Response(status_code=200)

    arrived = asyncio.Event()
    config = uvicorn.Config(Starlette(routes=[Route("/", take, methods=["POST"])]), port=0, log_level="error")
    running = uvicorn.Server(config)
    task = asyncio.create_task(running.serve())

    async def started():
        return running.started

    await until(started)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/", got, answers
    running.should_exit = True
    await task


async def test_a_webhook_is_pushed_with_its_secret_until_it_agrees(api, stage, ann, hook):
    url, got, answers = hook
    answers.append(Response(status_code=500))
    await api.ok("setWebhook", url=url, secret_token="s3cret")
    refused = await api("getUpdates")
    assert refused["error_code"] == 409
    await say(stage, ann, "hello")
    assert await stage("GET", "/quiet?timeout=5") == {"quiet": True, "updates": 0, "next": None}
    assert [secret for secret, _ in got] == ["s3cret", "s3cret"]
    assert got[0] == got[1]
    info = await api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500"
    await api.ok("deleteWebhook")
    assert (await api.ok("getWebhookInfo"))["url"] == ""


async def test_a_webhook_may_answer_with_a_call(api, stage, ann, hook):
    url, _, answers = hook
    answers.append(JSONResponse({"method": "sendMessage", "chat_id": ann, "text": "By return"}))
    await api.ok("setWebhook", url=url)
    await say(stage, ann, "hello")
    await stage("GET", "/quiet?timeout=5")

    async def answered():
        return (await stage.said(ann))[1:]

    assert (await until(answered))[0]["text"] == "By return"


async def test_setting_a_webhook_ends_an_open_poll(api, world, hook):
    poll = asyncio.create_task(api.no("getUpdates", timeout=30))
    await open_poll(world)
    await api.ok("setWebhook", url=hook[0])
    assert await poll == "Conflict: terminated by setWebhook request"
