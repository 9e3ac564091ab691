"""The page of an item: whose turn it is, by when and why, the way so far and all it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, Response, g, jsonify, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from engine import Session
from web import cases, rails
from web.auth import current_actor
from web.moments import list_words
from web.rails import Course, Rail, Reported
from web.transaction import reading, writing
from web.words import items as item_words
from workflows import casefile, ladder, steps, story, urges, ways
from workflows.actions import room as action_room
from workflows.calendar import office_day
from workflows.casefile import CaseFile, PartLine
from workflows.ladder import SUGGESTED
from workflows.ladder import register as ladder_register
from workflows.ladder import views as ladder_views
from workflows.lights import Light
from workflows.people import Actor
from workflows.projects import overview
from workflows.proposals import views
from workflows.revisits import room
from workflows.rules import FINISHED, OFFICE
from workflows.steps import Action
from workflows.story import StoryLine
from workflows.tables import Escalation, Report, Urge, Verdict
from workflows.targets import overview as target_overview
from workflows.ways import Stop, Way

blueprint = Blueprint("items", __name__)
blueprint.record_once(lambda state: item_words.register(state.app))

SHOWN = 12
NAMED = 2

STORIES: Mapping[str, tuple[LazyString, frozenset[str]]] = {
    "reports": (_l("Reports"), frozenset({"reported", "confirmed", "declined", "interim_due"})),
    "reviews": (
        _l("Reviews"),
        frozenset({"accepted", "returned", "result_presented", "instructed", "revisited"}),
    ),
    "urges": (
        _l("Urges"),
        frozenset({"urged", "urge_read", "reminded", "unacknowledged", "escalated"}),
    ),
    "limits": (
        _l("Limits"),
        frozenset({"assigned", "change_asked", "change_decided", "escalated"}),
    ),
}
"""The filters of the timeline, and the kinds of lines that each shows."""


@dataclass(frozen=True, slots=True)
class Tale:
    """The timeline as it is asked for: a filter, the lines shown, and how many more there are."""

    chosen: str
    lines: Sequence[StoryLine]
    more: int
    total: int

    @property
    def days(self) -> list[tuple[date, list[StoryLine]]]:
        """Return the lines day by day."""
        return [
            (day, list(lines))
            for day, lines in groupby(self.lines, key=lambda line: office_day(line.at))
        ]


@blueprint.get("/items/<int:item_id>")
def show(item_id: int) -> str:
    """Show an item to whoever may see it; a unit's look leaves the receipts of urges and rungs."""
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        if not _unread(g.actor, case):
            return page(session, g.actor, case)
    writing(lambda session: _leave_receipts(session, current_actor(session), item_id))
    with reading() as session:
        return page(session, g.actor, casefile.case_of(session, g.actor, item_id))


@blueprint.get("/items/<int:item_id>/diagram.json")
def diagram(item_id: int) -> Response:
    """Give a diagram of the item with the marks of its way so far."""
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        way = _way(session, g.actor, case)
        body = (
            {} if way is None else {"xml": way.definition.xml.decode(), "marks": marks(case, way)}
        )
        return jsonify(body)


def page(session: Session, actor: Actor, case: CaseFile) -> str:
    """Render an item's page."""
    actions = steps.actions_of(session, actor, case.item)
    way = _way(session, actor, case)
    return render_template(
        "items/show.html",
        case=case,
        item=case.item,
        project=overview.file_of(session, actor, case.item.id, request.args.get("year", type=int)),
        rail=rail_of(case),
        mine=[line for line in case.waiting if line.mine],
        deeds=_deeds(actions),
        way=way,
        people=_people(session, case, way),
        papers=casefile.shown_papers(session, actor, case),
        visits=room.files_of(session, actor, case.item.id),
        actions=action_room.about(session, actor, case.item.id),
        letters=action_room.letters(session, actor, case.item.id),
        may_see_samples=room.sees_samples(actor),
        may_add=_may_add(actor, case),
        ladders=ladder_views.pictures(session, actor, case.item),
        suggested=ladder_register.about_item(session, actor, case.item.id),
        targets=target_overview.of_item(session, actor, case.item.id),
        may_set_targets=target_overview.may_set(actor),
        tale=_tale(session, actor, case.item.id),
        story_names=[(name, words) for name, (words, _kinds) in STORIES.items()],
        decisions=casefile.decisions(session, case.item),
        entries=casefile.entries(session, case.item),
        proposal=views.view_of(session, actor, case.item),
        **cases.family_of(session, actor, case.item),
        **cases.words_of(session, case.item),
        **cases.opening_of(session, actor, case.item),
        may_plan=any(map(actor.has, OFFICE)),
        open_mark=open_mark,
    )


