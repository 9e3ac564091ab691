"""Who was urged how often: the units ranked over a period, each with its urges and receipts."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.moments import iso_day, moment, today
from web.transaction import reading
from web.words.urges import how_word, urged_by
from web.workbooks import download
from workflows import urged
from workflows.ladder import register
from workflows.tables import Unit
from workflows.urged import How, Urged, Wanted

blueprint = Blueprint("urged", __name__, url_prefix="/urges")
blueprint.add_app_template_filter(how_word)
blueprint.add_app_template_filter(urged_by)

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Rank the units; a unit is led to its own urges."""
    wanted = _wanted()
    if not urged.ranks(g.actor):
        own = sorted(urged.own_units(g.actor))
        return redirect(url_for("urged.unit", unit_id=own[0])) if len(own) == 1 else _page(wanted)
    with reading() as session:
        standings = urged.standings(session, g.actor, wanted)
        return render_template(
            "urged/show.html", wanted=wanted, standings=standings, hows=list(How)
        )


@blueprint.get("/ranking.xlsx")
def ranking() -> Response:
    """Give the ranking as a workbook."""
    with reading() as session:
        standings = urged.standings(session, g.actor, _wanted())
    header = [_("Rank"), _("Unit"), _("Times urged"), *map(how_word, How), _("Items"), _("Unread")]
    lines = (
        [
            str(each.place),
            each.unit.name,
            str(len(each.urged)),
            *(str(each.count(how)) for how in How),
            str(each.items),
            str(each.unread),
        ]
        for each in standings
    )
    return download(_("Who was urged how often"), header, lines)


@blueprint.get("/all")
def every() -> ResponseReturnValue:
    """Show every urge of the period that the reader may see."""
    return _page(_wanted())


@blueprint.get("/units/<int:unit_id>")
def unit(unit_id: int) -> ResponseReturnValue:
    """Show every time that a unit was urged."""
    return _page(_wanted(unit_id))


@blueprint.get("/urges.xlsx")
def urges() -> Response:
    """Give the urges that are shown as a workbook."""
    with reading() as session:
        found = urged.urged(session, g.actor, _wanted(request.args.get("unit", type=int)))
        lines = list(_lines(found))
    header = [
        _("Urged on"), _("Unit"), _("Number"), _("Item"), _("By what"), _("By whom"), _("Text"),
        _("Received"),
    ]  # fmt: skip
    return download(_("Urges"), header, lines)


def _lines(found: Sequence[Urged]) -> Iterator[list[str]]:
    for each in found:
        received = f"{moment(each.read_at)} {each.read_by}" if each.read_at else _("not opened yet")
        yield [
            iso_day(each.at),
            each.unit.name,
            each.item.number,
            each.item.title,
            urged_by(each),
            each.by,
            each.text,
            received,
        ]


def _page(wanted: Wanted) -> ResponseReturnValue:
    about: Unit | None = None
    with reading() as session:
        if wanted.unit_id is not None:
            about = urged.unit_urged(session, g.actor, wanted.unit_id)
        found = urged.urged(session, g.actor, wanted)
        return render_template(
            "urged/unit.html",
            wanted=wanted,
            unit=about,
            found=found,
            hows=list(How),
            ranks=urged.ranks(g.actor),
            suggested=register.about_unit(session, g.actor, about.id) if about else [],
        )


def _wanted(unit_id: int | None = None) -> Wanted:
    """Return what the address asks for: this year up to today, unless it says otherwise."""
    day = today()
    since, until = (
        request.args.get(name, usual, type=date.fromisoformat)
        for name, usual in (("since", date(day.year, 1, 1)), ("until", day))
    )
    since, until = min(max(since, EARLIEST), LATEST), min(until, LATEST)
    how = request.args.get("how")
    return Wanted(since, max(since, until), unit_id, How(how) if how in set(How) else None)
