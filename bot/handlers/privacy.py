"""A patient's own data: the agreement, the copy, the deletion."""

from bot.handlers.routes import Command, Press, one_of
from clinic.consent import renew_consent, show_consent, withdraw_consent
from clinic.export import export
from clinic.forget import ask_forget, forget

PRESSES = (
    Press("export", export),
    Press("ask-forget", ask_forget),
    Press("forget", forget, {"answer": one_of("no", "once", "twice")}),
    Press("renew", renew_consent),
    Press("withdraw", withdraw_consent),
)
COMMANDS = (
    Command("export", export),
    Command("forget", ask_forget),
    Command("consent", show_consent),
)
