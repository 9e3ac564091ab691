"""A draft replayed: how past and open items would fare on it, each to be opened."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import engine
from engine import Session, Way
from web.auth import current_actor
from web.flaws import Flaw, flaws
from web.transaction import reading, writing
from web.words.migrations import WAYS, replay_words
from workflows import drawings
from workflows.tables import Drawing, ReplayRun, RunState
from workflows.trials import replays
from workflows.trials.replays import Told

blueprint = Blueprint("replays", __name__, url_prefix="/diagrams")

REFUSED = 422
PAGE = 100
TONES: Mapping[Way, str] = {
    Way.SAME: "green",
    Way.LONGER: "yellow",
    Way.ELSEWHERE: "yellow",
    Way.STUCK: "red",
    Way.EARLIER: "yellow",
    Way.UNKNOWN: "blue",
}


@blueprint.get("/drafts/<int:draft_id>/replay")
def show(draft_id: int) -> ResponseReturnValue:
    """Ask for which items a draft is to be replayed, and show how the last replay came out."""
    return _page(draft_id)


@blueprint.post("/drafts/<int:draft_id>/replay")
def order(draft_id: int) -> ResponseReturnValue:
    """Have the items of a period played on the draft."""
    since, until = (_day(request.form.get(name)) for name in ("since", "until"))
    most = request.form.get("most", replays.MOST, type=int)

    def work(session: Session) -> int:
        actor = current_actor(session)
        return replays.order(session, actor, draft_id, since=since, until=until, most=most).id

    try:
        writing(work)
    except engine.Refused as refused:
        return _page(draft_id, flaws(refused.problems)), REFUSED
    return redirect(url_for("replays.show", draft_id=draft_id), 303)


@blueprint.get("/replays/<int:run_id>/progress")
def how_far(run_id: int) -> ResponseReturnValue:
    """Say how far a replay has come; once it is over the page is loaded anew."""
    with reading() as session:
        run = replays.run_of(session, g.actor, run_id)
        if replays.stands(session, run) is not RunState.RUNNING:
            return Response(headers={"HX-Refresh": "true"})
        return render_template("replays/progress.html", run=run)


@blueprint.get("/replays/<int:run_id>/<uuid:instance_id>")
def one(run_id: int, instance_id: UUID) -> str:
    """Show how one item fared, on the draft's diagram."""
    with reading() as session:
        run, draft, told = _one(session, run_id, instance_id)
        names = replays.names(session, draft, told.definition_id)
        version = engine.definition(session, told.definition_id)
    return render_template(
        "replays/one.html",
        run=run,
        draft=draft,
        told=told,
        words=replay_words(told, names),
        way=WAYS[Way(told.way)],
        tone=TONES[Way(told.way)],
        version=version,
        stale=draft.revision != run.revision,
    )


@blueprint.get("/replays/<int:run_id>/<uuid:instance_id>/picture")
def picture(run_id: int, instance_id: UUID) -> Response:
    """Give what the draft's picture is drawn from: the way of then, and where it comes out."""
    with reading() as session:
        _run, draft, told = _one(session, run_id, instance_id)
        walked = engine.trail(session, instance_id).walked
    marks = {element: {"id": element, "mark": "way", "tag": ""} for element in sorted(walked)}
    if told.was:
        marks[told.was] = {"id": told.was, "mark": "wait", "tag": _("then")}
    if told.would:
        marks[told.would] = {"id": told.would, "mark": "now", "tag": _("on the draft")}
    drawn = {"xml": draft.xml.decode(errors="replace"), "marks": list(marks.values())}
    return Response(current_app.json.dumps(drawn), mimetype="application/json")


def _page(draft_id: int, found: list[Flaw] | None = None) -> str:
    with reading() as session:
        draft = drawings.drawing(session, g.actor, draft_id)
        run = replays.last(session, g.actor, draft_id)
        rows = replays.told(run) if run else []
        wanted = request.args.get("way", "")
        shown = [each for each in rows if not wanted or each.way == wanted]
        page = max(1, request.args.get("page", 1, type=int))
        few = shown[(page - 1) * PAGE : page * PAGE]
        names = {
            version: replays.names(session, draft, version)
            for version in {each.definition_id for each in few}
        }
        return render_template(
            "replays/show.html",
            draft=draft,
            run=run,
            stands=replays.stands(session, run) if run else None,
            running=RunState.RUNNING,
            failed=RunState.FAILED,
            counts=replays.counts(run) if run else {},
            ways=WAYS,
            tones=TONES,
            rows=[(each, replay_words(each, names[each.definition_id])) for each in few],
            wanted=wanted,
            page=page,
            pages=-(-len(shown) // PAGE),
            link=lambda number: url_for(
                "replays.show", **{**request.args, "draft_id": draft_id, "page": number}
            ),
            most=replays.MOST,
            cap=replays.CAP,
            flaws=found or [],
        )


def _one(session: Session, run_id: int, instance_id: UUID) -> tuple[ReplayRun, Drawing, Told]:
    run = replays.run_of(session, g.actor, run_id)
    draft = drawings.drawing(session, g.actor, run.drawing_id)
    return run, draft, replays.one_of(run, instance_id)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
