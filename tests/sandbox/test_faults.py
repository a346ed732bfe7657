"""Faults on demand: each way a call goes wrong, and whether the act was done."""

from __future__ import annotations

import httpx
import pytest

DONE, NOT_DONE = 1, 0


async def send(api, ann):
    return await api.http.post(f"/bot{api.token}/sendMessage", json={"chat_id": ann, "text": "x"}, timeout=5)


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [
        ({"kind": "status", "status": 500}, 500, NOT_DONE),
        ({"kind": "status", "status": 502}, 502, NOT_DONE),
        ({"kind": "html"}, 502, NOT_DONE),
        ({"kind": "429", "retry_after": 7}, 429, NOT_DONE),
        ({"kind": "401"}, 401, NOT_DONE),
        ({"kind": "409"}, 409, NOT_DONE),
        ({"kind": "status_after", "status": 504}, 504, DONE),
        ({"kind": "half_json"}, 200, DONE),
        ({"kind": "slow", "seconds": 0.01}, 200, DONE),
    ],
)
async def test_a_fault_answers_wrongly_and_the_act_is_done_or_not(api, stage, ann, fault, status, done):
    await stage("POST", "/faults", **fault)
    answer = await send(api, ann)
    assert answer.status_code == status
    assert len(await stage.said(ann)) == done
    if fault["kind"] in ("html", "half_json"):
        with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
            answer.json()
    if fault["kind"] == "429":
        assert answer.json()["parameters"] == {"retry_after": 7}


@pytest.mark.parametrize(
    ("kind", "done"),
    [("reset", NOT_DONE), ("reset_after", DONE), ("timeout_before", NOT_DONE), ("timeout_after", DONE)],
)
async def test_a_cut_line_leaves_the_caller_in_doubt(api, stage, ann, kind, done):
    await stage("POST", "/faults", kind=kind, seconds=0.01)
    with pytest.raises(httpx.TransportError):
        await send(api, ann)
    assert len(await stage.said(ann)) == done


async def test_a_held_answer_outlasts_the_callers_patience(api, stage, ann):
    await stage("POST", "/faults", kind="timeout_after", seconds=60)
    with pytest.raises(httpx.ReadTimeout):
        await api.http.post(f"/bot{api.token}/sendMessage", json={"chat_id": ann, "text": "x"}, timeout=0.05)
    assert len(await stage.said(ann)) == 1


async def test_a_fault_keeps_to_its_method_chat_and_count(api, stage, ann):
    bea = await stage.person("Bea")
    await stage("POST", "/faults", kind="status", method="^sendMessage$", chat=ann, times=1)
    assert await api.ok("getMe")
    assert await api.ok("sendMessage", chat_id=bea, text="x")
    assert not (await api("sendMessage", chat_id=ann, text="x"))["ok"]
    assert await api.ok("sendMessage", chat_id=ann, text="x")


async def test_a_share_of_calls_fails_the_same_way_for_the_same_seed(api, stage, ann):
    async def run():
        await stage("DELETE", "/faults")
        await stage("POST", "/faults", kind="status", share=0.5, seed=4)
        return [(await api("sendMessage", chat_id=ann, text="x"))["ok"] for _ in range(20)]

    first = await run()
    assert await run() == first
    assert True in first
    assert False in first


async def test_a_fault_is_written_down_with_the_call(api, stage, ann):
    await stage("POST", "/faults", kind="429", times=1)
    await api("sendMessage", chat_id=ann, text="x")
    call = (await stage("GET", "/calls"))[-1]
    assert (call["method"], call["status"], call["fault"]) == ("sendMessage", 429, "429")
    assert call["params"]["text"] == "x"


async def test_an_unknown_fault_names_the_known_ones(stage):
    refused = await stage("POST", "/faults", kind="gremlin", expect=400)
    assert "timeout_after" in refused["error"]


async def test_a_revoked_token_is_refused_at_once(api, stage):
    await stage("PUT", "/tokens", tokens=["4242:OTHER"])
    assert (await api("getMe"))["error_code"] == 401
