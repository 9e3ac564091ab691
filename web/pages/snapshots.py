"""Snapshots 快照: the figures of a span as they were, and the rows behind each of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.moments import iso_day, today
from web.shapes import figures as figure_shapes
from web.transaction import reading, writing
from web.words import figures as figure_words
from web.words import light_word, word
from web.words.figures import GROUPS
from web.workbooks import download
from workflows import figures, ledger, units
from workflows.errors import Refusal
from workflows.figures import LedgerLine, Row, Span
from workflows.tables import Kind, Snapshot, Source

blueprint = Blueprint("snapshots", __name__, url_prefix="/snapshots")
blueprint.record_once(lambda state: figure_words.register(state.app))


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the snapshots, the latest first, and what another one would be taken of."""
    return _list(Entry())


@blueprint.post("/")
def take() -> ResponseReturnValue:
    """Freeze the ledger, or a part of it."""
    typed = MultiDict(request.form)
    lists = {name: typed.getlist(name) for name in ("unit_ids", "kinds", "sources")}

    try:
        said = load(figure_shapes.Take, {**typed, **lists})
        with reading() as session:
            counted = figures.prepare(session, g.actor, **said)

        def work(session: Session) -> int:
            actor = current_actor(session)
            return figures.take_prepared(session, actor, counted, said["purpose"]).id

        snapshot_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _list(refused(typed, error))
    toasts.say(_("The ledger is frozen as it stands."))
    return redirect(url_for("snapshots.one", snapshot_id=snapshot_id), 303)


@blueprint.get("/<int:snapshot_id>")
def one(snapshot_id: int) -> str:
    """Show the figures of a snapshot, and on request what changed since."""
    with reading() as session:
        unit_id = _unit()
        snapshot = figures.snapshot_of(session, g.actor, snapshot_id)
        found = figures.frozen(session, g.actor, snapshot_id, unit_id)
        asked = "changed" in request.args and unit_id is None
        changed = figures.changed_since(session, g.actor, snapshot_id) if asked else ()
        lines = figures.lines_changed_since(session, g.actor, snapshot_id) if asked else ()
        return render_template(
            "figures/one.html",
            snapshot=snapshot,
            figures=found,
            groups=GROUPS,
            unit_id=unit_id,
            unit=ledger.unit_name(session, unit_id) if unit_id else "",
            units=ledger.units_in(session, g.actor),
            knows_all=figures.knows_all(g.actor),
            asked=asked,
            changed={each.name: each for each in changed},
            lines=lines,
            names=units.every_name(session) if asked else {},
            proved=figures.verify(session, snapshot),
        )


@blueprint.get("/<int:snapshot_id>/figures/<name>")
def figure(snapshot_id: int, name: str) -> str:
    """Show the rows that made a figure, as they were."""
    with reading() as session:
        unit_id = _unit()
        rows = figures.frozen_rows(session, g.actor, snapshot_id, name, unit_id)
        snapshot = figures.snapshot_of(session, g.actor, snapshot_id)
        found = figures.frozen(session, g.actor, snapshot_id, unit_id)
        return _rows_page(session, name, rows, snapshot, found.get(name), unit_id)


@blueprint.get("/<int:snapshot_id>/figures/<name>.xlsx")
def export(snapshot_id: int, name: str) -> Response:
    """Give the rows that made a figure as a workbook."""
    with reading() as session:
        rows = figures.frozen_rows(session, g.actor, snapshot_id, name, _unit())
    return download(figure_words.label(name), _heads(), (_cells(row) for row in rows))


@blueprint.get("/<int:snapshot_id>/ledger")
def ledger_then(snapshot_id: int) -> str:
    """Show the lines of the ledger as they were."""
    with reading() as session:
        unit_id = _unit()
        lines = figures.ledger_then(session, g.actor, snapshot_id, unit_id)
        snapshot = figures.snapshot_of(session, g.actor, snapshot_id)
        return render_template(
            "figures/ledger.html", snapshot=snapshot, lines=lines, unit_id=unit_id
        )


