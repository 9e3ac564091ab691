"""Key projects: their ledger, one with its money and milestones, meetings, and every verb."""

from flask import Response, request
from marshmallow import fields
from werkzeug.datastructures import MultiDict

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.items import PaperShape
from web.api.schemas.kinds import one_of
from web.api.wire import Body, act, dump, show
from web.entries import load
from web.shapes import Schema
from web.shapes import projects as project_shapes
from web.transaction import database
from web.words.projects import points
from workflows import papers
from workflows.errors import ItemUnknown
from workflows.lights import Light
from workflows.people import Actor
from workflows.projects import meetings, milestones, money, overview, photographs
from workflows.projects.meetings import DecisionEntry
from workflows.projects.overview import ProjectFile, ProjectLine
from workflows.tables import Milestone, MilestoneState, ProjectMeeting, ProjectType

blueprint = Resource("Projects", __name__, "Key projects and their weekly meetings")


class SitePhotographSchema(Schema):
    """A photograph of the site on a day; it is read as the paper that it is."""

    paper_id = fields.UUID()
    taken_on = fields.Date()
    taken_at = fields.AwareDateTime(attribute="paper.taken_at", allow_none=True)
    caption = fields.String()
    name = fields.String(attribute="paper.name")
    size = fields.Integer(attribute="paper.size")


SitePhotographsSchema = collection("SitePhotographs", photographs=SitePhotographSchema)


class MilestoneSchema(Schema):
    """A milestone of a project."""

    id = fields.Integer()
    name = fields.String()
    name_en = fields.String()
    due_on = fields.Date()
    estimated = fields.Boolean()
    state = one_of(MilestoneState)
    done_on = fields.Date(allow_none=True)
    remark = fields.String()
    returned_reason = fields.String()


class MonthSchema(Schema):
    """One month of a project; money in 万元 as text, for it is exact."""

    month = fields.Integer()
    planned = fields.String(allow_none=True)
    done = fields.String(allow_none=True)
    planned_so_far = fields.String()
    done_so_far = fields.String()


class ProjectLineSchema(Schema):
    """One line of the ledger of projects; money in 万元 and shares are text, for they are exact."""

    item_id = fields.Integer()
    number = fields.String()
    title = fields.String()
    unit = fields.String()
    type = one_of(ProjectType)
    light = one_of(Light)
    investment = fields.String()
    planned = fields.String()
    done = fields.String()
    share = fields.String()
    planned_share = fields.String()
    behind = fields.String()
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date()
    current = fields.Nested(MilestoneSchema, allow_none=True)
    missed = fields.List(fields.Nested(MilestoneSchema))


class ProjectSchema(ProjectLineSchema):
    """A project with its milestones, and the year that it is measured by."""

    done_in_all = fields.String()
    year = fields.Integer(allow_none=True)
    months = fields.List(fields.Nested(MonthSchema))
    milestones = fields.List(fields.Nested(MilestoneSchema))


class DecisionSchema(Schema):
    """A meeting's decision as a task."""

    id = fields.Integer()
    meeting_id = fields.Integer()
    item_id = fields.Integer(allow_none=True)
    text = fields.String()
    unit_id = fields.Integer()
    responsible_person = fields.String()
    due_on = fields.Date()
    result = fields.String()
    done_at = fields.AwareDateTime(allow_none=True)
    became_item_id = fields.Integer(allow_none=True)


class MeetingSchema(Schema):
    """A meeting with its agenda as it was that day."""

    id = fields.Integer()
    held_on = fields.Date()
    chair = fields.String()
    agenda = fields.List(fields.Dict())
    decisions = fields.List(fields.Nested(DecisionSchema))


ProjectsSchema = collection("Projects", projects=ProjectLineSchema)
MeetingsSchema = collection("ProjectMeetings", meetings=MeetingSchema)
DecisionsSchema = collection("MeetingDecisions", decisions=DecisionSchema)


@blueprint.look("/projects", ProjectsSchema)
def many() -> Response:
    """List the projects under way that the caller may see, the worst first."""

    def look(session: Session, actor: Actor) -> Body:
        lines = [line_of(line) for line in overview.ledger(session, actor)]
        return dump(ProjectsSchema(), {"projects": lines})

    return show(look)


@blueprint.look("/items/<int:item_id>/project", ProjectSchema)
def one(item_id: int) -> Response:
    """Show a project with its months and milestones."""
    return show(lambda session, actor: seen(session, actor, item_id))


@blueprint.act("/items/<int:item_id>/project/plan", project_shapes.YearPlan, ProjectSchema)
def plan(sent: Body, item_id: int) -> Response:
    """Write down what is to be invested in a year, in all and by month."""
    months = {month["month"]: month["planned"] for month in sent.pop("months")}

    def deed(session: Session, actor: Actor) -> Body:
        money.plan(session, actor, item_id, **sent, months=months)
        return seen(session, actor, item_id)

    return act(deed)


@blueprint.act(
    "/items/<int:item_id>/project/milestones",
    project_shapes.NewNode,
    MilestoneSchema,
    status=201,
)
def add_node(sent: Body, item_id: int) -> Response:
    """Give a project one more milestone."""
    return act(lambda s, actor: node_of(milestones.add(s, actor, item_id, **sent)), status=201)


@blueprint.act("/milestones/<int:milestone_id>/claim", project_shapes.Claim, MilestoneSchema)
def claim(sent: Body, milestone_id: int) -> Response:
    """Say that a milestone is reached, and show it by papers of the item."""
    return act(lambda s, actor: node_of(milestones.claim(s, actor, milestone_id, **sent)))


