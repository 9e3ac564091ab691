"""A step's limit that the diagram writes itself: a time of its own, beside the rules."""

from datetime import date

import pytest

import engine
from engine import Database, Registry
from workflows import clock, limits
from workflows.calendar import seed_calendar
from workflows.processes import DIAGRAMS
from workflows.tables import Item

SHIPPED = (DIAGRAMS / "revisit.bpmn").read_bytes()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_step_has_the_time_that_its_diagram_writes(database: Database) -> None:
    database.write(seed_calendar)
    database.write(limits.seed_limits)
    with database.read() as session:
        due = clock.step_due(session, "10 working_days", Item(), None)

    assert due.on == date(2020, 3, 16)
    assert due.why[0] == {"kind": "limit", "name": "", "number": 10, "unit": "working_days"}


@pytest.mark.parametrize(
    ("limit", "refused"),
    [
        ("10 working_days", set()),
        ("3 months", set()),
        ("0 natural_days", {"limit_unknown"}),
        ("9999 natural_days", {"limit_unknown"}),
        ("1 fortnight", {"limit_unknown"}),
        ("0 same_day", {"limit_unknown"}),
    ],
)
def test_the_gate_lets_a_sensible_time_in(
    registry: Registry, limit: str, refused: set[str]
) -> None:
    xml = SHIPPED.replace(b'duban:limit="due.revisit"', f'duban:limit="{limit}"'.encode())

    assert limit.encode() in xml
    assert {problem.code for problem in engine.check(xml, registry) if problem.refuses} == refused
