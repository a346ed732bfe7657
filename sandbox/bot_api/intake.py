"""How the bot gets its updates: long polls and the webhook."""

from __future__ import annotations

import re
from typing import Any

from sandbox.bot_api.methods import method
from sandbox.bot_api.params import Params
from sandbox.errors import bad_request, conflict
from sandbox.webhook import Webhook
from sandbox.world import World


def _remember_allowed(world: World, params: Params) -> None:
    """Keep the list of wanted kinds; a call that leaves it out keeps the earlier one."""
    if "allowed_updates" not in params:
        return
    wish = params.value("allowed_updates")
    if not isinstance(wish, list) or any(not isinstance(kind, str) for kind in wish):
        raise bad_request("can't parse allowed_updates: array of strings expected")
    world.updates.allowed = wish


async def get_updates(world: World, params: Params) -> list[object]:
    if world.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(world, params)
    limit = min(max(params.number("limit", 100), 1), 100)
    timeout = min(max(params.number("timeout"), 0), 50)
    return await world.updates.poll(offset=params.number("offset"), limit=limit, seconds=timeout)


@method("setWebhook")
def set_webhook(world: World, params: Params) -> Any:
    """Remember where to push. Plain http is accepted, for bots on the same machine; Telegram wants https."""
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return delete_webhook(world, params)
    if not re.match(r"https?://[^\s/]+", url):
        raise bad_request("bad webhook: invalid webhook URL specified")
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed(world, params)
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = Webhook(url, secret, params.number("max_connections", 40))
    world.updates.end_poll("terminated by setWebhook request")
    for tell in world.updates.on_new:
        tell()
    return True


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> Any:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = Webhook()
    return True


@method("getWebhookInfo")
def webhook_info(world: World, params: Params) -> Any:
    return world.webhook.info(world.updates.pending(), world.updates.allowed)
