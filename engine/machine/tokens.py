"""A token on its way: SpiffWorkflow's task, kept small and without a look ahead."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from SpiffWorkflow.task import Task as SpiffTask
from SpiffWorkflow.util.task import TaskState

from engine.errors import Fault
from engine.ids import new_id

Place = Any
"""A run, or one of its open sub-processes."""
AnyPart = Any
"""A part of a specification, as ``parts`` knows them."""
ROOT: Final = UUID(int=0)
"""The id of every scope's root: it never leaves the scope."""
LIVE: Final = TaskState.NOT_FINISHED_MASK | TaskState.ERROR
"""A token in one of these states still has a future; one in ERROR can be run again."""
OWN: Final = frozenset({"outcome"})
"""What a token keeps to itself: how its last task ended says nothing to other branches."""
TOLD: Final = "told"
"""Where a token keeps when its outcome was written: where branches meet, the last one holds."""
WITHIN: Final = "within"
"""Where the owner of a scope keeps the last outcome of the branches that have ended in it."""
WAITS: Final = "waits"
"""Marks a token that was waiting when it failed."""
LEAVES: Final = "leaves"
"""Marks a token whose work is done, and that failed on its way out."""
TIMED: Final = 16
"""So many digits of an id tell when it was made."""


class Token(SpiffTask):  # type: ignore[misc]
    """One token. What it writes belongs to its scope, where every other token sees it.

    Only its outcome, and what a loop gives to one round, are its own (``local``).
    Neither mapping is ever changed in place, so that tokens may share them.
    """

    def __init__(
        self,
        workflow: Place,
        task_spec: AnyPart,
        parent: "Token | None" = None,
        state: int = TaskState.FUTURE,
        token_id: UUID | None = None,
    ) -> None:
        self.id = token_id or new_id()
        self.workflow = workflow
        self.task_spec = task_spec
        self._state = state
        self._children: list[UUID] = []
        self._parent = None if parent is None else parent.id
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.local: Mapping[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        self.way: tuple[str, ...] = ()
        self.recorded = False
        self.decided: Any = ()
        workflow.tasks[self.id] = self
        if parent is not None:
            parent.adopt(self)
            self.inherit(parent)

    @property
    def data(self) -> Mapping[str, Any]:
        """Return all that it sees: its scope's data, those around it, and its own."""
        seen: Mapping[str, Any] = self.workflow.visible()
        return {**seen, **self.local} if self.local else seen

    @property
    def run_of(self) -> Place:
        """Return the run that it belongs to."""
        return self.workflow.top_workflow

    @property
    def state(self) -> int:
        """Return SpiffWorkflow's state of it."""
        return self._state

    @state.setter
    def state(self, value: int) -> None:
        self._state = value

    @property
    def live(self) -> bool:
        """Tell whether it still has a future."""
        return bool(self._state & LIVE)

    @property
    def waits(self) -> bool:
        """Tell whether it waits for an event, or at a join for other tokens."""
        return bool(self._state == TaskState.WAITING)

    @property
    def holds(self) -> bool:
        """Tell whether its scope can't end before it: one that listens only doesn't count."""
        waits = self._state == TaskState.WAITING or WAITS in self.internal_data
        return self.live and not (waits and self.task_spec.listens)

    def inherit(self, other: "Token") -> None:
        """Have for one's own what another token has, and know when its outcome was written."""
        self.local = other.local
        if TOLD in other.internal_data:
            self.internal_data[TOLD] = other.internal_data[TOLD]

    def adopt(self, child: "Token") -> None:
        """Take a token as one's own child."""
        self._children.append(child.id)

    def child(self, part: AnyPart, state: int = TaskState.FUTURE) -> "Token":
        """Return a new token below this one, with the same data."""
        return Token(self.workflow, part, self, state)

    def ready(self) -> None:
        """Make it ready to be run."""
        self._ready()

    def run(self) -> None:
        """Do its work once; a rule that fails leaves it in ERROR, where it can be run again."""
        if not self.internal_data.pop(LEAVES, False):
            try:
                done = self.task_spec._run_hook(self)  # noqa: SLF001 - SpiffWorkflow's own hook
            except Fault as fault:
                self.run_of.failed(self, fault)
                return
            if self._state == TaskState.CANCELLED:  # by what it has thrown itself
                return
            if done is None:
                self._state = TaskState.STARTED
                return
        self.complete()

    def complete(self) -> None:
        """Go on from here; first it is decided where to, for that may fail."""
        try:
            self.decided = self.task_spec.decide(self)
        except Fault as fault:
            self.internal_data[LEAVES] = True
            self.run_of.failed(self, fault)
            return
        self._state = TaskState.COMPLETED
        self.task_spec._on_complete(self)  # noqa: SLF001 - SpiffWorkflow's own hook

    def write(self, values: Mapping[str, Any]) -> None:
        """Write values, for all in its scope to see; what a round of a loop writes is its own."""
        if not values:
            return
        own = values if self.task_spec.shell is not None else only(values, OWN)
        if own:
            self.local = {**self.local, **own}
        if not OWN.isdisjoint(own):
            self.internal_data[TOLD] = new_id().hex[:TIMED]
        shared = {key: value for key, value in values.items() if key not in own}
        if shared:
            self.workflow.data = {**self.workflow.data, **shared}

    def keep_outcome(self, branch: "Token") -> None:
        """Keep the outcome of a branch that has ended within, unless a later one is kept."""
        told, own = branch.internal_data.get(TOLD, ""), only(branch.local, OWN)
        if own and told >= self.internal_data.get(WITHIN, ("", {}))[0]:
            self.internal_data[WITHIN] = (told, own)

    def take_outcome(self) -> None:
        """Take over the last outcome of the branches within, now that all have ended."""
        told, own = self.internal_data.pop(WITHIN, ("", {}))
        if own:
            self.local = {**self.local, **own}
            self.internal_data[TOLD] = told

    def cancel(self) -> None:
        """End it without completing it, in ERROR too: a cancelled scope lets go of all."""
        if self.live:
            self._state = TaskState.CANCELLED
            self.task_spec.cancelled(self)

    def _set_state(self, value: int) -> None:
        """Change the state; SpiffWorkflow's own also logs it with all that it knows."""
        self._state = value


def only(values: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    """Return the values of these keys alone."""
    return {key: value for key, value in values.items() if key in keys}
