"""A draft tried in an invented town: who has what to do, the clock, what was told to whom."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

import engine
from engine import Database, EngineError
from web import form_fields
from web.entries import Entry, refused
from web.errors import Problem, problem_of
from web.flaws import Flaw, flaws
from web.transaction import reading
from web.words.items import label_of
from web.words.notices import notice_words
from workflows import drawings, forms, rules
from workflows.calendar import instant_of
from workflows.errors import FormInvalid, NoTrial, Refusal, TrialBusy
from workflows.tables import Drawing, Role, Urgency
from workflows.trials import running, towns

blueprint = Blueprint("trials", __name__, url_prefix="/diagrams/drafts/<int:draft_id>/trial")

REFUSED = 422
EVENING = time(18)
URGENCIES = (Urgency.NORMAL, Urgency.URGENT, Urgency.FLASH)


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("")
def show(draft_id: int) -> ResponseReturnValue:
    """Show the town as it stands, or how to begin one."""
    return _page(draft_id)


@blueprint.get("/picture")
def picture(draft_id: int) -> Response:
    """Give what the draft's picture is drawn from, marked with where the item stands."""
    draft = _draft(draft_id)
    with towns.opened(_path(draft_id)) as town, town.read() as session:
        marks = running.marks(session, draft.process_id)
    drawn = {"xml": draft.xml.decode(errors="replace"), "marks": marks}
    return Response(current_app.json.dumps(drawn), mimetype="application/json")


@blueprint.post("/begin")
def begin(draft_id: int) -> ResponseReturnValue:
    """Found the town anew, and open an item in it."""
    wanted = request.form.get("urgency", "")
    urgency = Urgency(wanted) if wanted in set(Urgency) else Urgency.NORMAL
    with reading() as session:
        draft = drawings.drawing(session, g.actor, draft_id)
        ground = towns.ground(session, draft.xml, draft.process_id, draft.revision)
        at = engine.now(session)
    path = _path(draft_id)
    try:
        _towns().found(path, ground, at)
        with towns.opened(path) as town:
            running.begin(town, ground, urgency)
    except engine.Refused as error:
        return _page(draft_id, found=flaws(error.problems)), REFUSED
    return redirect(url_for("trials.show", draft_id=draft_id), 303)


@blueprint.post("/act")
def act(draft_id: int) -> ResponseReturnValue:
    """Let whoever has a step on their desk do it."""
    task = request.form.get("task", type=UUID)
    if task is None:
        abort(404)
    outcome, path = request.form.get("outcome", ""), _path(draft_id)
    return _done(draft_id, lambda town: running.act(town, path, task, outcome, {}))


@blueprint.get("/steps/<uuid:task_id>")
def form(draft_id: int, task_id: UUID) -> ResponseReturnValue:
    """Ask for the fields of a form, as the step's own page does."""
    return _form_page(draft_id, task_id, Entry())


@blueprint.post("/steps/<uuid:task_id>")
def fill(draft_id: int, task_id: UUID) -> ResponseReturnValue:
    """Let whoever has a form on their desk send what was typed into it."""
    typed, path = MultiDict(request.form), _path(draft_id)
    values = form_fields.typed_values(typed)
    try:
        with towns.opened(path) as town:
            running.act(town, path, task_id, typed.get("outcome", ""), values)
    except FormInvalid as error:
        return _form_page(draft_id, task_id, refused(typed, error))
    except (Refusal, EngineError, ValueError) as error:
        problem = problem_of(error)
        return _page(draft_id, problem), problem.status
    return redirect(url_for("trials.show", draft_id=draft_id), 303)


@blueprint.post("/steps/<uuid:task_id>/hidden")
def hidden(draft_id: int, task_id: UUID) -> ResponseReturnValue:
    """Say which fields of a form aren't asked, by what was typed so far; nothing is kept."""
    _draft(draft_id)
    values = form_fields.typed_values(MultiDict(request.form))
    with towns.opened(_path(draft_id)) as town, town.read() as session:
        task = running.step_of(session, task_id).task
    return {"hidden": list(forms.hidden(task.form, values, task.data))}


@blueprint.post("/beside")
def beside(draft_id: int) -> ResponseReturnValue:
    """Let somebody do what isn't a step: ask for more time, suggest, ask for a revisit."""
    deed, path = request.form.get("deed", ""), _path(draft_id)
    return _done(draft_id, lambda town: running.do_beside(town, path, deed))


@blueprint.post("/clock")
def clock(draft_id: int) -> ResponseReturnValue:
    """Move the clock: to what is due next, some days on, or to a day."""
    path = _path(draft_id)
    days, day = request.form.get("days", type=int), _day(request.form.get("until"))

    def work(town: Database) -> None:
        if request.form.get("how") == "next":
            running.to_next(town, path)
        elif day is not None:
            running.pass_until(town, path, instant_of(day, EVENING))
        else:
            running.pass_days(town, path, days or 1)

    return _done(draft_id, work)


@blueprint.post("/end")
def end(draft_id: int) -> ResponseReturnValue:
    """Remove the town."""
    _draft(draft_id)
    towns.end(_path(draft_id))
    return redirect(url_for("trials.show", draft_id=draft_id), 303)


def _done(draft_id: int, work: Callable[[Database], object]) -> ResponseReturnValue:
    """Do something in the town; what is refused there is told above it."""
    try:
        with towns.opened(_path(draft_id)) as town:
            work(town)
    except TrialBusy:
        raise  # the page would have to wait for the town as well
    except (Refusal, EngineError, ValueError) as error:
        problem = problem_of(error)
        return _page(draft_id, problem), problem.status
    return redirect(url_for("trials.show", draft_id=draft_id), 303)


def _page(draft_id: int, problem: Problem | None = None, found: list[Flaw] | None = None) -> str:
    draft = _draft(draft_id)
    facts: dict[str, Any] = {
        "draft": draft,
        "problem": problem,
        "flaws": found or [],
        "urgencies": URGENCIES,
        "most": running.MOST_STEPS,
        "view": None,
    }
    try:
        with towns.opened(_path(draft_id)) as town, town.read() as session:
            facts["view"] = running.view(session)
            return render_template("trials/show.html", notice_words=notice_words, **facts)
    except NoTrial:
        return render_template("trials/show.html", **facts)


def _form_page(draft_id: int, task_id: UUID, entry: Entry) -> ResponseReturnValue:
    draft = _draft(draft_id)
    with towns.opened(_path(draft_id)) as town, town.read() as session:
        step = running.step_of(session, task_id)
        asked, values = step.task.form, form_fields.typed_values(entry.values)
        body = render_template(
            "trials/form.html",
            draft=draft,
            step=step,
            entry=entry,
            hidden=forms.hidden(asked, values, step.task.data),
            conditional=any(field.visible_if for field in asked),
            words_of_fields={f"{form_fields.VALUE}{field.key}": label_of(field) for field in asked},
            **form_fields.offered(session, asked),
        )
    return body, entry.status


def _draft(draft_id: int) -> Drawing:
    with reading() as session:
        return drawings.drawing(session, g.actor, draft_id)


def _towns() -> towns.Towns:
    return towns.Towns(Path(current_app.config["DATA"]) / towns.FOLDER)


def _path(draft_id: int) -> Path:
    return _towns().path_of(g.actor, draft_id)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
