"""Who may act, and what stands in the way at the moment."""

from datetime import datetime

from workflows.errors.refusal import Refusal


class NotYours(Refusal):
    """The step or deed belongs to another role, unit or post."""

    def __init__(self, role: str | None = None, unit_id: int | None = None) -> None:
        super().__init__(role=role, unit_id=unit_id)


class ItemUnknown(Refusal):
    """There is no such item, or the actor may not know that there is."""

    def __init__(self, item_id: object = None) -> None:
        super().__init__(item_id=item_id)


class AssignmentUnknown(Refusal):
    """There is no such part of an item."""

    def __init__(self, assignment_id: object = None) -> None:
        super().__init__(assignment_id=assignment_id)


class UnitUnknown(Refusal):
    """There is no such unit, or it takes no work any more."""

    def __init__(self, unit_id: object = None) -> None:
        super().__init__(unit_id=unit_id)


class NoticeUnknown(Refusal):
    """There is no such notice for this reader."""

    def __init__(self, notice_id: object = None) -> None:
        super().__init__(notice_id=notice_id)


class WrongStep(Refusal):
    """The task is open, but it asks for another kind of work."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected=expected, found=found)


class NotNow(Refusal):
    """The item or part isn't at a point where this can be done."""

    def __init__(self, deed: str, state: str) -> None:
        super().__init__(deed=deed, state=state)


class AlreadyAsked(Refusal):
    """The same thing was asked before and waits for its answer."""

    def __init__(self, deed: str, asked_at: datetime) -> None:
        super().__init__(deed=deed, asked_at=asked_at)


class WithdrawLate(Refusal):
    """The next person has opened the submission, so it stays."""

    def __init__(self, seen_by: str, seen_at: datetime) -> None:
        super().__init__(seen_by=seen_by, seen_at=seen_at)


class NothingToWithdraw(Refusal):
    """This step can't be taken back, or somebody else submitted it."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the row since the page was read."""

    def __init__(self, what: str) -> None:
        super().__init__(what=what)
