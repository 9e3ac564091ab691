"""What a matter is registered with, broken down into and closed by."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.errors.refusal import Refusal


class DetailsMissing(Refusal):
    """A matter of this kind can't be registered without the details of its kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind=kind)


class KindFixed(Refusal):
    """An item stays the kind that it was registered as: its diagram runs."""

    def __init__(self, kind: str, given: str) -> None:
        super().__init__(kind=kind, given=given)


class LookAlikesOpen(Refusal):
    """Open items look like the same matter; the office hasn't said what it makes of them."""

    def __init__(self, items: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(items=[dict(item) for item in items], number=len(items))


class SoundsSecret(Refusal):
    """The words sound like those of a secret matter; whoever registers has to look again."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(field="secret", words=list(words))


class NoItem(Refusal):
    """A leader who only read a paper, 批阅 or 圈阅, asks for nothing: it is no item."""

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class PostRefused(Refusal):
    """The post chosen as sponsor or instructing leader isn't a leader's."""

    def __init__(self, post_id: int) -> None:
        super().__init__(post_id=post_id)


class PostTwice(Refusal):
    """A post is named twice where each stands once."""

    def __init__(self, field: str, post_id: int) -> None:
        super().__init__(field=field, post_id=post_id)


class UnitTwice(Refusal):
    """A unit can take part in an item only once at a time."""

    def __init__(self, unit_id: int) -> None:
        super().__init__(unit_id=unit_id)


class LeadReleased(Refusal):
    """The lead unit can't be let go without another taking its place."""


class NoLetGo(Refusal):
    """A final report can't be accepted while one of the three checks is missing."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(missing=list(missing))


class PartsOpen(Refusal):
    """A decision that was broken down is closed once each of its parts has ended."""

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__(parts=list(parts), number=len(parts))


class BreakdownHoles(Refusal):
    """A row of a breakdown lacks a field, or holds what can't be; ``holes``: row, field, why."""

    def __init__(self, holes: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(holes=[dict(hole) for hole in holes])


class TooFewParts(Refusal):
    """A common report serves several parts; one alone has a report of its own."""

    def __init__(self, fewest: int) -> None:
        super().__init__(fewest=fewest)


class DecisionUnknown(Refusal):
    """There is no such decision of a meeting, or not for this reader."""

    def __init__(self, decision_id: object = None) -> None:
        super().__init__(decision_id=decision_id)


class MeetingUnknown(Refusal):
    """There is no such meeting."""

    def __init__(self, meeting_id: object = None) -> None:
        super().__init__(meeting_id=meeting_id)
