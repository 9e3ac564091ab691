"""The heat map 热力图: a process's picture with what waits where, the table, the rows behind it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import engine
from web.heat_wishes import COLUMNS, SHOWN, HeatWish, wish_of
from web.moments import iso_day, moment, today
from web.transaction import reading
from web.words import heat as heat_words
from web.words import name_of, word
from web.words.items import label_of
from web.workbooks import download
from workflows import diagrams, heat
from workflows.heat import Figure, HeatMap, Place, Spot, Visit
from workflows.kinds import SOURCES
from workflows.ledger_filter import Scope
from workflows.tables import Kind

blueprint = Blueprint("heat", __name__, url_prefix="/diagrams")
blueprint.record_once(lambda state: heat_words.register(state.app))

FIRST = Kind.INSTRUCTION.value
OPENED = frozenset({"ended", "late", "returned", "repeated"})
"""The columns whose figures open the visits that make them."""


class Span(NamedTuple):
    """A time that is asked for often, and its address."""

    words: str
    query: dict[str, str]
    here: bool


@blueprint.get("/heat")
def index() -> ResponseReturnValue:
    """Lead to the process that the house begins with."""
    heat.must_oversee(g.actor)
    return redirect(url_for("heat.show", process_id=FIRST))


@blueprint.get("/<process_id>/heat")
def show(process_id: str) -> str:
    """Show where items of a process wait, as a picture, sentences and a table."""
    wish = wish_of(process_id, request.args)
    with reading() as session:
        found = heat.heat_map(session, g.actor, wish.asked)
        levels = heat_words.levels(found.spots, wish.show)
        return render_template(
            "heat/show.html",
            wish=wish,
            map=found,
            picture={
                "xml": found.definition.xml.decode(),
                "marks": [
                    mark(wish, spot, levels[spot.id]) for spot in found.spots if spot.id in levels
                ],
            },
            spots=heat_words.in_order(found.spots, wish.sort, rising=wish.rising),
            sentences=heat_words.bottlenecks(found.spots),
            processes=diagrams.processes(session),
            units=heat.units(session),
            kinds=[(kind.value, word(kind)) for kind in Kind],
            sources=SOURCES,
            spans=_spans(wish),
            columns=COLUMNS,
            shown=SHOWN,
            opened=OPENED if heat.sees_items(g.actor) else (),
            now_link=lambda spot: now_link(wish, spot),
            link=lambda spot, figure: link(wish, spot, figure),
        )


@blueprint.get("/<process_id>/heat.xlsx")
def export(process_id: str) -> Response:
    """Give the table as a workbook: the same figures in the same order."""
    wish = wish_of(process_id, request.args)
    with reading() as session:
        found = heat.heat_map(session, g.actor, wish.asked)
    heads = [str(heat_words.HEADS[column]) for column in COLUMNS]
    spots = heat_words.in_order(found.spots, wish.sort, rising=wish.rising)
    lines = ([heat_words.cell(spot, column) for column in COLUMNS] for spot in spots)
    return download(_title(found), heads, lines)


@blueprint.get("/<process_id>/heat/<element_id>")
def visits(process_id: str, element_id: str) -> str:
    """Show the visits that make a figure, the longest first."""
    wish, figure = wish_of(process_id, request.args), _figure()
    with reading() as session:
        rows, count = heat.visits(session, g.actor, wish.asked, element_id, figure, wish.page)
        node = heat.element(session, Place(process_id, element_id))
        return render_template(
            "heat/visits.html",
            wish=wish,
            oversees=heat.sees_items(g.actor),
            figure=figure,
            figures=heat_words.FIGURES,
            rows=rows,
            count=count,
            pages=max(1, -(-count // heat.PAGE)),
            node=node,
            name=name_of(node) if node else element_id,
            element_id=element_id,
            outcomes=_outcomes(node),
        )


@blueprint.get("/<process_id>/heat/<element_id>.xlsx")
def export_visits(process_id: str, element_id: str) -> Response:
    """Give the visits that make a figure as a workbook."""
    wish, figure = wish_of(process_id, request.args), _figure()
    with reading() as session:
        rows, _count = heat.visits(session, g.actor, wish.asked, element_id, figure, None)
        node = heat.element(session, Place(process_id, element_id))
    outcomes = _outcomes(node)
    heads = [
        _("Number"), _("Item"), _("Unit"), _("Came"), _("Done"), _("Working days"), _("Limit"),
        _("Late"), _("Outcome"),
    ]  # fmt: skip
    title = f"{name_of(node) if node else element_id} {heat_words.FIGURES[figure.value]}"
    return download(title, heads, (_line(row, outcomes) for row in rows))


def mark(wish: HeatWish, spot: Spot, level: int) -> Mapping[str, Any]:
    """Return how an element is marked: how hot, with which number, and where that leads."""
    by_now = wish.show == "now"
    return {
        "id": spot.id,
        "level": level,
        "tag": heat_words.tag(spot, wish.show),
        "title": heat_words.title(spot.heat),
        "hot": by_now and spot.heat.now_late > 0,
        "href": now_link(wish, spot) if by_now else link(wish, spot, wish.show),
    }


def now_link(wish: HeatWish, spot: Spot) -> str | None:
    """Return where exactly the items that wait at an element are listed: in the ledger."""
    if not heat.sees_items(g.actor):
        return None
    asked = wish.asked
    sources = [asked.source] if asked.source else SOURCES[asked.kind] if asked.kind else ()
    return url_for(
        "ledger.show",
        at=str(Place(asked.process_id, spot.id, asked.definition_id)),
        scope=Scope.ALL.value,
        unit=asked.unit_id,
        source=",".join(source.value for source in sources) or None,
    )


def link(wish: HeatWish, spot: Spot, figure: str) -> str | None:
    """Return where the visits that make a figure are listed; a call opens what it calls."""
    if not heat.sees_items(g.actor):
        return None
    query: dict[str, Any] = dict(wish.query(show=None, sort=None, rising=None))
    figure = figure if figure in OPENED else Figure.ENDED.value
    return url_for(
        "heat.visits",
        process_id=wish.asked.process_id,
        element_id=spot.id,
        figure=figure,
        **query,
    )


def _figure() -> Figure:
    try:
        return Figure(request.args.get("figure", Figure.ENDED.value))
    except ValueError:
        abort(404)


def _spans(wish: HeatWish) -> list[Span]:
    day = today()
    quarter = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    known = [
        (_("The last 30 days"), day - timedelta(days=29)),
        (_("This quarter"), quarter),
        (_("This year"), day.replace(month=1, day=1)),
        (_("All the time"), None),
    ]
    return [
        Span(words, wish.query(first=first, last=None), here=wish.asked.first == first)
        for words, first in known
    ]


def _outcomes(node: engine.Node | None) -> dict[str | None, str]:
    if node is None or node.user is None:
        return {}
    return {each.value: label_of(each) or each.value for each in node.user.outcomes}


def _line(row: Visit, outcomes: dict[str | None, str]) -> list[str]:
    return [
        row.item.number,
        row.item.title,
        row.unit or "",
        moment(row.since),
        moment(row.until),
        heat_words.working_days(row.seconds),
        iso_day(row.due_on),
        _("late") if row.late else "",
        outcomes.get(row.outcome, row.outcome or ""),
    ]


def _title(found: HeatMap) -> str:
    return _(
        "Heat map %(process)s %(day)s", process=name_of(found.definition), day=iso_day(today())
    )
