"""How risky an item is: what counts, how much, and each factor told with its figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any

from sqlalchemy import exists, func, select

from engine import DecisionTable, Session
from workflows import rule_tables, rules, settings, store
from workflows.calendar import office_day, today
from workflows.errors import SettingRefused
from workflows.rule_tables import Shape, asks, gives
from workflows.rules import Acting
from workflows.tables import (
    Assignment,
    AssignmentState,
    Item,
    Kind,
    Part,
    Revisit,
    RevisitObjection,
    Role,
)

WHOLE = 100
LARGEST = 1000

KIND = "kind"
LATE, RETURNED, FAILED, SIZE, MOST = "late", "returned", "failed", "size", "most"

DEFAULTS: Mapping[str, int] = MappingProxyType(
    {
        f"{KIND}.{Kind.INSTRUCTION}": 100,
        f"{KIND}.{Kind.PROPOSAL}": 100,
        f"{KIND}.{Kind.KEY_PROJECT}": 150,
        f"{KIND}.{Kind.DECISION}": 120,
        LATE: 5,
        RETURNED: 30,
        FAILED: 50,
        SIZE: 10,
        MOST: 300,
    }
)
"""In percent: what a kind weighs; what each day late, return, failed revisit of the lead unit
and further unit adds to 100; and the most that any one of these may come to."""


@dataclass(frozen=True, slots=True)
class Risks:
    """What is known of an item when its lot is weighed."""

    kind: Kind
    days_late: int = 0
    times_returned: int = 0
    failures: int = 0
    further_units: int = 0


@dataclass(frozen=True, slots=True)
class Risk:
    """An item's weight, and the factors whose product it is."""

    weight: float
    factors: Sequence[dict[str, Any]]


def weights(session: Session) -> Mapping[str, int]:
    """Return what each risk counts now, in the order of the defaults."""
    table = rule_tables.newest(session, SHAPE)
    return {**DEFAULTS, **(weights_in(table) if table else {})}


def change_weights(session: Session, actor: Acting, wanted: Mapping[str, int]) -> None:
    """Set what risks count; what was drawn before keeps the figures of its day."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    for name, percent in wanted.items():
        must_weigh(name, percent)
    settings.must_need_no_review(session)
    rule_tables.my_turn(session, SHAPE)
    rule_tables.keep(session, actor, table_of({**weights(session), **wanted}), "")


def must_weigh(name: str, percent: int) -> None:
    """Refuse a risk that nobody knows, and a share out of range."""
    least = WHOLE if name == MOST else 0
    if name not in DEFAULTS or not least <= percent <= LARGEST:
        raise SettingRefused(name, str(percent))


def weigh(risks: Risks, table: Mapping[str, int]) -> Risk:
    """Multiply the factors of what is known: more of a risk never weighs less."""
    kind = {"name": KIND, "of": risks.kind.value, "percent": table[f"{KIND}.{risks.kind}"]}
    counted = {
        LATE: risks.days_late,
        RETURNED: risks.times_returned,
        FAILED: risks.failures,
        SIZE: risks.further_units,
    }
    factors = [kind, *(_factor(name, count, table) for name, count in counted.items())]
    return Risk(prod(factor["percent"] / WHOLE for factor in factors), factors)


def _factor(name: str, count: int, table: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": name,
        "count": count,
        "percent": min(table[MOST], WHOLE + table[name] * count),
    }


def risk_of(session: Session, item: Item, table: Mapping[str, int] | None = None) -> Risk:
    """Weigh an item by what the house knows of it today."""
    parts = [part for part in item.assignments if _counts(part, item)]
    risks = Risks(
        kind=item.kind,
        days_late=_days_late(session, parts),
        times_returned=item.times_returned,
        failures=_failures(session, item),
        further_units=max(0, len(parts) - 1),
    )
    return weigh(risks, table or weights(session))


def _counts(part: Assignment, item: Item) -> bool:
    return part.round == item.round and part.state is not AssignmentState.RELEASED


def _days_late(session: Session, parts: Iterable[Assignment]) -> int:
    """Return by how many days the latest unit missed its limit."""
    day = today(session)
    missed = (
        ((office_day(part.finished_at) if part.finished_at else day) - part.due_on).days
        for part in parts
        if part.due_on is not None
    )
    return max(0, max(missed, default=0))


def _failures(session: Session, item: Item) -> int:
    """Count the revisits that found something unsolved at the unit that leads now."""
    unit_id = store.lead_unit_id(session, item)
    led = exists().where(
        Assignment.item_id == Revisit.item_id,
        Assignment.round == Revisit.round,
        Assignment.part == Part.LEAD,
        Assignment.unit_id == unit_id,
        Assignment.state != AssignmentState.RELEASED,
    )
    wanted = (
        select(func.count())
        .select_from(Revisit)
        .where(Revisit.solved.is_(False), led, ~set_aside())
    )
    return session.scalar(wanted) or 0


def set_aside() -> Any:  # noqa: ANN401 (a condition on Revisit)
    """Say that a revisit's conclusion was set aside: a unit's objection was upheld."""
    return exists().where(
        RevisitObjection.revisit_id == Revisit.id, RevisitObjection.upheld.is_(True)
    )


# -- the table as it is kept ------------------------------------------------------------

SHAPE = Shape(
    "sampling",
    "回访权重",
    rule_tables.UNIQUE,
    (asks("risk", "因素", DEFAULTS), gives("percent", "百分比", "number")),
)


def weights_in(table: DecisionTable) -> Mapping[str, int]:
    """Return what a table says that risks count."""
    return {
        name: record.says["percent"]
        for record in rule_tables.records(table)
        for name in record.says["risk"] or ()
    }


def table_of(weights: Mapping[str, int]) -> DecisionTable:
    """Return weights as a decision table."""
    rows = [({"risk": name, "percent": percent}, "") for name, percent in weights.items()]
    return rule_tables.table_of(SHAPE, rows)


def default_table() -> DecisionTable:
    """Return the table as it is before anybody changed it."""
    return table_of(DEFAULTS)
