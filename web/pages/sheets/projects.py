"""The weekly supervision of a key project, and its acceptance."""

from collections.abc import Mapping
from uuid import UUID

from engine import Session
from web.entries import Typed, load
from web.pages.sheets.sheet import Context, Sheet
from web.shapes import projects as project_shapes
from workflows.people import Actor
from workflows.projects import overview, supervision
from workflows.steps import OpenedTask


def _supervise(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(project_shapes.Supervision, {**sent, "sound": sent.get("outcome") == "sound"})
    return supervision.supervise(session, actor, task_id, **said)


def _acceptance(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    said = load(project_shapes.Acceptance, {**sent, "passed": sent.get("outcome") == "pass"})
    return supervision.accept_project(session, actor, task_id, **said)


def _project_look(session: Session, opened: OpenedTask) -> Context:
    return {"project": overview.file_of_item(session, opened.item)}


SHEETS: Mapping[str, Sheet] = {
    "supervise": Sheet(_supervise, _project_look),
    "acceptance": Sheet(_acceptance, _project_look),
}
