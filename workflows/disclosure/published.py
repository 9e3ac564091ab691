"""What anybody reads: the replies that stand released, found by words, year, class and unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, extract, func, select

from engine import Session
from workflows.errors import DisclosureUnknown
from workflows.tables import Disclosure, DisclosureGram, ReplyClass
from workflows.tables.search import folded, grams

A_PAGE = 20
LONGEST = 100
MOST_WORDS = 8
STANDS = Disclosure.withdrawn_at.is_(None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which released replies are looked for; what is left out doesn't narrow."""

    words: str = ""
    year: int | None = None
    reply_class: ReplyClass | None = None
    unit: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found, and how many there are in all."""

    rows: Sequence[Disclosure]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // A_PAGE))


@dataclass(frozen=True, slots=True)
class Choices:
    """The years and units of which something is released."""

    years: Sequence[int]
    units: Sequence[str]


def found(session: Session, wanted: Wanted) -> Page:
    """Return a page of the released replies, the latest first."""
    narrowed = select(Disclosure).where(STANDS, *_conditions(wanted))
    total = session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0
    page = min(max(1, wanted.page), max(1, -(-total // A_PAGE)))
    return Page(session.scalars(_turned(narrowed, page)).all(), total, page)


def one(session: Session, disclosure_id: int) -> Disclosure:
    """Return a reply that is or was released; any other there never was."""
    row = session.get(Disclosure, disclosure_id)
    if row is None:
        raise DisclosureUnknown(disclosure_id)
    return row


def choices(session: Session) -> Choices:
    """Return what can be chosen to narrow the list."""
    year = extract("year", Disclosure.issued_on)
    years = session.scalars(select(year).where(STANDS).distinct().order_by(year.desc()))
    named = select(Disclosure.unit_name).where(STANDS).distinct()
    units = session.scalars(named.order_by(Disclosure.unit_name))
    return Choices([int(each) for each in years], units.all())


def _turned(narrowed: Select[Disclosure], page: int) -> Select[Disclosure]:
    ordered = narrowed.order_by(Disclosure.issued_on.desc(), Disclosure.id.desc())
    return ordered.limit(A_PAGE).offset((page - 1) * A_PAGE)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    words = [word for part in wanted.words[:LONGEST].split() if (word := folded(part))]
    asked = [condition for word in words[:MOST_WORDS] for condition in _holding(word)]
    if wanted.year is not None:
        asked.append(extract("year", Disclosure.issued_on) == wanted.year)
    if wanted.reply_class is not None:
        asked.append(Disclosure.reply_class == wanted.reply_class)
    if wanted.unit:
        asked.append(Disclosure.unit_name == wanted.unit)
    return asked


def _holding(word: str) -> list[ColumnElement[bool]]:
    """Find a word by its pairs, and make sure that they stand side by side."""
    pairs: list[ColumnElement[bool]] = [
        Disclosure.id.in_(select(DisclosureGram.disclosure_id).where(DisclosureGram.gram == gram))
        for gram in sorted(grams(word))
    ]
    return [*pairs, Disclosure.search.contains(word, autoescape=True)]
