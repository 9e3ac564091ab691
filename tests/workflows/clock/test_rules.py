"""Every row of domain.md's table of limits, and what an administrator can make of a rule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from engine import Database, Session
from tests.workflows.offices import administrator, handler, unreviewed
from workflows import kinds, limits, settings
from workflows.calendar import seed_calendar
from workflows.errors import LimitRefused, NotYours
from workflows.limits import PART, Clause
from workflows.reckoning import Span
from workflows.tables import (
    Item,
    Kind,
    LimitUnit,
    Part,
    Source,
    StartEvent,
    StopCause,
    Urgency,
)

MONDAY = date(2019, 3, 4)

ROWS = [
    ("instruction 特急", "instruction.flash", "same_day", 0, date(2019, 3, 4)),
    ("instruction 加急", "instruction.urgent", "working_days", 3, date(2019, 3, 7)),
    ("instruction 急件", "instruction.pressing", "natural_days", 5, date(2019, 3, 9)),
    ("instruction 一般", "instruction.normal", "natural_days", 15, date(2019, 3, 19)),
    ("instruction 复杂", "instruction.complex", "natural_days", 30, date(2019, 4, 3)),
    ("instruction 长期: weekly interim report", "interim.weekly", "natural_days", 7,
     date(2019, 3, 11)),
    ("document", "document", "natural_days", 30, date(2019, 4, 3)),
    ("meeting minutes", "minutes", "natural_days", 20, date(2019, 3, 24)),
    ("decision: first report", "decision.first_report", "working_days", 5, date(2019, 3, 11)),
    ("proposal", "proposal", "months", 3, date(2019, 6, 4)),
    ("co-unit's opinion", "proposal.co_opinion", "months", 1, date(2019, 4, 4)),
    ("acknowledge", "acknowledge", "working_days", 1, date(2019, 3, 5)),
    ("object, instruction", "object", "working_days", 2, date(2019, 3, 6)),
    ("object, proposal", "object.proposal", "natural_days", 10, date(2019, 3, 14)),
    ("key project: weekly report", "interim.weekly", "natural_days", 7, date(2019, 3, 11)),
    ("work report goal: monthly report", "interim.monthly", "months", 1, date(2019, 4, 4)),
    ("revisit after closing", "revisit", "natural_days", 30, date(2019, 4, 3)),
]  # fmt: skip
"""What, the rule's name, its unit and number, and the last day counted from a Monday."""


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Give a session with the seeded calendar and limits."""
    database.write(seed_calendar)
    database.write(limits.seed_limits)
    with database.read() as session:
        yield session


@pytest.mark.parametrize(("name", "unit", "number", "last"), [row[1:] for row in ROWS],
                         ids=[row[0] for row in ROWS])  # fmt: skip
def test_every_row_of_the_table_is_a_rule(
    session: Session, name: str, unit: str, number: int, last: date
) -> None:
    span = limits.span_of(session, name)

    assert (span.unit, span.number) == (unit, number)
    assert limits.due_date(session, MONDAY, name).on == last


def test_the_warnings_are_at_thirty_and_at_fifteen_percent(session: Session) -> None:
    due = limits.due_date(session, date(2019, 3, 1), Span(100, LimitUnit.NATURAL_DAYS))

    assert (settings.number(session, "limit.warn_at"), due.warn_on) == (30, date(2019, 5, 10))
    assert (settings.number(session, "limit.warn_again_at"), due.warn_again_on) == (
        15,
        date(2019, 5, 24),
    )


@pytest.mark.parametrize(
    ("kind", "source", "part", "name"),
    [
        (Kind.INSTRUCTION, Source.CITY_INSTRUCTION, Part.LEAD, "instruction.complex"),
        (Kind.PROPOSAL, Source.CPPCC_PROPOSAL, Part.LEAD, "proposal"),
        (Kind.PROPOSAL, Source.NPC_SUGGESTION, Part.CO, "proposal.co_opinion"),
        (Kind.DECISION, Source.EXECUTIVE_MEETING, Part.LEAD, "minutes"),
        (Kind.DECISION, Source.WORK_REPORT_CITY, Part.LEAD, "document"),
    ],
)
def test_every_kind_runs_by_the_rule_of_a_part(
    kind: Kind, source: Source, part: Part, name: str
) -> None:
    item = Item(kind=kind, source=source, urgency=Urgency.COMPLEX)

    assert kinds.limit_of(item, part) == name
    assert name in limits.PARTS


def test_a_proposal_is_extended_once_and_runs_for_six_months_at_most(session: Session) -> None:
    clause = limits.clause_of(session, "proposal")

    assert (clause.extensions, clause.longest) == (1, Span(6, LimitUnit.MONTHS))
    assert clause.objection == "object.proposal"


def test_the_seeded_rules_say_what_the_defaults_say(session: Session) -> None:
    for row in limits.limits(session):
        default = limits.CLAUSES.get(row.name, Clause())
        assert limits.clause_of(session, row.name) == default, row.name


def test_an_administrator_changes_every_column_of_a_rule(database: Database) -> None:
    database.write(limits.seed_limits)
    span = Span(20, LimitUnit.WORKING_DAYS, "document")
    clause = Clause(
        StartEvent.ACKNOWLEDGED,
        frozenset({StopCause.REVIEW, StopCause.CHANGE}),
        "object.proposal",
        3,
        Span(4, LimitUnit.MONTHS),
    )

    database.write(unreviewed)
    database.write(lambda s: limits.change_limit(s, administrator(), "document", span, clause))

    with database.read() as session:
        assert limits.span_of(session, "document") == span
        assert limits.clause_of(session, "document") == clause


def test_a_handler_changes_nothing(database: Database) -> None:
    span = Span(20, LimitUnit.WORKING_DAYS)

    with pytest.raises(NotYours):
        database.write(lambda s: limits.change_limit(s, handler(), "document", span, PART))


@pytest.mark.parametrize(
    ("name", "clause", "why"),
    [
        ("document", replace(PART, starts=StartEvent.CLOSED), "starts"),
        ("document", replace(PART, objection=""), "window"),
        ("document", replace(PART, objection="review"), "window"),
        ("document", replace(PART, extensions=-1), "extensions"),
        ("document", replace(PART, longest=Span(0, LimitUnit.MONTHS)), "longest"),
        ("review", Clause(stops=frozenset({StopCause.REVIEW})), "no_part"),
        ("review", Clause(extensions=1), "no_part"),
        ("object", Clause(StartEvent.ACKNOWLEDGED), "starts"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    database: Database, name: str, clause: Clause, why: str
) -> None:
    span = Span(5, LimitUnit.WORKING_DAYS)

    with pytest.raises(LimitRefused) as refusal:
        database.write(lambda s: limits.change_limit(s, administrator(), name, span, clause))

    assert refusal.value.facts["why"] == why


def test_a_rhythm_in_working_days_is_refused(database: Database) -> None:
    span = Span(5, LimitUnit.WORKING_DAYS)

    with pytest.raises(LimitRefused) as refusal:
        database.write(lambda s: limits.change_limit(s, administrator(), "interim.weekly", span))

    assert refusal.value.facts["why"] == "rhythm"
