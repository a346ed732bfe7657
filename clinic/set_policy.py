"""What a clinic may choose: its waits, its digest hour, its thresholds. Stricter freely, looser by an admin."""

from __future__ import annotations

from typing import Any

from care.escalation import next_digest
from care.policy import CHOICES, policy_of
from care.policy import is_looser as waits_longer
from care.refusals import BadAnswer, NotAllowed, NotFound
from care.triage import Level
from care.tuning import Change, changes_in, check_change, is_looser, tuned
from clinic.letters import reply, words
from clinic.people import own_clinic, post_in
from clinic.sign_messages import set_signing, signing_line
from clinic.ward import Visit, Ward
from content.values import Words
from storage.clinics import lock_clinic, set_clinic
from storage.tables import Clinic, Role


def choose_policy(visit: Visit, *, said: str = "") -> None:
    """Show what the clinic has chosen, or change one thing: `page-first 5`, `digest 07:30`, `rule ID 2 urgent`."""
    clinic = lock_clinic(visit.work.session, own_clinic(visit).id)
    parts = said.split()
    is_admin = post_in(visit, clinic.id).role is Role.ADMIN
    if not parts:
        visit.work.record("policy-shown", clinic_id=clinic.id)
        reply(visit, *policy_texts(visit, clinic), tight=True)
    elif parts[0].lower() == "rule":
        name, what = set_rule(visit, clinic, parts[1:], by_admin=is_admin)
        reply(visit, words("policy-rule-set", rule=name, what=what))
    elif len(parts) == 2 and parts[0].lower() == "names":
        value = set_signing(visit.work, clinic, parts[1], by_admin=is_admin)
        reply(visit, words("policy-set", name="names", value=value))
    elif len(parts) == 2:
        name, value = set_choice(visit, clinic, parts[0], parts[1], by_admin=is_admin)
        reply(visit, words("policy-set", name=name, value=value))
    else:
        raise BadAnswer("refused-policy")


def set_choice(ward: Ward, clinic: Clinic, name: str, written: str, *, by_admin: bool) -> tuple[str, str]:
    """Set one wait or hour of a clinic; return its name and its value as shown. Raises for what may not be set so."""
    name = "digest-minute" if name.lower() in ("digest", "digest-at") else name.lower()
    if name not in CHOICES:
        raise NotFound(
            "refused-no-such-choice", said=name[:40], known=", ".join(sorted({*CHOICES, "digest"} - {"digest-minute"}))
        )
    choice, value = CHOICES[name], _read(name, written)
    if not choice.low <= value <= choice.high:
        raise BadAnswer("refused-choice-range", name=name, low=shown(name, choice.low), high=shown(name, choice.high))
    before = policy_of(clinic.options).value(name)
    if waits_longer(name, before=before, after=value) and not by_admin:
        raise NotAllowed("refused-looser")
    options: dict[str, Any] = {**(clinic.options or {})}
    options["waits"] = {**options.get("waits", {}), name: value}
    set_clinic(ward.work, clinic, "policy-set", {"choice": name, "before": before, "after": value}, options=options)
    if name == "digest-minute":
        clinic.digest_at = next_digest(policy_of(options), now=ward.now, zone=clinic.time_zone)
    return name, shown(name, value)


def _read(name: str, written: str) -> int:
    hour, colon, minute = written.partition(":")
    if name == "digest-minute":
        if not colon or not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(minute) < 60):
            raise BadAnswer("refused-choice-hour")
        return int(hour) * 60 + int(minute)
    if not written.isascii() or not written.isdecimal() or len(written) > 6:
        raise BadAnswer("refused-choice-number")
    return int(written)


def shown(name: str, value: int) -> str:
    """Return a choice as people write it: an hour, or a bare number."""
    return f"{value // 60:02}:{value % 60:02}" if name == "digest-minute" else str(value)


def set_rule(ward: Ward, clinic: Clinic, parts: list[str], *, by_admin: bool) -> tuple[str, str]:
    """Set the threshold, the level or both of one row of the triage table (`default` takes a change back)."""
    if len(parts) < 2:
        raise BadAnswer("refused-policy")
    name = parts[0].lower()
    change = None if parts[1:] == ["default"] else _read_change(parts[1:])
    rule = check_change(ward.content.triage, name, change or Change())
    kept = changes_in(clinic.options)
    before = next(one for one in tuned(ward.content.triage, kept) if one.id == rule.id)
    after = next(one for one in tuned(ward.content.triage, {rule.id: change or Change()}) if one.id == rule.id)
    if is_looser(before, after) and not by_admin:
        raise NotAllowed("refused-looser")
    options: dict[str, Any] = {**(clinic.options or {})}
    rows = {key: row for key, row in options.get("triage", {}).items() if key != rule.id}
    if change is not None:
        level = change.level.word if change.level is not None else None
        rows[rule.id] = {"at_least": change.at_least, "level": level}
    facts: dict[str, Any] = {
        "rule": rule.id,
        "before": _row(before.at_least, before.level),
        "after": _row(after.at_least, after.level),
    }
    facts["looser"] = is_looser(before, after)
    set_clinic(ward.work, clinic, "triage-set", facts, options={**options, "triage": rows})
    return rule.id, _row(after.at_least, after.level)


def _row(at_least: int | None, level: Level) -> str:
    return f"{level.word} from {at_least}" if at_least is not None else level.word


def _read_change(parts: list[str]) -> Change:
    at_least, level = None, None
    for part in parts:
        if part.isascii() and part.isdecimal() and len(part) <= 4:
            at_least = int(part)
        elif part.lower() in {one.word for one in Level}:
            level = Level.named(part.lower())
        else:
            raise BadAnswer("refused-policy")
    return Change(at_least, level)


def policy_texts(ward: Ward, clinic: Clinic) -> list[Words]:
    """Return everything a clinic can choose, as it stands; what is not the default is marked."""
    policy, texts = policy_of(clinic.options), [words("policy-head", clinic=clinic.name)]
    for name, choice in CHOICES.items():
        key = "policy-line" if policy.value(name) == choice.default else "policy-line-chosen"
        shown_as = "digest" if name == "digest-minute" else name
        texts.append(words(key, name=shown_as, value=shown(name, policy.value(name))))
    texts.append(signing_line(clinic))
    changed = changes_in(clinic.options)
    for rule in tuned(ward.content.triage, changed):
        if rule.id in changed:
            texts.append(words("policy-rule", rule=rule.id, what=_row(rule.at_least, rule.level)))
    return texts
