"""Give the application its handlers: every update ends in exactly one action."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    Update,
)
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    MessageHandler,
    filters,
)

from bot.desk import HANDLING, Desk
from bot.handlers import alerts, clinicians, courses, desk, doses, feelings, hearing, joining
from bot.handlers.routes import Command, Press
from care.refusals import NotFound
from clinic.chats import (
    bot_added,
    bot_removed,
    ignore,
    move_clinic_chat,
    patient_blocked,
    patient_returned,
    refuse_anonymous,
    reject_press,
)
from clinic.hear_text import hear_other, hear_text
from clinic.join_plan import share_location
from clinic.menus import CLINICIAN_MENU, PATIENT_MENU, menu_key, owe_menus
from clinic.reply_to_case import reply_to_case
from clinic.routes import rights_changed
from clinic.serve import Action
from clinic.ward import Ward

log = structlog.get_logger()

SUBJECTS = (joining, doses, feelings, hearing, courses, clinicians, alerts, desk)
PRESSES: dict[str, Press] = {press.word: press for subject in SUBJECTS for press in subject.PRESSES}
COMMANDS: tuple[Command, ...] = tuple(command for subject in SUBJECTS for command in subject.COMMANDS)

GONE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})

Context = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Any]


class Handlers:
    """The handlers of one application; all they know is the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def install(self, application: Application) -> None:  # type: ignore[type-arg]
        """Add every handler, and the one that hears of failures."""
        application.add_handler(CallbackQueryHandler(self.press))
        application.add_handler(ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.migrate))
        in_private = filters.ChatType.PRIVATE
        for command in COMMANDS:
            application.add_handler(CommandHandler(command.word, self._typed(command)))
        application.add_handler(MessageHandler(filters.ChatType.GROUPS & filters.REPLY, self.reply_in_group))
        application.add_handler(MessageHandler(in_private & filters.LOCATION, self.location))
        application.add_handler(MessageHandler(in_private & filters.TEXT, self.text))
        application.add_handler(MessageHandler(in_private & ~filters.StatusUpdate.ALL, self.other))
        application.add_error_handler(self.failed)

    async def press(self, update: Update, _context: Context) -> None:
        """A button was pressed, or a client says so."""
        query = update.callback_query
        assert query is not None
        word, *args = (query.data or "").split(":")
        route = PRESSES.get(word)
        try:
            values = route.values(args) if route is not None else {}
        except NotFound:
            route = None
        if route is None:
            await self._desk.act(update, reject_press)
        else:
            await self._desk.act(update, route.action, **values)

    def _typed(self, command: Command) -> Any:
        async def handle(update: Update, _context: Context) -> None:
            message = update.effective_message
            if message is not None and message.sender_chat is not None:
                await self._desk.act(update, refuse_anonymous)
                return
            text = message.text or "" if message is not None else ""
            rest = text.partition(" ")[2].strip()
            values = {command.takes: rest} if command.takes is not None else {}
            await self._desk.act(update, command.action, **values)

        return handle

    async def text(self, update: Update, _context: Context) -> None:
        """A person wrote something."""
        message = update.effective_message
        assert message is not None
        replied = message.reply_to_message
        await self._desk.act(
            update,
            hear_text,
            text=message.text or "",
            replied=replied.message_id if replied is not None else None,
            is_edit=update.edited_message is not None,
        )

    async def reply_in_group(self, update: Update, context: Context) -> None:
        """A person replied to a message in a group; to whose, and who the person is, the action finds out."""
        message = update.effective_message
        assert message is not None
        if message.reply_to_message is None or message.from_user is None:
            return
        author = message.reply_to_message.from_user
        await self._desk.act(
            update,
            reply_to_case,
            replied=message.reply_to_message.message_id,
            text=message.text or "",
            to_us=author is not None and author.id == context.bot.id,
            is_edit=update.edited_message is not None,
            is_anonymous=message.sender_chat is not None,
        )

    async def location(self, update: Update, _context: Context) -> None:
        """A person shared where they are."""
        message = update.effective_message
        assert message is not None
        assert message.location is not None
        place = message.location
        await self._desk.act(update, share_location, latitude=place.latitude, longitude=place.longitude)

    async def other(self, update: Update, _context: Context) -> None:
        """A person sent something that is not text; a caption is."""
        message = update.effective_message
        await self._desk.act(update, hear_other, caption=message.caption or "" if message is not None else "")

    async def membership(self, update: Update, _context: Context) -> None:
        """The bot was added, removed, blocked or unblocked."""
        change = update.my_chat_member
        assert change is not None
        is_gone, was_gone = change.new_chat_member.status in GONE, change.old_chat_member.status in GONE
        action: Action = ignore
        if change.chat.type == "private":
            action = patient_blocked if is_gone else patient_returned
        elif is_gone:
            action = bot_removed
        elif was_gone:
            action = bot_added
        else:
            await self._desk.act(update, rights_changed, can_write=may_write(change.chat.type, change.new_chat_member))
            return
        await self._desk.act(update, action)

    async def migrate(self, update: Update, _context: Context) -> None:
        """Telegram says in the old group which id the new supergroup has."""
        message = update.effective_message
        if message is not None and message.migrate_to_chat_id is not None and update.effective_user is not None:
            await self._desk.act(update, move_clinic_chat, new_chat=message.migrate_to_chat_id)

    async def failed(self, _update: object, context: Context) -> None:
        """A handler failed: the worker sets the row back."""
        HANDLING.get().error = context.error


def may_write(kind: str, member: ChatMember) -> bool:
    """Return whether the bot, being this member of a chat of this kind, may write there."""
    if isinstance(member, ChatMemberRestricted):
        return bool(member.can_send_messages)
    if kind == ChatType.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    return True


async def offer_commands(bot: ExtBot[Any], desk: Desk) -> None:
    """Tell Telegram's menus which commands there are, in each language. Neutral: they show on a shared phone too.

    Staff see theirs in groups and in their own private chats; whoever joins later gets it when they are let in.
    """
    texts = desk.content.texts
    for code, language in desk.content.languages.items():
        for scope, words, is_staff in (
            (BotCommandScopeAllPrivateChats(), PATIENT_MENU, False),
            (BotCommandScopeAllGroupChats(), CLINICIAN_MENU, True),
        ):
            if is_staff and language.patients_only:
                continue  # Telegram then shows the menu that has no language, which is the English one
            menu = [BotCommand(word, texts.plain(menu_key(word, is_staff=is_staff), code)) for word in words]
            await bot.set_my_commands(menu, scope=scope, language_code=None if code == "en" else code)
    await desk.write(lambda work: owe_menus(Ward(work, desk.content)))
