"""Decisions: the rows of a breakdown while they are typed, and one report for several parts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

import engine
from engine import Session
from web import breakdowns, openings, toasts
from web.auth import current_actor
from web.entries import Entry, Typed, load, refused
from web.pages import steps as step_pages
from web.shapes import steps as step_shapes
from web.transaction import reading, writing
from workflows import drafts, rules, steps
from workflows.decisions import breakdown, common_reports
from workflows.decisions.breakdown import BreakdownRow
from workflows.errors import BreakdownHoles, Refusal
from workflows.items import visible_item
from workflows.opening.burden import burdens
from workflows.opening.plans import keep_plan
from workflows.reports import ReportText
from workflows.tables import Item, Role

blueprint = Blueprint("decisions", __name__)
blueprint.record_once(
    lambda state: state.app.jinja_env.filters.update(breakdown_rows=breakdowns.rows_in)
)


@blueprint.post("/tasks/<uuid:task_id>/breakdown")
def change_rows(task_id: UUID) -> ResponseReturnValue:
    """Add a row, take one away, fill in pasted ones, or look at the whole before it is sent."""
    typed = MultiDict(request.form)
    if typed.get("rows") == "preview":
        return _preview(task_id, typed)
    with reading() as session:
        steps.see_task(session, g.actor, task_id)
        form, unread = breakdowns.changed(session, typed), breakdowns.unread_words(session, typed)
    _keep(task_id, form)
    return step_pages.page(task_id, typed=form, more={"unread_cells": unread})


def _preview(task_id: UUID, typed: Typed) -> ResponseReturnValue:
    _keep(task_id, typed)
    try:
        with reading() as session:
            opened = steps.see_task(session, g.actor, task_id)
            rows = breakdowns.read(session, typed)
            breakdown.must_be_whole(session, rows)
            look = preview_of(session, opened.item, rows)
    except BreakdownHoles as error:
        return step_pages.page(task_id, error=error, typed=typed)
    return step_pages.page(task_id, typed=typed, more={"preview": look})


def preview_of(session: Session, item: Item, rows: list[BreakdownRow]) -> Mapping[str, Any]:
    """Return what a breakdown would make: each part's number, and how busy its units are."""
    ids = list(dict.fromkeys(unit_id for row in rows for unit_id in row.units))
    return {
        "rows": rows,
        "first": breakdown.next_part_no(session, item),
        "burdens": {each.unit.id: each for each in burdens(session, ids)},
    }


def _keep(task_id: UUID, typed: Typed) -> None:
    kept = {name: typed.getlist(name) for name in typed if breakdowns.FIELD.fullmatch(name)}
    writing(lambda session: drafts.save_draft(session, current_actor(session), task_id, kept))


# -- one report for several parts -----------------------------------------------------------


@blueprint.get("/reports/common")
def common() -> ResponseReturnValue:
    """Show the parts whose reports the reader may write, to be chosen for one text."""
    with reading() as session:
        rules.must_have(g.actor, Role.HANDLER)
        chosen = MultiDict([("part", task) for task in request.args.getlist("task")])
        return _common_page(session, Entry(values=chosen))


@blueprint.post("/reports/common")
def send_common() -> ResponseReturnValue:
    """File one report for every part chosen."""
    typed = MultiDict(request.form)
    try:
        number = writing(lambda session: _submit(session, typed))
    except (ValidationError, Refusal, engine.TaskClosed) as error:
        with reading() as session:
            return _common_page(session, refused(typed, error, {"parts": "part"}))
    toasts.say(
        ngettext(
            "The report was sent for one part.", "The report was sent for %(num)d parts.", number
        )
    )
    return redirect(url_for("inbox.show"), 303)


def _submit(session: Session, typed: Typed) -> int:
    tasks = typed.getlist("part")
    parts = [
        {
            "task_id": task,
            "percent": typed.get(f"percent-{task}", ""),
            "final": typed.get(f"final-{task}", "false"),
        }
        for task in tasks
    ]
    said = load(step_shapes.CommonReport, {**typed, "parts": parts})
    shares = [common_reports.PartShare(**part) for part in said.pop("parts")]
    words = ReportText(False, **said, percent=0)  # noqa: FBT003 (each part says its own)
    common_reports.submit_common(session, current_actor(session), shares, words)
    return len(shares)


def _common_page(session: Session, entry: Entry) -> ResponseReturnValue:
    waiting = common_reports.reportable(session, g.actor)
    return render_template("decisions/common.html", entry=entry, waiting=waiting), entry.status


# -- the plan of an item --------------------------------------------------------------------


@blueprint.get("/items/<int:item_id>/plan")
def plan(item_id: int) -> ResponseReturnValue:
    """Show an item's plan of supervision, to be written."""
    with reading() as session:
        item = visible_item(session, g.actor, item_id)
        rules.must_have(g.actor, Role.SUPERVISOR, Role.DIRECTOR)
        return _plan_page(session, item, Entry(values=MultiDict(openings.start(session, item))))


@blueprint.post("/items/<int:item_id>/plan")
def write_plan(item_id: int) -> ResponseReturnValue:
    """Keep an item's plan of supervision."""
    typed = MultiDict(request.form)

    def work(session: Session) -> None:
        said = openings.plan(session, typed)
        keep_plan(session, current_actor(session), item_id, said)

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        with reading() as session:
            item = visible_item(session, g.actor, item_id)
            return _plan_page(session, item, refused(typed, error))
    toasts.say(_("The plan is kept."))
    return redirect(url_for("items.show", item_id=item_id), 303)


def _plan_page(session: Session, item: Item, entry: Entry) -> ResponseReturnValue:
    look = {**openings.units_to_choose(session), **openings.look(session, entry.values, item.id)}
    return render_template("opening/plan.html", item=item, entry=entry, **look), entry.status
