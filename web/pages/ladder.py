"""Suggestions as pages: their list, one of them, and how one is opened."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import ladder_shapes, toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.transaction import reading, writing
from workflows import casefile, ladder, rules, steps
from workflows.errors import Refusal
from workflows.ladder import views
from workflows.tables import Role, SuggestionKind, SuggestionState

blueprint = Blueprint("ladder", __name__)

RUNNING, OVER, ALL = "running", "over", "all"
SHOWN = {RUNNING: True, OVER: False, ALL: None}


@blueprint.get("/suggestions")
def suggestions() -> str:
    """List the suggestions: those that run, those that are over, or all."""
    shown = request.args.get("shown", RUNNING)
    wanted = SHOWN.get(shown)
    with reading() as session:
        files = views.suggestions(session, g.actor, running=wanted)
        return render_template(
            "ladder/suggestions.html",
            files=files,
            shown=shown if shown in SHOWN else RUNNING,
            tabs=[(RUNNING, _("Running")), (OVER, _("Over")), (ALL, _("All"))],
        )


@blueprint.get("/suggestions/<int:suggestion_id>")
def suggestion(suggestion_id: int) -> str:
    """Show a suggestion: its evidence, who said what to it, its hand-over and outcome."""
    with reading() as session:
        file = views.suggestion_file(session, g.actor, suggestion_id)
        return render_template(
            "ladder/suggestion.html",
            file=file,
            item=file.suggestion.item,
            waiting=views.task_of(session, g.actor, file.suggestion),
            states=SuggestionState,
        )


@blueprint.get("/items/<int:item_id>/suggest")
def suggest_form(item_id: int) -> ResponseReturnValue:
    """Ask about which unit what is to be suggested."""
    return _form(item_id, Entry())


@blueprint.post("/items/<int:item_id>/suggest")
def suggest(item_id: int) -> ResponseReturnValue:
    """Open a suggestion; its evidence comes next."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = load(ladder_shapes.NewSuggestion, typed)
        actor = current_actor(session)
        made = ladder.suggest(session, actor, typed.get("part", 0, type=int), said["kind"])
        session.flush()
        return views.task_of(session, actor, made)

    try:
        task_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _form(item_id, refused(typed, error))
    toasts.say(_("The suggestion is opened; its evidence comes next."))
    if task_id is None:
        return redirect(url_for("items.show", item_id=item_id), 303)
    return redirect(url_for("steps.show", task_id=task_id), 303)


def _form(item_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        rules.must_have(g.actor, Role.SUPERVISOR, Role.DIRECTOR)
        actions = steps.actions_of(session, g.actor, case.item)
        ids = {each.assignment_id for each in actions if each.deed == steps.SUGGEST}
        lines = [line for line in case.lines if line.part.id in ids]
        if not entry.typed:
            asked = request.args.get("part", type=int)
            first = asked or (lines[0].part.id if lines else "")
            entry.values = MultiDict({"part": str(first)})
        body = render_template(
            "deeds/suggest.html",
            case=case,
            item=case.item,
            lines=lines,
            line_choices=[(str(line.part.id), line.part.unit.name) for line in lines],
            kinds=list(SuggestionKind),
            entry=entry,
        )
    return body, entry.status
