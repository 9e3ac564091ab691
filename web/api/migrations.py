"""Running items move to another version: planned, ordered for all or some, and taken back."""

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.trials import MigrationSchema, RunnerSchema
from web.api.wire import Body, act, dump, show
from web.shapes.trials import Migrating
from workflows.people import Actor
from workflows.tables import MigrationRun
from workflows.trials import moving

blueprint = Resource(
    "Migrations", __name__, "Running items on their way to another version", administered=True
)

PlanSchema = collection("MigrationPlan", items=RunnerSchema)
MigrationsSchema = collection("Migrations", migrations=MigrationSchema)


@blueprint.look("/diagrams/<int:definition_id>/migration-plan", PlanSchema)
def plan(definition_id: int) -> Response:
    """Show which running items could go on with a version, and why the others stay."""
    return show(
        lambda session, actor: dump(
            PlanSchema(), {"items": moving.plan(session, actor, definition_id).runners}
        )
    )


@blueprint.act("/diagrams/<int:definition_id>/migrations", Migrating, MigrationSchema, status=201)
def order(wanted: Body, definition_id: int) -> Response:
    """Have all that can be moved to a version, or those that are named; the worker does it."""

    def deed(session: Session, actor: Actor) -> Body:
        named, reason = wanted["instances"], wanted["reason"]
        chosen = None if named is None else set(named)
        return _told(session, moving.order(session, actor, definition_id, chosen, reason))

    return act(deed, status=201)


@blueprint.look("/processes/<process_id>/migrations", MigrationsSchema)
def many(process_id: str) -> Response:
    """List the migrations of a process, the last one first."""

    def look(session: Session, actor: Actor) -> Body:
        runs = moving.runs(session, actor, process_id)
        return {"migrations": [_told(session, run) for run in runs]}

    return show(look)


@blueprint.look("/migrations/<int:run_id>", MigrationSchema)
def one(run_id: int) -> Response:
    """Show how far a migration is, and what came of each item."""
    return show(lambda session, actor: _told(session, moving.run_of(session, actor, run_id)))


@blueprint.act("/migrations/<int:run_id>/undo", None, MigrationSchema)
def undo(run_id: int) -> Response:
    """Have whatever was moved taken back, as far as it hasn't gone on since."""
    return act(
        lambda session, actor: _told(session, moving.order_undo(session, actor, run_id)),
    )


def _told(session: Session, run: MigrationRun) -> Body:
    counts = {state.value: number for state, number in moving.counts(session, run).items()}
    told = {"state": moving.stands(session, run).value, "counts": counts}
    return {**dump(MigrationSchema(), run), **told}
