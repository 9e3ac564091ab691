"""目标: a year's targets with how they stand, one with its path, and how they are set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.errors import problem_of
from web.moments import iso_day, today
from web.shapes import targets as target_shapes
from web.transaction import reading, writing
from web.words import figures as figure_words
from web.words import targets as target_words
from web.workbooks import download
from workflows import dossiers, rules, targets
from workflows.errors import NotYours, Refusal
from workflows.figures import FIGURES, Measured
from workflows.people import Actor
from workflows.tables import Direction, Item, Measure, Path, Role, Target, TargetState
from workflows.targets import measuring, overview, sheets
from workflows.targets.measuring import OF_ITEMS
from workflows.targets.overview import Line, Wanted
from workflows.targets.path import Standing

blueprint = Blueprint("targets", __name__, url_prefix="/targets")
blueprint.record_once(lambda state: target_words.register(state.app))

EARLIEST, LATEST = 2000, 2199
WIDE, HIGH = 600, 180


@blueprint.get("/")
def show() -> str:
    """List a year's targets, the worst first."""
    return _list(_wanted())


def _list(wanted: Wanted, refusal: Refusal | None = None) -> str:
    with reading() as session:
        lines = overview.lines(session, g.actor, wanted)
        return render_template(
            "targets/show.html",
            lines=lines,
            wanted=wanted,
            years=sorted({wanted.year, *overview.years(session, g.actor)}, reverse=True),
            units=overview.units(session, g.actor, wanted.year),
            standings=list(Standing),
            may_set=overview.may_set(g.actor),
            waiting=sum(1 for line in lines if line.target.state is not TargetState.IN_FORCE),
            problem=problem_of(refusal) if refusal else None,
            row=refusal.facts.get("row") if refusal else None,
        )


@blueprint.get("/targets.xlsx")
def export() -> Response:
    """Give what is listed as a workbook; its first columns can be taken in again."""
    with reading() as session:
        rows = [_cells(line) for line in overview.lines(session, g.actor, _wanted())]
    heads = [
        *sheets.HEADS, _("State of approval"), _("Come to"), _("Should be"), _("State of progress"),
        _("At this pace"), _("Measured on"), _("Set by"),
    ]  # fmt: skip
    return download(_("Targets"), heads, rows)


@blueprint.post("/freeze")
def freeze() -> ResponseReturnValue:
    """Freeze the ledger and note how far every target has come."""
    year = request.form.get("year", today().year, type=int)
    with reading() as session:
        counted = measuring.prepare(session, g.actor, year)
    writing(lambda s: measuring.freeze(s, current_actor(s), year, counted).id)
    toasts.say(_("The ledger is frozen; every target's reading of today is kept."))
    return redirect(url_for("targets.show", year=year), 303)


# -- one ---------------------------------------------------------------------------------


@blueprint.get("/<int:target_id>")
def one(target_id: int) -> ResponseReturnValue:
    """Show a target with its path, its readings, the rows behind it and what it replaced."""
    return _one(target_id, Entry())


@blueprint.post("/<int:target_id>/decide")
def decide(target_id: int) -> ResponseReturnValue:
    """Let the director put it in force, or give it back."""
    typed = MultiDict(request.form)

    def work(session: Session) -> Target:
        told = {**typed, "approve": typed.get("outcome") == "approve"}
        said = load(target_shapes.TargetDecision, told)
        return targets.decide(session, current_actor(session), target_id, **said)

    return _do(target_id, typed, work, _("Your answer is kept."))


@blueprint.post("/<int:target_id>/end")
def end(target_id: int) -> ResponseReturnValue:
    """Take it out of force and say why."""
    typed = MultiDict(request.form)

    def work(session: Session) -> Target:
        said = load(target_shapes.TargetEnd, typed)
        return targets.end(session, current_actor(session), target_id, **said)

    return _do(target_id, typed, work, _("The target is ended; it stays on record."))