@blueprint.get("/<int:snapshot_id>/ledger.xlsx")
def export_ledger(snapshot_id: int) -> Response:
    """Give the lines of the ledger as they were as a workbook."""
    with reading() as session:
        lines = figures.ledger_then(session, g.actor, snapshot_id, _unit())
        snapshot = figures.snapshot_of(session, g.actor, snapshot_id)
        title = _("Ledger of %(day)s", day=iso_day(snapshot.stood_on))
    heads = [
        _("Number"), _("Item"), _("Kind"), _("Source"), _("Unit"), _("Registered on"), _("Limit"),
        _("Light"), _("Progress"), _("Closed on"),
    ]  # fmt: skip
    return download(title, heads, map(_ledger_cells, lines))


@blueprint.get("/live/<name>")
def live(name: str) -> str:
    """Show a figure as it is counted now, with its rows."""
    with reading() as session:
        unit_id = _unit()
        day = today()
        first, last = _day("first", day.replace(month=1, day=1)), _day("last", day)
        span = Span(first, max(first, last))
        counted = figures.measure(session, g.actor, name, span, unit_id)
        return _rows_page(session, name, counted.rows, span, counted, unit_id)


def _rows_page(
    session: Session,
    name: str,
    rows: Sequence[Row],
    of: Snapshot | Span,
    found: figures.FrozenFigure | figures.Counted | None,
    unit_id: int | None,
) -> str:
    return render_template(
        "figures/rows.html",
        name=name,
        rows=rows,
        span=of,
        snapshot=of if isinstance(of, Snapshot) else None,
        figure=found,
        is_share=figures.FIGURES[name].measured is figures.Measured.PERCENT,
        unit_id=unit_id,
        unit=ledger.unit_name(session, unit_id) if unit_id else "",
        link=link,
    )


def link(row: Row) -> str | None:
    """Return where the thing behind a row is shown: its own page, or its item's."""
    places = {
        "item": ("items.show", "item_id"),
        "action": ("actions.one", "action_id"),
        "rung": ("rungs.show", "rung_id"),
        "station": ("stations.one", "station_id"),
        "letter": ("letters.one", "letter_id"),
        "issue": ("publications.one", "publication_id"),
        "suggestion": ("ladder.suggestion", "suggestion_id"),
    }
    if not row.ref:
        return None
    if row.subject not in places:
        return url_for("items.show", item_id=row.item_id) if row.item_id else None
    endpoint, key = places[row.subject]
    values: dict[str, Any] = {key: int(row.ref)}
    return url_for(endpoint, **values)


def _list(entry: Entry) -> ResponseReturnValue:
    day = today()
    with reading() as session:
        body = render_template(
            "figures/list.html",
            entry=entry,
            snapshots=figures.snapshots(session, g.actor),
            may_take=figures.may_take(g.actor),
            first=entry.get("first") or day.replace(day=1).isoformat(),
            last=entry.get("last") or day.isoformat(),
            kinds=list(Kind),
            sources=list(Source),
            units=ledger.units_in(session, g.actor),
        )
    return body, entry.status


def _unit() -> int | None:
    """Return the unit that is asked about; whoever sees only a unit's figures gets its own."""
    asked = request.args.get("unit", type=int)
    if asked is None and not figures.knows_all(g.actor):
        return min(g.actor.unit_ids(), default=None)
    return asked


def _day(name: str, usual: date) -> date:
    return request.args.get(name, usual, type=date.fromisoformat)


def _heads() -> list[str]:
    return [_("Number"), _("What"), _("Unit"), _("Day"), _("Note"), _("Counts")]


def _cells(row: Row) -> list[str]:
    counts = _("yes") if row.counts else _("no")
    what = figure_words.title(row)
    return [row.number, what, row.unit, iso_day(row.on), figure_words.note(row), counts]


def _ledger_cells(line: LedgerLine) -> list[str]:
    return [
        line.number,
        line.title,
        word(line.kind),
        word(line.source),
        line.unit,
        iso_day(line.began_on),
        iso_day(line.due_on),
        light_word(line.light),
        f"{line.percent}%",
        iso_day(line.ended_on),
    ]
