"""A step as a page: what it asks, the form, and what becomes of what was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

import engine
from engine import Session
from web import form_fields, toasts
from web.auth import current_actor
from web.entries import Entry, Typed, refused
from web.pages.sheets import SHEETS, Sheet
from web.transaction import database, reading, writing
from web.words import name_of
from web.words.items import FIELDS, label_of
from workflows import (
    casefile,
    dossiers,
    drafts,
    forms,
    ladder,
    papers,
    posts,
    reasons,
    revisits,
    steps,
    ways,
    withdrawals,
)
from workflows.casefile import CaseFile
from workflows.errors import Refusal
from workflows.people import Actor
from workflows.steps import OpenedTask
from workflows.tables import Paper

blueprint = Blueprint("steps", __name__)

OWN_FIELDS = frozenset({"csrf_token", "outcome", "upload", "drop", "papers"})
"""What a form sends for the page's own use; it isn't kept in a draft."""

TEXTS = frozenset(
    {
        "basis", "contact", "findings", "next_steps", "opinion", "problems", "progress",
        "reason", "remarks", "responsible_person", "target", "title",
    }
)  # fmt: skip
"""The fields that hold somebody's own words."""

PAPER_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LEAVING = "leaving"
"""What was typed last comes by itself from a page that is left: no next page tells of it."""

MEANWHILE, FORBIDDEN = 409, 403
FILE_FIELD = "file-"
"""The name of a form's own field for files begins with this."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a step: its item, its name, and the task that can still be taken back."""

    item_id: int
    name: str
    undo: UUID | None


@blueprint.get("/tasks/<uuid:task_id>")
def show(task_id: UUID) -> ResponseReturnValue:
    """Show what a step asks; from its addressee's first look on it can't be withdrawn."""
    writing(lambda session: steps.see_task(session, current_actor(session), task_id))
    return page(task_id)


@blueprint.post("/tasks/<uuid:task_id>")
def send(task_id: UUID) -> ResponseReturnValue:
    """Do the step with what was typed, or show the form again with what stands in the way."""
    typed = _typed()
    if "drop" in typed or "upload" in typed:
        return _change_papers(task_id, typed)
    try:
        typed = _with_new_papers(task_id, typed)
        sent = writing(lambda session: _do(session, task_id, typed))
    except (ValidationError, Refusal, engine.TaskClosed, engine.OutcomeUnknown) as error:
        return page(task_id, error=error, typed=typed)
    _say(sent)
    return redirect(url_for("items.show", item_id=sent.item_id), 303)


@blueprint.post("/tasks/<uuid:task_id>/draft")
def keep(task_id: UUID) -> ResponseReturnValue:
    """Keep what was typed so far; by itself while somebody types, or on a press."""
    typed = _typed()
    writing(
        lambda session: drafts.save_draft(
            session, current_actor(session), task_id, _kept_fields(typed)
        )
    )
    if "HX-Request" in request.headers or LEAVING in request.args:
        return render_template("steps/saved.html", at=database().clock.now())
    toasts.say(_("The draft is kept."))
    return redirect(url_for("steps.show", task_id=task_id), 303)


@blueprint.post("/tasks/<uuid:task_id>/hidden")
def hidden(task_id: UUID) -> ResponseReturnValue:
    """Say which fields of a form aren't asked, by what was typed so far; nothing is kept."""
    with reading() as session:
        opened = steps.see_task(session, g.actor, task_id)
        values = form_fields.typed_values(_typed())
        found = forms.hidden(opened.task.form, values, opened.task.data)
    return {"hidden": list(found)}


@blueprint.post("/tasks/<uuid:task_id>/withdraw")
def withdraw(task_id: UUID) -> ResponseReturnValue:
    """Take back what the reader sent last, until the next person has opened it."""

    def work(session: Session) -> tuple[int, UUID | None]:
        actor = current_actor(session)
        opened = steps.see_task(session, actor, task_id)
        withdrawals.withdraw(session, actor, task_id)
        session.flush()
        beside = opened.todo.step in steps.OF_CHANGES  # it was asked for beside the other steps
        own = [
            action
            for action in steps.actions_of(session, actor, opened.item)
            if action.task_id
            and action.assignment_id == opened.todo.assignment_id
            and (action.deed in steps.OF_CHANGES) == beside
        ]
        return opened.item.id, own[0].task_id if own else None

    item_id, back_at = writing(work)
    toasts.say(_("Withdrawn. It is with you again."))
    if back_at is not None:
        return redirect(url_for("steps.show", task_id=back_at), 303)
    return redirect(url_for("items.show", item_id=item_id), 303)


