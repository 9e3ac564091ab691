"""How often units report, by source: one table, and what a change of it would move."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web import toasts
from web.auth import current_actor
from web.transaction import reading, writing
from workflows import kinds, moves, periods, rules
from workflows.errors import MovesUnseen
from workflows.moves import Moves
from workflows.tables import Kind, Period, Role, Source

blueprint = Blueprint("admin_periods", __name__, url_prefix="/admin/periods")

FIELD = "period-"
Wanted = Mapping[str, Period | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a source, or none for the long term; and its kind where a new one begins."""

    name: str
    source: Source | None
    period: Period | None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A row that would say something else."""

    source: Source | None
    before: Period | None
    after: Period | None


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> str:
    """Show the table."""
    with reading() as session:
        lines = list(_lines(periods.table(session)))
    return render_template("admin/periods.html", lines=lines, field=FIELD, periods=list(Period))


@blueprint.post("/")
def change() -> ResponseReturnValue:
    """Change the table; where open items follow it, show first which reports would move."""
    wanted, follows = _typed(), request.form.get("follow")
    if follows is None and (found := _would_move(wanted)).moved:
        return _preview(wanted, found)
    try:
        writing(
            lambda session: moves.change_periods(
                session,
                current_actor(session),
                wanted,
                follow=follows == "yes",
                seal=request.form.get("seal"),
            )
        )
    except MovesUnseen:
        return _preview(wanted, _would_move(wanted), stale=True)
    toasts.say(_("The reporting periods are changed."))
    return redirect(url_for("admin_periods.show"), 303)


def _lines(table: Wanted) -> Iterator[Line]:
    for kind, sources in kinds.SOURCES.items():
        for place, source in enumerate(sources):
            yield Line(source.value, source, table[source.value], None if place else kind)
    yield Line(periods.LONG_TERM, None, table[periods.LONG_TERM])


def _typed() -> Wanted:
    """Return what was typed; what wasn't keeps its period."""
    typed = {name: request.form.get(f"{FIELD}{name}") for name in periods.DEFAULTS}
    return {
        str(name): Period(said) if said in set(Period) else None
        for name, said in typed.items()
        if said is not None
    }


def _would_move(wanted: Wanted) -> Moves:
    with reading() as session:
        return moves.of_periods(session, g.actor, wanted)


def _preview(wanted: Wanted, found: Moves, *, stale: bool = False) -> ResponseReturnValue:
    with reading() as session:
        changes = _changes(periods.table(session), wanted)
    page = render_template(
        "admin/periods_preview.html",
        typed=[
            (f"{FIELD}{name}", period.value if period else "") for name, period in wanted.items()
        ],
        changes=changes,
        moves=found,
        stale=stale,
    )
    return page, 409 if stale else 200


def _changes(table: Wanted, wanted: Wanted) -> Sequence[Change]:
    return [
        Change(None if name == periods.LONG_TERM else Source(name), table[name], period)
        for name, period in wanted.items()
        if period != table[name]
    ]
