"""A clinic's own thresholds: rows of the triage table made stricter freely, or looser by an admin, within a floor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from care.refusals import BadAnswer, NotFound
from care.regimens import Kind, MissedPolicy
from care.triage import Level, Rule

HIGHEST = 1000


@dataclass(frozen=True)
class Change:
    """What a clinic changed about one row: its threshold, its level, or both; None leaves the row's own."""

    at_least: int | None = None
    level: Level | None = None


def changes_in(options: Mapping[str, Any] | None) -> dict[str, Change]:
    """Return the changes in a clinic's options, by rule id; what cannot be read is left out."""
    found: dict[str, Change] = {}
    for name, kept in ((options or {}).get("triage") or {}).items():
        at_least, level = kept.get("at_least"), kept.get("level")
        known = level in {one.word for one in Level}
        found[name] = Change(at_least if isinstance(at_least, int) else None, Level.named(level) if known else None)
    return found


def tuned(table: Sequence[Rule], changes: Mapping[str, Change]) -> Sequence[Rule]:
    """Return the table with a clinic's changes; one that names no row, or goes below the floor, changes nothing."""
    if not changes:
        return table
    return tuple(_tuned(rule, changes.get(rule.id)) for rule in table)


def _tuned(rule: Rule, change: Change | None) -> Rule:
    if change is None or is_below_floor(rule, change):
        return rule
    at_least = rule.at_least if change.at_least is None or rule.at_least is None else change.at_least
    return replace(rule, at_least=at_least, level=rule.level if change.level is None else change.level)


def is_below_floor(rule: Rule, change: Change) -> bool:
    """Return whether a change would silence what no clinic may: an emergency stays one, a red flag reaches people."""
    if change.level is None:
        return False
    if rule.level is Level.EMERGENCY:
        return change.level < Level.EMERGENCY
    return rule.fact in ("red-flag", "help-now", "free-text") and change.level < Level.ROUTINE


def check_change(table: Sequence[Rule], rule_id: str, change: Change) -> Rule:
    """Return the row that a change is about; raise when there is none, or the change cannot be made to it."""
    rule = next((rule for rule in table if rule.id == rule_id), None)
    if rule is None:
        raise NotFound("refused-no-such-rule", said=rule_id[:60])
    if change.at_least is not None and (rule.at_least is None or not 1 <= change.at_least <= HIGHEST):
        raise BadAnswer("refused-no-threshold", rule=rule.id)
    if is_below_floor(rule, change):
        raise BadAnswer("refused-floor", rule=rule.id)
    return rule


def is_looser(before: Rule, after: Rule) -> bool:
    """Return whether a changed row speaks later, or less gravely, than it did: then an admin must have wanted it."""
    later = before.at_least is not None and after.at_least is not None and after.at_least > before.at_least
    return later or after.level < before.level


def stricter_missed(policy: MissedPolicy, table: Iterable[Rule], kind: Kind) -> MissedPolicy:
    """Return a regimen's numbers, lowered to whatever the table asks to hear of earlier."""
    rows = tuple(table)
    run = _least(rows, "missed-run", kind, policy.run)
    week = _least(rows, "missed-week", kind, policy.in_seven_days)
    hours = _least(rows, "silent", kind, HIGHEST)
    silent_after = min(policy.silent_after, timedelta(hours=hours))
    return replace(policy, run=run, in_seven_days=week, silent_after=silent_after)


def _least(table: Sequence[Rule], fact: str, kind: Kind, usual: int) -> int:
    speaking = (rule for rule in table if rule.fact == fact and (not rule.kinds or kind in rule.kinds))
    return min([usual, *(rule.at_least for rule in speaking if rule.at_least is not None)])
