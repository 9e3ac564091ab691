"""Suggestions as pages: their list, one of them, and how one is opened."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, load, refused
from web.moments import iso_day, today
from web.shapes import ladder as ladder_shapes
from web.transaction import reading, writing
from web.words import word
from web.workbooks import download
from workflows import casefile, ladder, rules, steps
from workflows.errors import Refusal
from workflows.ladder import register, views
from workflows.ladder.register import Shown, Wanted
from workflows.ladder.views import SuggestionFile
from workflows.tables import Role, SuggestionKind, SuggestionState

blueprint = Blueprint("ladder", __name__)

EARLIEST, LATEST = 2000, 2199


@blueprint.get("/suggestions")
def suggestions() -> str:
    """List the suggestions, narrowed by kind, state, unit and year."""
    wanted = _wanted()
    with reading() as session:
        counts = register.counts(session, g.actor)
        return render_template(
            "ladder/suggestions.html",
            files=register.register(session, g.actor, wanted),
            wanted=wanted,
            asked=_asked(wanted),
            tabs=[(each, _shown_word(each), counts[each]) for each in Shown],
            units=register.units(session, g.actor),
            kinds=list(SuggestionKind),
            states=list(SuggestionState),
            is_late=lambda one: register.is_late(one, today()),
        )


@blueprint.get("/suggestions.xlsx")
def export() -> Response:
    """Give the suggestions that are listed as a workbook."""
    with reading() as session:
        files = register.register(session, g.actor, _wanted())
        rows = [_cells(file) for file in files]
    return download(_("Suggestions"), _heads(), rows)


def _wanted() -> Wanted:
    told = request.args
    year = told.get("year", type=int)
    kind, state = told.get("kind"), told.get("state")
    shown = told.get("shown", Shown.RUNNING.value)
    return Wanted(
        shown=Shown(shown) if shown in set(Shown) else Shown.RUNNING,
        kind=SuggestionKind(kind) if kind in set(SuggestionKind) else None,
        state=SuggestionState(state) if state in set(SuggestionState) else None,
        unit_id=told.get("unit", type=int),
        year=year if year is not None and EARLIEST <= year <= LATEST else None,
    )


def _asked(wanted: Wanted) -> dict[str, object]:
    """Return what the address says beside the list."""
    told = {
        "kind": wanted.kind and wanted.kind.value,
        "state": wanted.state and wanted.state.value,
        "unit": wanted.unit_id,
        "year": wanted.year,
    }
    return {name: value for name, value in told.items() if value}


def _shown_word(shown: Shown) -> str:
    return {
        Shown.RUNNING: _("Running"),
        Shown.AWAITED: _("Waiting for the organ"),
        Shown.LATE: _("Answer overdue"),
        Shown.OVER: _("Over"),
        Shown.ALL: _("All"),
    }[shown]


def _heads() -> list[str]:
    return [
        _("Suggested"),
        _("About whom"),
        _("Unit"),
        _("Number"),
        _("Matter"),
        _("State"),
        _("Since"),
        _("Basis of the suggestion"),
        _("Evidence"),
        _("Organ"),
        _("Document"),
        _("Handed over on"),
        _("Answer by"),
        _("Outcome"),
        _("Concluded on"),
    ]


def _cells(file: SuggestionFile) -> list[str]:
    one = file.suggestion
    return [
        word(one.kind),
        one.whom,
        one.assignment.unit.name,
        one.item.number,
        one.item.title,
        word(one.state),
        iso_day(one.suggested_at),
        one.basis,
        one.evidence,
        one.organ,
        one.document,
        iso_day(one.handed_on),
        iso_day(one.answer_by),
        one.outcome,
        iso_day(one.concluded_on),
    ]


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
