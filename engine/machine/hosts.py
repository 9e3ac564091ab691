"""What a run asks of the world outside its diagram."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from engine.diagrams import DecisionStep
from engine.diagrams.expressions import Value, compiled
from engine.errors import Fault
from engine.machine.tokens import Token


class Host(Protocol):
    """What a run asks of the world outside its diagram."""

    def now(self) -> datetime:
        """Return the current time."""
        ...

    def must_be_callable(self, process_id: str) -> None:
        """Refuse to call a process that can't be called from here."""
        ...

    def operate(
        self, token: Token, operation: str, parameters: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Do an operation and return what it writes; ``None``: a job will do it."""
        ...

    def decide(
        self, step: DecisionStep, inputs: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Ask a decision table; return what is written, and what the history tells of it."""
        ...


class SafeEngine(PythonScriptEngine):  # type: ignore[misc]
    """SpiffWorkflow's script engine without scripts: expressions of the safe language only."""

    def __init__(self) -> None:
        self.environment = None

    def evaluate(
        self,
        task: Token,
        expression: str,
        **_: object,
    ) -> Value:
        """Compute an expression over the token's data."""
        return compiled(expression).value(task.data)

    def execute(self, *_: object, **__: object) -> bool:
        """Refuse every script."""
        raise Fault("script", "scripts are never run")

    def call_service(self, *_: object, **__: object) -> object:
        """Refuse every service that isn't a named operation."""
        raise Fault("script", "only named operations are called")


SAFE: Final = SafeEngine()