def _do(
    target_id: int, typed: Typed, work: Callable[[Session], Target], words: str
) -> ResponseReturnValue:
    try:
        writing(work)
    except NotYours:
        raise
    except (ValidationError, Refusal) as error:
        return _one(target_id, refused(typed, error))
    toasts.say(words)
    return redirect(url_for("targets.one", target_id=target_id), 303)


# -- setting -----------------------------------------------------------------------------


@blueprint.get("/new")
def new() -> ResponseReturnValue:
    """Ask for a target."""
    values = {"year": str(_wanted().year), "direction": "at_least", "path": "straight"}
    told = {name: request.args[name] for name in ("unit_id", "item_id") if name in request.args}
    return _form(None, Entry(values=MultiDict({**values, **told})))


@blueprint.post("/new")
def draft() -> ResponseReturnValue:
    """Draft a target: it goes to the director."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        entry: targets.Entry = load(target_shapes.TargetForm, typed)  # type: ignore[assignment] # its shape makes one
        return targets.draft(session, current_actor(session), entry).id

    return _drafted(None, typed, work)


@blueprint.get("/<int:target_id>/change")
def change_form(target_id: int) -> ResponseReturnValue:
    """Show a target to be changed."""
    return _form(target_id, Entry())


@blueprint.post("/<int:target_id>/change")
def change(target_id: int) -> ResponseReturnValue:
    """Draft the change: the old target stands until the director approves."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(target_shapes.TargetChange, typed)
        return targets.change(session, current_actor(session), target_id, **said).id

    return _drafted(target_id, typed, work)


@blueprint.post("/import")
def take_in() -> ResponseReturnValue:
    """Draft every target of a workbook, or none."""
    file = request.files.get("file")
    content = file.read() if file else b""
    year = request.form.get("year", today().year, type=int)
    names = {words: sheets.Named(name, _is_level(name)) for name, words in _figures()}
    try:
        made = writing(lambda s: targets.take_in(s, current_actor(s), year, content, names))
    except NotYours:
        raise
    except Refusal as refusal:
        return _list(Wanted(year), refusal), problem_of(refusal).status
    toasts.say(ngettext("%(num)d target is drafted.", "%(num)d targets are drafted.", len(made)))
    return redirect(url_for("targets.show", year=year), 303)


def _drafted(
    target_id: int | None, typed: Typed, work: Callable[[Session], int]
) -> ResponseReturnValue:
    try:
        made = writing(work)
    except (ValidationError, Refusal) as error:
        return _form(target_id, refused(typed, error, {"why": ""}))
    toasts.say(_("The target is drafted; the director decides."))
    return redirect(url_for("targets.one", target_id=made), 303)


# -- pieces ------------------------------------------------------------------------------


def _wanted() -> Wanted:
    told = request.args
    year, stands, measure = told.get("year", type=int), told.get("stands"), told.get("measure")
    return Wanted(
        year=year if year is not None and EARLIEST <= year <= LATEST else today().year,
        unit_id=told.get("unit", type=int),
        measure=Measure(measure) if measure in set(Measure) else None,
        standing=Standing(stands) if stands in set(Standing) else None,
    )


