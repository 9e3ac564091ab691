"""The figures: for each name, which rows make it and what they are summed up to.

An item is counted by its lines of the ledger: a decision that was broken down is counted by its
parts where work is counted (open, closed, overdue, rates), and once where matters are (how many
of a source). Co-units count in no completion rate, for an item's rows belong to those who
answer for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from sqlalchemy import ColumnElement, func, select

from engine import Session, now
from workflows import serials
from workflows.calendar import today
from workflows.figures import deeds, records
from workflows.figures.asked import Measured, Part, Row, Span, WhyNot
from workflows.figures.matters import Matter, matters, within
from workflows.lights import Light
from workflows.methods import Method
from workflows.tables import Item, ItemState, Kind, Praised, Rung, Source, SupervisionAction
from workflows.urged import RUNGS


class Facts:
    """What a span's figures are counted from; each sort of rows is read once, when it is asked."""

    def __init__(
        self,
        session: Session,
        span: Span,
        seen: ColumnElement[bool],
        part: Part,
        *,
        standing: bool = False,
    ) -> None:
        self.session, self.span, self.part, self._visible = session, span, part, seen
        self.today = today(session)
        self._standing = standing
        self._read: dict[Callable[..., Iterable[Row]], Sequence[Row]] = {}

    @property
    def moment(self) -> date:
        """Return the day at whose end the ledger is looked at: the span's last, or today."""
        return min(self.span.last, self.today)

    @property
    def past(self) -> bool:
        """Say whether that day has gone by, so that it must be reckoned."""
        return self.moment < self.today and not self._standing

    @property
    def seen(self) -> Sequence[ColumnElement[bool]]:
        """Return the conditions under which an item is asked for and may be seen."""
        return (self._visible, *within(self.part))

    @cached_property
    def matters(self) -> Sequence[Matter]:
        """Return the items as they stood; those that were never approved aren't on the ledger."""
        return self._stood(self._visible)

    def _stood(self, asked: ColumnElement[bool]) -> Sequence[Matter]:
        found = matters(self.session, asked, self.part, self.moment, past=self.past)
        return [each for each in found if each.state is not ItemState.REFUSED]

    def of(self, read: Callable[..., Iterable[Row]]) -> Sequence[Row]:
        """Return what was done about items, by how it is read."""
        if read not in self._read:
            self._read[read] = list(read(self.session, self.span, self.seen))
        return self._read[read]

    @property
    def leaves(self) -> Iterator[Matter]:
        """Yield the lines of the ledger on which work is done."""
        return (each for each in self.matters if each.leaf)

    @property
    def closed(self) -> Iterator[Matter]:
        """Yield the lines that were struck off in the span."""
        return (each for each in self.leaves if each.closed and self.span.holds(each.ended_on))

    @cached_property
    def actions(self) -> Sequence[SupervisionAction]:
        """Return the supervision actions that were carried out."""
        return deeds.actions(self.session, self.span)

    @cached_property
    def visits(self) -> Sequence[tuple[bool, Row]]:
        """Return the revisits that were made, and whether the matter was really solved."""
        known = {each.id: each for each in self.matters}
        return [
            (bool(visit.solved), deeds.visit_row(visit, item, known.get(item.id)))
            for visit, item in deeds.revisits(self.session, self.span, self.seen)
        ]

    @cached_property
    def units(self) -> Mapping[int, Sequence[int]]:
        """Return who answers for each item that an action is about."""
        about = [item.id for action in self.actions for item in action.items]
        asked = self._visible & (Item.id.in_(about) | Item.parent_id.in_(about))
        return {each.id: each.units for each in self._stood(asked)} if about else {}

    @cached_property
    def before_the_house(self) -> bool:
        """Say whether the span was over before anything was registered here."""
        began = self.session.scalar(select(func.min(Item.registered_at)))
        return self.span.end <= (began or now(self.session))

    @cached_property
    def ends_unknown(self) -> bool:
        """Say whether items came in closed later than the day that is looked at."""
        return any(not m.end_known and (m.ended_on is None or self.past) for m in self.matters)


Rows = Callable[[Facts], Iterable[Row]]
Obstacle = Callable[[Facts], WhyNot | None]


