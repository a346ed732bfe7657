"""People who play themselves, on the sandbox clock."""

from __future__ import annotations

from datetime import timedelta

import httpx

from sandbox.clock import iso
from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.conftest import START, Api, Stage, until

TAKEN_OR_SKIP = {
    "inline_keyboard": [[{"text": "Taken", "callback_data": "t:1"}, {"text": "Skip", "callback_data": "s:1"}]]
}


async def ask(api, who, text="Your evening check-in"):
    return await api.ok("sendMessage", chat_id=who, text=text, reply_markup=TAKEN_OR_SKIP)


def pressed(updates):
    return [one["callback_query"]["data"] for one in updates if "callback_query" in one]


async def test_an_act_waits_for_its_time_on_the_sandbox_clock(api, stage):
    rule = {"see": {"button": "^taken"}, "do": {"tap": "^taken"}, "after": [10, 10]}
    ann = await stage.person("Ann", script=[rule])
    await ask(api, ann)
    assert await stage("GET", "/next") == {"at": "2026-03-01T08:10:00Z"}
    assert (await stage.at("2026-03-01T08:09:59Z"))["fired"] == 0
    assert await stage("GET", "/pending") == {"updates": 0, "acts_due": 0, "acts": 1}
    assert (await stage.at("2026-03-01T09:00:00Z"))["fired"] == 1
    found = await api.updates()
    assert pressed(found) == ["t:1"]
    assert await stage("GET", "/next") == {"at": None}


async def test_an_act_happens_at_its_own_time_even_in_a_long_jump(api, stage):
    ann = await stage.person("Ann", script=[{"do": {"say": "Fine"}, "after": [30, 30]}])
    await ask(api, ann)
    await stage.at("2026-03-08T08:00:00Z")
    said = (await stage.said(ann))[-1]
    assert (said["text"], said["date"]) == ("Fine", int((START + timedelta(minutes=30)).timestamp()))


async def test_the_first_rule_that_fits_acts(api, stage):
    script = [
        {"see": {"text": "liver"}, "do": {"say": "No"}},
        {"see": {"data": "^t:"}, "do": {"tap_data": "^s:"}},
        {"do": {"say": "What?"}},
    ]
    ann = await stage.person("Ann", script=script)
    await ask(api, ann)
    await api.ok("sendMessage", chat_id=ann, text="Any LIVER trouble?")
    await api.ok("sendMessage", chat_id=ann, text="Hm")
    await stage.at("2026-03-01T08:00:00Z")
    found = await api.updates()
    assert pressed(found) == ["s:1"]
    assert [one["message"]["text"] for one in found if "message" in one] == ["No", "What?"]


async def test_rules_run_out_take_turns_and_keep_to_their_days(api, stage):
    script = [
        {"see": {"text": "once"}, "do": {"say": "first"}, "times": 1},
        {"see": {"text": "turn"}, "do": {"say": "odd"}, "every": 2},
        {"see": {"text": "late"}, "do": {"say": "later"}, "days": [1, 1]},
        {"do": {"nothing": True}},
    ]
    ann = await stage.person("Ann", script=script)

    async def answers(*texts):
        for text in texts:
            await api.ok("sendMessage", chat_id=ann, text=text)
        await stage.at((await stage("GET", "/state"))["clock"])
        return [one["message"]["text"] for one in await api.updates()]

    assert await answers("once", "once") == ["first"]
    assert await answers("turn", "turn", "turn") == ["odd", "odd"]
    assert await answers("late") == []
    await stage.at("2026-03-02T08:00:00Z")
    assert await answers("late") == ["later"]
    await stage.at("2026-03-03T08:00:00Z")
    assert await answers("late") == []


async def course(api, stage):
    """Twenty evenings with chance and delay; return what Ann did and when."""
    await stage("POST", "/reset")
    script = [
        {"see": {"button": "taken"}, "do": {"tap": "taken"}, "chance": 0.6, "after": [1, 90]},
        {"do": {"say": ["not today", "I forgot", "no"]}, "after": [5, 200]},
    ]
    ann = await stage.person("Ann", script=script)
    done = []
    for day in range(20):
        await ask(api, ann)
        await stage.at(iso(START + timedelta(days=day + 1)))
        for one in await api.updates():
            said = one.get("message", {})
            done.append((day, said.get("date"), said.get("text") or one["callback_query"]["data"]))
    return done


