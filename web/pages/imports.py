"""A ledger comes in: upload, match the columns, look at every row, import, see what came."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import EngineError, Session
from web import toasts
from web.auth import current_actor
from web.downloads import give
from web.errors import Problem, problem_of
from web.transaction import database, reading, writing
from web.words import imports as import_words
from web.workbooks import XLSX, download
from workflows import ledger, rules
from workflows.errors import Refusal, TextMissing, TextTooLong
from workflows.imports import batches, progress
from workflows.imports.batches import Preview
from workflows.imports.book import MOST_BYTES, Sheet
from workflows.imports.matching import Field
from workflows.imports.rows import NO_LIMIT, Answers, Verdict
from workflows.ledger_filter import LedgerFilter, Scope
from workflows.units import names

blueprint = Blueprint("imports", __name__)

COLUMN, UNIT, NAMED, LEAD, LIMIT = "column-", "unit-", "named-", "lead-", "limit-"


@blueprint.get("/imports")
def show() -> ResponseReturnValue:
    """Show where to choose a file, and the imports before."""
    return _start()


@blueprint.post("/imports")
def upload() -> ResponseReturnValue:
    """Keep a file and go on to its preview."""
    file = request.files.get("file")
    content = file.read(MOST_BYTES + 1) if file else b""
    name = (file.filename or "") if file else ""
    try:
        rules.must_have(g.actor, *batches.MAY)
        workbook = batches.read(content)
        batch_id = writing(
            lambda session: batches.upload(session, current_actor(session), name, workbook).id
        )
    except Refusal as refusal:
        problem = problem_of(refusal)
        return _start(problem), problem.status
    return redirect(url_for("imports.one", batch_id=batch_id), 303)


@blueprint.get("/imports/<int:batch_id>")
def one(batch_id: int) -> ResponseReturnValue:
    """Show an import where it stands: its preview, its progress, or what came of it."""
    return _page(batch_id)


@blueprint.post("/imports/<int:batch_id>/sheet")
def choose_sheet(batch_id: int) -> ResponseReturnValue:
    """Turn to another sheet."""
    name = request.form.get("sheet", "")
    sheets = _sheets(batch_id)
    writing(
        lambda session: (
            batches.choose_sheet(session, current_actor(session), batch_id, name, sheets).id
        )
    )
    return redirect(url_for("imports.one", batch_id=batch_id), 303)


@blueprint.post("/imports/<int:batch_id>/matching")
def correct(batch_id: int) -> ResponseReturnValue:
    """Take over the matching and the answers, and judge the rows again."""
    fields, answers = _fields(request.form), _answers(request.form)
    writing(
        lambda session: (
            batches.correct(session, current_actor(session), batch_id, fields, answers).id
        )
    )
    return redirect(url_for("imports.one", batch_id=batch_id, _anchor="rows"), 303)


@blueprint.post("/imports/<int:batch_id>/template")
def save_template(batch_id: int) -> ResponseReturnValue:
    """Keep how the columns are matched under a name."""
    name, fields = request.form.get("template", ""), _fields(request.form)
    sheets = _sheets(batch_id)
    try:
        kept = writing(
            lambda session: (
                batches.save_template(
                    session, current_actor(session), batch_id, name, fields, sheets
                ).name
            )
        )
    except (TextMissing, TextTooLong) as refusal:
        problem = problem_of(refusal)
        unnamed = replace(problem, title=_("The template needs a name"))
        return _page(batch_id, unnamed), problem.status
    toasts.say(_("Kept as the template “%(name)s”.", name=kept))
    return redirect(url_for("imports.one", batch_id=batch_id), 303)


@blueprint.post("/imports/<int:batch_id>/use")
def use_template(batch_id: int) -> ResponseReturnValue:
    """Match the columns by another template, or by their names."""
    template_id = request.form.get("use", type=int)
    sheets = _sheets(batch_id)
    writing(
        lambda session: (
            batches.use_template(session, current_actor(session), batch_id, template_id, sheets).id
        )
    )
    return redirect(url_for("imports.one", batch_id=batch_id), 303)


@blueprint.post("/imports/<int:batch_id>/run")
def run(batch_id: int) -> ResponseReturnValue:
    """Have the previewed items imported."""
    seal = request.form.get("seal", "")
    try:
        sheets = _sheets(batch_id)
        writing(
            lambda session: (
                batches.order(session, current_actor(session), batch_id, seal, sheets).id
            )
        )
    except (Refusal, EngineError) as error:
        problem = problem_of(error)
        return _page(batch_id, problem), problem.status
    return redirect(url_for("imports.one", batch_id=batch_id), 303)


@blueprint.get("/imports/<int:batch_id>/progress")
def how_far(batch_id: int) -> ResponseReturnValue:
    """Say how far an import has come; once it is over the page is loaded anew."""
    with reading() as session:
        batch = batches.batch_of(session, g.actor, batch_id)
        if batches.stands(session, batch) != batches.RUNNING:
            return Response(headers={"HX-Refresh": "true"})
        done = progress.heard(database(), batch)
        return render_template("imports/progress.html", batch=batch, done=done)


@blueprint.get("/imports/<int:batch_id>/problems.xlsx")
def problems(batch_id: int) -> ResponseReturnValue:
    """Give the list of rows that don't come in, for whoever keeps the file."""
    with reading() as session:
        seen = batches.preview(session, g.actor, batch_id)
    lines = [
        [str(row.row), row.number, row.title, note.cell, import_words.note_words(plain)]
        for row in seen.rows
        if row.verdict in (Verdict.ASK, Verdict.REFUSED)
        for note, plain in zip(row.problems, row.plain()["problems"], strict=True)
    ]
    header = [_("Row"), _("Number"), _("Matter"), _("Cell"), _("Problem")]
    return download(_("Problems of the import"), header, lines)


