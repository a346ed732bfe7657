"""Found a clinic: its name, its numbers for emergencies, its first admin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from care.escalation import next_digest
from care.policy import policy_of
from care.refusals import BadAnswer
from clinic.ward import Ward
from content.places import is_zone
from storage.clinics import add_clinic, add_staff, all_clinics, find_clinic_of_chat, set_clinicians_chat
from storage.tables import Clinic, Role

LONGEST_NAME, LONGEST_PERSON, LONGEST_NUMBER, LONGEST_LINE = 200, 120, 40, 80
# "112", "+44 20 7946 0958", "988 (call or text HOME)": words may stand beside a number, markup may not.
_NUMBER = re.compile(r"[\w+()./, -]*\d[\w+()./, -]*")


def found_clinic(
    ward: Ward,
    *,
    name: str,
    time_zone: str,
    languages: Sequence[str],
    emergency_number: str,
    crisis_line: str,
    admin_id: int,
    admin_name: str,
    clinicians_chat: int | None = None,
    shows_quotes: bool = True,
) -> Clinic:
    """Keep a new clinic with its first admin, and bind its clinicians' chat if there is one.

    Raises BadAnswer for whatever is missing or wrong. Both numbers are needed: a patient in danger gets them.
    """
    _check_names(ward, name, admin_id, admin_name)
    if not is_zone(time_zone):
        raise BadAnswer("refused-zone")
    _check_languages(ward, languages)
    _check_number(emergency_number, LONGEST_NUMBER, "refused-emergency-number")
    _check_number(crisis_line, LONGEST_LINE, "refused-crisis-line")
    if clinicians_chat is not None and find_clinic_of_chat(ward.work.session, clinicians_chat):
        raise BadAnswer("refused-chat-bound")
    clinic = Clinic(
        name=name.strip(),
        time_zone=time_zone,
        languages=list(dict.fromkeys(languages)),
        emergency_number=emergency_number.strip(),
        crisis_line=crisis_line.strip(),
        shows_quotes=shows_quotes,
        created_at=ward.now,
        digest_at=next_digest(policy_of(None), now=ward.now, zone=time_zone),
    )
    add_clinic(ward.work, clinic)
    add_staff(ward.work, clinic, telegram_id=admin_id, name=admin_name.strip(), role=Role.ADMIN)
    if clinicians_chat is not None:
        set_clinicians_chat(ward.work, clinic, clinicians_chat)
    return clinic


def _check_names(ward: Ward, name: str, admin_id: int, admin_name: str) -> None:
    if not 0 < len(name.strip()) <= LONGEST_NAME or not name.strip().isprintable():
        raise BadAnswer("refused-clinic-name")
    if any(clinic.name.casefold() == name.strip().casefold() for clinic in all_clinics(ward.work.session)):
        raise BadAnswer("refused-clinic-exists", name=name.strip())
    if admin_id <= 0:  # groups and channels have negative ids
        raise BadAnswer("refused-admin-id")
    if not 0 < len(admin_name.strip()) <= LONGEST_PERSON or not admin_name.strip().isprintable():
        raise BadAnswer("refused-admin-name")


def _check_languages(ward: Ward, languages: Sequence[str]) -> None:
    unknown = [code for code in languages if code not in ward.content.languages]
    if unknown or not languages:
        raise BadAnswer("refused-language", known=", ".join(ward.content.languages))


def _check_number(text: str, longest: int, key: str) -> None:
    if len(text.strip()) > longest or not _NUMBER.fullmatch(text.strip()):
        raise BadAnswer(key)
