"""The assessment 考评排名: a quarter's ranks, what is behind each score, the year, its list."""

from collections.abc import Callable, Mapping
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
from web.shapes.scores import ListAnswer
from web.transaction import reading, writing
from web.words import scores as score_words
from web.workbooks import download
from workflows import assessment, rules
from workflows.assessment import Quarter, Standing
from workflows.calendar import today
from workflows.errors import Refusal
from workflows.people import Actor
from workflows.tables import Appeal, AssessmentState, CommendationState, Item, Role

blueprint = Blueprint("assessment", __name__, url_prefix="/assessment")
blueprint.record_once(lambda state: score_words.register(state.app))

WATCHERS = (Role.SUPERVISOR, Role.DIRECTOR, Role.LEADER, Role.AUDITOR)
QUARTERS = (1, 2, 3, 4)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show the quarter that was asked for, or the one that runs."""
    with reading() as session:
        running = assessment.quarter_of(today(session))
    year = request.args.get("year", running.year, type=int)
    number = request.args.get("quarter", running.number if year == running.year else 4, type=int)
    return redirect(url_for("assessment.quarter", year=year, number=number))


@blueprint.get("/<int:year>/<int:number>")
def quarter(year: int, number: int) -> ResponseReturnValue:
    """Show the ranks of a quarter; to a unit its own score and what would change it."""
    return _quarter_page(year, number, Entry())


@blueprint.get("/<int:year>/<int:number>/units/<int:unit_id>")
def unit(year: int, number: int, unit_id: int) -> str:
    """Show the entries behind a unit's score."""
    with reading() as session:
        found = assessment.standing_of(session, g.actor, year, number, unit_id)
        return render_template(
            "assessment/unit.html",
            standing=found,
            items=assessment.matters(session, found.entries),
            parts=assessment.parts_of(session, g.actor, year, number, unit_id),
            prospects=_prospects(session, [found], year, number),
            **_about(session, year, number),
        )


@blueprint.get("/<int:year>/<int:number>/xlsx")
def export(year: int, number: int) -> Response:
    """Give a quarter's ranks as a workbook, with the entries behind each score."""
    with reading() as session:
        found = assessment.standing(session, g.actor, year, number)
    heads = [
        _("Ranked in"), _("Rank"), _("Unit"), _("Base"), _("Added"), _("Taken away"),
        _("Score"), _("Parts"), _("Fell due"), _("Done"),
    ]  # fmt: skip
    return download(_title(year, number), heads, [_line(each) for each in found])


@blueprint.get("/<int:year>/<int:number>/entries/xlsx")
def export_entries(year: int, number: int) -> Response:
    """Give every entry of a quarter as a workbook."""
    with reading() as session:
        found = assessment.standing(session, g.actor, year, number)
        items = assessment.matters(session, (entry for each in found for entry in each.entries))
    heads = [_("Unit"), _("Day"), _("Event"), _("Points"), _("How it came about"), _("Number"),
             _("Item")]  # fmt: skip
    lines = [_entry_line(each, entry, items) for each in found for entry in each.entries]
    title = _("Entries of quarter %(number)s of %(year)s", number=number, year=year)
    return download(title, heads, lines)


@blueprint.post("/<int:year>/<int:number>/freeze")
def freeze(year: int, number: int) -> ResponseReturnValue:
    """Freeze a quarter; its ledger is counted first, so nobody waits for it."""

    def work() -> object:
        with reading() as session:
            counted = assessment.prepare(session, g.actor, year, number)
        return writing(lambda s: assessment.freeze(s, current_actor(s), year, number, counted).id)

    return _move(year, number, work, _("The quarter is frozen; units see no rank yet."))


@blueprint.post("/<int:year>/<int:number>/publish")
def publish(year: int, number: int) -> ResponseReturnValue:
    """Publish a frozen quarter."""
    told = _("The quarter is published, and every unit's head is told.")
    return _move(year, number, _verb(assessment.publish, year, number), told)


@blueprint.post("/<int:year>/<int:number>/conclude")
def conclude(year: int, number: int) -> ResponseReturnValue:
    """Make a quarter final."""
    work = _verb(assessment.conclude, year, number)
    return _move(year, number, work, _("The quarter is final."))


# -- the year -----------------------------------------------------------------------------


@blueprint.get("/<int:year>")
def whole_year(year: int) -> ResponseReturnValue:
    """Show the year's totals, and who is commended."""
    return _year_page(year, Entry())


@blueprint.get("/<int:year>/xlsx")
def export_year(year: int) -> Response:
    """Give the year's totals as a workbook."""
    with reading() as session:
        found = assessment.year(session, g.actor, year)
    quarters = [_("Quarter %(number)s", number=number) for number in QUARTERS]
    heads = [_("Ranked in"), _("Rank"), _("Unit"), *quarters, _("Total")]
    lines = [
        [
            score_words.group_name(each.group),
            _rank(each.rank),
            each.unit.name,
            *(_score_in(each.quarters.get(number)) for number in QUARTERS),
            score_words.plain_points(each.total),
        ]
        for each in found
    ]
    return download(_("Assessment of %(year)s", year=year), heads, lines)


@blueprint.post("/<int:year>/commend")
def propose(year: int) -> ResponseReturnValue:
    """Propose the year's list; a unit with a reason is left out."""
    typed = MultiDict(request.form)
    reasons = {
        int(name.removeprefix("why-")): why
        for name, why in typed.items()
        if name.startswith("why-") and name[4:].isdecimal() and f"out-{name[4:]}" in typed
    }
    try:
        writing(lambda s: assessment.propose(s, current_actor(s), year, reasons).id)
    except Refusal as error:
        return _year_page(year, refused(typed, error))
    toasts.say(_("The list waits for the leader."))
    return redirect(url_for("assessment.whole_year", year=year, _anchor="commended"), 303)


