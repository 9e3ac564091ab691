"""Where the engine's time comes from."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, always aware and always UTC."""

    def now(self) -> datetime:
        """Return the current time."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time that was set last."""
        return self._now

    def move(self, distance: timedelta) -> None:
        """Go forward, or back, by a distance."""
        self._now += distance

    def set(self, moment: datetime) -> None:
        """Go to a moment."""
        self._now = moment.astimezone(UTC)
