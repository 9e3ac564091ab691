"""Two runs of one process, to which the same happens: one remembers, the other forgets.

The one that forgets is frozen into its few bytes and thawed after every step. After
each step both must stand at the same place, with the same data, and have come the
same way; so every test that plays with twins proves its point twice.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Armed, EventKind, Kind
from engine.machine import Plan, Shape, Thrown, Token
from tests.engine.walking import Hours, Walker, assert_whole

ANY: Mapping[str, Any] = {}


class Twins:
    """What can be done to a process that runs, by the names of its elements."""

    def __init__(self, plan: Plan, data: Mapping[str, Any], host: Mapping[str, Any] = ANY) -> None:
        called = bool(host.get("called"))
        given = {name: value for name, value in host.items() if name != "called"}
        self.walkers = [
            Walker(plan, forgetful, dict(data), Hours(**given), called=called)
            for forgetful in (False, True)
        ]
        self.ended: Counter[UUID] = Counter()
        self._same()

    # ── What is to be seen ─────────────────────────────────────────────────────────────

    @property
    def completed(self) -> bool:
        """Tell whether it is over."""
        return self.walkers[0].completed

    @property
    def end(self) -> str:
        """Return how it has ended."""
        return str(self.walkers[0].run.end)

    @property
    def data(self) -> Mapping[str, Any]:
        """Return the data of the process."""
        seen: Mapping[str, Any] = self.walkers[0].run.data
        return seen

    @property
    def done(self) -> list[str]:
        """Return the operations that were done, in their order."""
        return self.walkers[0].host.done

    @property
    def sent(self) -> list[Thrown]:
        """Return what has left it."""
        return self.walkers[0].sent

    @property
    def calls(self) -> list[tuple[str, int, Any, dict[str, Any]]]:
        """Return the instances that it has called: where, for which round, with what."""
        return [
            (call.token.task_spec.node.id, call.index, call.item, dict(call.data))
            for call in self.walkers[0].calls
        ]

    def open(self) -> list[str]:
        """Return the elements that wait for a person."""
        return self._names(lambda shape: shape.tasks)

    def errands(self) -> list[str]:
        """Return the elements whose operation a job does."""
        return self._names(lambda shape: shape.errands)

    def called(self) -> list[str]:
        """Return the call activities that wait for their instances."""
        return self._names(lambda shape: shape.calls)

    def incidents(self) -> list[str]:
        """Return the elements that have failed by rule."""
        return self._names(lambda shape: shape.faults)

    def waiting(self) -> list[str]:
        """Return the elements that wait for an event, or for other tokens."""
        shape = self.walkers[0].run.shape()
        places = (shape.timers, shape.routed, shape.others)
        found = [t for place in places for t in place.values() if t.state == TaskState.WAITING]
        return sorted(token.task_spec.node.awaited.id for token in found)

    def seen(self, element: str) -> Mapping[str, Any]:
        """Return the data that an element sees."""
        seen: Mapping[str, Any] = _find(self.walkers[0], element).data
        return seen

    # ── What may happen ────────────────────────────────────────────────────────────────

    def complete(
        self, element: str, outcome: str | None = None, at: Mapping[str, Any] = ANY, **data: Any
    ) -> None:
        """Complete the user task that has waited longest, of those that see some data."""

        def act(walker: Walker) -> None:
            token = _find(walker, element, at, state=TaskState.READY)
            token.write({**data, "outcome": outcome})
            token.run()

        self._do(act)

    def finish(self, element: str, **data: Any) -> None:
        """Let the job of an operation end."""

        def act(walker: Walker) -> None:
            token = _find(walker, element, state=TaskState.STARTED)
            token.write(data)
            token.complete()

        self._do(act)

    def refuse(self, element: str, code: str) -> None:
        """Let the job of an operation end with an error."""
        self._do(lambda w: w.run.thrown_at(_find(w, element, state=TaskState.STARTED), code))

    def write(self, **data: Any) -> None:
        """Let the data of the process change, as another branch would change them."""

        def act(walker: Walker) -> None:
            walker.run.data = {**walker.run.data, **data}

        self._do(act)

    def message(self, name: str, key: str = "k", **payload: Any) -> bool:
        """Let a message come that is addressed by a key; tell whether it was taken."""
        return self._do(lambda walker: walker.run.receive(name, key, payload))

    def send(self, name: str, **data: Any) -> None:
        """Send a message straight to the process."""

        def act(walker: Walker) -> None:
            event = walker.run.waiting_for(name, None)
            assert event is not None, name
            walker.run.fire(event, data)

        self._do(act)

    def signal(self, name: str) -> None:
        """Let a signal come."""
        self._do(lambda walker: walker.run.signal(name))

    def tick(self, hours: float) -> None:
        """Let time go by, and then let the timers that are due happen, the first one first."""
        for walker in self.walkers:
            walker.host.at += timedelta(hours=hours)
        while due := [_due(walker) for walker in self.walkers]:
            if due[0] is None:
                assert due[1] is None
                return
            self._do(lambda walker: walker.run.fire(_due(walker), {}))

    def retry(self, element: str, **host: Any) -> None:
        """Try what has failed again."""
        self.turn(**host)
        self._do(lambda walker: walker.run.retry(_find(walker, element, state=TaskState.ERROR)))

    def skip(self, element: str) -> None:
        """Let what has failed go on as if its work were done."""
        self._do(lambda walker: walker.run.skip(_find(walker, element, state=TaskState.ERROR)))

    def turn(self, **host: Any) -> None:
        """Let operations behave otherwise from now on."""
        for walker in self.walkers:
            for name, value in host.items():
                setattr(walker.host, name, value)

    def child_ended(self, element: str, index: int = 0, **data: Any) -> None:
        """Let an instance end that was called; its call hears of it if it counts, or of the last.

        So do the engine's deliveries: most calls sleep until all their instances have ended.
        """

        def act(walker: Walker) -> None:
            token = _find(walker, element)
            if not self._one_less(walker, token) or token.task_spec.counts:
                walker.run.child_ended(token, index, data)

        self._do(act)

    def child_cancelled(self, element: str, index: int = 0) -> None:
        """Let an instance be withdrawn that was called."""

        def act(walker: Walker) -> None:
            token = _find(walker, element)
            if not self._one_less(walker, token) or token.task_spec.counts:
                walker.run.child_ended(token, index, None)

        self._do(act)

    def child_failed(self, element: str, code: str, index: int = 0, item: Any = None) -> None:
        """Let an instance end with an error that was called."""

        def act(walker: Walker) -> None:
            token = _find(walker, element)
            self._one_less(walker, token)
            walker.run.child_failed(token, index, item, code)

        self._do(act)

    def child_escalates(self, element: str, code: str) -> None:
        """Let an instance escalate that was called."""
        self._do(lambda w: w.run.child_escalated(_find(w, element), code))

    def _one_less(self, walker: Walker, token: Token) -> int:
        """Return how many instances of a call are open once one more has ended."""
        self.ended[token.id] += 1
        called = [call for call in walker.calls if call.token.id == token.id]
        return len(called) - self.ended[token.id]

    def _do(self, act: Callable[[Walker], Any]) -> bool:
        answers = []
        for walker in self.walkers:
            walker.do(lambda one: answers.append(bool(act(one))))
        assert answers[0] == answers[1]
        self._same()
        return answers[0]

    def _same(self) -> None:
        one, other = self.walkers
        for walker in self.walkers:
            assert_whole(walker.run)
        assert _stand(one) == _stand(other)
        assert one.notes == other.notes
        assert one.sent == other.sent
        assert one.host.done == other.host.done

    def _names(self, which: Callable[[Shape], Mapping[Any, Token]]) -> list[str]:
        walker = self.walkers[0]
        found = which(walker.run.shape()).values()
        return [] if walker.completed else sorted(token.task_spec.node.id for token in found)


def _find(
    walker: Walker, element: str, at: Mapping[str, Any] = ANY, state: int | None = None
) -> Token:
    """Return the token that has been longest at an element, of those that see some data."""
    for token in sorted(walker.run.tokens(), key=lambda token: token.id):
        node = token.task_spec.node
        wanted = TaskState.READY if node.kind is Kind.USER else state
        right = state is None or token.state in {wanted, state}
        below = state == TaskState.ERROR or not _is_shell(token)
        if node.id == element and right and below and at.items() <= token.data.items():
            return token
    raise AssertionError(element)


def _is_shell(token: Token) -> bool:
    return hasattr(token.task_spec, "body")


def _due(walker: Walker) -> Token | None:
    """Return the timer that has been due longest."""
    if walker.completed:
        return None
    found = []
    for token in walker.run.shape().timers.values():
        known = token.internal_data
        fired = datetime.fromisoformat(known["fired"]) if "fired" in known else None
        armed = Armed(datetime.fromisoformat(known["since"]), fired)
        moment = token.task_spec.node.timer.next(armed, walker.run.seen_by(token), _nobody)
        if moment is not None and moment <= walker.host.at:
            found.append((moment, token.id, token))
    return min(found)[-1] if found else None


def _nobody(name: str) -> datetime | None:
    raise AssertionError(name)


def _stand(walker: Walker) -> Any:
    """Return where a run stands, in an order that doesn't depend on ids."""
    if walker.completed:
        return walker.run.end, walker.run.data
    places = [
        (token.task_spec.name, int(token.state), json.dumps(token.data, sort_keys=True))
        for token in walker.run.tokens()
    ]
    return sorted(places), walker.run.data


def kinds(thrown: list[Thrown]) -> list[tuple[EventKind, str]]:
    """Return what was thrown, in short."""
    return [(one.kind, one.name) for one in thrown]