@blueprint.post("/<int:year>/lists/<int:list_id>")
def decide_list(year: int, list_id: int) -> ResponseReturnValue:
    """Approve a list, or decline it."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = load(ListAnswer, typed)
        return assessment.decide_list(session, current_actor(session), list_id, **said).id

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _year_page(year, refused(typed, error))
    return redirect(url_for("assessment.whole_year", year=year, _anchor="commended"), 303)


# -- what pages show ------------------------------------------------------------------------


def _quarter_page(year: int, number: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        found = assessment.standing(session, g.actor, year, number)
        watches = watching()
        mine = [each for each in found if each.unit.id in g.actor.unit_ids()]
        told = {} if watches else {
            "items": assessment.matters(session, (e for each in mine for e in each.entries)),
            "prospects": _prospects(session, mine, year, number),
            "mine": mine,
            "heads": g.actor.unit_ids(Role.UNIT_HEAD),
            "appealed": {
                (made.unit_id, made.cause): made.id for made in assessment.appeals(session, g.actor)
            },
        }  # fmt: skip
        furthest = max((abs(each.score - each.base) for each in found), default=0)
        body = render_template(
            "assessment/ranking.html" if watches else "assessment/own.html",
            standings=found,
            furthest=furthest,
            entry=entry,
            running=assessment.quarter_of(today(session)),
            appeals=_pending(session, year, number),
            **_about(session, year, number),
            **told,
        )
    return body, entry.status


def _pending(session: Session, year: int, number: int) -> list[Appeal]:
    """Return the appeals of a quarter that wait; those of another don't hold it up."""
    waiting = assessment.appeals(session, g.actor, pending=True)
    return [made for made in waiting if _quarter_of(made) == Quarter(year, number)]


def _quarter_of(made: Appeal) -> Quarter:
    return Quarter(made.assessment.year, made.assessment.quarter)


def _about(session: Session, year: int, number: int) -> dict[str, Any]:
    """Return what every page of a quarter says about it."""
    asked = assessment.known_quarter(session, year, number)
    row = assessment.row_of(session, asked)
    deployed = assessment.table_of(session, asked, row)
    day = today(session)
    return {
        "quarter": asked,
        "row": row,
        "state": assessment.state_of(row),
        "table": deployed,
        "today": day,
        "watches": watching(),
        "directs": g.actor.has(Role.DIRECTOR),
        "begun": assessment.quarters_of(session, year),
        "later": assessment.quarters_of(session, year + 1),
    }


def _prospects(
    session: Session, found: list[Standing], year: int, number: int
) -> dict[int, object]:
    """Return what each unit still owes, while the quarter runs."""
    if assessment.quarter_of(today(session)) != Quarter(year, number):
        return {}
    return {each.unit.id: assessment.outlook(session, g.actor, each.unit.id) for each in found}


def _year_page(year: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        found = assessment.year(session, g.actor, year)
        lists = assessment.lists(session, g.actor, year)
        begun = assessment.quarters_of(session, year)
        states = {each: assessment.state_of(assessment.row_of(session, each)) for each in begun}
        ended = len(states) == len(QUARTERS) and set(states.values()) == {AssessmentState.FINAL}
        office = any(g.actor.has(role) for role in rules.OFFICE)
        open_list = any(each.state is not CommendationState.DECLINED for each in lists)
        body = render_template(
            "assessment/year.html",
            year=year,
            found=found,
            numbers=QUARTERS,
            states=states,
            lists=lists,
            candidates=assessment.candidates(session, year)
            if office and ended and not open_list
            else (),
            office=office,
            leads=g.actor.has(Role.LEADER),
            groups={each.id: each for each in assessment.groups(session)},
            later=assessment.quarters_of(session, year + 1),
            entry=entry,
        )
    return body, entry.status


def _verb(
    verb: Callable[[Session, Actor, int, int], Any], year: int, number: int
) -> Callable[[], object]:
    return lambda: writing(lambda s: verb(s, current_actor(s), year, number).id)


def _move(year: int, number: int, work: Callable[[], object], told: str) -> ResponseReturnValue:
    try:
        work()
    except Refusal as error:
        if not watching():
            raise
        return _quarter_page(year, number, refused(MultiDict(request.form), error))
    toasts.say(told)
    return redirect(url_for("assessment.quarter", year=year, number=number), 303)


def watching() -> bool:
    """Say whether the reader sees every unit's score."""
    return any(g.actor.has(role) for role in WATCHERS)


def _title(year: int, number: int) -> str:
    return _("Assessment, quarter %(number)s of %(year)s", number=number, year=year)


def _line(each: Standing) -> list[str]:
    added = sum(entry.points for entry in each.entries if entry.points > 0)
    taken = sum(entry.points for entry in each.entries if entry.points < 0)
    return [
        score_words.group_name(each.group),
        _rank(each.rank),
        each.unit.name,
        score_words.plain_points(each.base),
        f"{added:.2f}",
        f"{taken:.2f}",
        score_words.plain_points(each.score),
        str(each.tasks.had),
        str(each.tasks.due),
        str(each.tasks.done),
    ]


def _entry_line(each: Standing, entry: assessment.Entry, items: Mapping[int, Item]) -> list[str]:
    item = items.get(entry.item_id or 0)
    return [
        each.unit.name,
        entry.on.isoformat(),
        score_words.event_word(entry.event),
        f"{entry.points:.2f}",
        score_words.entry_words(entry),
        item.number if item else "",
        item.title if item else "",
    ]


def _rank(rank: int | None) -> str:
    return "—" if rank is None else str(rank)


def _score_in(each: Standing | None) -> str:
    return "—" if each is None else score_words.plain_points(each.score)
