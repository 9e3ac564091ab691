"""Diagrams that run: their routes and versions, trials, replays, migrations."""

from collections.abc import Sequence

from workflows.errors.refusal import Refusal


class ProcessTaken(Refusal):
    """A process of this id is there already."""

    def __init__(self, process_id: str) -> None:
        super().__init__(process_id=process_id)


class ProcessIdUnfit(Refusal):
    """An id has letters, digits, _ and -, and begins with a letter."""

    def __init__(self, process_id: str) -> None:
        super().__init__(process_id=process_id)


class RouteRefused(Refusal):
    """The items of a source can't run on a process: it isn't deployed, or isn't made for them."""

    def __init__(self, source: str, process_id: str) -> None:
        super().__init__(source=source, process_id=process_id)


class RouteBroken(Refusal):
    """The items of some sources run on the process, and couldn't on this version of it."""

    def __init__(self, sources: Sequence[str]) -> None:
        super().__init__(sources=list(sources))


class VersionStays(Refusal):
    """A version is never deleted; ``why`` says what needs this one."""

    def __init__(self, why: str, running: int, ran: int) -> None:
        super().__init__(why=why, running=running, ran=ran)


class NoTrial(Refusal):
    """No trial of this draft is under way, or it was left alone for too long."""


class TrialBusy(Refusal):
    """The trial is still at what was asked of it before."""


class TrialFull(Refusal):
    """The trial has taken as many steps, or become as large, as a trial may."""

    def __init__(self, steps: int) -> None:
        super().__init__(steps=steps)


class NobodyThere(Refusal):
    """In the invented town nobody holds the post that has this step to do."""

    def __init__(self, step: str) -> None:
        super().__init__(step=step)


class ReplayUnknown(Refusal):
    """There is no such replay of a draft."""

    def __init__(self, run_id: object = None) -> None:
        super().__init__(run_id=run_id)


class MigrationUnknown(Refusal):
    """There is no such migration of running items."""

    def __init__(self, run_id: object = None) -> None:
        super().__init__(run_id=run_id)


class NothingToMove(Refusal):
    """None of what was chosen can move to that version, or be taken back."""
