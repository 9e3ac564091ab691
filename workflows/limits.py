"""The rules of the legal clock, as an administrator edits them; ``reckoning`` does the sums.

A rule says how long something may take, which event sets it running, what stops it, in which
window a unit may object, and how often and how far it can be extended.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from engine import DecisionTable, Session
from workflows import ladder_rules, rule_tables, rules, settings
from workflows.calendar import WorkCalendar, calendar_of
from workflows.errors import LimitRefused
from workflows.reckoning import Due, Reckoner, Span
from workflows.rule_tables import Record, Shape, Values, asks, gives
from workflows.rules import Acting
from workflows.tables import (
    LimitUnit,
    Role,
    StartEvent,
    StopCause,
)

LONGEST = rules.FURTHEST.days
MOST_EXTENSIONS = 99


@dataclass(frozen=True, slots=True)
class Clause:
    """What a rule says beside its length.

    ``objection`` names the rule of the window for objections. Without a ``longest`` all
    extensions together add no more than the limit's own length.
    """

    starts: StartEvent = StartEvent.OPENED
    stops: frozenset[StopCause] = frozenset()
    objection: str = ""
    extensions: int = 0
    longest: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with everything that it says."""

    name: str
    span: Span
    clause: Clause


def _working(number: int) -> tuple[int, LimitUnit]:
    return number, LimitUnit.WORKING_DAYS


def _natural(number: int) -> tuple[int, LimitUnit]:
    return number, LimitUnit.NATURAL_DAYS


def _months(number: int) -> tuple[int, LimitUnit]:
    return number, LimitUnit.MONTHS


DEFAULTS: Mapping[str, tuple[int, LimitUnit]] = MappingProxyType(
    {
        "instruction.flash": (0, LimitUnit.SAME_DAY),
        "instruction.urgent": _working(3),
        "instruction.pressing": _natural(5),
        "instruction.normal": _natural(15),
        "instruction.complex": _natural(30),
        "instruction.long_term": _months(12),
        "interim.weekly": _natural(7),
        "interim.monthly": _months(1),
        "interim.quarterly": _months(3),
        "document": _natural(30),
        "minutes": _natural(20),
        "decision.first_report": _working(5),
        "proposal": _months(3),
        "proposal.co_opinion": _months(1),
        "proposal.redo": _months(3),
        "register": _working(1),
        "approve": _working(1),
        "assign": _working(1),
        "decompose": _working(2),
        "resolve": _working(1),
        "acknowledge": _working(1),
        "object": _working(2),
        "object.proposal": _natural(10),
        "objection": _working(1),
        "report": _natural(15),
        "confirm": _working(1),
        "review": _working(2),
        "endorse_change": _working(1),
        "advise_change": _working(1),
        "consent": _working(2),
        "instruct": _working(3),
        "revisit": _natural(30),
        "conclusion.object": _natural(30),
        "conclusion": _natural(30),
        "close": _working(2),
        "slip.blue": _working(5),
        "slip.yellow": _working(3),
        "slip.red": _working(1),
        "approve_rung": _working(1),
        "hold_interview": _working(5),
        "evidence": _working(3),
        "endorse_suggestion": _working(2),
        "approve_suggestion": _working(3),
        "hand_over": _working(3),
        "record_outcome": _natural(30),
        "supervise": _working(2),
        "acceptance": _working(10),
        "contact": _months(1),
        "reply": _months(3),
        "review_reply": _working(3),
        "sign_reply": _working(2),
        "rating": _natural(15),
        "promise": _working(10),
        "form": _working(3),
        "approve_issue": _working(2),
        "send_issue": _working(1),
        "mend_issue": _working(2),
        "read_issue": _working(3),
        "decide_appeal": _working(10),
        "approve_list": _working(5),
    }
)
"""The limits of domain section 5 and the office's own steps; an administrator edits them."""

PART = Clause(
    StartEvent.HANDED_OVER, frozenset({StopCause.SUSPENSION}), objection="object", extensions=2
)
"""The rule of a unit's part where nothing else is said."""

PROPOSAL = replace(PART, objection="object.proposal", extensions=1)

CLAUSES: Mapping[str, Clause] = MappingProxyType(
    {
        "instruction.flash": replace(PART, extensions=1, longest=Span(3, LimitUnit.WORKING_DAYS)),
        "instruction.urgent": PART,
        "instruction.pressing": PART,
        "instruction.normal": PART,
        "instruction.complex": PART,
        "instruction.long_term": PART,
        "interim.weekly": Clause(StartEvent.HANDED_OVER),
        "interim.monthly": Clause(StartEvent.HANDED_OVER),
        "interim.quarterly": Clause(StartEvent.HANDED_OVER),
        "document": PART,
        "minutes": PART,
        "decision.first_report": PART,
        "proposal": replace(
            PROPOSAL,
            stops=PART.stops | {StopCause.OBJECTION},
            longest=Span(6, LimitUnit.MONTHS),
        ),
        "proposal.co_opinion": replace(PROPOSAL, longest=Span(2, LimitUnit.MONTHS)),
        "proposal.redo": replace(PROPOSAL, longest=Span(6, LimitUnit.MONTHS)),
        "object": Clause(StartEvent.HANDED_OVER),
        "object.proposal": Clause(StartEvent.HANDED_OVER),
        "revisit": Clause(StartEvent.CLOSED),
    }
)
"""What the limits say beside their length; any other runs from the opening of its step."""

