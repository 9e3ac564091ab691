"""Quarters, appeals, praise."""

from workflows.errors.refusal import Refusal


class QuarterUnknown(Refusal):
    """There is no such quarter, or it hasn't begun."""

    def __init__(self, year: int, quarter: int) -> None:
        super().__init__(year=year, quarter=quarter)


class QuarterFrozen(Refusal):
    """A frozen quarter doesn't change any more: only an appeal corrects it."""

    def __init__(self, year: int, quarter: int, state: str) -> None:
        super().__init__(year=year, quarter=quarter, state=state)


class AssessmentRefused(Refusal):
    """This can't be done with a quarter, a group, an appeal or a list; ``why`` is the code."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class AppealUnknown(Refusal):
    """There is no such appeal, or the actor may not know that there is."""

    def __init__(self, appeal_id: object = None) -> None:
        super().__init__(appeal_id=appeal_id)


class DeciderInvolved(Refusal):
    """Somebody else decides an appeal: ``why`` says what the actor has to do with it."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class PraiseUnknown(Refusal):
    """There is no such praise on record."""

    def __init__(self, praise_id: object = None) -> None:
        super().__init__(praise_id=praise_id)
