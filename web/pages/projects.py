"""Key projects 重点项目: their ledger, plan, milestones, photographs and weekly meetings."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.moments import iso_day, today
from web.pages.papers import shown_picture
from web.shapes import projects as project_shapes
from web.transaction import database, reading, writing
from web.words import projects as project_words
from web.words.projects import HEADS, cell
from web.workbooks import download
from workflows import casefile, dossiers, papers, rules
from workflows.errors import ItemUnknown, Refusal
from workflows.people import Actor
from workflows.projects import meetings, milestones, money, overview, photographs
from workflows.projects.meetings import DecisionEntry
from workflows.projects.overview import ProjectLine, Sort
from workflows.tables import Role

blueprint = Blueprint("projects", __name__)
blueprint.record_once(lambda state: project_words.register(state.app))


# -- the ledger of projects --------------------------------------------------------------


@blueprint.get("/projects")
def show() -> str:
    """Show the projects that the reader may see, the worst first."""
    sort, descending, ended = _wish()
    with reading() as session:
        return render_template(
            "projects/show.html",
            lines=_lines(session, g.actor),
            sort=sort,
            descending=descending,
            ended=ended,
            sums=_sums(_lines(session, g.actor)),
            tasks=meetings.tasks(session, g.actor),
            may_meet=any(map(g.actor.has, meetings.READERS)),
        )


@blueprint.get("/projects.xlsx")
def export() -> Response:
    """Give what is shown as a workbook."""
    with reading() as session:
        lines = _lines(session, g.actor)
        rows = ([cell(column, line) for column in HEADS] for line in lines)
        title = _("Key projects %(day)s", day=today().isoformat())
        return download(title, [str(words) for words in HEADS.values()], rows)


def _wish() -> tuple[Sort, bool, bool]:
    asked = request.args.get("sort", "")
    sort = Sort(asked) if asked in set(Sort) else Sort.LIGHT
    return sort, "down" in request.args, "ended" in request.args


def _lines(session: Session, actor: Actor) -> list[ProjectLine]:
    sort, descending, ended = _wish()
    return overview.ledger(session, actor, sort, descending=descending, ended=ended)


def _sums(lines: list[ProjectLine]) -> Mapping[str, Any]:
    planned = sum((line.standing.planned for line in lines), project_words.ZERO)
    done = sum((line.standing.done for line in lines), project_words.ZERO)
    return {
        "count": len(lines),
        "planned": planned,
        "done": done,
        "share": done * 100 / planned if planned else project_words.ZERO,
    }


# -- the plan ----------------------------------------------------------------------------


@blueprint.get("/items/<int:item_id>/project/plan")
def plan_form(item_id: int) -> ResponseReturnValue:
    """Show the plan of a year, month by month."""
    return _plan_page(item_id, Entry())


@blueprint.post("/items/<int:item_id>/project/plan")
def plan(item_id: int) -> ResponseReturnValue:
    """Write down the plan of a year."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        months = [
            {"month": number, "planned": told}
            for number in range(1, 13)
            if (told := typed.get(f"month-{number}", "").strip())
        ]
        said = load(project_shapes.YearPlan, {**typed, "months": months})
        said["months"] = {month["month"]: month["planned"] for month in said["months"]}
        return money.plan(session, current_actor(session), item_id, **said)

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _plan_page(item_id, refused(typed, error))
    toasts.say(_("The plan is kept."))
    return redirect(url_for("items.show", item_id=item_id, _anchor="money"), 303)


