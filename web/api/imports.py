"""A ledger comes in over the API: sent, matched, looked at, imported as it was looked at."""

from collections.abc import Mapping, Sequence

from flask import Response, g

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.items import PaperShape
from web.api.schemas.ledger import BatchSchema, ImportSchema
from web.api.wire import Body, act, dump, show
from web.downloads import give
from web.shapes import ledger as ledger_shapes
from web.transaction import database, reading
from web.words import imports as import_words
from web.workbooks import XLSX
from workflows import rules
from workflows.imports import batches, progress
from workflows.imports.book import MOST_BYTES, Sheet
from workflows.imports.matching import Field
from workflows.imports.rows import Answers
from workflows.people import Actor
from workflows.tables import ImportBatch

blueprint = Resource("Imports", __name__, "Ledgers on their way in")

ImportsSchema = collection("Imports", imports=BatchSchema)
PREVIEWED = frozenset({batches.UPLOADED, batches.FAILED})


@blueprint.look("/imports", ImportsSchema)
def many() -> Response:
    """List the latest imports, the newest first."""

    def look(session: Session, actor: Actor) -> Body:
        found = [standing(session, batch) for batch in batches.recent(session, actor)]
        return dump(ImportsSchema(), {"imports": found})

    return show(look)


@blueprint.act("/imports", PaperShape, ImportSchema, location="files", status=201)
def upload(sent: Body) -> Response:
    """Send a ledger; it is matched and judged, and nothing is imported yet."""
    rules.must_have(g.actor, *batches.MAY)
    workbook = batches.read(sent["file"].stream.read(MOST_BYTES + 1))
    name = sent["file"].filename or ""

    def deed(session: Session, actor: Actor) -> Body:
        batch = batches.upload(session, actor, name, workbook)
        return seen(session, actor, batch.id, workbook.sheets)

    return act(deed, status=201)


@blueprint.look("/imports/<int:batch_id>", ImportSchema)
def one(batch_id: int) -> Response:
    """Show an import where it stands: its preview with the seal, or what came of it."""
    return show(lambda session, actor: seen(session, actor, batch_id))


@blueprint.look("/imports/<int:batch_id>/progress", BatchSchema)
def how_far(batch_id: int) -> Response:
    """Say how an import stands, and how many items are in."""

    def look(session: Session, actor: Actor) -> Body:
        batch = batches.batch_of(session, actor, batch_id)
        return dump(BatchSchema(), standing(session, batch))

    return show(look)


@blueprint.give("/imports/<int:batch_id>/file", XLSX)
def file(batch_id: int) -> Response:
    """Give back the file as it is kept."""
    with reading() as session:
        batch = batches.batch_of(session, g.actor, batch_id)
        return give(batches.content_of(batch), XLSX, batch.name)


@blueprint.act("/imports/<int:batch_id>/sheet", ledger_shapes.SheetChoice, ImportSchema)
def choose_sheet(sent: Body, batch_id: int) -> Response:
    """Turn to another sheet; its columns are matched afresh."""
    sheets = sheets_of(batch_id)

    def deed(session: Session, actor: Actor) -> Body:
        batches.choose_sheet(session, actor, batch_id, sent["sheet"], sheets)
        return seen(session, actor, batch_id, sheets)

    return act(deed)


@blueprint.act("/imports/<int:batch_id>/matching", ledger_shapes.Matching, ImportSchema)
def correct(sent: Body, batch_id: int) -> Response:
    """Take over the matching and the answers, and judge the rows again."""
    sheets = sheets_of(batch_id)
    answers = Answers(sent["units"], sent["leads"], sent["limits"])

    def deed(session: Session, actor: Actor) -> Body:
        batches.correct(session, actor, batch_id, first_of_each(sent["matching"]), answers)
        return seen(session, actor, batch_id, sheets)

    return act(deed)


@blueprint.act("/imports/<int:batch_id>/template", ledger_shapes.Template, ImportSchema)
def save_template(sent: Body, batch_id: int) -> Response:
    """Keep a matching under a name, for every later file with this header."""
    sheets = sheets_of(batch_id)
    matched = first_of_each(sent["matching"])

    def deed(session: Session, actor: Actor) -> Body:
        batches.save_template(session, actor, batch_id, sent["name"], matched, sheets)
        return seen(session, actor, batch_id, sheets)

    return act(deed)


@blueprint.act("/imports/<int:batch_id>/use", ledger_shapes.TemplateChoice, ImportSchema)
def use_template(sent: Body, batch_id: int) -> Response:
    """Match the columns by another template, or without one by their names."""
    sheets = sheets_of(batch_id)

    def deed(session: Session, actor: Actor) -> Body:
        batches.use_template(session, actor, batch_id, sent["template_id"], sheets)
        return seen(session, actor, batch_id, sheets)

    return act(deed)


@blueprint.act("/imports/<int:batch_id>/run", ledger_shapes.Sealed, BatchSchema)
def run(sent: Body, batch_id: int) -> Response:
    """Have the previewed items imported; the seal says which preview is meant."""
    sheets = sheets_of(batch_id)

    def deed(session: Session, actor: Actor) -> Body:
        batch = batches.order(session, actor, batch_id, sent["seal"], sheets)
        session.flush()
        return dump(BatchSchema(), standing(session, batch))

    return act(deed)


def sheets_of(batch_id: int) -> Sequence[Sheet]:
    """Read a file before the write transaction, so that other writers needn't wait for it."""
    with reading() as session:
        return batches.sheets_of(session, g.actor, batch_id)


def first_of_each(matching: Mapping[int, Field]) -> dict[int, Field]:
    """Leave a field that is named twice to its first column."""
    places = {field: place for place, field in sorted(matching.items(), reverse=True)}
    return {place: field for field, place in places.items()}


def standing(session: Session, batch: ImportBatch) -> Body:
    """Return how an import stands."""
    state = batches.stands(session, batch)
    running = state == batches.RUNNING
    return {
        "batch": batch,
        "state": state,
        "done": progress.heard(database(), batch) if running else batch.done,
    }


def seen(
    session: Session, actor: Actor, batch_id: int, sheets: Sequence[Sheet] | None = None
) -> Body:
    """Return an import as its page shows it."""
    batch = batches.batch_of(session, actor, batch_id)
    told = standing(session, batch)
    if told["state"] not in PREVIEWED:
        return dump(ImportSchema(), {**told, "rows": worded(batch.report.get("rows", ()))})
    preview = batches.preview(session, actor, batch_id, sheets)
    found: Body = {
        "sheets": [{"name": each.name, "readable": bool(each.table)} for each in preview.sheets],
        "columns": preview.table.columns,
        "matching": preview.matching,
        "template": preview.template,
        "templates": preview.templates,
        "answers": batches.answers_of(batch),
        "rows": worded([row.plain() for row in preview.rows]),
        "seal": preview.seal,
    }
    return dump(ImportSchema(), {**told, **found})


def worded(rows: Sequence[Body]) -> list[Body]:
    """Add the reader's words to what is said about rows."""
    return [
        {
            **row,
            **{
                kind: [{**note, "words": import_words.note_words(note)} for note in row[kind]]
                for kind in ("problems", "notes")
            },
        }
        for row in rows
    ]
