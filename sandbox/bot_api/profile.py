"""The bot about itself: commands, texts, menu button, and answering presses."""

from __future__ import annotations

import json
import re
from typing import Any

from sandbox.bot_api.methods import find_chat, method
from sandbox.bot_api.params import Params
from sandbox.clock import iso
from sandbox.errors import bad_request
from sandbox.world import Event, World

QUERY_SECONDS = 15
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("getMe")
def get_me(world: World, params: Params) -> Any:
    return world.bot.as_me()


@method("logOut")
def log_out(world: World, params: Params) -> Any:
    return True


@method("close")
def close(world: World, params: Params) -> Any:
    return True


@method("answerCallbackQuery")
def answer(world: World, params: Params) -> Any:
    """Answer a press once and soon: unknown, answered and expired ones are refused with the same words."""
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answered or (world.clock.now - query.at).total_seconds() > QUERY_SECONDS:
        raise bad_request(TOO_OLD)
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    person = world.people[query.person]
    toast = {
        "at": iso(world.clock.now),
        "text": text,
        "alert": params.flag("show_alert"),
        "url": params.text("url"),
        "query": query.id,
        "chat": query.chat,
        "message": query.message,
    }
    person.toasts.append(toast)
    if text:
        world.tell(Event("toast", person=person.id, chat=query.chat, text=text))
    return True


def _command_scope(params: Params) -> str:
    scope = params.value("scope") or {"type": "default"}
    return json.dumps([scope, params.text("language_code")], sort_keys=True)


@method("setMyCommands")
def set_commands(world: World, params: Params) -> Any:
    commands = params.value("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse list of bot commands: at most 100 BotCommand expected")
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(one.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(one.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.bot.commands[_command_scope(params)] = commands
    world.tell(Event("commands"))
    return True


@method("getMyCommands")
def get_commands(world: World, params: Params) -> Any:
    return world.bot.commands.get(_command_scope(params), [])


@method("deleteMyCommands")
def delete_commands(world: World, params: Params) -> Any:
    world.bot.commands.pop(_command_scope(params), None)
    return True


@method("setChatMenuButton")
def set_menu_button(world: World, params: Params) -> Any:
    chat_id = find_chat(world, params).id if "chat_id" in params else 0
    world.bot.menu_buttons[chat_id] = params.value("menu_button") or {"type": "default"}
    return True


@method("getChatMenuButton")
def get_menu_button(world: World, params: Params) -> Any:
    return world.bot.menu_buttons.get(params.number("chat_id"), {"type": "commands"})


def _keep_text(name: str, most: int) -> None:
    title = "".join(part.capitalize() for part in name.split("_"))

    def set_text(world: World, params: Params) -> Any:
        if len(params.text(name)) > most:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        world.bot.texts[f"{name}:{params.text('language_code')}"] = params.text(name)
        return True

    def get_text(world: World, params: Params) -> Any:
        default = world.bot.first_name if name == "name" else ""
        return {name: world.bot.texts.get(f"{name}:{params.text('language_code')}", default)}

    method(f"setMy{title}")(set_text)
    method(f"getMy{title}")(get_text)


_keep_text("name", 64)
_keep_text("description", 512)
_keep_text("short_description", 120)
