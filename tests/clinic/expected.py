"""Who may do what, and where, written down apart from the product: two tables that must agree."""

from __future__ import annotations

PEOPLE = {
    "stranger": 10, "joining": 11, "patient": 12, "former": 13, "clinician": 14, "admin": 15, "other site's": 16,
    "off-boarded": 17, "erased": 18, "anonymous admin": 1087968824,
}  # fmt: skip
PATIENTS, STAFF = ("patient",), ("clinician", "admin", "other site's")
EVERYBODY = tuple(PEOPLE)

# action: who, and in a private chat (p), a shared one (s) or both (b)
EXPECTED: dict[str, tuple[tuple[str, ...], str]] = {
    **dict.fromkeys(("start", "call_for_help", "hear_text", "hear_other", "show_privacy"), (EVERYBODY, "p")),
    **dict.fromkeys(
        (
            "choose_language", "read_on", "answer_consent", "answer_screening", "choose_zone", "share_location",
            "wrong_zone", "choose_hour", "choose_wording", "choose_first_day", "withdraw_consent",
        ),
        (("patient", "joining"), "p"),
    ),
    **dict.fromkeys(
        (
            "take_dose", "offer_times", "take_dose_earlier", "undo_answer", "offer_snoozes", "put_off_dose",
            "offer_reasons", "skip_dose", "show_dose", "answer_opioids", "answer_withdrawal",
            "show_first_feelings", "show_more_feelings", "show_warning_signs", "feel_fine", "ask_grade",
            "report_symptom", "answer_symptom_question", "report_flag", "report_worse", "finish_feelings",
            "answer_well", "answer_follow_up", "show_today", "show_progress", "show_course", "show_settings",
            "change_setting", "ask_pause", "ask_stop", "stop_course", "keep_going", "renew_consent", "show_heard",
            "ask_heard_grade", "grade_heard", "confirm_heard", "drop_heard", "mean_something_else", "ask_clinic",
        ),
        (PATIENTS, "p"),
    ),
    **dict.fromkeys(
        ("answer_safe", "answer_possible", "explain_help", "export", "ask_forget", "forget", "show_consent"),
        (("patient", "joining", "former"), "p"),
    ),
    **dict.fromkeys(
        (
            "ask_invite", "invite_patient", "decide_screening", "acknowledge", "record_outcome", "decide_pause",
            "pause_patient", "resume_patient", "release_hold", "read_note", "open_correction", "mark_wrong",
            "mark_missed", "show_history", "offer_arrangements", "put_off_case", "offer_hand_over", "answer_hand_over",
            "show_from_storm", "begin_to_write", "show_line", "send_line", "show_lines", "cancel_writing",
            "read_answer", "list_cases", "bring_card", "list_patients", "show_week", "show_staff", "show_patient",
            "on_duty", "choose_policy", "ask_patients", "ask_patient", "reschedule", "ask_staff",
        ),
        (STAFF, "b"),
    ),
    "pause": (("patient", *STAFF), "b"),  # a patient in private only: see `is_expected`
    **dict.fromkeys(("bind_chat", "bind_second_chat"), (("admin", "other site's"), "s")),
    **dict.fromkeys(
        ("show_person", "set_tier", "ask_leave", "let_go", "admit_colleague"), (("admin", "other site's"), "p")
    ),
    "begin_answer": (("patient", "joining"), "p"),
    "report": (("patient", *STAFF), "b"),
    "reply_to_case": (EVERYBODY, "s"),
    **dict.fromkeys(
        (
            "show_help", "bot_added", "bot_removed", "move_clinic_chat", "patient_blocked", "patient_returned",
            "reject_press", "ignore", "rights_changed", "refuse_anonymous",
        ),
        (EVERYBODY, "b"),
    ),
}  # fmt: skip