def rail_of(case: CaseFile) -> Rail | None:
    """Draw the lead unit's limit as a rail, once there is one."""
    line = case.lead
    if line is None or line.part.due_on is None:
        return None
    part, late = line.part, case.light is Light.RED  # an open item runs on past a part that is done
    own = [report for report in case.reports if report.assignment_id == part.id]
    return rails.rail_of(
        Course(
            began=office_day(part.assigned_at),
            due_on=part.due_on or case.day,
            today=case.day,
            original=part.original_due_on,
            warn_on=part.warn_on,
            ended=None if late or part.finished_at is None else office_day(part.finished_at),
            reports=[_reported(report) for report in own],
            late_words=_late_words(case, line),
        )
    )


def _reported(report: Report) -> Reported:
    return Reported(office_day(report.submitted_at), report.verdict is Verdict.RETURNED)


def _late_words(case: CaseFile, line: PartLine) -> str:
    finished = line.part.state in FINISHED and case.light is not Light.RED
    if finished or case.days_left is None or case.days_left >= 0:
        return ""
    return ngettext("%(num)d working day over", "%(num)d working days over", -case.days_left)


def _unread(actor: Actor, case: CaseFile) -> bool:
    units = actor.unit_ids()
    mine = {line.part.id for line in case.lines if line.part.unit_id in units}
    rungs = (rung for rung in case.escalations if rung.rung not in SUGGESTED)
    sent: Sequence[Urge | Escalation] = (*case.urges, *rungs)
    return any(one.read_at is None and one.assignment_id in mine for one in sent)


def _leave_receipts(session: Session, actor: Actor, item_id: int) -> None:
    urges.open_urges(session, actor, item_id)
    ladder.open_rungs(session, actor, item_id)


def _deeds(actions: Sequence[Action]) -> Mapping[str, list[Action]]:
    """Sort what the reader can do beside the steps by its name."""
    sorted_: dict[str, list[Action]] = {}
    for action in actions:
        sorted_.setdefault(action.deed, []).append(action)
    return sorted_


def _people(session: Session, case: CaseFile, way: Way | None) -> Mapping[int | None, str]:
    """Return the names of everybody on the page."""
    stops = way.stops if way else ()
    walkers = [stop.last.closed_by_id for stop in stops if stop.last]
    people: dict[int | None, str] = {None: ""}
    for known in (case.people, casefile.names_of(session, walkers)):
        people.update(known.items())
    return people


def _may_add(actor: Actor, case: CaseFile) -> bool:
    """Say whether the reader works on the item, and so may keep files with it."""
    units = {line.part.unit_id for line in case.lines}
    return any(map(actor.has, OFFICE)) or bool(units & actor.unit_ids())


def _tale(session: Session, actor: Actor, item_id: int) -> Tale:
    chosen = request.args.get("story", "")
    kinds = STORIES[chosen][1] if chosen in STORIES else None
    lines = story.story_of(session, actor, item_id, kinds)
    shown = lines if "all" in request.args else lines[:SHOWN]
    return Tale(chosen if kinds else "", shown, len(lines) - len(shown), len(lines))


# -- the diagram --------------------------------------------------------------------------


def _way(session: Session, actor: Actor, case: CaseFile) -> Way | None:
    part_id = request.args.get("part", type=int)
    known = {line.part.id for line in case.lines if line.part.instance_id}
    return ways.way_of(session, actor, case.item, part_id if part_id in known else None)


def marks(case: CaseFile, way: Way) -> list[dict[str, str]]:
    """Return how each element of a diagram is marked: walked, now, or still waiting."""
    stops = {stop.place.id: stop for stop in way.stops}
    marked = [
        {"id": element, "mark": "way", "tag": "✓" if element in stops else ""}
        for element in sorted(way.trail.walked - way.scopes)
        if not (element in stops and stops[element].is_open)
    ]
    for stop in way.stops:
        if stop.is_open:
            mark, tag = open_mark(case, stop)
            marked.append({"id": stop.place.id, "mark": mark, "tag": tag})
        if stop.times > 1:
            times = _("time %(num)d", num=stop.times)
            marked.append({"id": stop.place.id, "mark": "", "tag": times})
    return marked


def open_mark(case: CaseFile, stop: Stop) -> tuple[str, str]:
    """Say how an open stop is marked, and who is there or what it waits for."""
    if stop.place.calls:
        return _call_mark(case)
    here = [line for line in case.waiting if line.todo in stop.waiting]
    names = list_words([name for line in here for name in line.people]) or stop.place.name
    if any(line.late for line in here):
        return "wait", _("%(names)s: overdue", names=names)
    return "now", _("now: %(names)s", names=names)


def _call_mark(case: CaseFile) -> tuple[str, str]:
    """Say which units the item waits for; the late ones first."""
    running = [line for line in case.current if line.part.state not in FINISHED]
    late = [line.part.unit.name for line in running if line.light is Light.RED]
    if late:
        names = list_words(late[:NAMED])
        if len(late) > NAMED:
            names = _("%(names)s and more", names=names)
        return "wait", _("%(names)s: overdue", names=names)
    return "now", ngettext("waits for %(num)d unit", "waits for %(num)d units", len(running))
