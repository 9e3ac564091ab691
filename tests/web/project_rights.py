"""Who may do what about key projects, by page and by the API."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from tests.web import project_places
from tests.web.places import Ids
from tests.web.rights import (
    ADMINISTRATOR,
    OFFICE,
    OVERSEERS,
    SEERS,
    SIGNED_IN,
    UNIT,
    Right,
    Who,
    only,
)
from workflows.papers import inspect
from workflows.projects import lights
from workflows.projects.meetings import DecisionEntry
from workflows.projects.templates import NodeEntry, TemplateEntry

HELD = {"held_on": "2020-03-02"}
PLAN = {"year": 2020, "planned": "1000"}
MOVED = {"due_on": "2020-03-01", "reason": "提前"}
ADDED = {"name": "环评", "due_on": "2020-05-01", "reason": "补充"}
CLAIM = {"done_on": "2020-03-02"}
RESULT = {"result": "已办结"}
SEEN = {"method": "on_site", "finding": "属实", "sound": True}


def decision(ids: Ids) -> Mapping[str, Any]:
    """Give somebody a task."""
    return {
        "text": "协调用地",
        "unit_id": ids["unit_id"],
        "responsible_person": "某某",
        "due_on": "2020-03-31",
    }


def told(*names: str, **sent: object) -> Callable[[Ids], dict[str, Any]]:
    """Say what a verb is told: numbers of the place by their names, and what is sent."""
    return lambda ids: {**{name: ids[name] for name in names}, **sent}


def picture(_: Ids) -> Mapping[str, Any]:
    """Send a photograph as a page does."""
    return project_places.photograph()


API: Mapping[str, Right] = {
    "Projects.many": Right(SIGNED_IN),
    "Projects.one": Right(SEERS, "project"),
    "Projects.pictures": Right(SEERS, "project"),
    "Projects.photograph": Right(
        OFFICE | UNIT, "project", lambda ids: {"file": picture(ids)["photographs"]}
    ),
    "Projects.plan": Right(OFFICE, "project", PLAN),
    "Projects.add_node": Right(OFFICE, "project", ADDED),
    "Projects.claim": Right(UNIT, "project", CLAIM),
    "Projects.review": Right(OFFICE, "claimed", {"accepted": True}),
    "Projects.move": Right(OFFICE, "project", MOVED),
    "Projects.meetings_held": Right(OVERSEERS),
    "Projects.hold": Right(OFFICE, sent=HELD),
    "Projects.meeting": Right(OVERSEERS),
    "Projects.decide": Right(OFFICE, sent=decision),
    "Projects.tasks": Right(SIGNED_IN),
    "Projects.finish": Right(OFFICE | UNIT, "project", RESULT),
    "Steps.supervise": Right(only(Who.SUPERVISOR), "supervise", SEEN),
    "Steps.accept_project": Right(only(Who.SUPERVISOR), "acceptance", {"passed": True}),
}

PAGES: Mapping[str, Right] = {
    "projects.show": Right(SIGNED_IN),
    "projects.export": Right(SIGNED_IN),
    "projects.plan_form": Right(OFFICE, "project"),
    "projects.plan": Right(OFFICE, "project", PLAN),
    "projects.node": Right(SEERS, "project"),
    "projects.claim": Right(UNIT, "project", CLAIM),
    "projects.review": Right(OFFICE, "claimed", {"outcome": "accept"}),
    "projects.move": Right(OFFICE, "project", MOVED),
    "projects.add_node": Right(OFFICE, "project", ADDED),
    "projects.photograph": Right(OFFICE | UNIT, "project", picture),
    "projects.picture": Right(SEERS, "project"),
    "projects.meet": Right(OVERSEERS),
    "projects.hold": Right(OFFICE, sent=HELD),
    "projects.meeting": Right(OVERSEERS),
    "projects.decide": Right(OFFICE, sent=decision),
    "projects.finish": Right(OFFICE | UNIT, "project", RESULT),
    "admin_projects.show": Right(ADMINISTRATOR),
    "admin_projects.add": Right(ADMINISTRATOR),
    "admin_projects.change": Right(ADMINISTRATOR),
    "admin_projects.change_thresholds": Right(ADMINISTRATOR),
}

DAY = date(2020, 3, 2)
NODE = "milestone_id"
ONE = TemplateEntry("一步到位", (NodeEntry("办成", 100),))
NUMBERS = {lights.YELLOW: "10", lights.RED: "30", lights.GRACE: "15"}

VERBS: Mapping[str, Right] = {
    "projects.lights.change_thresholds": Right(ADMINISTRATOR, sent={"wanted": NUMBERS}),
    "projects.meetings.agenda": Right(OVERSEERS),
    "projects.meetings.decide": Right(
        OFFICE,
        sent=lambda ids: {
            "meeting_id": ids["meeting_id"],
            "entry": DecisionEntry("协调", ids["unit_id"], "某某", date(2020, 3, 31)),
        },
    ),
    "projects.meetings.finish_decision": Right(
        OFFICE | UNIT, "project", told("decision_id", result="已办结")
    ),
    "projects.meetings.hold_meeting": Right(OFFICE, sent={"held_on": DAY}),
    "projects.meetings.meeting_of": Right(OVERSEERS, sent=told("meeting_id")),
    "projects.meetings.meetings": Right(OVERSEERS),
    "projects.meetings.open_as_item": Right(
        OFFICE, "project", told("decision_id", "item_id"), named=False
    ),
    "projects.milestones.add": Right(
        OFFICE, "project", told("item_id", name="环评", due_on=DAY, reason="补充")
    ),
    "projects.milestones.claim": Right(UNIT, "project", told(NODE, done_on=DAY, paper_ids=())),
    "projects.milestones.move": Right(
        OFFICE, "project", told(NODE, due_on=date(2020, 3, 1), reason="提前")
    ),
    "projects.milestones.review": Right(OFFICE, "claimed", told(NODE, accepted=True)),
    "projects.milestones.see": Right(SEERS, "project", told(NODE)),
    "projects.money.plan": Right(
        OFFICE, "project", told("item_id", year=2020, planned=Decimal(1000), months={})
    ),
    "projects.money.project_of": Right(SEERS, "project", told("item_id")),
    "projects.overview.file_of": Right(SEERS, "project", told("item_id")),
    "projects.photographs.keep_photograph": Right(
        OFFICE | UNIT,
        "project",
        lambda ids: {
            "item_id": ids["item_id"],
            "checked": inspect("现场.png", BytesIO(project_places.DOT)),
        },
    ),
    "projects.photographs.open_photograph": Right(SEERS, "project", told("paper_id")),
    "projects.supervision.accept_project": Right(
        only(Who.SUPERVISOR), "acceptance", told("task_id", passed=True)
    ),
    "projects.supervision.supervise": Right(
        only(Who.SUPERVISOR), "supervise", told("task_id", **SEEN)
    ),
    "projects.templates.write_template": Right(ADMINISTRATOR, sent={"entry": ONE}),
}
"""Who may do what in the domain itself."""

FOR_EVERYBODY = frozenset(
    {
        "projects.meetings.tasks",
        "projects.money.must_be_the_lead",
        "projects.overview.ledger",
    }
)
"""What shows everybody only what is theirs, or is a rule of another verb."""
