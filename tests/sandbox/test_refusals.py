"""What Telegram refuses is refused in Telegram's words."""

from __future__ import annotations

import pytest

CANT_PARSE = "Bad Request: can't parse entities: "
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keys(*rows):
    return {"inline_keyboard": [list(row) for row in rows]}


def key(**more):
    return {"text": "Taken", "callback_data": "t"} | more


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<p>no</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("я <h1>no</h1>", 'Unsupported start tag "h1" at byte offset 3'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_broken_html_is_refused(api, ann, text, words):
    assert await api.no("sendMessage", chat_id=ann, text=text, parse_mode="HTML") == CANT_PARSE + words


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "Lisp"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": keys([key(callback_data="")])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([key(callback_data="x" * 65)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([key(callback_data="я" * 33)])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keys([key()] * 9)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": keys(*[[key()]] * 101)}, "reply markup is too long"),
        (
            {"text": "x", "reply_markup": keys([{"text": "bare"}])},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": keys([key(style="purple")])},
            "can't parse inline keyboard button: Invalid button style specified",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 99}, "message thread not found"),
    ],
)
async def test_what_cannot_be_sent_is_refused(api, ann, params, words):
    assert await api.no("sendMessage", chat_id=ann, **params) == f"Bad Request: {words}"


async def test_limits_are_met_exactly(api, ann):
    await api.ok("sendMessage", chat_id=ann, text="<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await api.ok("sendMessage", chat_id=ann, text="😀" * 2048)
    markup = keys([key(callback_data="я" * 32)], *[[key()] * 8] * 12)
    await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=markup)


async def test_a_caption_is_shorter_than_a_text(http, api, ann):
    sent = await http.post(
        f"/bot{api.token}/sendDocument",
        data={"chat_id": str(ann), "caption": "x" * 1025},
        files={"document": ("a.txt", b"a")},
    )
    assert sent.json()["description"] == "Bad Request: message caption is too long"


@pytest.mark.parametrize("chat", [123, "-100123", "@nobody", "Ann"])
async def test_an_unknown_chat_is_not_found(api, chat):
    assert await api.no("sendMessage", chat_id=chat, text="x") == "Bad Request: chat not found"


async def test_a_call_without_a_chat_says_so(api):
    assert await api.no("sendMessage", text="x") == "Bad Request: chat_id is empty"


async def test_an_unknown_token_is_unauthorized(http):
    answer = await http.post("/bot1:WRONG/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


async def test_an_unknown_method_is_refused_loudly_and_listed(api, stage):
    found = await api.no("sendDice", chat_id=1)
    assert found == "Bad Request: method not implemented in the stand-in: sendDice"
    assert await stage("GET", "/unimplemented") == {"sendDice": 1}


async def test_an_edit_that_changes_nothing_is_refused(api, ann):
    sent = await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=keys([key()]))
    where = {"chat_id": ann, "message_id": sent["message_id"]}
    said = await api.no("editMessageText", **where, text="x", reply_markup=keys([key()]))
    assert said.startswith("Bad Request: message is not modified")
    edited = await api.ok("editMessageText", **where, text="x")
    assert "reply_markup" not in edited
    assert (await api.no("editMessageReplyMarkup", **where)).startswith("Bad Request: message is not modified")


async def test_only_what_is_there_and_ours_can_be_edited(api, stage, ann):
    assert (
        await api.no("editMessageText", chat_id=ann, message_id=9, text="x") == "Bad Request: message to edit not found"
    )
    theirs = (await stage("POST", f"/people/{ann}/say", text="hi"))["message_id"]
    assert (
        await api.no("editMessageText", chat_id=ann, message_id=theirs, text="x")
        == "Bad Request: message can't be edited"
    )


async def test_deleting_ends_after_48_hours(api, stage, ann):
    first = (await api.ok("sendMessage", chat_id=ann, text="x"))["message_id"]
    second = (await api.ok("sendMessage", chat_id=ann, text="y"))["message_id"]
    await stage.at("2026-03-03T08:00:00Z")
    await api.ok("deleteMessage", chat_id=ann, message_id=first)
    assert "message to delete not found" in await api.no("deleteMessage", chat_id=ann, message_id=first)
    await stage.at("2026-03-03T08:00:01Z")
    said = await api.no("deleteMessage", chat_id=ann, message_id=second)
    assert said == "Bad Request: message can't be deleted for everyone"


async def pressed(api, stage, ann):
    await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=keys([key()]))
    return (await stage("POST", f"/people/{ann}/tap", label="Taken"))["query"]


async def test_a_press_is_answered_once(api, stage, ann):
    query = await pressed(api, stage, ann)
    await api.ok("answerCallbackQuery", callback_query_id=query)
    assert await api.no("answerCallbackQuery", callback_query_id=query) == TOO_OLD
    assert await api.no("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_a_press_is_answered_soon(api, stage, ann):
    query = await pressed(api, stage, ann)
    await stage.at("2026-03-01T08:00:16Z")
    assert await api.no("answerCallbackQuery", callback_query_id=query) == TOO_OLD


async def test_markdown_is_refused_as_not_ours(api, ann):
    said = await api.no("sendMessage", chat_id=ann, text="*x*", parse_mode="MarkdownV2")
    assert said == "Bad Request: parse mode not implemented in the stand-in: MarkdownV2"


async def test_flood_limits_hold_when_switched_on(api, stage, ann):
    await stage("PUT", "/limits", on=True)
    for _ in range(5):
        await api.ok("sendMessage", chat_id=ann, text="x")
    refused = await api("sendMessage", chat_id=ann, text="x")
    assert refused["error_code"] == 429
    assert refused["parameters"] == {"retry_after": 1}
    assert refused["description"] == "Too Many Requests: retry after 1"
    await stage.at("2026-03-01T08:00:01Z")
    await api.ok("sendMessage", chat_id=ann, text="x")


async def test_a_group_takes_twenty_a_minute(api, stage, ann):
    room = await stage.room("supergroup", ann)
    await stage("PUT", "/limits", on=True)
    for _ in range(20):
        await api.ok("sendMessage", chat_id=room, text="x")
    assert (await api("sendMessage", chat_id=room, text="x"))["parameters"] == {"retry_after": 60}
