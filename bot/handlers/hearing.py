"""What was heard in a message: asked about, confirmed, graded, and corrected by clinicians."""

from bot.handlers.routes import ROW, Press, number, one_of
from clinic.confirm_heard import (
    ask_heard_grade,
    confirm_heard,
    drop_heard,
    grade_heard,
    mean_something_else,
    show_heard,
)
from clinic.correct_reading import MISSED, mark_missed, mark_wrong, open_correction
from clinic.hear_words import ask_clinic
from clinic.possible_flags import ANSWERS, answer_possible

ITEM = {"hearing_id": ROW, "item_id": ROW}

PRESSES = (
    Press("possible", answer_possible, {**ITEM, "answer": one_of(*ANSWERS)}),
    Press("heard", show_heard, {"hearing_id": ROW}),
    Press("heard-item", ask_heard_grade, ITEM),
    Press("heard-grade", grade_heard, {**ITEM, "grade": number(1, 4)}),
    Press("heard-yes", confirm_heard, {"hearing_id": ROW}),
    Press("heard-drop", drop_heard, ITEM),
    Press("heard-none", mean_something_else, {"hearing_id": ROW}),
    Press("ask-clinic", ask_clinic, {"hearing_id": ROW}),
    Press("not-that", open_correction, {"case_id": ROW, "hearing_id": ROW}, optional=1),
    Press("heard-wrong", mark_wrong, {"case_id": ROW, **ITEM}),
    Press("heard-missed", mark_missed, {"case_id": ROW, "hearing_id": ROW, "kind": one_of(*MISSED)}),
)
COMMANDS = ()