async def test_a_seed_repeats_the_course(api, stage):
    first = await course(api, stage)
    assert await course(api, stage) == first
    assert len({text for *_, text in first}) > 2


async def test_nobody_presses_a_button_that_is_gone(api, stage):
    ann = await stage.person("Ann", script=[{"see": {"button": "taken"}, "do": {"tap": "taken"}, "after": [9, 9]}])
    sent = await ask(api, ann)
    await api.ok("editMessageText", chat_id=ann, message_id=sent["message_id"], text="Closed")
    await stage.at("2026-03-01T09:00:00Z")
    assert await api.updates() == []


async def test_a_script_switched_off_leaves_the_person_to_the_user(api, stage):
    ann = await stage.person("Ann", script=[{"do": {"say": "hi"}, "after": [5, 5]}])
    await ask(api, ann)
    await stage("POST", f"/people/{ann}/script", on=False)
    assert await stage("GET", "/next") == {"at": None}
    await ask(api, ann)
    assert await stage("GET", "/next") == {"at": None}
    await stage("POST", f"/people/{ann}/script", on=True)
    await ask(api, ann)
    assert await stage("GET", "/next") == {"at": "2026-03-01T08:05:00Z"}


async def test_a_clinician_answers_in_the_group_and_a_patient_shares_a_place(api, stage):
    doc = await stage.person(
        "Dr Weber", script=[{"see": {"chat": "supergroup", "button": "taken"}, "do": {"tap": "taken"}}]
    )
    ann = await stage.person("Ann", script=[{"do": {"location": [52.5, 13.4]}}])
    room = await stage.room("supergroup", doc)
    await api.updates()
    await ask(api, room)
    await ask(api, ann)
    await stage.at("2026-03-01T08:00:00Z")
    press, place = await api.updates()
    assert press["callback_query"]["from"]["id"] == doc
    assert press["callback_query"]["message"]["chat"]["id"] == room
    assert place["message"]["location"] == {"latitude": 52.5, "longitude": 13.4}


async def test_a_wrong_rule_is_named(stage):
    script = [{"do": {"say": "hi"}}, {"do": {"dance": True}}]
    refused = await stage("POST", "/people", expect=400, first_name="Ann", script=script)
    assert refused["error"].startswith("rule 2 of the script is wrong")


async def test_the_clock_never_goes_back_without_force(stage):
    refused = await stage.at("2026-02-01T08:00:00Z", expect=409)
    assert "never goes backwards" in refused["error"]
    assert (await stage.at("2026-02-01T08:00:00Z", force=True))["now"] == "2026-02-01T08:00:00Z"
    await stage("PUT", "/clock", expect=400, now="2026-03-01T08:00:00")


async def test_an_order_reaches_the_driver_and_stop_halts_it_once(stage):
    await stage("POST", "/orders", plus="1d", pace=0.2)
    order = await stage("GET", "/orders?timeout=5")
    assert (order["to"], order["pace"]) == ("2026-03-02T08:00:00Z", 0.2)
    assert await stage("GET", "/orders?timeout=0", expect=204) is None
    assert (await stage.at("2026-03-01T09:00:00Z"))["halt"] is False
    await stage("POST", "/orders/stop")
    assert (await stage.at("2026-03-01T09:00:00Z"))["halt"] is True
    assert (await stage.at("2026-03-01T09:00:00Z"))["halt"] is False


async def test_to_the_end_means_the_latest_end_of_a_journey(stage, ann):
    await stage("PUT", f"/people/{ann}/journey", title="Alcohol 50", cells=["taken"], ends_at="2026-05-24T08:00:00Z")
    assert (await stage("POST", "/orders", plus="end"))["to"] == "2026-05-24T08:00:00Z"
    refused = await stage("PUT", f"/people/{ann}/journey", expect=400, cells=["eaten"])
    assert "missed-by-us" in refused["error"]


async def test_started_alone_the_sandbox_drives_its_own_clock():
    world = World(start=START, self_driving=True)
    async with serve(world) as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as http:
        stage, api = Stage(http), Api(http)
        ann = await stage.person("Ann", script=[{"do": {"say": "Fine"}, "after": [30, 30]}])
        await ask(api, ann)
        await stage("POST", "/orders", plus="1d")
        assert [one["message"]["text"] for one in await until(api.updates)] == ["Fine"]

        async def arrived():
            return (await stage("GET", "/state"))["order"] is None

        await until(arrived)
        assert (await stage("GET", "/state"))["clock"] == "2026-03-02T08:00:00Z"
