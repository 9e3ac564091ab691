"""Activities: what is done by people, by the host, by other instances, and inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask

from engine.diagrams import CallStep, DecisionStep, Loop, OperationStep
from engine.diagrams.expressions import Value
from engine.errors import BusinessError, Fault
from engine.machine.events import named
from engine.machine.loops import (
    COUNTER,
    INDEX,
    TOTAL,
    begin,
    count,
    elements,
    is_enough,
    next_index,
    one_less,
    own_of,
    results,
)
from engine.machine.parts import Part, record
from engine.machine.throws import throw, throw_error
from engine.machine.tokens import LEAVES, Token

FAILED: Final = "failed"
"""Where a call keeps which of its instances have failed, so that they can be called again."""
CAME: Final = "came"
"""Where a call keeps what its instances have brought that couldn't be taken."""


@dataclass(frozen=True, slots=True)
class Calling:
    """An instance that a call activity wants to be started: which round, for what, with what."""

    token: Token
    index: int
    item: Value
    data: Mapping[str, Any]


class UserTask(Part, defaults.UserTask):  # type: ignore[misc]
    """A user task: READY is where it waits."""

    def _on_ready(self, token: Token) -> None:
        record(token, "opened")

    def _run_hook(self, token: Token) -> bool:
        record(token, "completed", {"outcome": token.data.get("outcome")})
        return True


class ServiceTask(Part, defaults.ServiceTask):  # type: ignore[misc]
    """A service task: a named operation of the host, now or as a job."""

    def _run_hook(self, token: Token) -> bool | None:
        step = cast(OperationStep, self.node.service)
        data = token.data
        parameters = {name: value.value(data) for name, value in step.parameters.items()}
        record(token, "operation", {"operation": step.operation})
        try:
            written = token.run_of.host.operate(token, step.operation, parameters)
        except BusinessError as error:
            throw_error(token, error.code)
            return None
        if written is None:
            return None
        token.write(written)
        return True


class RuleTask(Part, SimpleBpmnTask):  # type: ignore[misc]
    """A business rule task: asks a deployed decision table."""

    def _run_hook(self, token: Token) -> bool:
        step = cast(DecisionStep, self.node.rule)
        data = token.data
        inputs = {name: value.value(data) for name, value in step.inputs.items()}
        written, facts = token.run_of.host.decide(step, inputs)
        record(token, "decided", {"decision": step.decision, **facts})
        token.write(written)
        return True


class SendTask(Part, defaults.SendTask):  # type: ignore[misc]
    """A send task: sends its message and goes on."""

    def _run_hook(self, token: Token) -> bool:
        record(token, "threw", named(self.node.event))
        throw(token, self.node.event)
        return True


class CallActivity(Part, defaults.CallActivity):  # type: ignore[misc]
    """A call activity: waits for instances of their own, started with the step.

    The instances of a parallel loop are no tokens either: only how many there are, and
    how many have ended, stands in the caller's state.
    """

    @property
    def loop(self) -> Loop | None:
        """Return the loop whose rounds are instances; the rounds of a shell aren't."""
        return None if self.shell is not None else self.node.loop

    @property
    def counts(self) -> bool:
        """Tell whether the caller must hear of each instance that ends, not only of the last."""
        loop = self.loop
        return loop is not None and (loop.until is not None or loop.output is not None)

    def _given(self, token: Token, index: int, item: Value) -> dict[str, Any]:
        """Return what the instance that is called starts with."""
        call, loop = cast(CallStep, self.node.call), self.node.loop
        own = {} if loop is None else own_of(loop, index, item)
        seen = {**token.data, **own}
        given = {key: seen[key] for key in call.passes if key in seen}
        given |= {key: value.value(seen) for key, value in call.gives.items()}
        return given | {key: value for key, value in own.items() if key != COUNTER}

    def add(self, token: Token, item: Value) -> None:
        """Call one more instance beside those that run."""
        self._call(token, [(next_index(token), item)])
        token.internal_data[TOTAL] += 1

    def came_back(self, token: Token, index: int, data: Mapping[str, Any] | None) -> None:
        """Hear of an instance that has ended, and go on after the last.

        One that was cancelled has nothing to give: its data is ``None``. What can't be
        taken is kept for the next try: the instance won't come back again.
        """
        if LEAVES in token.internal_data:
            return
        if data is None and self.shell is not None and self.shell.counts:
            self.shell.withdraw(token)
            return
        try:
            last = self._take(token, index, data)
        except Fault:
            token.internal_data.setdefault(CAME, []).append([index, data])
            raise
        if last:
            token.complete()

    def _take(self, token: Token, index: int, data: Mapping[str, Any] | None) -> bool:
        """Take what was asked for from an instance; true if no other is waited for."""
        call, loop = cast(CallStep, self.node.call), self.loop
        if loop is not None and not self.counts:
            return FAILED not in token.internal_data
        if loop is not None and data is None:
            return one_less(loop, token)
        takes = {} if data is None else call.takes
        values = {key: value.value(data or {}) for key, value in takes.items()}
        if loop is None:
            token.write(values)
            return True
        seen = {**token.data, **own_of(loop, index, None), **values}
        enough = is_enough(loop, token, seen)
        count(loop, token, index, seen)
        if enough:
            token.write(results(loop, token))
        return enough

    def _run_hook(self, token: Token) -> bool | None:
        call, loop = cast(CallStep, self.node.call), self.loop
        token.run_of.host.must_be_callable(call.process_id)
        if FAILED in token.internal_data or CAME in token.internal_data:
            return self._again(token)
        items = [self._item(token)] if loop is None else elements(loop, token.data)
        record(token, "called", {"process": call.process_id, "count": len(items)})
        self._call(token, list(enumerate(items, token.internal_data.get(INDEX, 0))))
        if loop is not None:
            begin(loop, token, len(items))
            if not items:
                token.write(results(loop, token))
        return None if items else True

    def _again(self, token: Token) -> bool | None:
        """Take what couldn't be taken before, and call those again that have failed."""
        while came := token.internal_data.get(CAME):
            last = self._take(token, *came[0])
            token.internal_data[CAME] = came[1:]
            if last:
                return True
        self._call(token, token.internal_data.get(FAILED, []))
        token.internal_data.pop(CAME, None)
        token.internal_data.pop(FAILED, None)
        return None

    def _item(self, token: Token) -> Value:
        """Return what one round of those in a row is for."""
        loop = self.node.loop
        item: Value = None if loop is None or loop.item is None else token.local.get(loop.item)
        return item

    def _call(self, token: Token, rounds: Sequence[tuple[int, Value]]) -> None:
        calls = [Calling(token, i, item, self._given(token, i, item)) for i, item in rounds]
        token.run_of.calls += calls


class SubProcess(Part, defaults.SubWorkflowTask):  # type: ignore[misc]
    """An embedded sub-process: waits for the scope that it opens."""

    def cancelled(self, token: Token) -> None:
        """Cancel every token in the scope."""
        token.run_of.close_scope(token)

    def _run_hook(self, token: Token) -> None:
        token.run_of.open_scope(token, (*token.way, self.bpmn_id))
        token.recorded = True
