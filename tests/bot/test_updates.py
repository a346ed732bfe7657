"""What is read of an update: of a press only what somebody looks at, of all else what the library makes of it."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.updates import read_update

BOT = Bot("1:a")
WHO = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "es"}
MESSAGE = {"message_id": 3, "date": 1, "chat": {"id": -5, "type": "group", "title": "G"}, "text": "x" * 9, "from": WHO}
PRESS = {"id": "9", "from": WHO, "chat_instance": "c", "message": MESSAGE, "data": "fine:0"}


def press(**changed: Any) -> dict[str, Any]:
    return {"update_id": 4, "callback_query": {**PRESS, **changed}}


def test_a_press_says_who_where_and_what_as_the_library_would() -> None:
    ours, theirs = read_update(press(), BOT), Update.de_json(press(), BOT)
    for update in (ours, theirs):
        assert update is not None
        assert update.callback_query is not None
        assert update.callback_query.message is not None
        assert (update.update_id, update.callback_query.id, update.callback_query.data) == (4, "9", "fine:0")
        assert update.callback_query.message.message_id == 3
        assert update.effective_user is not None
        assert (update.effective_user.id, update.effective_user.language_code) == (7, "es")
        assert update.effective_chat is not None
        assert (update.effective_chat.id, update.effective_chat.type) == (-5, "group")
        assert update.callback_query.get_bot() is BOT


ODD = {
    "without a message": press(message=None),
    "without data": press(data=None),
    "a message": {"update_id": 4, "message": MESSAGE},
    "nothing we know": {"update_id": 4, "poll_of_tomorrow": {}},
}


@pytest.mark.parametrize("raw", ODD.values(), ids=ODD)
def test_whatever_else_comes_is_read_as_the_library_reads_it(raw: dict[str, Any]) -> None:
    ours, theirs = read_update(raw, BOT), Update.de_json(raw, BOT)
    assert ours is not None
    assert ours.effective_user == theirs.effective_user
    assert ours.effective_chat == theirs.effective_chat
    assert ours.message == theirs.message


WRONG = {
    "no sender": press(**{"from": None}),
    "a chat without id": press(message={**MESSAGE, "chat": {"type": "private"}}),
}


@pytest.mark.parametrize("raw", WRONG.values(), ids=WRONG)
def test_a_press_that_says_too_little_fails_or_has_nobody(raw: dict[str, Any]) -> None:
    try:
        update = read_update(raw, BOT)
    except (TypeError, KeyError, ValueError):
        return
    assert update is not None
    assert update.effective_user is None
