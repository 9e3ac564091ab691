"""GET /tasks and GET /tasks/<id>: what waits for the caller."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.tasks import OpenTaskSchema, TaskSchema
from web.api.wire import Body, act, dump, must_match, open_for, show
from web.shapes import Schema
from workflows import awaited, inbox, steps
from workflows.awaited import Awaited, Step
from workflows.lights import Light
from workflows.people import Actor
from workflows.tables import Delivery, Publication


def _publication_id(row: Awaited) -> int | None:
    match row.subject:
        case Publication() as issue:
            return issue.id
        case Delivery() as delivery:
            return delivery.publication_id
    return None


blueprint = Resource("Tasks", __name__, "What waits for whom")

TasksSchema = collection("Tasks", tasks=TaskSchema)


class AwaitedSchema(Schema):
    """What waits beside the steps: a paper to approve, issue, mend or read, an appeal, a list."""

    step = fields.Enum(Step, by_value=fields.String)
    subject_id = fields.Integer(attribute="subject.id")
    publication_id = fields.Function(_publication_id)
    since = fields.AwareDateTime()
    due = fields.Date()
    light = fields.Enum(Light, by_value=fields.String)
    mine = fields.Boolean()


AllAwaitedSchema = collection("AllAwaited", awaited=AwaitedSchema)


@blueprint.look("/tasks", TasksSchema)
def mine() -> Response:
    """List the tasks that wait for the caller, the most pressing first."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(TasksSchema(), {"tasks": [row.todo for row in inbox.mine(session, actor)]})

    return show(look)


@blueprint.look("/items/<int:item_id>/tasks", TasksSchema)
def of_item(item_id: int) -> Response:
    """List what waits about an item, at whomever: whoever sent it there may withdraw it."""
    return show(
        lambda session, actor: dump(
            TasksSchema(), {"tasks": inbox.of_item(session, actor, item_id)}
        )
    )


@blueprint.look("/awaited", AllAwaitedSchema)
def papers() -> Response:
    """List the papers and appeals that wait for the caller, or for a colleague in the office."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(AllAwaitedSchema(), {"awaited": awaited.awaited(session, actor)})

    return show(look)


@blueprint.look("/tasks/<uuid:task_id>", OpenTaskSchema)
def one(task_id: UUID) -> Response:
    """Show a task with what it asks; its addressee has seen it from then on."""
    return open_for(lambda session, actor: seen(session, actor, task_id))


def seen(session: Session, actor: Actor, task_id: UUID) -> Body:
    """Return a task as the caller may see it, and note that its addressee has."""
    return dump(OpenTaskSchema(), steps.see_task(session, actor, task_id))


def on_task(
    task_id: UUID,
    verb: Callable[..., object],
    *sent: object,
    **named: Any,  # noqa: ANN401
) -> Response:
    """Do a verb of the domain on the task as the caller has read it; answer with it."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, actor, task_id))
        verb(session, actor, task_id, *sent, **named)
        return seen(session, actor, task_id)

    return act(deed)
