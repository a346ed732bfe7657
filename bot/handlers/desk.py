"""The clinicians' desk: writing to patients, the lists, one patient's record."""

from bot.handlers.routes import PAGE, ROW, Command, Press, number, one_of
from care.rota import TIERS
from clinic.hear_answer import begin_answer, read_answer
from clinic.invite_staff import admit_colleague
from clinic.list_cases import bring_card, list_cases
from clinic.list_patients import WHICH, ask_patients, list_patients
from clinic.reschedule import reschedule
from clinic.show_patient import ask_patient, show_patient
from clinic.staff_desk import ask_leave, ask_staff, let_go, set_tier, show_person, show_staff
from clinic.week_report import MOST_WEEKS, show_week
from clinic.write_patient import LINES, begin_to_write, cancel_writing, send_line, show_line, show_lines

LINE = number(0, len(LINES) - 1)

PRESSES = (
    Press("write", begin_to_write, {"code": str}),
    Press("line", show_line, {"code": str, "number": LINE}),
    Press("line-send", send_line, {"code": str, "number": LINE}),
    Press("write-back", show_lines, {"code": str}),
    Press("write-cancel", cancel_writing, {"code": str}),
    Press("read-answer", read_answer, {"message_id": ROW}),
    Press("answer", begin_answer, {"message_id": ROW}),
    Press("cases", list_cases, {"page": PAGE}, optional=1),
    Press("case", bring_card, {"case_id": ROW}),
    Press("patients", list_patients, {"which": one_of(*WHICH), "page": PAGE}, optional=1),
    Press("week", show_week, {"page": number(1, MOST_WEEKS)}),
    Press("staff", show_person, {"staff_id": ROW}),
    Press("staff-list", show_staff),
    Press("staff-tier", set_tier, {"staff_id": ROW, "tier": number(0, max(TIERS))}),
    Press("staff-leave", ask_leave, {"staff_id": ROW}),
    Press("staff-gone", let_go, {"staff_id": ROW}),
    Press("staff-admit", admit_colleague, {"invite_id": ROW, "answer": one_of("yes", "no")}),
    Press("patient", show_patient, {"code": str, "tab": str, "page": PAGE}, optional=2),
)
COMMANDS = (
    Command("cases", list_cases),
    Command("patients", ask_patients, "said"),
    Command("patient", ask_patient, "code"),
    Command("reschedule", reschedule, "said"),
    Command("staff", ask_staff, "said"),
)
