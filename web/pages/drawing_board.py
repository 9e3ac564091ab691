"""What the editor says to the house while a draft is drawn: JSON and XML, no pages."""

from typing import Any, Final

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from werkzeug.exceptions import HTTPException, PreconditionFailed, PreconditionRequired

from engine import Session
from web import problems
from web.auth import current_actor
from web.errors import problem_of
from web.flaw_fixes import fix_told, hint_of
from web.flaws import flaws
from web.transaction import reading, writing
from web.words import step_word
from workflows import drawings
from workflows.drawings import Fix
from workflows.errors import DraftMoved
from workflows.tables import Drawing

blueprint = Blueprint("drawing_board", __name__, url_prefix="/diagrams/drafts/<int:draft_id>")

XML: Final = "application/xml"
LARGEST: Final = 2_000_000
LANGUAGES: Final = {"name": "zh_CN", "duban:name_en": "en"}
"""The names in a diagram, and the language of each."""
FAULT: Final = 500
NAME: Final = 200


@blueprint.before_request
def take_no_more() -> None:
    """Read no more of what is sent than a diagram can be."""
    request.max_content_length = LARGEST


@blueprint.errorhandler(Exception)
def refuse(error: Exception) -> ResponseReturnValue:
    """Answer with problem details, whoever is asked; a fault of our own is written down."""
    problem = problem_of(error)
    if problem.status >= FAULT and not isinstance(error, HTTPException):
        return problems.show(error)
    return problems.as_json(problem)


@blueprint.get("/xml")
def xml(draft_id: int) -> Response:
    """Give what is drawn, and as which revision."""
    with reading() as session:
        draft = drawings.drawing(session, g.actor, draft_id)
        answer = Response(draft.xml, mimetype=XML)
        answer.set_etag(str(draft.revision))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = "attachment"  # it is drawn by the editor, not shown
    return answer


@blueprint.put("/xml")
def save(draft_id: int) -> ResponseReturnValue:
    """Keep what was drawn, if nobody else has saved since it was read."""
    revision, drawn = _revision(), request.get_data()

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        return _saved(drawings.save_draft(session, actor, draft_id, drawn, revision))

    try:
        return current_app.json.response(writing(work))
    except DraftMoved as moved:
        return current_app.json.response(**moved.facts), PreconditionFailed.code


@blueprint.post("/presence")
def presence(draft_id: int) -> ResponseReturnValue:
    """Note that the reader has a draft open, and tell who else has."""
    told = request.get_json(silent=True)
    told = told if isinstance(told, dict) else {}

    def work(session: Session) -> dict[str, Any]:
        actor = current_actor(session)
        here = drawings.note_presence(
            session, actor, draft_id, _named(told, "element"), _named(told, "process")
        )
        draft = drawings.drawing(session, actor, draft_id)
        return {"others": here, **_saved(draft), "state": draft.state.value}

    return current_app.json.response(writing(work))


@blueprint.post("/check")
def check(draft_id: int) -> ResponseReturnValue:
    """Say what is wrong with what is drawn, without keeping it."""
    with reading() as session:  # it takes its time, so not while other writers wait
        draft = drawings.drawing(session, g.actor, draft_id)
        sent = request.get_data()
        found = drawings.check_diagram(session, g.actor, sent, draft.process_id)
    told = [
        {
            "element": flaw.element_id,
            "name": flaw.called,
            "severity": flaw.severity,
            "code": flaw.code,
            "text": flaw.words,
            "hint": hint_of(flaw.code),
            "fix": fix_told(fix, _step_named(fix)),
        }
        for flaw, fix in zip(flaws(found), drawings.fixes(sent, found), strict=True)
    ]
    return current_app.json.response({"problems": told})


def _step_named(fix: Fix | None) -> str:
    """Return what a step without a name is called in the diagram."""
    if fix is None or fix.property not in LANGUAGES:
        return ""
    with force_locale(LANGUAGES[fix.property]):
        return step_word(str(fix.value))


def _revision() -> int:
    """Return the revision that the caller has read; without one nothing is overwritten."""
    sent = request.headers.get("If-Match")
    if sent is None:
        raise PreconditionRequired
    number = sent.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdecimal()):
        raise PreconditionFailed
    return int(number)


def _saved(draft: Drawing) -> dict[str, Any]:
    return {
        "revision": draft.revision,
        "saved_at": draft.saved_at,
        "saved_by": draft.saved_by.name,
    }


def _named(told: dict[str, Any], key: str) -> str | None:
    """Return the id that was sent under a key, if it can be one."""
    value = told.get(key)
    return value if isinstance(value, str) and len(value) <= NAME else None
