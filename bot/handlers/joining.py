"""Joining, and the settings that joining asked for."""

from bot.handlers.routes import Command, Press, number, one_of
from care.screening import Answer
from clinic.join import answer_consent, answer_screening, choose_language, decide_screening, read_on, start
from clinic.join_plan import choose_first_day, choose_hour, choose_wording, choose_zone, wrong_zone
from clinic.settings import change_setting
from storage.tables import Wording

PRESSES = (
    Press("language", choose_language, {"language": str}),
    Press("about", read_on, {"page": number(1, 9)}),
    Press("consent", answer_consent, {"answer": one_of("yes", "no")}),
    Press("restart", start),
    Press("screening", answer_screening, {"question": str, "answer": Answer}),
    Press("screen", decide_screening, {"code": str, "answer": one_of("yes", "no")}),
    Press("zone", choose_zone, {"zone": str}),
    Press("wrong-zone", wrong_zone),
    Press("hour", choose_hour, {"hour": str}),
    Press("wording", choose_wording, {"wording": Wording}),
    Press("first-day", choose_first_day, {"day": str}),
    Press("setting", change_setting, {"setting": str}),
)
COMMANDS = (Command("start", start, "said"),)
