"""What clinicians do: invite, decide, own a case and close it."""

from bot.handlers.routes import ROW, Command, Press
from care.escalation import Outcome
from clinic.chats import bind_chat
from clinic.hold_course import decide_pause, pause_patient, release_hold, resume_patient
from clinic.invite_patient import ask_invite, invite_patient
from clinic.pausing import pause
from clinic.work_case import acknowledge, read_note, record_outcome

PRESSES = (
    Press("invite", invite_patient, {"regimen": str}),
    Press("ack", acknowledge, {"case_id": ROW}),
    Press("outcome", record_outcome, {"case_id": ROW, "outcome": Outcome}),
    Press("read", read_note, {"case_id": ROW}),
    Press("pause", pause_patient, {"code": str}),
    Press("no-pause", decide_pause, {"code": str}),
    Press("resume", resume_patient, {"code": str}),
    Press("release", release_hold, {"code": str}),
    Press("bind", bind_chat, {"clinic_id": ROW}),
)
COMMANDS = (
    Command("invite", ask_invite, "said"),
    Command("pause", pause, "code"),
    Command("resume", resume_patient, "code"),
    Command("release", release_hold, "code"),
)
