"""Activities that are done several times: side by side, in a row, or while a condition holds.

BPMN 2.0.2, 13.3.6 and 13.3.7. A shell stands where the activity is drawn, with the
events on its boundary; each round is a token below it, whose writing stays its own.
What a round leaves behind is what the diagram asks for: one result in a list of
results, in the order of the input, or for a standard loop whatever it has written.
"""

from collections.abc import Mapping
from typing import Any, Final

from SpiffWorkflow.bpmn.specs.control import SimpleBpmnTask

from engine.diagrams import Loop, LoopKind
from engine.diagrams.expressions import Value
from engine.errors import Fault
from engine.machine.parts import Part, record
from engine.machine.tokens import Token

ROUNDS: Final = 1_000
"""The most rounds that an activity may be done."""
STEPS_EACH: Final = 20
"""How many more steps a run may take for each round that is done beside others."""
COUNTER: Final = "loopCounter"
TOTAL: Final = "total"
DONE: Final = "done"
NEXT: Final = "next"
"""The number of the next round that is added, once it differs from how many there are."""
RESULTS: Final = "results"
ITEMS: Final = "items"
INDEX: Final = "index"
ENOUGH: Final = "enough"
SKIPPED: Final = "skipped"
"""Marks a round that goes on though nobody can tell whether the loop is to end with it."""


def elements(loop: Loop, data: Mapping[str, Any]) -> list[Any]:
    """Return what the rounds are for: the elements of a list, or so many times nothing."""
    if loop.count is not None:
        count = loop.count.value(data)
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= ROUNDS:
            raise Fault("several", f"{count!r} isn't a number of times from 0 to {ROUNDS}")
        return [None] * count
    items = data.get(loop.items or "")
    if not isinstance(items, list):
        raise Fault("several", f"{loop.items!r} holds no list")
    if len(items) > ROUNDS:
        raise Fault("several", f"{loop.items!r} holds more than {ROUNDS} elements")
    return items


def begin(loop: Loop, token: Token, total: int) -> None:
    """Begin to count the rounds of an activity."""
    token.internal_data.update({TOTAL: total, DONE: 0})
    if loop.output:
        token.internal_data[RESULTS] = []


def next_index(token: Token) -> int:
    """Return the number of one more round: that of one which was withdrawn isn't given again."""
    index: int = token.internal_data.get(NEXT, token.internal_data[TOTAL])
    token.internal_data[NEXT] = index + 1
    return index


def one_less(loop: Loop, token: Token) -> bool:
    """Give up one round that leaves nothing behind; true if no other is waited for."""
    token.internal_data.setdefault(NEXT, token.internal_data[TOTAL])
    token.internal_data[TOTAL] -= 1
    last = bool(token.internal_data[DONE] >= token.internal_data[TOTAL])
    if last:
        token.write(results(loop, token))
    return last


def own_of(loop: Loop, index: int, item: Value) -> dict[str, Any]:
    """Return what one round has for itself."""
    own = {COUNTER: index}
    return own | {loop.item: item} if loop.item else own


def is_last(token: Token) -> bool:
    """Tell whether no round is left beside the one that now ends."""
    return bool(token.internal_data[DONE] + 1 >= token.internal_data[TOTAL])


def is_enough(loop: Loop, token: Token, seen: Mapping[str, Any]) -> bool:
    """Tell whether the round that now ends is the last: none is left, or the condition says so."""
    total, done = token.internal_data[TOTAL], token.internal_data[DONE] + 1
    if loop.until is None:
        return is_last(token)
    active = total - done if loop.kind is LoopKind.PARALLEL else 0
    counts = {
        "nrOfInstances": total,
        "nrOfCompletedInstances": done,
        "nrOfActiveInstances": active,
    }
    return bool(loop.until.value({**seen, **counts})) or is_last(token)


def count(loop: Loop, token: Token, index: int, seen: Mapping[str, Any]) -> None:
    """Count a round that has ended, and keep its result."""
    token.internal_data[DONE] += 1
    if loop.output:
        token.internal_data[RESULTS].append([index, seen.get(loop.output_item or "")])


def results(loop: Loop, token: Token) -> dict[str, Any]:
    """Return what the rounds leave behind."""
    if not loop.output:
        return {}
    found = sorted(token.internal_data[RESULTS], key=lambda result: result[0])
    return {loop.output: [value for _, value in found]}