PARTS = frozenset(name for name, clause in CLAUSES.items() if clause.objection)
"""The limits of a unit's part: they can stop, be objected to, and be extended."""
RHYTHM = "interim."
RHYTHMS = (LimitUnit.NATURAL_DAYS, LimitUnit.MONTHS)
"""What a rhythm can be counted in: a diagram's timer goes on by it."""
WINDOWS = ("object", "object.proposal")
"""The rules that say in which time a unit may object."""
WRITTEN = re.compile(r"([1-9]\d{0,3}) (working_days|natural_days|months)")
"""A length of time as a diagram writes it itself, such as ``10 working_days``."""


class Named:
    """Every limit that a diagram may name: a rule of the table, or a length of time."""

    def __contains__(self, text: object) -> bool:
        """Tell whether a diagram may write this."""
        return text in DEFAULTS or written(str(text)) is not None


def written(text: str) -> Span | None:
    """Return the length of time that a diagram writes itself, if it is one."""
    found = WRITTEN.fullmatch(text)
    if found is None or int(found[1]) > LONGEST:
        return None
    return Span(int(found[1]), LimitUnit(found[2]))


def due_date(session: Session, start: date, limit: str | Span) -> Due:
    """Return the last day of a limit that the event of ``start`` set running."""
    if isinstance(limit, Span):
        return reckoner(session).due(start, limit)
    event = clause_of(session, limit).starts
    return reckoner(session).due(start, span_of(session, limit), event)


def chosen_date(session: Session, start: date, on: date) -> Due:
    """Return a due date that somebody set by hand, with its warnings."""
    return reckoner(session).chosen(start, on)


def reckoner(session: Session, calendar: WorkCalendar | None = None) -> Reckoner:
    """Return what reckons as the office does now, on its calendar or on another one."""
    return Reckoner(
        calendar or calendar_of(session),
        settings.is_on(session, "limit.roll"),
        settings.number(session, "limit.warn_at"),
        settings.number(session, "limit.warn_again_at"),
    )


def span_of(session: Session, name: str) -> Span:
    """Return the limit of this name, or refuse a name that nobody defined."""
    return rule_of(session, name).span


def clause_of(session: Session, name: str) -> Clause:
    """Return what the rule of this name says beside its length."""
    return rule_of(session, name).clause


def rule_of(session: Session, name: str) -> Rule:
    """Return the rule of this name as the table says it, or by default."""
    table = rule_tables.newest(session, SHAPE)
    found = None if table is None else rules_in(table).get(name)
    return found or default_rule(name)


def limits(session: Session) -> Sequence[Rule]:
    """Return every rule in the order of the defaults."""
    table = rule_tables.newest(session, SHAPE)
    known = {} if table is None else rules_in(table)
    return [known.get(name) or default_rule(name) for name in DEFAULTS]


def default_rule(name: str) -> Rule:
    """Return what a rule says before anybody changed it."""
    return Rule(name, Span(*_default(name), name), CLAUSES.get(name, Clause()))


class Use(StrEnum):
    """What a rule is for."""

    PART = "part"
    WINDOW = "window"
    RHYTHM = "rhythm"
    STEP = "step"


def use_of(name: str) -> Use:
    """Return what a rule is for: a unit's part, its objections, its reports, or a step."""
    if name in PARTS:
        return Use.PART
    if name in WINDOWS:
        return Use.WINDOW
    return Use.RHYTHM if name.startswith(RHYTHM) else Use.STEP


def starts_of(name: str) -> Sequence[StartEvent]:
    """Return the events that can set a limit running."""
    match use_of(name):
        case Use.PART:
            return (StartEvent.HANDED_OVER, StartEvent.ACKNOWLEDGED, StartEvent.REGISTERED)
        case Use.WINDOW | Use.RHYTHM:
            return (StartEvent.HANDED_OVER,)
        case _ if name == "revisit":
            return (StartEvent.CLOSED, StartEvent.OPENED)
        case _:
            return (StartEvent.OPENED, StartEvent.HANDED_OVER, StartEvent.REGISTERED)


