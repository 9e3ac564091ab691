"""Running items move to another version: which, why not, how far it has come, and back."""

from uuid import UUID

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine import Session
from web import toasts
from web.auth import current_actor
from web.errors import Problem, problem_of
from web.transaction import reading, writing
from web.words import name_of
from web.words.migrations import TAKEN_BACK, stay_words, why_words
from workflows import diagrams
from workflows.errors import NothingToMove, Refusal
from workflows.tables import MoveState, RunState
from workflows.trials import moving
from workflows.trials.moving import Plan, Runner

blueprint = Blueprint("migrating", __name__, url_prefix="/diagrams")

PAGE = 100
MOVES, STAYS = "moves", "stays"


@blueprint.get("/<int:definition_id>/migrate")
def show(definition_id: int) -> ResponseReturnValue:
    """Show which running items could go on with this version, and why the others can't."""
    return _page(definition_id)


@blueprint.post("/<int:definition_id>/migrate")
def order(definition_id: int) -> ResponseReturnValue:
    """Have all that can move moved, or those that were chosen."""
    reason = request.form.get("reason", "")
    chosen = None if request.form.get("which") == "all" else _chosen()

    def work(session: Session) -> int:
        actor = current_actor(session)
        return moving.order(session, actor, definition_id, chosen, reason).id

    try:
        run_id = writing(work)
    except Refusal as refusal:
        problem = problem_of(refusal)
        return _page(definition_id, problem, reason), problem.status
    return redirect(url_for("migrating.run", run_id=run_id), 303)


@blueprint.get("/migrations/<int:run_id>")
def run(run_id: int) -> ResponseReturnValue:
    """Show how far a migration has come, and what came of it."""
    with reading() as session:
        found = moving.run_of(session, g.actor, run_id)
        return render_template(
            "migrating/run.html",
            run=found,
            stands=moving.stands(session, found),
            counts=moving.counts(session, found),
            numbers=moving.numbers(session, found),
            target=diagrams.version(session, found.to_id),
            why=why_words,
            taken_back=TAKEN_BACK,
            states=MoveState,
            running=RunState.RUNNING,
        )


@blueprint.get("/migrations/<int:run_id>/progress")
def how_far(run_id: int) -> ResponseReturnValue:
    """Say how far a migration has come; once it is over the page is loaded anew."""
    with reading() as session:
        found = moving.run_of(session, g.actor, run_id)
        if moving.stands(session, found) is not RunState.RUNNING:
            return Response(headers={"HX-Refresh": "true"})
        counts = moving.counts(session, found)
        return render_template("migrating/progress.html", run=found, counts=counts)


@blueprint.post("/migrations/<int:run_id>/undo")
def undo(run_id: int) -> ResponseReturnValue:
    """Have what was moved taken back, as far as it hasn't gone on since."""
    try:
        writing(lambda session: moving.order_undo(session, current_actor(session), run_id).id)
    except NothingToMove as error:
        toasts.say(problem_of(error).title)
    return redirect(url_for("migrating.run", run_id=run_id), 303)


def _page(definition_id: int, problem: Problem | None = None, reason: str = "") -> str:
    with reading() as session:
        planned = moving.plan(session, g.actor, definition_id)
        runs = [
            (each, moving.stands(session, each), moving.counts(session, each))
            for each in moving.runs(session, g.actor, planned.target.process_id)
        ]
        shown = _filtered(planned)
        page = max(1, request.args.get("page", 1, type=int))
        return render_template(
            "migrating/show.html",
            plan=planned,
            places=_places(planned),
            rows=shown[(page - 1) * PAGE : page * PAGE],
            shown=len(shown),
            page=page,
            pages=-(-len(shown) // PAGE),
            wanted={name: request.args.get(name, "") for name in ("show", "version", "at")},
            link=lambda number: url_for(
                "migrating.show",
                **{**request.args, "definition_id": definition_id, "page": number},
            ),
            runs=runs,
            reason=reason,
            problem=problem,
            because=stay_words,
            states=MoveState,
        )


def _filtered(planned: Plan) -> list[Runner]:
    """Return the items that the reader asked to see."""
    show, at = request.args.get("show"), request.args.get("at")
    version = request.args.get("version", type=int)
    return [
        one
        for one in planned.runners
        if (not show or (show == MOVES) == (one.reason is None))
        and (version is None or one.version.id == version)
        and (not at or at in {place.id for place in one.at})
    ]


def _places(planned: Plan) -> dict[str, str]:
    """Return the elements at which items stand, for the filter."""
    found = {place.id: place for one in planned.runners for place in one.at}
    return {element: name_of(place) for element, place in sorted(found.items())}


def _chosen() -> set[UUID]:
    """Return the instances that were ticked."""
    found = set()
    for text in request.form.getlist("instance"):
        try:
            found.add(UUID(text))
        except ValueError:
            continue
    return found
