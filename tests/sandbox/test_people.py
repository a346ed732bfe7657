"""What people see and do."""

from __future__ import annotations

import pytest

from sandbox.entities import parse, utf16_len
from sandbox.markup import message_html

ASK_PLACE = {
    "keyboard": [[{"text": "Share my place", "request_location": True}, {"text": "Not now"}]],
    "is_persistent": True,
}


async def test_a_command_carries_its_entity(api, stage, ann):
    await stage("POST", f"/people/{ann}/say", text="/start abc")
    message = (await api.updates())[0]["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {
        "id": ann, "is_bot": False, "first_name": "Ann", "username": "ann", "language_code": "en",
    }  # fmt: skip
    assert message["date"] == 1772352000


async def test_a_tap_that_finds_no_button_names_those_in_sight(api, stage, ann):
    markup = {"inline_keyboard": [[{"text": "Taken", "callback_data": "t"}]]}
    await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=markup)
    refused = await stage("POST", f"/people/{ann}/tap", expect=404, label="Skip")
    assert refused["error"] == "no button labelled 'Skip' in sight; visible: ['Taken']"
    await stage("POST", f"/people/{ann}/tap", data="t")


async def test_a_hostile_client_can_send_any_data(api, stage, ann):
    await api.ok("sendMessage", chat_id=ann, text="x")
    await stage("POST", f"/people/{ann}/tap", data="admin:erase", forge=True)
    assert (await api.updates())[0]["callback_query"]["data"] == "admin:erase"


async def test_the_newest_message_with_a_fitting_button_is_pressed(api, stage, ann):
    for number in (1, 2):
        markup = {"inline_keyboard": [[{"text": "Taken", "callback_data": f"t:{number}"}]]}
        await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=markup)
    await stage("POST", f"/people/{ann}/tap", label="taken")
    await stage("POST", f"/people/{ann}/tap", label="taken", message=1)
    assert [one["callback_query"]["data"] for one in await api.updates()] == ["t:2", "t:1"]


async def test_a_deep_link_button_starts_the_bot_with_its_payload(api, stage, ann):
    url = "https://t.me/steady_demo_bot?start=INVITE1"
    markup = {"inline_keyboard": [[{"text": "Open", "url": url}]]}
    await api.ok("sendMessage", chat_id=ann, text="x", reply_markup=markup)
    await stage("POST", f"/people/{ann}/tap", label="Open")
    assert (await api.updates())[0]["message"]["text"] == "/start INVITE1"


async def test_reply_keyboards_write_their_label_or_share_the_place(api, stage, ann):
    await api.ok("sendMessage", chat_id=ann, text="Where are you?", reply_markup=ASK_PLACE)
    await stage("POST", f"/people/{ann}/press", label="Not now")
    await stage("POST", f"/people/{ann}/press", label="share", lat=48.2, lon=16.4)
    said, shared = await api.updates()
    assert said["message"]["text"] == "Not now"
    assert shared["message"]["location"] == {"latitude": 48.2, "longitude": 16.4}
    await api.ok("sendMessage", chat_id=ann, text="Thanks", reply_markup={"remove_keyboard": True})
    refused = await stage("POST", f"/people/{ann}/press", expect=404, label="Not now")
    assert refused["error"] == "no reply-keyboard button 'Not now'; visible: []"


@pytest.mark.parametrize("kind", ["photo", "voice", "sticker", "document", "contact"])
async def test_people_send_more_than_text(api, stage, ann, kind):
    await stage("POST", f"/people/{ann}/{kind}")
    message = (await api.updates())[0]["message"]
    assert kind in message
    if kind == "photo":
        file = await api.ok("getFile", file_id=message["photo"][-1]["file_id"])
        answer = await api.http.get(f"/file/bot{api.token}/{file['file_path']}")
        assert answer.content.startswith(b"\x89PNG")


async def test_an_edit_by_a_person_is_told(api, stage, ann):
    number = (await stage("POST", f"/people/{ann}/say", text="I am fin"))["message_id"]
    await stage("POST", f"/people/{ann}/edit", message=number, text="I am fine")
    _, edited = await api.updates()
    assert edited["edited_message"]["text"] == "I am fine"
    assert (await stage.said(ann))[0]["history"][0]["text"] == "I am fin"


async def test_the_journal_shows_silence_protection_and_edits(api, stage, ann):
    sent = await api.ok(
        "sendMessage", chat_id=ann, text="<b>Hi</b>", parse_mode="HTML", disable_notification=True,
        protect_content=True, link_preview_options={"is_disabled": True},
    )  # fmt: skip
    await api.ok("editMessageText", chat_id=ann, message_id=sent["message_id"], text="Bye")
    shown = (await stage.said(ann))[0]
    assert (shown["silent"], shown["protected"], shown["text"]) == (True, True, "Bye")
    assert shown["link_preview"] == {"is_disabled": True}
    assert shown["history"][0]["text"] == "Hi"
    await api.ok("deleteMessage", chat_id=ann, message_id=sent["message_id"])
    assert (await stage.said(ann))[0]["deleted"] is True


async def test_forms_and_query_strings_work_like_json(http, api, ann):
    form = await http.post(f"/bot{api.token}/sendMessage", data={"chat_id": str(ann), "text": "by form"})
    query = await http.get(f"/bot{api.token}/SENDmessage", params={"chat_id": ann, "text": "by query"})
    assert [one.json()["result"]["text"] for one in (form, query)] == ["by form", "by query"]


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("😀 <b>x</b>", "😀 x", [("bold", 3, 1)]),
        ("<b>a <i>b</i></b>", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("  <u>x</u>  ", "x", [("underline", 0, 1)]),
        ("&lt;b&gt; &amp; &#128512;", "<b> & 😀", []),
        ('<a href="https://a.example/?x=1">go</a>', "go", [("text_link", 0, 2)]),
        ("<code>/start</code> /help", "/start /help", [("code", 0, 6), ("bot_command", 7, 5)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ('<tg-time unix="1772352000" format="wDT">8:00</tg-time>', "8:00", [("date_time", 0, 4)]),
        ('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
    ],
)
def test_html_becomes_entities_counted_in_utf16(html, text, entities):
    found, marks = parse(html, "HTML", None)
    assert found == text
    assert [(e["type"], e["offset"], e["length"]) for e in marks] == entities


def test_utf16_counts_an_emoji_twice():
    assert utf16_len("a😀я") == 4


@pytest.mark.parametrize(
    ("text", "entities", "html"),
    [
        ("<script>", [], "&lt;script&gt;"),
        ("abc", [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}],
         "<b>a<i>b</i></b><i>c</i>"),
        ("x", [{"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}], "x"),
        ("😀b", [{"type": "bold", "offset": 2, "length": 1}], "😀<b>b</b>"),
    ],
)  # fmt: skip
def test_entities_become_html_that_is_safe_to_show(text, entities, html):
    assert message_html(text, entities) == html
