"""The sandbox's own time: stands still until moved, or follows the wall clock in real mode."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.errors import StageError


class Clock:
    def __init__(self, start: datetime | None = None, *, real: bool = False) -> None:
        moment = start or datetime.now(UTC).replace(second=0, microsecond=0)
        if moment.tzinfo is None:
            raise ValueError("the sandbox clock needs an aware instant")
        self.real = real
        self._now = moment.astimezone(UTC)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) if self.real else self._now

    def stamp(self) -> int:
        """Return now in whole seconds, as Telegram dates are."""
        return int(self.now.timestamp())

    def set(self, to: datetime, *, force: bool = False) -> None:
        if self.real:
            raise StageError(409, "the clock follows the wall clock and cannot be set")
        if to < self._now and not force:
            raise StageError(409, f"the clock is at {iso(self._now)} and never goes backwards without force")
        self._now = to


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_instant(value: object) -> datetime:
    """Return the aware instant an ISO text names, or raise a StageError."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise StageError(400, f"not an ISO instant: {value!r}") from None
    if moment.tzinfo is None:
        raise StageError(400, f"an instant needs its zone, such as a final Z: {value!r}")
    return moment.astimezone(UTC)
