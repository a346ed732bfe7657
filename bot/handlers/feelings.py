"""How it feels, warning signs, and Help now."""

from bot.handlers.routes import ROW, Command, Press, number, one_of
from clinic.crisis import SAFE, answer_safe, call_for_help, explain_help
from clinic.feelings import (
    ask_grade,
    feel_fine,
    finish_feelings,
    show_first_feelings,
    show_more_feelings,
    show_warning_signs,
)
from clinic.follow_up import answer_follow_up, answer_well
from clinic.report import answer_symptom_question, report_flag, report_symptom, report_worse
from clinic.week_report import report

PRESSES = (
    Press("fine", feel_fine, {"dose_id": ROW}),
    Press("feelings", show_first_feelings, {"dose_id": ROW}),
    Press("more", show_more_feelings, {"dose_id": ROW}),
    Press("signs", show_warning_signs, {"dose_id": ROW}),
    Press("feel", ask_grade, {"dose_id": ROW, "symptom": str}),
    Press("grade", report_symptom, {"dose_id": ROW, "symptom": str, "grade": number(0, 4)}),
    Press("choice", answer_symptom_question, {"dose_id": ROW, "symptom": str, "choice": number(0, 20)}),
    Press("flag", report_flag, {"dose_id": ROW, "flag": str}),
    Press("worse", report_worse, {"symptom": str}, optional=1),
    Press("told", finish_feelings),
    Press("help", call_for_help),
    Press("help-why", explain_help, {"why": one_of("mistake")}),
    Press("safe", answer_safe, {"answer": one_of(*SAFE)}),
    Press("well", answer_well, {"answer": one_of("yes", "call")}),
    Press("follow-up", answer_follow_up, {"contact_id": ROW, "answer": str}),
)
COMMANDS = (Command("report", report), Command("help_now", call_for_help))