def change_limit(
    session: Session, actor: Acting, name: str, span: Span, clause: Clause | None = None
) -> None:
    """Set what a rule says; what already runs keeps its due date."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    said = clause or clause_of(session, name)
    must_be_sound(name, span, said)
    settings.must_need_no_review(session)

    rule_tables.my_turn(session, SHAPE)
    table = with_rules(rule_tables.newest(session, SHAPE), [Rule(name, span, said)])
    rule_tables.keep(session, actor, table, name)


def must_be_sound(name: str, span: Span, clause: Clause) -> None:
    """Refuse what no rule, or no rule of this kind, can say."""
    _default(name)
    _must_be_a_span(name, span)
    _must_suit(name, clause)


def _default(name: str) -> tuple[int, LimitUnit]:
    if name not in DEFAULTS:
        raise LimitRefused(why="unknown", name=name)
    return DEFAULTS[name]


def _must_be_a_span(name: str, span: Span) -> None:
    least = 0 if span.unit is LimitUnit.SAME_DAY else 1
    if not least <= span.number <= LONGEST:
        raise LimitRefused(why="number", name=name)
    if use_of(name) is Use.RHYTHM and span.unit not in RHYTHMS:
        raise LimitRefused(why="rhythm", name=name)


def _must_suit(name: str, clause: Clause) -> None:
    """Refuse what a rule of this kind can't say."""
    if clause.starts not in starts_of(name):
        raise LimitRefused(why="starts", name=name)
    if name not in PARTS and (clause.stops or clause.objection or clause.extensions):
        raise LimitRefused(why="no_part", name=name)
    if name in PARTS and clause.objection not in WINDOWS:
        raise LimitRefused(why="window", name=name)
    if not 0 <= clause.extensions <= MOST_EXTENSIONS:
        raise LimitRefused(why="extensions", name=name)
    if clause.longest is not None and not 1 <= clause.longest.number <= LONGEST:
        raise LimitRefused(why="longest", name=name)


def seed_limits(session: Session) -> None:
    """Write the default limits and ladder where they are missing."""
    table = rule_tables.newest(session, SHAPE)
    if table is None or DEFAULTS.keys() - rules_in(table).keys():
        rule_tables.keep(session, None, with_rules(table), "")
    ladder_rules.seed_ladder(session)


# -- the table as it is kept ------------------------------------------------------------

STOPS: Mapping[str, StopCause] = {f"stops_{cause.value}": cause for cause in StopCause}
"""The columns that say what stops a limit."""

SHAPE = Shape(
    "limits",
    "时限",
    rule_tables.UNIQUE,
    (
        asks("limit", "时限", DEFAULTS),
        gives("number", "多久", "number"),
        gives("unit", "单位", allowed=LimitUnit),
        gives("starts", "起算", allowed=StartEvent),
        gives("stops_objection", "退办停表", "boolean"),
        gives("stops_change", "变更停表", "boolean"),
        gives("stops_review", "审核停表", "boolean"),
        gives("stops_suspension", "中止停表", "boolean"),
        gives("objection", "退办时限", allowed=WINDOWS),
        gives("extensions", "延期次数", "number"),
        gives("longest_number", "总共最长", "number"),
        gives("longest_unit", "最长的单位", allowed=LimitUnit),
    ),
    frozenset(STOPS) | {"objection", "extensions", "longest_number", "longest_unit"},
)


@lru_cache(maxsize=64)
def rules_in(table: DecisionTable) -> Mapping[str, Rule]:
    """Return the rules that a table says, by their names."""
    found = (rule_from(record) for record in rule_tables.records(table))
    return {rule.name: rule for rule in found}


def rule_from(record: Record) -> Rule:
    """Return what a row says; values of a wrong kind are a mistake of whoever let it in."""
    says = record.says
    name = str(says["limit"][0])
    longest = None
    if says["longest_number"] is not None:
        longest = Span(says["longest_number"], LimitUnit(says["longest_unit"]))
    clause = Clause(
        StartEvent(says["starts"]),
        frozenset(cause for column, cause in STOPS.items() if says[column]),
        says["objection"] or "",
        says["extensions"] or 0,
        longest,
    )
    return Rule(name, Span(says["number"], LimitUnit(says["unit"]), name), clause)


def says(rule: Rule) -> Values:
    """Return a rule as a row says it."""
    clause, longest = rule.clause, rule.clause.longest
    return {
        "limit": rule.name,
        "number": rule.span.number,
        "unit": rule.span.unit.value,
        "starts": clause.starts.value,
        **{column: True for column, cause in STOPS.items() if cause in clause.stops},
        "objection": clause.objection or None,
        "extensions": clause.extensions or None,
        "longest_number": longest.number if longest else None,
        "longest_unit": longest.unit.value if longest else None,
    }


def default_table() -> DecisionTable:
    """Return the table as it is before anybody changed it."""
    rows = [(says(default_rule(name)), "") for name in DEFAULTS]
    return rule_tables.table_of(SHAPE, rows)


def with_rules(table: DecisionTable | None, changed: Iterable[Rule] = ()) -> DecisionTable:
    """Return a table with some rules changed; what was noted at a row stays there."""
    kept = rule_tables.records(table) if table else []
    notes = {record.says["limit"][0]: record.note for record in kept}
    known = {name: default_rule(name) for name in DEFAULTS}
    known |= rules_in(table) if table else {}
    known |= {rule.name: rule for rule in changed}
    rows = [(says(known[name]), notes.get(name, "")) for name in DEFAULTS]
    return rule_tables.table_of(SHAPE, rows)
