"""What the office knows already, read once for a whole file: units, leaders, numbers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from engine import Session
from workflows import limits, units
from workflows.actors import leaders
from workflows.calendar import office_day, today
from workflows.imports.book import Table
from workflows.projects import templates
from workflows.reckoning import Span
from workflows.tables import Assignment, Item, Part, Proposal, TemplateNode, UnitKind
from workflows.units import group_of, plain_name

_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_TITLES = re.compile("分管|主管|联系|同志|主要领导")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Units by plain name and by group, leaders' posts by name, numbers and titles in use."""

    today: date
    year_start: date
    ids: Mapping[str, int]
    names: Mapping[int, str]
    groups: Mapping[UnitKind, Sequence[int]]
    leaders: Mapping[str, int]
    numbers: Mapping[tuple[int, int], str]
    titles: Mapping[str, frozenset[date]]
    """Every title on the ledger, with the days on which it was handed over."""
    due: Callable[[date, Span], date]
    nodes: Mapping[str, TemplateNode] = field(default_factory=dict)
    """Every milestone of a template by its name and by what ledgers call it besides."""
    keys: frozenset[object] = frozenset()
    """What tells items of a kind apart beside their number: a proposal's session and number."""

    def units_of(self, name: str) -> list[int] | None:
        """Return every unit that a name means, or nothing if nobody knows the name."""
        kind = group_of(name)
        if kind is not None:
            return list(self.groups.get(kind, ())) or None
        plain = plain_name(name)
        found = self.ids.get(plain) or self.ids.get(plain.removesuffix("政府"))
        return None if found is None else [found]

    def has(self, title: str, on: date | None) -> bool:
        """Say whether a matter is on the ledger; without a day any of its title is the same."""
        return title in self.titles if on is None else on in self.titles.get(title, ())

    def leader(self, text: str) -> int | None:
        """Return the leader's post of this name: 分管副市长 is 副市长."""
        return self.leaders.get(_TITLES.sub("", plain_name(text)))

    def leader_at_start(self, basis: str) -> int | None:
        """Return the leader whose instruction a basis such as 市长1月8日批示 is."""
        fitting = [name for name in self.leaders if plain_name(basis).startswith(name)]
        return self.leaders[max(fitting, key=len)] if fitting else None


def knowledge(session: Session, table: Table) -> Knowledge:
    """Read what judging a table needs."""
    day = today(session)
    known = units.names(session)
    years = [int(found) for line in table.above for found in _YEAR.findall(line)]
    numbered = session.execute(select(Item.year, Item.serial, Item.title))
    items = list(numbered)
    return Knowledge(
        today=day,
        year_start=date(years[0] if years else day.year, 1, 1),
        ids={name: unit.id for name, unit in known.items()},
        names={unit.id: unit.name for unit in known.values()},
        groups={kind: [unit.id for unit in units.members(session, kind)] for kind in UnitKind},
        leaders={plain_name(post.name): post.id for post in reversed(leaders(session))},
        numbers={(year, serial): title for year, serial, title in items if year and serial},
        titles=_titles(session),
        keys=frozenset(
            (named, number)
            for named, number in session.execute(select(Proposal.session, Proposal.number))
        ),
        due=lambda start, span: limits.due_date(session, start, span).on,
        nodes=templates.nodes_by_name(session),
    )


def _titles(session: Session) -> Mapping[str, frozenset[date]]:
    """Return every title with the days on which its lead unit got it, the first one included."""
    handed = (
        select(Item.title, Assignment.assigned_at)
        .outerjoin(Assignment, (Assignment.item_id == Item.id) & (Assignment.part == Part.LEAD))
        .distinct()
    )
    found: dict[str, set[date]] = {}
    for title, at in session.execute(handed):
        days = found.setdefault(title, set())
        if at is not None:
            days.add(office_day(at))
    return {title: frozenset(days) for title, days in found.items()}
