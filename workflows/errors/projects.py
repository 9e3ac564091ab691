"""Key projects, their milestones, and the year's targets."""

from collections.abc import Sequence

from workflows.errors.refusal import Refusal


class ProjectRefused(Refusal):
    """What is said of a project can't be so; ``why`` says which rule."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class FiguresMissing(Refusal):
    """The lead unit's report of a project needs the month and what was completed in it."""


class NodesOpen(Refusal):
    """Milestones wait to be reached, or to be reviewed; ``nodes`` are their names."""

    def __init__(self, nodes: Sequence[str]) -> None:
        super().__init__(nodes=list(nodes))


class EvidenceMissing(Refusal):
    """A milestone is reached only with a paper or photograph that shows it."""

    def __init__(self, node: str) -> None:
        super().__init__(node=node)


class ConsentMissing(Refusal):
    """A milestone gets a later day only by a change that the leader consented to."""

    def __init__(self, node: str) -> None:
        super().__init__(node=node)


class MilestoneUnknown(Refusal):
    """There is no such milestone, or the actor may not know that there is."""

    def __init__(self, milestone_id: object = None) -> None:
        super().__init__(milestone_id=milestone_id)


class TargetUnknown(Refusal):
    """There is no such target, or the actor may not know that there is."""

    def __init__(self, target_id: object = None) -> None:
        super().__init__(target_id=target_id)


class TargetRefused(Refusal):
    """A target can't be so; ``why`` says which rule."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)
