"""The ledger 台账: every item with where it stands, filtered by the address, and as xlsx."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import ledger_chips, toasts
from web.auth import current_actor
from web.ledger_wishes import COLUMNS, PLAIN, Wish, wish_of
from web.moments import today
from web.transaction import reading, writing
from web.words import ledger as ledger_words
from web.workbooks import download
from workflows import inbox, ledger
from workflows.actors import holders, leaders
from workflows.ledger import LedgerRow, Sort, Totals
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.lights import Light
from workflows.steps import STEPS
from workflows.tables import Role, Source

blueprint = Blueprint("ledger", __name__)
blueprint.record_once(lambda state: ledger_words.register(state.app))

SHADES = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE, Light.DONE)
SORTS: Mapping[str, Sort] = {
    "light": Sort.DUE,
    "due_on": Sort.DUE,
    "number": Sort.NUMBER,
    "assigned_on": Sort.ASSIGNED,
    "percent": Sort.PERCENT,
    "urged": Sort.URGED,
}
"""The columns by whose heads the ledger is sorted."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A view as a tab: its name, its address, how many items it has, and whose it is."""

    name: str
    query: Mapping[str, str]
    count: int
    here: bool
    view_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the ledger: which rows of how many."""

    number: int
    count: int

    @property
    def pages(self) -> int:
        """Return how many pages there are; an empty ledger has one."""
        return max(1, -(-self.count // ledger.PAGE))

    @property
    def first(self) -> int:
        """Return the place of the page's first row."""
        return (self.number - 1) * ledger.PAGE + 1

    @property
    def last(self) -> int:
        """Return the place of the page's last row."""
        return min(self.number * ledger.PAGE, self.count)

    @property
    def around(self) -> list[int]:
        """Return the pages to offer: the first, the last and those about this one."""
        near = range(self.number - 2, self.number + 3)
        return sorted({1, self.pages, *(page for page in near if 1 <= page <= self.pages)})


@blueprint.get("/ledger")
def show() -> str:
    """Show a page of the ledger to whoever has one."""
    ledger.must_read(g.actor)
    wish = wish_of(request.args)
    with reading() as session:
        totals = ledger.totals(session, g.actor, wish.filter)
        sheet = Sheet(min(wish.page, Sheet(1, totals.count).pages), totals.count)
        return render_template(
            "ledger/show.html",
            wish=replace(wish, page=sheet.number),
            rows=_rows(session, wish, sheet.number),
            totals=totals,
            sheet=sheet,
            tabs=_tabs(session, wish),
            shades=_shades(wish, totals),
            chips=ledger_chips.chips(session, wish),
            columns=COLUMNS,
            sorts=SORTS,
            own_tasks=_own_tasks(session),
            **_choices(session),
        )


@blueprint.get("/ledger.xlsx")
def export() -> Response:
    """Give what is shown as a workbook: the same items, columns and order."""
    ledger.must_read(g.actor)
    wish = wish_of(request.args)
    with reading() as session:
        found = _rows(session, wish, None)
        heads = [str(ledger_words.HEADS[column]) for column in wish.columns]
        lines = ([ledger_words.cell(column, row) for column in wish.columns] for row in found)
        title = _("Supervision ledger %(day)s", day=today().isoformat())
        return download(title, heads, lines)


@blueprint.post("/ledger/views")
def keep() -> ResponseReturnValue:
    """Keep what is shown as a view of one's own."""
    name, asked = request.values.get("name", ""), request.values.get("query", "")
    query = wish_of(MultiDict(parse_qsl(asked))).query(page=1)
    writing(
        lambda session: ledger.keep_view(session, current_actor(session), name, urlencode(query)).id
    )
    toasts.say(_("The view %(name)s is kept", name=name.strip()))
    return redirect(_address(query), 303)


@blueprint.post("/ledger/views/<int:view_id>/drop")
def drop(view_id: int) -> ResponseReturnValue:
    """Forget a view; for a moment it can be taken back."""

    def work(session: Session) -> tuple[str, str]:
        actor = current_actor(session)
        kept = {view.id: (view.name, view.query) for view in ledger.views(session, actor)}
        ledger.drop_view(session, actor, view_id)
        return kept[view_id]

    name, query = writing(work)
    undo = url_for("ledger.keep", name=name, query=query)
    toasts.say(_("The view %(name)s is gone", name=name), undo=undo)
    return redirect(_address(dict(parse_qsl(query))), 303)


def _address(query: Mapping[str, str]) -> str:
    asked = urlencode(query)
    return url_for("ledger.show") + (f"?{asked}" if asked else "")


def _rows(session: Session, wish: Wish, page: int | None) -> Sequence[LedgerRow]:
    return ledger.rows(
        session, g.actor, wish.filter, wish.sort, descending=wish.descending, page=page
    )


def _own_tasks(session: Session) -> frozenset[UUID]:
    """Return the tasks that wait for the reader, to be marked in the list."""
    return frozenset(row.todo.task_id for row in inbox.mine(session, g.actor))


def _tabs(session: Session, wish: Wish) -> list[Tab]:
    """Return the views that everybody has, and the reader's own; at most one is the reader's.

    Of several with the same items it is one that also shows them in the same way.
    """
    sunday = today() + timedelta(days=7 - today().isoweekday())
    usual = (
        (_("Under way"), PLAIN),
        (_("Overdue"), LedgerFilter(lights=(Light.RED,))),
        (_("Due this week"), LedgerFilter(due_from=today(), due_to=sunday)),
        (_("Ended"), LedgerFilter(scope=Scope.ENDED)),
        (_("All of them"), LedgerFilter(scope=Scope.ALL)),
    )
    tabs = [_tab(session, wish, name, Wish(filter_)) for name, filter_ in usual]
    for view in ledger.views(session, g.actor):
        kept = wish_of(MultiDict(parse_qsl(view.query)))
        tabs.append(replace(_tab(session, wish, view.name, kept), view_id=view.id))
    exact = [tab for tab in tabs if tab.here and tab.query == wish.query(page=1)]
    here = next(iter([*exact, *(tab for tab in tabs if tab.here)]), None)
    return [replace(tab, here=tab is here) for tab in tabs]


def _tab(session: Session, wish: Wish, name: str, kept: Wish) -> Tab:
    number = ledger.count(session, g.actor, kept.filter)
    return Tab(name, kept.query(), number, here=wish.filter == kept.filter)


def _shades(wish: Wish, totals: Totals) -> Iterator[tuple[Light, int, dict[str, str]]]:
    """Count by light, each with the address of exactly these items."""
    for shade in SHADES:
        number = totals.lights.get(shade, 0)
        if number or shade in wish.filter.lights:
            chosen = () if wish.filter.lights == (shade,) else (shade,)
            yield shade, number, wish.query(light=chosen)


def _choices(session: Session) -> dict[str, Any]:
    """Return what the filters can be set to."""
    return {
        "sources": list(Source),
        "units": ledger.units_in(session, g.actor),
        "leaders": leaders(session),
        "supervisors": holders(session, Role.SUPERVISOR),
        "years": ledger.years_in(session, g.actor),
        "steps": list(STEPS),
        "plain_filter": PLAIN,
    }