def _plan_page(item_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        rules.must_have(g.actor, Role.SUPERVISOR, Role.DIRECTOR)
        project = overview.file_of(session, g.actor, item_id, _int(entry, "year"))
        if project is None:
            raise ItemUnknown(item_id)
        if not entry.typed:
            entry.values = MultiDict(_plan_start(project))
        body = render_template(
            "projects/plan.html",
            case=case,
            item=case.item,
            project=project,
            entry=entry,
        )
    return body, entry.status


def _int(entry: Entry, name: str) -> int | None:
    text = entry.get(name) or request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None  # noqa: PLR2004 (a year)


def _plan_start(project: overview.ProjectFile) -> Mapping[str, str]:
    asked = request.args.get("year", "")
    year = project.shown
    if year is None or (asked and asked != str(year.year)):
        return {"year": asked or str(today().year)}
    months = {
        f"month-{number}": project_words.plain_money(month.planned)
        for number, month in year.months.items()
    }
    return {"year": str(year.year), "planned": project_words.plain_money(year.planned), **months}


# -- milestones --------------------------------------------------------------------------


@blueprint.get("/milestones/<int:milestone_id>")
def node(milestone_id: int) -> ResponseReturnValue:
    """Show a milestone: what shows it, how it was moved, and what can be done about it."""
    return _node_page(milestone_id, Entry())


@blueprint.post("/milestones/<int:milestone_id>/claim")
def claim(milestone_id: int) -> ResponseReturnValue:
    """Say that a milestone is reached, with the files that show it."""
    typed = MultiDict(request.form)
    with reading() as session:
        item_id = milestones.see(session, g.actor, milestone_id).item.id
    checked = [
        papers.check(database(), file.filename or "", file.stream)
        for file in request.files.getlist("papers")
        if file.filename
    ]

    def work(session: Session) -> object:
        actor = current_actor(session)
        kept = [papers.keep_paper(session, actor, item_id, each).id for each in checked]
        ids = [*typed.getlist("paper_ids"), *map(str, kept)]
        said = load(project_shapes.Claim, {**typed, "paper_ids": ids})
        return milestones.claim(session, actor, milestone_id, **said)

    return _done(milestone_id, typed, work, _("The milestone goes to the office for review."))


@blueprint.post("/milestones/<int:milestone_id>/review")
def review(milestone_id: int) -> ResponseReturnValue:
    """Find a milestone reached, or not."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        accepted = typed.get("outcome") == "accept"
        said = load(project_shapes.NodeReview, {**typed, "accepted": accepted})
        return milestones.review(session, current_actor(session), milestone_id, **said)

    return _done(milestone_id, typed, work, _("The milestone is reviewed."))


@blueprint.post("/milestones/<int:milestone_id>/move")
def move(milestone_id: int) -> ResponseReturnValue:
    """Give a milestone another day."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = load(project_shapes.NodeMove, typed)
        return milestones.move(session, current_actor(session), milestone_id, **said)

    return _done(milestone_id, typed, work, _("The milestone is moved."))


@blueprint.post("/items/<int:item_id>/milestones")
def add_node(item_id: int) -> ResponseReturnValue:
    """Give a project one more milestone."""

    def work(session: Session) -> int:
        said = load(project_shapes.NewNode, MultiDict(request.form))
        return milestones.add(session, current_actor(session), item_id, **said).id

    number = writing(work)
    toasts.say(_("The milestone is added."))
    return redirect(url_for("projects.node", milestone_id=number), 303)


def _done(
    milestone_id: int, typed: Typed, work: Callable[[Session], object], words: str
) -> ResponseReturnValue:
    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _node_page(milestone_id, refused(typed, error))
    toasts.say(words)
    with reading() as session:
        item_id = milestones.see(session, g.actor, milestone_id).item.id
    return redirect(url_for("items.show", item_id=item_id, _anchor="milestones"), 303)


def _node_page(milestone_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        seen = milestones.see(session, g.actor, milestone_id)
        case = casefile.case_of(session, g.actor, seen.item.id)
        if not entry.typed:
            entry.values = MultiDict({"done_on": iso_day(today())})
        body = render_template(
            "projects/node.html",
            node=seen.node,
            seen=seen,
            case=case,
            item=case.item,
            papers=casefile.shown_papers(session, g.actor, case),
            entry=entry,
            names=casefile.names_of(session, seen.people),
        )
    return body, entry.status


# -- photographs -------------------------------------------------------------------------


@blueprint.post("/items/<int:item_id>/photographs")
def photograph(item_id: int) -> ResponseReturnValue:
    """Keep photographs of the site."""
    said = load(project_shapes.Caption, MultiDict(request.form))
    for file in request.files.getlist("photographs"):
        checked = papers.check(database(), file.filename or "", file.stream)

        def work(session: Session, checked: papers.Checked = checked) -> UUID:
            actor = current_actor(session)
            return photographs.keep_photograph(session, actor, item_id, checked, **said).paper_id

        writing(work)
    toasts.say(_("The photographs are kept."))
    return redirect(url_for("items.show", item_id=item_id, _anchor="weeks"), 303)


@blueprint.get("/photographs/<uuid:paper_id>")
def picture(paper_id: UUID) -> Response:
    """Show a photograph in the page to whoever may see its item."""
    with reading() as session:
        paper = photographs.open_photograph(session, g.actor, paper_id)
    return shown_picture(paper)


# -- meetings ----------------------------------------------------------------------------


@blueprint.get("/projects/meetings")
def meet() -> ResponseReturnValue:
    """Show the agenda of the next meeting, the tasks of the last ones, and the meetings."""
    return _meet_page(Entry(values=MultiDict({"held_on": iso_day(today())})))


@blueprint.post("/projects/meetings")
def hold() -> ResponseReturnValue:
    """Open the record of a meeting with the agenda of today."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(project_shapes.Meeting, typed)
        return meetings.hold_meeting(session, current_actor(session), **said).id

    try:
        number = writing(work)
    except (ValidationError, Refusal) as error:
        return _meet_page(refused(typed, error))
    toasts.say(_("The meeting is open: record what it decides."))
    return redirect(url_for("projects.meeting", meeting_id=number), 303)


def _meet_page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        body = render_template(
            "projects/meetings.html",
            agenda=meetings.agenda(session, g.actor),
            meetings=meetings.meetings(session, g.actor),
            tasks=meetings.tasks(session, g.actor),
            may_hold=any(map(g.actor.has, meetings.OFFICE)),
            entry=entry,
        )
    return body, entry.status


@blueprint.get("/projects/meetings/<int:meeting_id>")
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Show a meeting: its agenda as it was, and what it decided."""
    return _meeting_page(meeting_id, Entry())


@blueprint.post("/projects/meetings/<int:meeting_id>/decisions")
def decide(meeting_id: int) -> ResponseReturnValue:
    """Record a decision as a task."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = load(project_shapes.Decision, typed)
        entry = DecisionEntry(**said)
        return meetings.decide(session, current_actor(session), meeting_id, entry).id

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _meeting_page(meeting_id, refused(typed, error))
    toasts.say(_("The decision is a task of its unit now."))
    return redirect(url_for("projects.meeting", meeting_id=meeting_id, _anchor="decisions"), 303)


def _meeting_page(meeting_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        shown = meetings.meeting_of(session, g.actor, meeting_id)
        body = render_template(
            "projects/meeting.html",
            meeting=shown,
            tasks=meetings.tasks(session, g.actor, meeting_id=meeting_id),
            projects=overview.ledger(session, g.actor, Sort.NUMBER),
            groups=dossiers.unit_groups(session),
            may_hold=any(map(g.actor.has, meetings.OFFICE)),
            entry=entry,
        )
    return body, entry.status


@blueprint.post("/projects/decisions/<int:decision_id>/done")
def finish(decision_id: int) -> ResponseReturnValue:
    """Say how a decision was carried out."""

    def work(session: Session) -> object:
        said = load(project_shapes.Result, MultiDict(request.form))
        return meetings.finish_decision(session, current_actor(session), decision_id, **said).id

    writing(work)
    toasts.say(_("The task is done."))
    return redirect(url_for("projects.show"), 303)
