"""What a run may ask for while a transaction is open: the time, and the operations."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

import orjson
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from engine import store
from engine.database import is_transient
from engine.deciding import decide
from engine.diagrams import DecisionStep
from engine.errors import BusinessError, DecisionUnknown, Fault
from engine.machine import Token
from engine.registry import Call, Operation, registry_of
from engine.steps.held import Held
from engine.steps.written import tell_written, told_of
from engine.values import fit, is_a

DEPTH: Final = 20
"""How deep instances may call one another."""


class Onlooker:
    """The host of a run that is only looked at."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the time at which it is looked at."""
        return self._at

    def must_be_callable(self, process_id: str) -> None:
        """Refuse: nothing may move."""
        raise Fault("call", f"{process_id!r} can't be called by an onlooker")

    def operate(
        self,
        _token: Token,
        operation: str,
        _parameters: Mapping[str, Any],
    ) -> Mapping[str, Any] | None:
        """Refuse: nothing may move."""
        raise Fault("operation", f"{operation!r} can't be called by an onlooker")

    def decide(
        self, step: DecisionStep, _inputs: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Refuse: nothing may move."""
        raise Fault("decision", f"{step.decision!r} can't be asked by an onlooker")


class Hands(Onlooker):
    """The host of one step."""

    def __init__(self, session: Session, held: Held, by: str, at: datetime) -> None:
        super().__init__(at)
        self._session = session
        self._held = held
        self._by = by

    def must_be_callable(self, process_id: str) -> None:
        """Refuse to call a process that isn't deployed, or ever deeper."""
        if store.definitions.newest_id(self._session, process_id) is None:
            raise Fault("call", f"no process {process_id!r} is deployed")
        if self._held.depth >= DEPTH:
            raise Fault("call", f"instances call one another more than {DEPTH} deep")

    def operate(
        self, token: Token, operation: str, parameters: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Do an operation now, inside a savepoint, or leave it to a job."""
        known = operation_of(self._session, operation)
        must_fit(known, parameters)
        if known.outside:
            token.internal_data["parameters"] = dict(parameters)
            return None
        call = Call(
            self._session,
            self._held.instance,
            token.id,
            token.task_spec.node.id,
            MappingProxyType(orjson.loads(orjson.dumps(token.data))),  # its own, to the bottom
            self._by,
        )
        noted = len(token.run_of.notes) - 1
        written = self._operate(known, call, parameters)
        tell_written(self._session, token.run_of, "operation", noted, written)
        return written

    def decide(
        self, step: DecisionStep, inputs: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Ask the newest version of a decision table, and write its result under one key or each.

        Without a key of its own, a decision must give one row, for each output is a key then.
        """
        try:
            decided = decide(self._session, step.decision, inputs)
        except DecisionUnknown as error:
            raise Fault("decision", f"no decision {step.decision!r} is deployed") from error
        facts = {"version": decided.version, "rules": decided.rules}
        if not step.writes and not isinstance(decided.result, Mapping):
            raise Fault("decision", f"{step.decision!r} gives no single row to write")
        written = {step.writes: decided.result} if step.writes else decided.result
        return written, {**facts, **told_of(self._session, self._held.plan, written)}

    def _operate(
        self, operation: Operation, call: Call, parameters: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Do it inside a savepoint: what fails leaves nothing behind but an incident."""
        try:
            with self._session.begin_nested():
                return written_by(operation, operation.run(call, **parameters))
        except DBAPIError as error:
            if is_transient(error):
                raise
            raise Fault("operation", f"{operation.name}: {error.orig}") from error
        except (BusinessError, Fault):
            raise
        except Exception as error:
            reason = f"{operation.name}: {type(error).__name__}: {error}"
            raise Fault("operation", reason) from error


def operation_of(session: Session, name: str) -> Operation:
    """Return an operation of the host by its name."""
    known = registry_of(session).operations.get(name)
    if known is None:
        raise Fault("operation", f"nobody knows the operation {name!r}")
    return known


def must_fit(operation: Operation, parameters: Mapping[str, Any]) -> None:
    """Refuse parameters that aren't of the types that the operation declares."""
    for name, value in parameters.items():
        wanted = operation.parameters.get(name)
        if wanted is None or not is_a(value, wanted):
            reason = f"{operation.name}: {name!r} is a {type(value).__name__}"
            raise Fault("operation", reason)


def written_by(operation: Operation, values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what an operation writes, if it is what it declares."""
    written = fit(values or {})
    for name, value in written.items():
        wanted = operation.writes.get(name)
        if wanted is None or not (value is None or is_a(value, wanted)):
            reason = f"{operation.name} mustn't write a {type(value).__name__} to {name!r}"
            raise Fault("operation", reason)
    return written