@blueprint.act("/milestones/<int:milestone_id>/review", project_shapes.NodeReview, MilestoneSchema)
def review(sent: Body, milestone_id: int) -> Response:
    """Find a milestone reached, or return it."""
    return act(lambda s, actor: node_of(milestones.review(s, actor, milestone_id, **sent)))


@blueprint.act("/milestones/<int:milestone_id>/move", project_shapes.NodeMove, MilestoneSchema)
def move(sent: Body, milestone_id: int) -> Response:
    """Give a milestone another day; a later one needs a change that was consented to."""
    return act(lambda s, actor: node_of(milestones.move(s, actor, milestone_id, **sent)))


@blueprint.look("/project-meetings", MeetingsSchema)
def meetings_held() -> Response:
    """List the weekly meetings, the latest first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(MeetingsSchema(), {"meetings": meetings.meetings(session, actor)})

    return show(look)


@blueprint.act("/project-meetings", project_shapes.Meeting, MeetingSchema, status=201)
def hold(sent: Body) -> Response:
    """Open the record of a meeting, with its agenda as it stands now."""
    return act(lambda s, actor: told(meetings.hold_meeting(s, actor, **sent)), status=201)


@blueprint.look("/project-meetings/<int:meeting_id>", MeetingSchema)
def meeting(meeting_id: int) -> Response:
    """Show a meeting with its agenda and decisions."""
    return show(lambda s, actor: told(meetings.meeting_of(s, actor, meeting_id)))


@blueprint.act(
    "/project-meetings/<int:meeting_id>/decisions",
    project_shapes.Decision,
    DecisionSchema,
    status=201,
)
def decide(sent: Body, meeting_id: int) -> Response:
    """Record what a meeting decided, as a task of a unit."""

    def deed(session: Session, actor: Actor) -> Body:
        decision = meetings.decide(session, actor, meeting_id, DecisionEntry(**sent))
        return dump(DecisionSchema(), decision)

    return act(deed, status=201)


@blueprint.look("/meeting-decisions", DecisionsSchema)
def tasks() -> Response:
    """List the decisions that the caller may see and that aren't done."""

    def look(session: Session, actor: Actor) -> Body:
        found = [task.decision for task in meetings.tasks(session, actor)]
        return dump(DecisionsSchema(), {"decisions": found})

    return show(look)


@blueprint.act("/meeting-decisions/<int:decision_id>/finish", project_shapes.Result, DecisionSchema)
def finish(sent: Body, decision_id: int) -> Response:
    """Say how a decision was carried out."""

    def deed(session: Session, actor: Actor) -> Body:
        decision = meetings.finish_decision(session, actor, decision_id, **sent)
        return dump(DecisionSchema(), decision)

    return act(deed)


def line_of(line: ProjectLine) -> Body:
    """Return a line of the ledger of projects, ready to be dumped."""
    standing, project = line.standing, line.project
    return {
        "item_id": line.item.id,
        "number": line.item.number,
        "title": line.item.title,
        "unit": line.unit.name if line.unit else "",
        "type": project.type,
        "light": standing.light,
        "investment": project.investment,
        "planned": standing.planned,
        "done": standing.done,
        "share": points(standing.share),
        "planned_share": points(standing.planned_share),
        "behind": points(standing.behind),
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "current": standing.current,
        "missed": standing.missed,
    }


def file_body(found: ProjectFile) -> Body:
    """Return a project's file, ready to be dumped."""
    standing = found.standing
    item = standing.project.item
    return {
        **line_of(ProjectLine(item, overview.lead_unit(item), standing)),
        "done_in_all": standing.done_in_all,
        "year": found.shown.year if found.shown else None,
        "months": found.rows,
        "milestones": standing.project.milestones,
    }


def seen(session: Session, actor: Actor, item_id: int) -> Body:
    """Return a project as the caller may see it; an item of another kind is none."""
    found = overview.file_of(session, actor, item_id)
    if found is None:
        raise ItemUnknown(item_id)
    return dump(ProjectSchema(), file_body(found))


def node_of(node: Milestone) -> Body:
    """Return a milestone as JSON."""
    return dump(MilestoneSchema(), node)


def told(held: ProjectMeeting) -> Body:
    """Return a meeting as JSON."""
    return dump(MeetingSchema(), held)


# -- photographs -------------------------------------------------------------------------


@blueprint.look("/items/<int:item_id>/photographs", SitePhotographsSchema)
def pictures(item_id: int) -> Response:
    """List a project's photographs, the latest week first."""

    def look(session: Session, actor: Actor) -> Body:
        money.project_of(session, actor, item_id)
        weeks = photographs.weeks_of(session, item_id)
        found = [each for week in weeks for each in week.photographs]
        return dump(SitePhotographsSchema(), {"photographs": found})

    return show(look)


@blueprint.act(
    "/items/<int:item_id>/photographs",
    PaperShape,
    SitePhotographSchema,
    location="files",
    status=201,
)
def photograph(sent: Body, item_id: int) -> Response:
    """Keep a photograph of the site; ``taken_on`` and ``caption`` may be sent beside the file."""
    said = load(project_shapes.Caption, MultiDict(request.form))
    checked = papers.check(database(), sent["file"].filename, sent["file"].stream)

    def deed(session: Session, actor: Actor) -> Body:
        kept = photographs.keep_photograph(session, actor, item_id, checked, **said)
        return dump(SitePhotographSchema(), kept)

    return act(deed, status=201)