def page(
    task_id: UUID,
    *,
    error: Exception | None = None,
    typed: Typed | None = None,
    more: Mapping[str, Any] | None = None,
) -> ResponseReturnValue:
    """Show a step as it stands: open and the reader's, somebody else's, or done."""
    with reading() as session:
        opened = steps.see_task(session, g.actor, task_id)
        case = casefile.case_of(session, g.actor, opened.item.id)
        if opened.todo.closed_at is not None:
            return _done_page(session, case, opened, typed)
        if not opened.may_act:
            return _foreign_page(session, case, opened, typed)
        sheet = SHEETS[opened.todo.step]
        entry = _entry(session, sheet, opened, error, typed)
        context = {**_context(session, case, opened, entry), **(more or {})}
        body = render_template(f"steps/{opened.todo.step}.html", **context)
        return body, entry.status


# -- doing it -----------------------------------------------------------------------------


def _do(session: Session, task_id: UUID, typed: Typed) -> Sent:
    actor = current_actor(session)
    opened = steps.see_task(session, actor, task_id)
    name = name_of(opened.todo)
    SHEETS[opened.todo.step].send(session, actor, task_id, typed)
    drafts.drop_draft(session, actor, task_id)
    session.flush()
    return Sent(opened.item.id, name, _undo(session, actor, opened))


def _undo(session: Session, actor: Actor, opened: OpenedTask) -> UUID | None:
    """Return the task that now holds what was sent, if it can be taken back."""
    taking_back = [
        action.task_id
        for action in steps.actions_of(session, actor, opened.item)
        if action.deed == steps.WITHDRAW and action.assignment_id == opened.todo.assignment_id
    ]
    return taking_back[-1] if taking_back else None


def _say(sent: Sent) -> None:
    undo = None if sent.undo is None else url_for("steps.withdraw", task_id=sent.undo)
    toasts.say(_("%(step)s: done", step=sent.name), undo=undo)


# -- what was typed -----------------------------------------------------------------------


def _typed() -> Typed:
    """Return what the browser sent, in a dictionary that may be changed."""
    return MultiDict(request.form)


def _kept_fields(typed: Typed) -> dict[str, list[str]]:
    return {name: typed.getlist(name) for name in typed if name not in OWN_FIELDS}


def _entry(
    session: Session,
    sheet: Sheet,
    opened: OpenedTask,
    error: Exception | None,
    typed: Typed | None,
) -> Entry:
    """Return the form's values: what was just typed, else the draft, else where it starts."""
    if typed is not None:
        return refused(typed, error, sheet.places) if error else Entry(values=typed)
    draft = drafts.draft_of(session, g.actor, opened.todo.task_id)
    if draft is not None:
        return Entry(values=MultiDict(draft.fields))
    return Entry(values=sheet.start(session, opened))


# -- files --------------------------------------------------------------------------------


def _with_new_papers(task_id: UUID, typed: Typed) -> Typed:
    """Keep the files that came along and note their numbers with what was typed."""
    sent = [(name, file) for name, file in request.files.items(multi=True) if file.filename]
    for name, file in sent:
        if name != "papers" and not name.startswith(FILE_FIELD):
            continue
        checked = papers.check(database(), file.filename or "", file.stream)

        def work(session: Session, checked: papers.Checked = checked) -> Paper:
            actor = current_actor(session)
            opened = steps.see_task(session, actor, task_id)
            if opened.todo.step == steps.REVISIT:
                return revisits.keep_photograph(session, actor, task_id, checked)
            if opened.todo.step == steps.EVIDENCE:
                return ladder.keep_evidence(session, actor, task_id, checked)
            return papers.keep_paper(session, actor, opened.item.id, checked)

        paper_id = str(writing(work).id)
        typed.add("paper_ids", paper_id)
        if name != "papers":
            typed.add(f"value-{name.removeprefix(FILE_FIELD)}", paper_id)
    return typed


