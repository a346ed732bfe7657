"""Groups, supergroups and channels: who sees what, who may what, and what the bot is told."""

from __future__ import annotations

import pytest


def kinds(updates):
    return [next(name for name in one if name != "update_id") for one in updates]


async def test_being_added_and_removed_is_told(api, stage, ann):
    room = await stage.room("group", ann, admin=False)
    joined, service = await api.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == 4242
    await stage("POST", f"/chats/{room}/remove_bot")
    assert (await api.updates())[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


@pytest.mark.parametrize(
    ("kind", "words"),
    [("group", "group chat"), ("supergroup", "supergroup chat"), ("channel", "channel chat")],
)
async def test_a_bot_that_was_removed_is_forbidden(api, stage, ann, kind, words):
    room = await stage.room(kind, ann)
    await stage("POST", f"/chats/{room}/remove_bot")
    said = await api.no("sendMessage", chat_id=room, text="x")
    assert said == f"Forbidden: bot was kicked from the {words}"


async def test_a_chat_the_bot_left_or_never_saw_is_out_of_reach(api, stage, ann):
    room = await stage.room("supergroup", ann)
    await api.ok("leaveChat", chat_id=room)
    said = await api.no("sendMessage", chat_id=room, text="x")
    assert said == "Forbidden: bot is not a member of the supergroup chat"
    other = (await stage("POST", "/chats", kind="group", title="Tea", members=[ann]))["id"]
    assert await api.no("sendMessage", chat_id=other, text="x") == "Bad Request: chat not found"


async def test_blocking_and_unblocking_is_told_at_once(api, stage, ann):
    await stage("POST", f"/people/{ann}/block")
    await stage("POST", f"/people/{ann}/unblock")
    states = [one["my_chat_member"]["new_chat_member"]["status"] for one in await api.updates()]
    assert states == ["kicked", "member"]


async def test_migration_tells_both_chats_and_the_old_id_is_dead(api, stage, ann):
    group = await stage.room("group", ann)
    await api.updates()
    new = (await stage("POST", f"/chats/{group}/migrate"))["id"]
    old_chat, new_chat = await api.updates()
    assert old_chat["message"]["migrate_to_chat_id"] == new
    assert new_chat["message"]["migrate_from_chat_id"] == group
    refused = await api("sendMessage", chat_id=group, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": new}
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"


async def test_privacy_mode_shows_commands_and_replies_only(api, stage, ann):
    room = await stage.room("supergroup", ann, admin=False)
    sent = await api.ok("sendMessage", chat_id=room, text="Who takes this?")
    await api.updates()

    async def say(text, **more):
        await stage("POST", f"/people/{ann}/say", text=text, chat=room, **more)

    await say("Just talking")
    await say("/status")
    await say("/status@another_bot")
    await say("/status@steady_demo_bot")
    await say("Me", reply_to=sent["message_id"])
    seen = [one["message"]["text"] for one in await api.updates()]
    assert seen == ["/status", "/status@steady_demo_bot", "Me"]


async def test_an_admin_bot_sees_everything(api, stage, ann):
    room = await stage.room("supergroup", ann)
    await api.updates()
    await stage("POST", f"/people/{ann}/say", text="Just talking", chat=room)
    assert len(await api.updates()) == 1


async def test_an_anonymous_admin_writes_as_the_group_but_presses_as_themselves(api, stage, ann):
    room = await stage.room("supergroup", ann)
    await stage("POST", f"/chats/{room}/members", person=ann, status="creator", anonymous=True)
    markup = {"inline_keyboard": [[{"text": "Mine", "callback_data": "ack"}]]}
    await api.ok("sendMessage", chat_id=room, text="Page", reply_markup=markup)
    await api.updates()
    await stage("POST", f"/people/{ann}/say", text="hello", chat=room)
    await stage("POST", f"/people/{ann}/tap", label="Mine", chat=room)
    written, pressed = await api.updates()
    assert written["message"]["from"]["id"] == 1087968824
    assert written["message"]["sender_chat"]["id"] == room
    assert pressed["callback_query"]["from"]["id"] == ann


async def test_channel_posts_have_no_author(api, stage, ann):
    bea = await stage.person("Bea")
    room = await stage.room("channel", ann, bea)
    await api.updates()
    await stage("POST", f"/people/{ann}/say", text="Notice", chat=room)
    post = (await api.updates())[0]["channel_post"]
    assert "from" not in post
    assert post["sender_chat"]["id"] == room
    await stage("POST", f"/people/{bea}/say", expect=409, text="Me too", chat=room)


async def test_rights_taken_away_are_missed(api, stage, ann):
    room = await stage.room("channel", ann)
    await stage("POST", f"/chats/{room}/rights", can_post_messages=False)
    said = await api.no("sendMessage", chat_id=room, text="x")
    assert said == "Bad Request: need administrator rights in the channel chat"
    group = await stage.room("group", ann, admin=False)
    await stage("POST", f"/chats/{group}/rights", silenced=True)
    said = await api.no("sendMessage", chat_id=group, text="x")
    assert said == "Bad Request: not enough rights to send text messages to the chat"
    sent = (await api.updates())[-1]
    assert kinds([sent]) == ["message"]


async def test_pins_and_topics_need_their_rights(api, stage, ann):
    room = await stage.room("supergroup", ann, forum=True)
    topic = await api.ok("createForumTopic", chat_id=room, name="QX7")
    thread = topic["message_thread_id"]
    sent = await api.ok("sendMessage", chat_id=room, text="x", message_thread_id=thread)
    assert sent["message_thread_id"] == thread
    await api.ok("pinChatMessage", chat_id=room, message_id=sent["message_id"])
    assert (await api.ok("getChat", chat_id=room))["pinned_message"]["message_id"] == sent["message_id"]
    await stage("POST", f"/chats/{room}/delete_topic", thread=thread)
    said = await api.no("sendMessage", chat_id=room, text="x", message_thread_id=thread)
    assert said == "Bad Request: message thread not found"
    await stage("POST", f"/chats/{room}/rights", can_pin_messages=False)
    said = await api.no("unpinChatMessage", chat_id=room)
    assert said == "Bad Request: not enough rights to manage pinned messages in the chat"


async def test_people_coming_and_going_reach_an_admin_bot_that_asked(api, stage, ann):
    bea = await stage.person("Bea")
    room = await stage.room("supergroup", ann)
    await api.updates()
    await api.ok("getUpdates", allowed_updates=["chat_member", "message"])
    await stage("POST", f"/chats/{room}/members", person=bea)
    await stage("POST", f"/chats/{room}/members", person=bea, status="left")
    assert kinds(await api.updates()) == ["chat_member", "message", "chat_member", "message"]
