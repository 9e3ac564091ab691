"""The rule table of the assessment 考评 (domain section 9): an event and a part come to points."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import engine
from engine import DecisionTable
from workflows import rule_tables
from workflows.rule_tables import Record, Shape, asks, gives
from workflows.tables import Part

BASE = "base"
PARTS = (Part.LEAD.value, Part.CO.value)
ONCE, DAY = "once", "day"
PER = (ONCE, DAY)

FINISHED_ON_TIME = "finished_on_time"
PRAISED_BY_LEADER = "praised_by_leader"
PRAISED_IN_CIRCULAR = "praised_in_circular"
LATE_REPORT = "late_report"
MISSING_REPORT = "missing_report"
EMPTY_REPORT = "empty_report"
RETURNED_REPORT = "returned_report"
RED_SLIP = "red_slip"
CRITICISED_IN_CIRCULAR = "criticised_in_circular"
OVERDUE_INSTRUCTION = "overdue_instruction"
REVISIT_FAILED = "revisit_failed"
PRAISE_NATIONAL = "praise_national"
PRAISE_PROVINCE = "praise_province"
PRAISE_CITY = "praise_city"

TAKEN_BACK = "taken_back"
CORRECTION = "correction"
"""Events that the table doesn't name: their points follow from another entry, or an appeal."""

DEFAULT = (
    (BASE, None, 100, ONCE, None, "每季度基础分"),
    (FINISHED_ON_TIME, None, 1, ONCE, None, "按期办结"),
    (PRAISED_BY_LEADER, None, 1, ONCE, None, "领导肯定性批示"),
    (PRAISED_IN_CIRCULAR, "lead", 1, ONCE, None, "通报表扬，主办"),
    (PRAISED_IN_CIRCULAR, "co", 0.5, ONCE, None, "通报表扬，协办"),
    (LATE_REPORT, None, -0.1, DAY, 1, "反馈迟报，每天，最多扣 1 分"),
    (MISSING_REPORT, None, -10, ONCE, None, "未反馈"),
    (EMPTY_REPORT, None, -5, ONCE, None, "反馈无实质内容"),
    (RETURNED_REPORT, None, -2, ONCE, None, "反馈被退回或不实"),
    (RED_SLIP, None, -2, ONCE, None, "红色督查通知"),
    (CRITICISED_IN_CIRCULAR, "lead", -1, ONCE, None, "通报批评，主办"),
    (CRITICISED_IN_CIRCULAR, "co", -0.5, ONCE, None, "通报批评，协办"),
    (OVERDUE_INSTRUCTION, None, -2, ONCE, None, "批示超期"),
    (REVISIT_FAILED, None, -5, ONCE, None, "回访未解决，并收回该事项已得分"),
    (PRAISE_NATIONAL, None, 2, ONCE, None, "国家级表彰，附文件"),
    (PRAISE_PROVINCE, None, 1, ONCE, None, "省级表彰，附文件"),
    (PRAISE_CITY, None, 0.5, ONCE, None, "市级表彰，附文件"),
)
"""Event, part, points, for each what, at most how many, and what it is."""

EVENTS = tuple(dict.fromkeys(row[0] for row in DEFAULT))

SHAPE = Shape(
    "scores",
    "考评分值",
    rule_tables.UNIQUE,
    (
        asks("event", "事由", EVENTS),
        asks("part", "参与方式", PARTS),
        gives("points", "分值", "number"),
        gives("per", "怎么计", allowed=PER),
        gives("most", "最多", "number"),
    ),
    frozenset({"most"}),
)


def default_table() -> DecisionTable:
    """Return the table as it is before anybody changed it."""
    rows = [
        ({"event": event, "part": part, "points": points, "per": per, "most": most}, note)
        for event, part, points, per, most, note in DEFAULT
    ]
    return rule_tables.table_of(SHAPE, rows)


@dataclass(frozen=True, slots=True)
class Rule:
    """What one event is worth: its points, each day's or once, and how far they go at most."""

    points: Decimal
    per: str
    most: Decimal | None

    def worth(self, days: int) -> Decimal:
        """Return the points of an event that lasted so many days."""
        whole = self.points * days if self.per == DAY else self.points
        if self.most is None or abs(whole) <= abs(self.most):
            return whole
        return abs(self.most).copy_sign(whole)


@dataclass(frozen=True, slots=True)
class Scoring:
    """A version of the table, ready to be asked."""

    rules: Mapping[tuple[str, str | None], Rule]

    @property
    def base(self) -> Decimal:
        """Return what every unit begins a quarter with."""
        rule = self.rules.get((BASE, None))
        return rule.worth(1) if rule else Decimal(0)

    def points(self, event: str, part: Part | None = None, days: int = 1) -> Decimal:
        """Return what an event is worth for a unit with this part; what no row names is nothing.

        A unit that has its own share 分办 answers for it as a lead unit does.
        """
        as_part = None if part is None else (Part.CO if part is Part.CO else Part.LEAD).value
        rule = self.rules.get((event, as_part)) or self.rules.get((event, None))
        return rule.worth(days) if rule else Decimal(0)


@lru_cache(maxsize=64)
def scoring_of(table: DecisionTable) -> Scoring:
    """Return what a table says."""
    found: dict[tuple[str, str | None], Rule] = {}
    for record in rule_tables.records(table):
        for event in record.says["event"] or EVENTS:
            for part in record.says["part"] or (None,):
                found[event, part] = _rule(record)
    return Scoring(found)


@lru_cache(maxsize=64)
def scoring_in(xml: bytes) -> Scoring:
    """Return what a deployed file says."""
    return scoring_of(rule_tables.with_columns(engine.read_decision_table(xml), SHAPE))


def _rule(record: Record) -> Rule:
    says = record.says
    most = says["most"]
    return Rule(
        _exact(says["points"]),
        says["per"],
        None if most is None else _exact(most),
    )


def _exact(number: float) -> Decimal:
    """Return the number that was typed, not the nearest one of the machine."""
    return Decimal(str(number))
