"""A token on its way: SpiffWorkflow's task, kept small and without a look ahead."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from SpiffWorkflow.task import Task as SpiffTask
from SpiffWorkflow.util.task import TaskState

from engine.ids import new_id

Place = Any
"""A run, or one of its open sub-processes."""
AnyPart = Any
"""A part of a specification, as ``parts`` knows them."""
ROOT: Final = UUID(int=0)
"""The id of every scope's root: it never leaves the scope."""
LIVE: Final = TaskState.NOT_FINISHED_MASK | TaskState.ERROR
"""A token in one of these states still has a future; one in ERROR can be run again."""


class Token(SpiffTask):  # type: ignore[misc]
    """One token; its data is never changed in place, so that tokens may share it."""

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
        self.data: Mapping[str, Any] = {} if parent is None else parent.data
        self.internal_data: dict[str, Any] = {}
        self.way: tuple[str, ...] = ()
        self.recorded = False
        workflow.tasks[self.id] = self
        if parent is not None:
            parent.adopt(self)

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

    def adopt(self, child: "Token") -> None:
        """Take a token as one's own child."""
        self._children.append(child.id)

    def child(self, part: AnyPart, state: int = TaskState.FUTURE) -> "Token":
        """Return a new token below this one, with the same data."""
        return Token(self.workflow, part, self, state)

    def ready(self) -> None:
        """Make it ready to be run."""
        self._ready()

    def write(self, values: Mapping[str, Any]) -> None:
        """Add values to its data; the scope remembers who wrote last."""
        if values:
            self.data = {**self.data, **values}
            self.workflow.data = {**self.workflow.data, **values}

    def cancel(self) -> None:
        """End it without completing it, in ERROR too: a cancelled scope lets go of all."""
        if self.live:
            self._state = TaskState.CANCELLED
            self.task_spec.cancelled(self)

    def _set_state(self, value: int) -> None:
        """Change the state; SpiffWorkflow's own also logs it with all that it knows."""
        self._state = value