def _change_papers(task_id: UUID, typed: Typed) -> ResponseReturnValue:
    """Add or take back a file without sending the step; what was typed becomes a draft."""
    error: Exception | None = None
    try:
        typed = _with_new_papers(task_id, typed)
    except Refusal as refusal:
        error = refusal
    if gone := typed.pop("drop", None):
        typed.setlist("paper_ids", [each for each in typed.getlist("paper_ids") if each != gone])
    writing(lambda session: _keep_with_papers(session, task_id, typed, gone))
    return page(task_id, error=error, typed=typed)


def _keep_with_papers(session: Session, task_id: UUID, typed: Typed, gone: str | None) -> None:
    actor = current_actor(session)
    drafts.save_draft(session, actor, task_id, _kept_fields(typed))
    for paper_id in _ids([gone or ""]):
        papers.remove_paper(session, actor, paper_id)


def _papers(session: Session, opened: OpenedTask, entry: Entry) -> Sequence[Paper]:
    return dossiers.drafted_papers(session, opened.item.id, _ids(entry.all("paper_ids")))


def _ids(texts: Sequence[str]) -> list[UUID]:
    """Return those of these texts that are numbers of papers."""
    return [UUID(text) for text in texts if PAPER_ID.fullmatch(text)]


# -- the page -----------------------------------------------------------------------------


def _context(
    session: Session, case: CaseFile, opened: OpenedTask, entry: Entry
) -> Mapping[str, Any]:
    sheet = SHEETS[opened.todo.step]
    return {
        **sheet.look(session, opened),
        **_common(case, opened),
        "entry": entry,
        "labels": _labels(opened),
        "words_of_fields": {
            **FIELDS,
            **{f"value-{field.key}": label_of(field) for field in opened.task.form},
        },
        "why": reasons.of(session, [_case_of(opened)]).get(opened.todo.task_id),
        "kept": _papers(session, opened, entry),
        "after": ways.steps_after_task(session, opened.task),
        "draft": drafts.draft_of(session, g.actor, opened.todo.task_id),
        "keeps_draft": opened.todo.step != steps.CLOSE,
        "given": posts.history_of(session, opened.todo),
        "colleagues": posts.colleagues(session, g.actor, opened.todo),
        **_limit(session, opened),
    }


def _limit(session: Session, opened: OpenedTask) -> Mapping[str, Any]:
    """Return the limit that the step works towards: its part's, or the item's."""
    owner = opened.assignment or opened.item
    return {
        "due_on": owner.due_on,
        "due_why": owner.due_why,
        "left": casefile.days_left(session, owner.due_on),
    }


def _case_of(opened: OpenedTask) -> reasons.Case:
    return opened.todo, opened.item, opened.assignment


def _common(case: CaseFile, opened: OpenedTask) -> dict[str, Any]:
    return {
        "case": case,
        "item": case.item,
        "todo": opened.todo,
        "task": opened.task,
        "part": opened.assignment,
        "line": next((ln for ln in case.lines if ln.part is opened.assignment), case.lead),
    }


def _labels(opened: OpenedTask) -> dict[str, str]:
    """Return what the diagram calls the outcomes, in the reader's language."""
    return {outcome.value: label_of(outcome) for outcome in opened.task.outcomes}


def _done_page(
    session: Session, case: CaseFile, opened: OpenedTask, typed: Typed | None
) -> ResponseReturnValue:
    closed_by = opened.todo.closed_by_id
    names = casefile.names_of(session, [closed_by])
    body = render_template(
        "steps/done.html",
        **_common(case, opened),
        who=names.get(closed_by or 0, ""),
        how=_labels(opened).get(opened.todo.outcome or "", ""),
        typed=_texts(typed),
    )
    return body, MEANWHILE if typed is not None else 200


def _foreign_page(
    session: Session, case: CaseFile, opened: OpenedTask, typed: Typed | None
) -> ResponseReturnValue:
    waiting = casefile.waiting_for(session, g.actor, [opened.todo])
    body = render_template(
        "steps/foreign.html", **_common(case, opened), whose=waiting[0], typed=_texts(typed)
    )
    return body, FORBIDDEN


def _texts(typed: Typed | None) -> list[str]:
    """Return the texts that somebody typed, to be copied from a step that isn't open."""
    sent = typed.items(multi=True) if typed is not None else ()
    return [
        value
        for name, value in sent
        if value.strip() and (name in TEXTS or name.startswith("value-"))
    ]