class Shell(Part, SimpleBpmnTask):  # type: ignore[misc]
    """Stands for an activity that is done several times."""

    body: Part

    @property
    def loop(self) -> Loop:
        """Return how often it is done."""
        loop = self.node.loop
        if loop is None:
            raise TypeError(self.bpmn_id)
        return loop

    @property
    def counts(self) -> bool:
        """Tell whether the rounds are counted: those of a standard loop aren't."""
        return self.loop.kind is not LoopKind.STANDARD

    def cancelled(self, token: Token) -> None:
        """Cancel every round."""
        for child in token.children:
            child.cancel()

    def open(self, token: Token, index: int, item: Value = None) -> None:
        """Begin one round."""
        body = token.child(self.body)
        body.local = {**token.local, **own_of(self.loop, index, item)}
        body.internal_data[INDEX] = index
        self.body.reached(body)

    def judge(self, body: Token) -> None:
        """Find out whether the loop ends with a round that is about to end.

        If nobody can tell and that is skipped, the loop ends as it would without a condition.
        """
        skipped = body.internal_data.pop(SKIPPED, False)
        loop, token = self.loop, body.parent
        try:
            if loop.kind is LoopKind.STANDARD:
                enough = not self._again(body.data, body.internal_data[INDEX] + 1)
            else:
                enough = is_enough(loop, token, body.data)
        except Fault:
            if not skipped:
                raise
            enough = loop.kind is LoopKind.STANDARD or is_last(token)
        body.internal_data[ENOUGH] = enough

    def returned(self, body: Token) -> None:
        """Hear that a round has ended; go on with the next, or leave."""
        token, loop, index = body.parent, self.loop, body.internal_data[INDEX]
        if loop.kind is LoopKind.STANDARD:
            token.write({k: v for k, v in body.local.items() if k != COUNTER})
            if body.internal_data[ENOUGH]:
                token.complete()
            else:
                self.open(token, index + 1)
            return
        count(loop, token, index, body.data)
        if body.internal_data[ENOUGH]:
            self._leave(token)
        elif loop.kind is LoopKind.SEQUENTIAL:
            items = token.internal_data.get(ITEMS)
            self.open(token, index + 1, items[index + 1] if items else None)

    def add(self, token: Token, item: Value) -> None:
        """Begin one more round beside those that run, or after them."""
        if ITEMS in token.internal_data:
            token.internal_data[ITEMS] = [*token.internal_data[ITEMS], item]
        if self.loop.kind is LoopKind.PARALLEL:
            self.open(token, next_index(token), item)
        token.internal_data[TOTAL] += 1

    def withdraw(self, body: Token) -> None:
        """Give up one round; go on with the next, or leave if it was the last."""
        token, index = body.parent, body.internal_data[INDEX]
        body.cancel()
        token.internal_data.setdefault(NEXT, token.internal_data[TOTAL])
        token.internal_data[TOTAL] -= 1
        items = token.internal_data.get(ITEMS)
        if items is not None:
            items = token.internal_data[ITEMS] = [*items[:index], *items[index + 1 :]]
        if self.loop.kind is LoopKind.SEQUENTIAL and index < token.internal_data[TOTAL]:
            self.open(token, index, items[index] if items else None)
        elif not any(child.live for child in token.children):
            self._leave(token)

    def _run_hook(self, token: Token) -> bool | None:
        loop = self.loop
        if loop.kind is LoopKind.STANDARD:
            record(token, "looped")
            if loop.before and not self._again(token.data, 0):
                return True
            self.open(token, 0)
            return None
        items = elements(loop, token.data)
        record(token, "looped", {"count": len(items)})
        begin(loop, token, len(items))
        if not items:
            token.write(results(loop, token))
            return True
        if loop.kind is LoopKind.PARALLEL:
            token.run_of.more_steps += STEPS_EACH * len(items)
            for index, item in enumerate(items):
                self.open(token, index, item)
            return None
        if loop.items:
            token.internal_data[ITEMS] = items
        self.open(token, 0, items[0])
        return None

    def _again(self, data: Mapping[str, Any], done: int) -> bool:
        if done >= (self.loop.most or ROUNDS):
            if self.loop.most is None:
                raise Fault("several", f"{self.bpmn_id!r} isn't done after {ROUNDS} rounds")
            return False
        return self.loop.condition is None or bool(self.loop.condition.value(data))

    def _leave(self, token: Token) -> None:
        for child in token.children:
            child.cancel()
        token.write(results(self.loop, token))
        token.complete()
