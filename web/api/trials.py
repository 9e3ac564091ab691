"""A draft tried in an invented town: begun, played step by step, its clock moved, ended."""

from collections.abc import Callable
from datetime import time
from pathlib import Path
from uuid import UUID

from flask import Response, current_app, g

import engine
from engine import Database
from web.api.resource import Resource
from web.api.schemas.trials import TrialSchema
from web.api.wire import Body, act_apart, answer, dump, unless_known
from web.shapes.trials import Acting, Beside, Trying, Winding
from web.transaction import reading
from workflows import drawings
from workflows.calendar import instant_of
from workflows.trials import running, towns

blueprint = Resource("Trials", __name__, "A draft tried before it is live", administered=True)

TRIAL = "/drafts/<int:draft_id>/trial"
EVENING = time(18)


@blueprint.look(TRIAL, TrialSchema)
def show(draft_id: int) -> Response:
    """Show the caller's own trial of a draft, as it stands."""
    with towns.opened(_path(draft_id)) as town:
        return unless_known(answer(_told(town)))


@blueprint.act(f"{TRIAL}/begin", Trying, TrialSchema, status=201)
def begin(wanted: Body, draft_id: int) -> Response:
    """Found the town anew and open an invented item in it; nothing of it reaches real items."""

    def work() -> Body:
        with reading() as session:
            draft = drawings.drawing(session, g.actor, draft_id)
            ground = towns.ground(session, draft.xml, draft.process_id, draft.revision)
            at = engine.now(session)
        path = _path(draft_id)
        _towns().found(path, ground, at)
        with towns.opened(path) as town:
            running.begin(town, ground, wanted["urgency"])
            return _told(town)

    return act_apart(work, status=201)


@blueprint.act(f"{TRIAL}/steps/<uuid:task_id>", Acting, TrialSchema)
def step(done: Body, draft_id: int, task_id: UUID) -> Response:
    """Let whoever has a step on their desk do it; how the town stands then is the answer."""
    outcome, values, path = done["outcome"], done["values"], _path(draft_id)
    return _played(path, lambda town: running.act(town, path, task_id, outcome, values))


@blueprint.act(f"{TRIAL}/beside", Beside, TrialSchema)
def beside(wanted: Body, draft_id: int) -> Response:
    """Let somebody do what isn't a step: ask for more time, suggest, ask for a revisit."""
    path = _path(draft_id)
    return _played(path, lambda town: running.do_beside(town, path, wanted["deed"]))


@blueprint.act(f"{TRIAL}/clock", Winding, TrialSchema)
def wind(wanted: Body, draft_id: int) -> Response:
    """Move the town's clock: to what is due next, some days on, or to a day."""
    path, days, until = _path(draft_id), wanted["days"], wanted["until"]

    def work(town: Database) -> None:
        if until is not None:
            running.pass_until(town, path, instant_of(until, EVENING))
        elif days is not None:
            running.pass_days(town, path, days)
        else:
            running.to_next(town, path)

    return _played(path, work)


@blueprint.act(f"{TRIAL}/end", None, TrialSchema)
def end(draft_id: int) -> Response:
    """Remove the town; how it stood at its end is the answer."""
    path = _path(draft_id)

    def work() -> Body:
        with towns.opened(path) as town:
            told = _told(town)
        towns.end(path)
        return told

    return act_apart(work)


def _played(path: Path, work: Callable[[Database], object]) -> Response:
    def play() -> Body:
        with towns.opened(path) as town:
            work(town)
            return _told(town)

    return act_apart(play)


def _told(town: Database) -> Body:
    with town.read() as session:
        return dump(TrialSchema(), running.view(session))


def _towns() -> towns.Towns:
    return towns.Towns(Path(current_app.config["DATA"]) / towns.FOLDER)


def _path(draft_id: int) -> Path:
    """Return where the caller's town for a draft lies; who may not see the draft has none."""
    with reading() as session:
        drawings.drawing(session, g.actor, draft_id)
    return _towns().path_of(g.actor, draft_id)
