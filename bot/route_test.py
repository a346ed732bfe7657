"""Can each clinic's chats and people be written to? Asked at start and every 15 minutes, without a word to anybody.

Nobody tells a bot that a group was deleted, so the groups themselves are asked about once a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from telegram import Bot, ChatMemberRestricted
from telegram.constants import ChatAction, ChatMemberStatus, ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.desk import Desk
from bot.handlers.install import may_write
from bot.logs import trouble
from clinic.chats import follow_chat
from clinic.routes import RouteFinding, note_tests
from clinic.ward import Ward
from storage.clinics import all_clinics, staff_of
from storage.reading import Session
from storage.routes import failing_routes
from storage.work import Work

log = structlog.get_logger()

Routes = Sequence[tuple[int, int, bool]]
"""The clinic and the chat of each, and whether it is a group or a channel."""


class RouteTest:
    """Tests every route by asking Telegram; what Telegram does not answer says nothing about a route."""

    def __init__(self, desk: Desk, bot: Bot) -> None:
        self._desk = desk
        self._bot = bot

    async def run(self) -> None:
        """Test all routes and keep what was found."""
        await self._test_all(_routes)

    async def look_at_chats(self) -> None:
        """Test the groups that are believed to work; keep only what has become of those that do not."""
        await self._test_all(_groups_at_work, keeps=lambda found: found.trouble is not None)

    async def _test_all(
        self, query: Callable[[Session], Routes], keeps: Callable[[RouteFinding], bool] = lambda _: True
    ) -> None:
        try:
            found = [
                await self._test(clinic, chat, is_shared) for clinic, chat, is_shared in await self._desk.read(query)
            ]
            known = [one for one in found if one is not None and keeps(one)]
            if known:
                await self._desk.write(lambda work: note_tests(Ward(work, self._desk.content), known))
        except Exception as error:  # the database is away: the next test comes soon enough
            log.error("route-test-trouble", trouble=trouble(error))

    async def _test(self, clinic: int, chat: int, is_shared: bool) -> RouteFinding | None:
        try:
            why = await self._why_not(chat) if is_shared else await self._why_no_word(chat)
        except ChatMigrated as error:
            new = error.new_chat_id
            await self._desk.write(lambda work: _follow(work, self._desk, chat, new))
            return None
        except Forbidden:
            why = "forbidden"
        except BadRequest as error:
            why = "chat not found" if "not found" in error.message.lower() else "refused"
        except TelegramError:
            return None
        return RouteFinding(clinic, chat, why)

    async def _why_not(self, chat_id: int) -> str | None:
        chat = await self._bot.get_chat(chat_id)
        member = await self._bot.get_chat_member(chat_id, self._bot.id)
        if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
            return "not a member"
        everybody = chat.permissions is None or chat.permissions.can_send_messages is not False
        is_plain = member.status == ChatMemberStatus.MEMBER or isinstance(member, ChatMemberRestricted)
        can = may_write(chat.type, member) and (everybody or not is_plain or chat.type == ChatType.CHANNEL)
        return None if can else "no right to write"

    async def _why_no_word(self, chat_id: int) -> str | None:
        # Telegram tells of a block only when something is sent; this is the least that can be.
        await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        return None


def _routes(session: Session) -> Routes:
    found: list[tuple[int, int, bool]] = []
    for clinic in all_clinics(session):
        shared = (clinic.clinicians_chat, clinic.second_chat)
        found += [(clinic.id, chat, chat < 0) for chat in shared if chat is not None]
        found += [(clinic.id, post.telegram_id, False) for post in staff_of(session, clinic.id)]
    return list(dict.fromkeys(found))


def _groups_at_work(session: Session) -> Routes:
    failing = {(route.clinic_id, route.chat_id) for route in failing_routes(session)}
    chats = [(clinic.id, clinic.clinicians_chat) for clinic in all_clinics(session)]
    return [
        (clinic, chat, True)
        for clinic, chat in chats
        if chat is not None and chat < 0 and (clinic, chat) not in failing
    ]


def _follow(work: Work, desk: Desk, old: int, new: int) -> None:
    work.record("chat-found-moved")
    follow_chat(Ward(work, desk.content), old, new)