@blueprint.get("/imports/<int:batch_id>/file")
def file(batch_id: int) -> Response:
    """Give the very file back that was uploaded."""
    with reading() as session:
        batch = batches.batch_of(session, g.actor, batch_id)
        return give(batches.content_of(batch), XLSX, batch.name)


def _start(problem: Problem | None = None) -> str:
    with reading() as session:
        recent = [
            (batch, batches.stands(session, batch)) for batch in batches.recent(session, g.actor)
        ]
        return render_template("imports/start.html", problem=problem, recent=recent)


def _sheets(batch_id: int) -> Sequence[Sheet]:
    """Read a file before the write transaction, so that other writers needn't wait for it."""
    with reading() as session:
        return batches.sheets_of(session, g.actor, batch_id)


def _page(batch_id: int, problem: Problem | None = None) -> str:
    with reading() as session:
        batch = batches.batch_of(session, g.actor, batch_id)
        stands = batches.stands(session, batch)
        if stands == batches.RUNNING:
            done = progress.heard(database(), batch)
            return render_template("imports/running.html", batch=batch, done=done)
        if stands == batches.DONE:
            wanted = LedgerFilter(scope=Scope.ALL, batch_id=batch.id)
            rows = ledger.rows(session, g.actor, wanted, ledger.Sort.NUMBER, page=None)
            return render_template("imports/done.html", batch=batch, rows=rows)
        return _preview(session, batches.preview(session, g.actor, batch_id), problem)


def _preview(session: Session, seen: Preview, problem: Problem | None) -> str:
    order = (Verdict.ASK, Verdict.REFUSED, Verdict.READY, Verdict.NOT_ITEM)
    rows = sorted(seen.rows, key=lambda row: (order.index(row.verdict), row.row))
    wanted = request.args.get("show")
    return render_template(
        "imports/preview.html",
        seen=seen,
        batch=seen.batch,
        stands=batches.stands(session, seen.batch),
        rows=[row for row in rows if wanted in (None, row.verdict.value)],
        wanted=wanted,
        problem=problem,
        answers=batches.answers_of(seen.batch),
        units={unit.id: unit for unit in names(session).values()}.values(),
        words=import_words,
        fields=Field,
        verdicts=order,
    )


def _fields(sent: MultiDict[str, str]) -> dict[int, Field]:
    """Read which column is which field; a field that is named twice goes to its first column."""
    found: dict[int, Field] = {}
    for name, value in sent.items():
        place = name.removeprefix(COLUMN)
        known = value in list(Field) and Field(value) not in found.values()
        if name.startswith(COLUMN) and place.isdigit() and known:
            found[int(place)] = Field(value)
    return found


def _answers(sent: MultiDict[str, str]) -> Answers:
    return Answers(
        units={
            sent[f"{NAMED}{place}"]: int(value)
            for place, value in _numbered(sent, UNIT).items()
            if value.isdigit() and f"{NAMED}{place}" in sent
        },
        leads={row: int(value) for row, value in _numbered(sent, LEAD).items() if value.isdigit()},
        limits={
            row: NO_LIMIT if value == NO_LIMIT else value
            for row, value in _numbered(sent, LIMIT).items()
        },
    )


def _numbered(sent: MultiDict[str, str], start: str) -> Mapping[int, str]:
    """Return what was typed into the fields of this name, by their number."""
    return {
        int(name.removeprefix(start)): value.strip()
        for name, value in sent.items()
        if name.startswith(start) and name.removeprefix(start).isdigit() and value.strip()
    }