def _nothing(facts: Facts) -> None:
    del facts


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it counts, by which rows, and what may stand in its way.

    ``state`` says that it tells how the ledger stands at the span's end; others tell what
    happened in the span. Those that are ``witnessed`` are known only since the house is there,
    or by what was written down later about the time before; items come in with old ledgers too.
    """

    name: str
    measured: Measured
    rows: Rows
    obstacle: Obstacle = field(default=_nothing)
    state: bool = False
    witnessed: bool = False


# -- what stands in the way --------------------------------------------------------------


def _ends(facts: Facts) -> WhyNot | None:
    return WhyNot.CLOSINGS_NOT_KEPT if facts.ends_unknown else None


def _lights(facts: Facts) -> WhyNot | None:
    return WhyNot.LIGHTS_NOT_KEPT if facts.past else _ends(facts)


# -- items -------------------------------------------------------------------------------


def _running(wanted: Callable[[Matter], bool]) -> Rows:
    return lambda facts: (m.row(m.due_on) for m in facts.leaves if m.runs and wanted(m))


def _registered(facts: Facts) -> Iterator[Row]:
    return (m.row(m.began_on) for m in facts.leaves if facts.span.holds(m.began_on))


def _closed(facts: Facts) -> Iterator[Row]:
    return (m.row(m.ended_on) for m in facts.closed)


def _closing(facts: Facts) -> Iterator[Row]:
    running = (m.row(m.due_on, counts=False) for m in facts.leaves if m.runs)
    return chain(_closed(facts), running)


def _on_time(facts: Facts) -> Iterator[Row]:
    dated = (m for m in facts.closed if m.due_on is not None)
    return (m.row(m.done_on, counts=not m.late) for m in dated)


def _of_sources(*sources: Source) -> Rows:
    """Count the matters of some sources that came in the span."""
    return lambda facts: (
        m.row(m.began_on)
        for m in facts.matters
        if m.whole and m.source in sources and facts.span.holds(m.began_on)
    )


def _on_hand(wanted: Callable[[Matter], bool]) -> Rows:
    """Count the matters that were on the ledger at any time of the span."""
    return lambda facts: (
        m.row(m.began_on)
        for m in facts.matters
        if m.whole and wanted(m) and (m.ended_on is None or m.ended_on >= facts.span.first)
    )


# -- deeds -------------------------------------------------------------------------------


def _of_items(read: Callable[..., Iterable[Row]]) -> Rows:
    return lambda facts: facts.of(read)


def _revisits(facts: Facts) -> Iterator[Row]:
    return (row for _, row in facts.visits)


def _failed(facts: Facts) -> Iterator[Row]:
    return (row for solved, row in facts.visits if not solved)


def _urges(facts: Facts) -> Iterator[Row]:
    """Count urges by hand, and the rungs of the ladder that urge."""
    urging = {rung.value for rung in RUNGS}
    return chain(facts.of(deeds.urges), (r for r in facts.of(deeds.rungs) if r.note in urging))


def _interviews(facts: Facts) -> Iterator[Row]:
    return (rung for rung in facts.of(deeds.rungs) if rung.note == Rung.INTERVIEW.value)


def _actions(facts: Facts) -> Iterator[Row]:
    return (deeds.action_row(each, facts.units) for each in facts.actions)


def _special(facts: Facts) -> Iterator[Row]:
    return (deeds.action_row(each, facts.units) for each in facts.actions if each.special)


def _stations(facts: Facts) -> Iterator[Row]:
    return deeds.stations(facts.session, facts.span, facts.moment)


def _problems(facts: Facts) -> Iterator[Row]:
    return deeds.problems(facts.session, facts.span)


def _by_method(method: Method) -> Rows:
    """Count how often a method was used: in actions, urges, revisits, letters and on the spot."""

    def rows(facts: Facts) -> Iterator[Row]:
        used = chain(
            _actions(facts),
            _revisits(facts),
            facts.of(deeds.urges),
            deeds.letters(facts.session, facts.span),
        )
        if method is Method.REMINDER:
            used = chain(used, _of_items(deeds.reminders)(facts))
        if method is Method.STATIONED:
            return chain((row for row in used if row.note == method), _stations_once(facts))
        return (row for row in used if row.note == method.value)

    return rows


def _stations_once(facts: Facts) -> Iterator[Row]:
    for row in _stations(facts):
        yield Row(row.subject, row.ref, "", row.title, row.unit, row.on, row.note, row.units)


def _issues(serial: str) -> Rows:
    """Count the issues of a serial; slips that went out before there were serials are notices."""

    def rows(facts: Facts) -> Iterator[Row]:
        issued = records.issues(facts.session, facts.span, serial)
        if serial != serials.NOTICE:
            return issued
        return chain(issued, records.earlier_slips(facts.session, facts.span, facts.seen))

    return rows


def _praise(whom: Praised, *, by_document: bool = False) -> Rows:
    return lambda facts: records.praise(facts.session, facts.span, whom, by_document=by_document)


def _deeds(name: str, measured: Measured, rows: Rows) -> Figure:
    return Figure(name, measured, rows, witnessed=True)


ITEMS, TIMES, PERCENT = Measured.ITEMS, Measured.TIMES, Measured.PERCENT
ISSUES = {
    "issues_notice": serials.NOTICE,
    "issues_affairs": serials.AFFAIRS,
    "issues_circular": serials.CIRCULAR,
    "issues_special": serials.SPECIAL,
    "issues_instructions": serials.INSTRUCTIONS,
}

_ALL = (
    Figure("items_open", ITEMS, _running(lambda _: True), _ends, state=True),
    Figure("items_overdue", ITEMS, _running(lambda m: m.late), _ends, state=True),
    Figure(
        "items_near",
        ITEMS,
        _running(lambda m: not m.late and m.light is not Light.GREEN),
        _lights,
        state=True,
    ),
    Figure("items_on_plan", ITEMS, _running(lambda m: m.light is Light.GREEN), _lights, state=True),
    Figure("items_registered", ITEMS, _registered),
    Figure("items_closed", ITEMS, _closed, _ends),
    Figure("closing_rate", PERCENT, _closing, _ends),
    Figure("on_time_rate", PERCENT, _on_time, _ends),
    _deeds("report_rate", PERCENT, _of_items(deeds.reports_due)),
    _deeds("urges", TIMES, _urges),
    _deeds("interviews", TIMES, _interviews),
    _deeds("accountability", TIMES, _of_items(records.accountability)),
    _deeds("returns", TIMES, _of_items(deeds.returns)),
    _deeds("extensions", TIMES, _of_items(deeds.extensions)),
    _deeds("revisits", TIMES, _revisits),
    _deeds("revisits_failed", TIMES, _failed),
    _deeds("actions", TIMES, _actions),
    _deeds("special_supervisions", TIMES, _special),
    Figure("work_report_province", ITEMS, _of_sources(Source.WORK_REPORT_PROVINCE)),
    Figure("work_report_city", ITEMS, _of_sources(Source.WORK_REPORT_CITY)),
    Figure("work_report", ITEMS, _of_sources(Source.WORK_REPORT_PROVINCE, Source.WORK_REPORT_CITY)),
    Figure("livelihood", ITEMS, _of_sources(Source.LIVELIHOOD)),
    Figure(
        "instructions", ITEMS, _of_sources(Source.PROVINCIAL_INSTRUCTION, Source.CITY_INSTRUCTION)
    ),
    Figure(
        "proposals",
        ITEMS,
        _of_sources(Source.NPC_BILL, Source.NPC_SUGGESTION, Source.CPPCC_PROPOSAL),
    ),
    Figure("executive_meeting", ITEMS, _of_sources(Source.EXECUTIVE_MEETING)),
    Figure("mayors_council", ITEMS, _of_sources(Source.MAYORS_COUNCIL)),
    Figure("mayors_brief_meeting", ITEMS, _of_sources(Source.MAYORS_BRIEF_MEETING)),
    Figure("coordination_meeting", ITEMS, _of_sources(Source.COORDINATION_MEETING)),
    Figure("incentives", ITEMS, _of_sources(Source.INCENTIVES)),
    Figure("campaigns", ITEMS, _on_hand(lambda m: m.source is Source.CAMPAIGN)),
    Figure("key_projects", ITEMS, _on_hand(lambda m: m.kind is Kind.KEY_PROJECT)),
    *(_deeds(name, Measured.ISSUES, _issues(serial)) for name, serial in ISSUES.items()),
    _deeds("station_months", Measured.MONTHS, _stations),
    _deeds("station_problems", Measured.PROBLEMS, _problems),
    _deeds("praise_office", TIMES, _praise(Praised.OFFICE)),
    _deeds("honours_office", TIMES, _praise(Praised.OFFICE, by_document=True)),
    _deeds("persons_commended", Measured.PERSONS, _praise(Praised.PERSONS)),
    _deeds("satisfaction_rate", PERCENT, _of_items(deeds.ratings)),
    _deeds("contact_rate", PERCENT, _of_items(deeds.contacts)),
    *(
        _deeds(f"methods_{method.value}", TIMES, _by_method(method))
        for method in Method
        if method is not Method.SYSTEM
    ),
)

FIGURES: Mapping[str, Figure] = MappingProxyType({figure.name: figure for figure in _ALL})
"""Every figure by its name."""
