"""Revisits, samples, checklists; the office out at stations, and its letters."""

from workflows.errors.refusal import Refusal


class RevisitUnknown(Refusal):
    """There is no such visit, or the actor may not know of it yet."""

    def __init__(self, revisit_id: object = None) -> None:
        super().__init__(revisit_id=revisit_id)


class SampleUnknown(Refusal):
    """There is no such sample."""

    def __init__(self, sample_id: object = None) -> None:
        super().__init__(sample_id=sample_id)


class SampleRefused(Refusal):
    """A sample can't be drawn like this; ``redrawn`` if the pool was drawn from before."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class ChecklistRefused(Refusal):
    """A checklist can't be this, or a verdict goes against what it says."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class VisitorDecides(Refusal):
    """An objection to a conclusion is decided by somebody who wasn't at the visit."""

    def __init__(self, revisit_id: int) -> None:
        super().__init__(revisit_id=revisit_id)


class ActionUnknown(Refusal):
    """There is no such action, station, problem or letter, or not for this reader."""

    def __init__(self, action_id: object = None) -> None:
        super().__init__(action_id=action_id)


class NobodyHeads(Refusal):
    """A letter to a unit's principal leader needs somebody who is that today."""

    def __init__(self, unit_id: int, unit: str) -> None:
        super().__init__(unit_id=unit_id, unit=unit)
