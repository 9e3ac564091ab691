"""The filters that are set, each as a chip that takes it away again."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from engine import Session
from web.ledger_wishes import Wish
from web.moments import iso_day, list_words
from web.words import name_of, step_word, word
from workflows import heat, ledger


class Chip(NamedTuple):
    """A filter in words, and the address without it."""

    words: str
    query: dict[str, str]


def chips(session: Session, wish: Wish) -> list[Chip]:
    """Return every filter that is set, the lights and the words looked for left out."""
    return [
        *_waiting(session, wish),
        *_lists(wish),
        *_single(session, wish),
        *_people(session, wish),
        *_days(wish),
        *_happened(wish),
    ]


def _waiting(session: Session, wish: Wish) -> Iterator[Chip]:
    place = wish.filter.at
    if place is not None:
        node = heat.element(session, place)
        name = name_of(node) if node else place.element_id
        yield Chip(_("Waits at %(step)s", step=name), wish.query(at=None))


def _lists(wish: Wish) -> Iterator[Chip]:
    wanted = wish.filter
    if wanted.sources:
        yield Chip(_several(map(word, wanted.sources)), wish.query(source=None))
    if wanted.steps:
        yield Chip(_several(map(step_word, wanted.steps)), wish.query(step=None))
    if wanted.urgencies:
        yield Chip(_several(map(word, wanted.urgencies)), wish.query(urgency=None))


def _single(session: Session, wish: Wish) -> Iterator[Chip]:
    wanted = wish.filter
    if wanted.unit_id is not None:
        yield Chip(ledger.unit_name(session, wanted.unit_id), wish.query(unit=None))
    if wanted.post_id is not None:
        yield Chip(ledger.post_name(session, wanted.post_id), wish.query(leader=None))
    if wanted.supervisor_id is not None:
        name = ledger.supervisor_name(session, wanted.supervisor_id)
        yield Chip(_("Supervisor: %(name)s", name=name), wish.query(supervisor=None))
    if wanted.year is not None:
        yield Chip(_("Numbers of %(year)s", year=wanted.year), wish.query(year=None))
    if wanted.family is not None:
        yield Chip(word(wanted.family), wish.query(family=None))
    if wanted.whole_id is not None:
        number = ledger.number_of(session, wanted.whole_id)
        yield Chip(_("Parts of %(number)s", number=number), wish.query(whole=None))
    if wanted.batch_id is not None:
        yield Chip(_("From import no. %(number)s", number=wanted.batch_id), wish.query(batch=None))


def _people(session: Session, wish: Wish) -> Iterator[Chip]:
    wanted = wish.filter
    if wanted.leads:
        names = [ledger.unit_name(session, each) or _("no unit") for each in wanted.leads]
        yield Chip(_("Led by %(units)s", units=_several(names)), wish.query(lead=None))
    if wanted.holder_id is not None:
        unit = ledger.unit_name(session, wanted.holder_id)
        yield Chip(_("In hand at %(unit)s", unit=unit), wish.query(holder=None))
    if wanted.sponsors:
        names = [ledger.post_name(session, each) for each in wanted.sponsors]
        yield Chip(_("In charge: %(leaders)s", leaders=_several(names)), wish.query(sponsor=None))
    if wanted.instructors:
        names = [ledger.post_name(session, each) for each in wanted.instructors]
        words = _("Instructed by %(leaders)s", leaders=_several(names))
        yield Chip(words, wish.query(instructed=None))


def _days(wish: Wish) -> Iterator[Chip]:
    wanted = wish.filter
    if wanted.assigned_from or wanted.assigned_to:
        span = _span(wanted.assigned_from, wanted.assigned_to)
        query = wish.query(assigned_from=None, assigned_to=None)
        yield Chip(_("Assigned %(span)s", span=span), query)
    if wanted.due_from or wanted.due_to:
        span = _span(wanted.due_from, wanted.due_to)
        yield Chip(_("Limit %(span)s", span=span), wish.query(due_from=None, due_to=None))


def _happened(wish: Wish) -> Iterator[Chip]:
    wanted = wish.filter
    if wanted.late_on is not None:
        words = _("Overdue at the end of %(day)s", day=iso_day(wanted.late_on))
        yield Chip(words, wish.query(late_on=None))
    if wanted.reported:
        yield Chip(_("Reported or ended"), wish.query(reported=None))
    if wanted.registered_from or wanted.registered_to:
        span = _span(wanted.registered_from, wanted.registered_to)
        query = wish.query(registered_from=None, registered_to=None)
        yield Chip(_("Registered %(span)s", span=span), query)
    if wanted.closed_from or wanted.closed_to:
        span = _span(wanted.closed_from, wanted.closed_to)
        query = wish.query(closed_from=None, closed_to=None)
        yield Chip(_("Closed %(span)s", span=span), query)
    if wanted.visited_from or wanted.visited_to or wanted.unsolved:
        span = _span(wanted.visited_from, wanted.visited_to)
        words = _("Not solved, revisited %(span)s") if wanted.unsolved else _("Revisited %(span)s")
        query = wish.query(visited_from=None, visited_to=None, unsolved=None)
        yield Chip(words % {"span": span}, query)


def _several(names: Iterable[str]) -> str:
    """Name up to two, and count any more."""
    found = list(names)
    if len(found) <= 2:  # noqa: PLR2004 (a chip is short)
        return list_words(found)
    return _("%(first)s and %(more)d more", first=found[0], more=len(found) - 1)


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return _("%(first)s to %(last)s", first=iso_day(first), last=iso_day(last))
    if first:
        return _("from %(first)s on", first=iso_day(first))
    return _("until %(last)s", last=iso_day(last))
