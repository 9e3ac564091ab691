"""Freezes a run into a few hundred bytes, and thaws it again.

Contraction is what isn't frozen. Of all tokens only those that still have a future
are kept, and above them the root of their scope and, for tokens that wait together
(an activity and its boundary events, a race), the split that holds them together.
Nothing else can be asked for later:

- data belongs to the scope, and what is a token's own it has from the moment that it
  is made, so no parent is needed;
- an activity that ends, and an event that fires, look only at their siblings;
- a round of a loop looks at its shell, which lives as long as any round does;
- a join looks at the tokens that wait at it and at those that still have a future, by
  their elements alone;
- a throw looks at the listeners of open scopes and the boundaries of their owners.
"""

from collections.abc import Mapping
from typing import Any, Final, cast
from uuid import UUID

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.errors import StateUnreadable
from engine.machine.hosts import Host
from engine.machine.parts import Split
from engine.machine.plans import Plan
from engine.machine.runs import Run, Scope
from engine.machine.tokens import OWN, ROOT, Place, Token, only

FORMAT: Final = 2
READ: Final = frozenset({1, FORMAT})
"""The formats that can be read: in the first, each token had a copy of its scope's data."""
ROOTED: Final = -1


def freeze(run: Run) -> bytes:
    """Write down what a resting run's future depends on, and nothing else."""
    if run.queue:
        reason = "it still runs"
        raise StateUnreadable(reason)
    data = _Data()
    scopes = [_freeze_scope(scope, data) for scope in run.scopes]
    return orjson.dumps([FORMAT, run.plan.definition_id, data.values, scopes])


def thaw(plan: Plan, host: Host, state: bytes, *, called: bool = False) -> Run:
    """Build the run again, with the safe evaluator, from what was written down."""
    try:
        kind, definition_id, data, scopes = orjson.loads(state)
    except (TypeError, ValueError) as error:
        raise StateUnreadable(str(error)) from error
    if kind not in READ or definition_id != plan.definition_id:
        reason = f"format {kind} of definition {definition_id}"
        raise StateUnreadable(reason)
    run = Run(plan, host, called=called)
    try:
        for written in scopes:
            scope = _thaw_scope(run, written, data)
            if kind != FORMAT:
                _share(scope)
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise StateUnreadable(str(error)) from error
    return run


class _Data:
    """The data of all tokens, each written once: most share one and the same."""

    def __init__(self) -> None:
        self.values: list[Mapping[str, Any]] = []
        self._known: dict[int, int] = {}
        self._written: dict[bytes, int] = {}

    def number(self, value: Mapping[str, Any]) -> int:
        """Return where data stands; 1 and true are equal in Python, but not as it is written."""
        number = self._known.get(id(value))
        if number is None:
            written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
            number = self._written.setdefault(written, len(self.values))
            if number == len(self.values):
                self.values.append(value)
            self._known[id(value)] = number
        return number


def _freeze_scope(scope: Place, data: _Data) -> list[Any]:
    """Write one scope: its name, its owner, what was written in it, and its tokens."""
    numbers = scope.spec.numbers
    places: dict[UUID, int] = {}
    tokens: list[list[Any]] = []
    for token in kept(scope):
        places[token.id] = len(tokens)
        frozen = [
            token.id.hex,
            places.get(token.parent.id, ROOTED),
            numbers[token.task_spec.name],
            token.state,
            data.number(token.local),
        ]
        if token.internal_data:
            frozen.append(token.internal_data)
        tokens.append(frozen)
    owner = scope.parent_task_id
    return [scope.spec.name, owner and owner.hex, data.number(scope.data), tokens]


def kept(scope: Place) -> list[Token]:
    """Return the tokens whose future depends on them, each after its split or its shell."""
    found: dict[UUID, Token] = {}
    for token in scope.tasks.values():
        if token.live:
            parent = token.parent
            if parent is not None and isinstance(parent.task_spec, Split):
                found.setdefault(parent.id, parent)
            found[token.id] = token
    return list(found.values())


def _thaw_scope(run: Run, written: list[Any], data: list[Mapping[str, Any]]) -> Place:
    name, owner, values, tokens = written
    scope: Place = run
    if owner is not None:
        owned = cast(Token, run.token(UUID(owner)))
        scope = Scope(run.plan.specs[name], owned, run)
        run.subprocesses[scope.parent_task_id] = scope
    scope.data = data[values]
    root = Token(scope, scope.spec.start, state=TaskState.COMPLETED, token_id=ROOT)
    scope.task_tree = root
    made: list[Token] = []
    for token_id, place, number, state, datum, *internal in tokens:
        parent = root if place == ROOTED else made[place]
        token = Token(scope, scope.spec.parts[number], parent, state, UUID(token_id))
        token.local = data[datum]
        token.recorded = True
        if internal:
            token.internal_data = internal[0]
        made.append(token)
    return scope


def _share(scope: Place) -> None:
    """Give a scope what its tokens had as copies of their own; who wrote last wins."""
    seen: dict[str, Any] = {}
    for token in scope.tasks.values():
        seen |= token.local
        token.local = only(token.local, OWN)
    seen |= scope.data
    around = {} if scope is scope.top_workflow else scope.owner.data
    scope.data = {
        key: value
        for key, value in seen.items()
        if key not in OWN and (key not in around or around[key] != value)
    }
