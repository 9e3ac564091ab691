"""The legal clock: limits, their ceilings, the calendar that they are counted by."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from workflows.errors.refusal import Refusal


class LimitInPast(Refusal):
    """A limit has to lie ahead."""

    def __init__(self, given: date, today: date) -> None:
        super().__init__(given=given, today=today)


class LimitTooFar(Refusal):
    """A limit lies further away than anybody plans."""

    def __init__(self, given: date, last: date) -> None:
        super().__init__(given=given, last=last)


class LimitMissing(Refusal):
    """There is no limit that could be extended."""


class LimitRefused(Refusal):
    """A limit or a line of the ladder can't be what was typed."""

    def __init__(self, why: str, name: str, **facts: object) -> None:
        super().__init__(why=why, name=name, **facts)


class MovesUnseen(Refusal):
    """So many due dates would move, and whoever saves hasn't seen which."""

    def __init__(self, moves: int) -> None:
        super().__init__(moves=moves)


class ObjectionLate(Refusal):
    """The window for objections has closed."""

    def __init__(self, until: date, today: date) -> None:
        super().__init__(until=until, today=today)


class ChangeLate(Refusal):
    """A change has to be asked for before the limit runs out."""

    def __init__(self, due_on: date, today: date) -> None:
        super().__init__(due_on=due_on, today=today)


class CeilingReached(Refusal):
    """A limit was moved as often as its rule allows, or would be moved further."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class ExtensionBackwards(Refusal):
    """An extension has to lead past the present limit."""

    def __init__(self, due_on: date, given: date) -> None:
        super().__init__(due_on=due_on, given=given)


class UrgedLately(Refusal):
    """A unit was urged about its part as often as it may be for now."""

    def __init__(self, unit: str, by: str, at: datetime, again_on: date) -> None:
        super().__init__(unit=unit, by=by, at=at, again_on=again_on)


class CalendarRefused(Refusal):
    """A year's table can't be taken in; every problem is named."""

    def __init__(self, problems: Sequence[Mapping[str, str]]) -> None:
        super().__init__(problems=list(problems))
