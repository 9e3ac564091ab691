"""A small diagram of the tests' own: units report and are reviewed, again and again."""

from pathlib import Path

import engine
from engine import Registry, Session, StepType

HERE = Path(__file__).parent
LOOP, UNITS = "report_loop", "report_units"
REGISTRY = Registry(
    steps={
        "report": StepType("report", frozenset({"sent"})),
        "review": StepType("review", frozenset({"accept", "return"})),
    },
    roles=frozenset({"handler", "supervisor"}),
)


def deploy_loop(session: Session) -> None:
    """Deploy the loop and what calls it once for each unit."""
    for process in (LOOP, UNITS):
        engine.deploy(session, (HERE / f"{process}.bpmn").read_bytes(), by="tests")