def _one(target_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        line = overview.one(session, g.actor, target_id)
        body = render_template(
            "targets/one.html",
            line=line,
            target=line.target,
            history=overview.history(session, g.actor, line.target),
            chart=chart_of(line),
            entry=entry,
            may_set=overview.may_set(g.actor),
            may_decide=_may_decide(g.actor, line.target),
        )
    return body, entry.status


def _may_decide(actor: Actor, target: Target) -> bool:
    drafted = target.state is TargetState.DRAFTED
    return drafted and actor.has(Role.DIRECTOR) and actor.person_id != target.drafted_by_id


def _form(target_id: int | None, entry: Entry) -> ResponseReturnValue:
    rules.must_have(g.actor, Role.SUPERVISOR, Role.DIRECTOR)
    with reading() as session:
        target = overview.one(session, g.actor, target_id).target if target_id else None
        if target is not None and not entry.typed:
            entry.values = MultiDict(_start(target))
        item_id = entry.get("item_id")
        item = session.get(Item, int(item_id)) if item_id.isdigit() else None
        body = render_template(
            "targets/form.html",
            target=target,
            item=item,
            entry=entry,
            groups=dossiers.unit_groups(session),
            figures=_figures(),
            measures=[(each.value, str(target_words.MEASURES[each])) for each in OF_ITEMS],
            directions=[(each.value, str(target_words.DIRECTIONS[each])) for each in Direction],
            paths=[(each.value, str(target_words.PATHS[each])) for each in Path],
        )
    return body, entry.status


def _start(target: Target) -> dict[str, str]:
    marks = {name: getattr(target, name) for name in ("first", "second", "third")}
    return {
        "year": str(target.year),
        "measure": target.measure.value,
        "figure": target.figure,
        "unit_id": str(target.unit_id or ""),
        "item_id": str(target.item_id or ""),
        "direction": target.direction.value,
        "amount": target_words.plain_number(target.amount),
        "path": target.path.value,
        "note": target.note,
        **{name: target_words.plain_number(mark) for name, mark in marks.items() if mark},
    }


def _figures() -> list[tuple[str, str]]:
    return [(name, figure_words.label(name)) for name in FIGURES]


def _is_level(name: str) -> bool:
    """Say whether a figure tells how things stand, so that it holds on every day alike."""
    return FIGURES[name].state or FIGURES[name].measured is Measured.PERCENT


def _cells(line: Line) -> list[str]:
    target, number = line.target, target_words.plain_number
    marks = [number(mark) if mark is not None else "" for mark in (
        target.first, target.second, target.third,
    )]  # fmt: skip
    at_most = target.direction is Direction.AT_MOST
    return [
        target.unit.name if target.unit else "",
        target.item.number if target.item else "",
        _sheet_name(target),
        "至多" if at_most else "至少",
        number(target.amount),
        *marks,
        target.note,
        str(target_words.STATES[target.state]),
        number(line.value),
        number(line.expected),
        str(target_words.STANDINGS[line.stands][0]),
        number(line.forecast),
        iso_day(line.day),
        target.drafted_by.name,
    ]


def _sheet_name(target: Target) -> str:
    own = {measure: words for words, measure in sheets.OF_ITEMS.items()}
    return own.get(target.measure) or figure_words.label(target.figure)


# -- the chart ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chart:
    """A target's path and readings as points of a picture; the table beside says the same."""

    path: str
    readings: Sequence[tuple[float, float, Decimal]]
    now: tuple[float, float] | None
    top: Decimal
    months: Sequence[tuple[float, int]]
    width: int = WIDE
    height: int = HIGH


def chart_of(line: Line) -> Chart:
    """Place a target's path, its readings and today's value in a picture."""
    course = line.course
    known = [each.value for each in line.readings if each.value is not None]
    told = [line.value] if line.value is not None else []
    top = max([course.amount, *known, *told, Decimal(1)]) * Decimal("1.1")

    def at(day: date, value: Decimal) -> tuple[float, float]:
        days = (course.last - course.first).days
        across = (day - course.first).days / days * WIDE
        return round(across, 1), round(HIGH - float(value / top) * HIGH, 1)

    start = (course.first, course.amount if course.path is Path.LEVEL else Decimal(0))
    way = [at(*point) for point in (start, *course.line())]
    return Chart(
        path=" ".join(f"{x},{y}" for x, y in way),
        readings=[(*at(r.on, r.value), r.value) for r in line.readings if r.value is not None],
        now=at(line.day, line.value) if line.value is not None else None,
        top=top,
        months=[(at(date(course.year, m, 1), Decimal(0))[0], m) for m in range(1, 13)],
    )
