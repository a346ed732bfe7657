"""The daily question."""

from bot.handlers.routes import ROW, Press, number, one_of
from care.doses import SkipReason
from clinic.answer_dose import (
    offer_reasons,
    offer_snoozes,
    offer_times,
    put_off_dose,
    show_dose,
    take_dose,
    take_dose_earlier,
    undo_answer,
)
from clinic.hold_course import answer_opioids, answer_withdrawal
from clinic.skip_dose import skip_dose

MINUTES = number(1, 24 * 60)

PRESSES = (
    Press("taken", take_dose, {"dose_id": ROW}),
    Press("times", offer_times, {"dose_id": ROW}),
    Press("earlier", take_dose_earlier, {"dose_id": ROW, "minutes": MINUTES}),
    Press("undo", undo_answer, {"dose_id": ROW}),
    Press("dose", show_dose, {"dose_id": ROW}),
    Press("later", offer_snoozes, {"dose_id": ROW}),
    Press("snooze", put_off_dose, {"dose_id": ROW, "minutes": MINUTES}),
    Press("not-today", offer_reasons, {"dose_id": ROW}),
    Press("skip", skip_dose, {"dose_id": ROW, "reason": SkipReason}),
    Press("opioids", answer_opioids, {"dose_id": ROW, "used": one_of("no", "yes", "not-said")}),
    Press("withdrawal", answer_withdrawal, {"dose_id": ROW, "signs": one_of("none", "mild", "severe")}),
)
COMMANDS = ()
