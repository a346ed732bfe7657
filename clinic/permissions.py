"""Who may do what, and where. An action that is not in the table cannot be called at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from care.refusals import NotAllowed
from clinic.people import Standing

STRANGER, JOINING, PATIENT, FORMER = Standing.STRANGER, Standing.JOINING, Standing.PATIENT, Standing.FORMER
CLINICIAN, ADMIN = Standing.CLINICIAN, Standing.ADMIN


@dataclass(frozen=True)
class Permission:
    """Who may call an action; `private` says whether only in a private chat, only in a shared one, or in both."""

    who: frozenset[Standing]
    private: bool | None = True


def _patients(*also: Standing) -> Permission:
    return Permission(frozenset({PATIENT, *also}))


def _clinicians() -> Permission:
    return Permission(frozenset({CLINICIAN}), private=None)


def _admins() -> Permission:
    return Permission(frozenset({ADMIN}))


ANYBODY = Permission(frozenset(Standing))
EVERYWHERE = Permission(frozenset(Standing), private=None)

ALLOWED: dict[str, Permission] = {
    # Joining
    "start": ANYBODY,
    "choose_language": _patients(JOINING),
    "read_on": _patients(JOINING),
    "answer_consent": _patients(JOINING),
    "answer_screening": _patients(JOINING),
    "choose_zone": _patients(JOINING),
    "share_location": _patients(JOINING),
    "wrong_zone": _patients(JOINING),
    "choose_hour": _patients(JOINING),
    "choose_wording": _patients(JOINING),
    "choose_first_day": _patients(JOINING),
    # Doses
    "take_dose": _patients(),
    "offer_times": _patients(),
    "take_dose_earlier": _patients(),
    "undo_answer": _patients(),
    "offer_snoozes": _patients(),
    "put_off_dose": _patients(),
    "offer_reasons": _patients(),
    "skip_dose": _patients(),
    "show_dose": _patients(),
    "answer_opioids": _patients(),
    "answer_withdrawal": _patients(),
    # How it feels
    "show_first_feelings": _patients(),
    "show_more_feelings": _patients(),
    "show_warning_signs": _patients(),
    "feel_fine": _patients(),
    "ask_grade": _patients(),
    "report_symptom": _patients(),
    "answer_symptom_question": _patients(),
    "report_flag": _patients(),
    "report_worse": _patients(),
    "finish_feelings": _patients(),
    "answer_safe": _patients(JOINING, FORMER),
    "answer_possible": _patients(JOINING, FORMER),
    "show_heard": _patients(),
    "ask_heard_grade": _patients(),
    "grade_heard": _patients(),
    "confirm_heard": _patients(),
    "drop_heard": _patients(),
    "mean_something_else": _patients(),
    "ask_clinic": _patients(),
    "answer_well": _patients(),
    "answer_follow_up": _patients(),
    "call_for_help": ANYBODY,
    "explain_help": _patients(JOINING, FORMER),
    "hear_text": ANYBODY,
    "hear_other": ANYBODY,
    # Looking
    "show_today": _patients(),
    "show_progress": _patients(),
    "show_course": _patients(),
    "show_settings": _patients(),
    "show_help": EVERYWHERE,
    "show_privacy": ANYBODY,
    # One's own data
    "export": _patients(JOINING, FORMER),
    "ask_forget": _patients(JOINING, FORMER),
    "forget": _patients(JOINING, FORMER),
    "show_consent": _patients(JOINING, FORMER),
    "renew_consent": _patients(),
    "withdraw_consent": _patients(JOINING),
    # Settings and the course
    "change_setting": _patients(),
    "ask_pause": _patients(),
    "ask_stop": _patients(),
    "stop_course": _patients(),
    "keep_going": _patients(),
    # Clinicians
    "ask_invite": _clinicians(),
    "invite_patient": _clinicians(),
    "decide_screening": _clinicians(),
    "acknowledge": _clinicians(),
    "record_outcome": _clinicians(),
    "decide_pause": _clinicians(),
    "pause": Permission(frozenset({PATIENT, CLINICIAN}), private=None),
    "pause_patient": _clinicians(),
    "resume_patient": _clinicians(),
    "release_hold": _clinicians(),
    "read_note": _clinicians(),
    "show_history": _clinicians(),
    "offer_arrangements": _clinicians(),
    "put_off_case": _clinicians(),
    "offer_hand_over": _clinicians(),
    "answer_hand_over": _clinicians(),
    "show_from_storm": _clinicians(),
    "on_duty": _clinicians(),
    "choose_policy": _clinicians(),
    # Writing to patients
    "begin_to_write": _clinicians(),
    "show_line": _clinicians(),
    "show_lines": _clinicians(),
    "send_line": _clinicians(),
    "cancel_writing": _clinicians(),
    "reply_to_case": Permission(frozenset(Standing), private=False),
    "read_answer": _clinicians(),
    "begin_answer": _patients(JOINING),
    # Lists
    "list_cases": _clinicians(),
    "bring_card": _clinicians(),
    "ask_patients": _clinicians(),
    "list_patients": _clinicians(),
    "ask_patient": _clinicians(),
    "show_patient": _clinicians(),
    "reschedule": _clinicians(),
    "report": Permission(frozenset({PATIENT, CLINICIAN}), private=None),
    "show_week": _clinicians(),
    # Staff
    "ask_staff": _clinicians(),
    "show_staff": _clinicians(),
    "show_person": _admins(),
    "set_tier": _admins(),
    "ask_leave": _admins(),
    "let_go": _admins(),
    "admit_colleague": _admins(),
    "open_correction": _clinicians(),
    "mark_wrong": _clinicians(),
    "mark_missed": _clinicians(),
    # Chats
    "bot_added": EVERYWHERE,
    "bot_removed": EVERYWHERE,
    "bind_chat": Permission(frozenset({ADMIN}), private=False),
    "bind_second_chat": Permission(frozenset({ADMIN}), private=False),
    "rights_changed": EVERYWHERE,
    "move_clinic_chat": EVERYWHERE,
    "patient_blocked": EVERYWHERE,
    "patient_returned": EVERYWHERE,
    "refuse_anonymous": EVERYWHERE,
    "reject_press": EVERYWHERE,
    "ignore": EVERYWHERE,
}


def check_allowed(action: Callable[..., None], held: frozenset[Standing], *, is_private: bool) -> None:
    """Raise NotAllowed unless one of the standings `held` may call `action` in this kind of chat.

    Raises KeyError for an action that is missing from the table: that is a bug, and loud.
    """
    allowed = ALLOWED[action.__name__]
    if not held & allowed.who:
        raise NotAllowed("refused-stranger" if held == {STRANGER} else _why(held))
    if allowed.private is not None and allowed.private is not is_private:
        raise NotAllowed("refused-chat")


def _why(held: frozenset[Standing]) -> str:
    if FORMER in held:
        return "today-closed"
    return "refused-joining" if JOINING in held else "refused-role"
