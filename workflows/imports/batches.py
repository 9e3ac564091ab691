"""Ledger files on their way in: uploaded, matched, previewed, and imported as previewed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import defer

import engine
from engine import Attempt, Database, Session, now
from workflows import actors, notices, numbers, rules, turns
from workflows.actors import Actor
from workflows.calendar import today
from workflows.errors import BatchUnknown, PreviewStale, Refusal, SheetRefused
from workflows.imports import book, progress, redaction, rows, templates, walk
from workflows.imports.book import Sheet, Table
from workflows.imports.knowledge import knowledge
from workflows.imports.matching import Field
from workflows.imports.rows import Answers, Candidate, Judged
from workflows.lights import Light, light_of
from workflows.tables import ImportBatch, ImportTemplate, Item, ItemState, Person, Role

JOB = "import"
IMPORTED = "imported"
"""The notice that sums an import up."""
NAME = 255
MAY = (Role.SUPERVISOR, Role.DIRECTOR)
KEPT = 50
TEMPLATE = "template"

UPLOADED, RUNNING, DONE, FAILED = "uploaded", "running", "done", "failed"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read: what is kept of it, and the sheets that are in it."""

    sha256: str
    content: bytes
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet as it would come in now, and the seal that binds the import to it."""

    batch: ImportBatch
    sheets: Sequence[Sheet]
    table: Table
    matching: Mapping[int, Field]
    rows: Sequence[Judged]
    seal: str
    counts: Mapping[str, int] = field(default_factory=dict)
    templates: Sequence[ImportTemplate] = ()

    @property
    def template(self) -> ImportTemplate | None:
        """Return the template by which the columns are matched, if it is one."""
        used = self.batch.matching.get(TEMPLATE)
        return next((each for each in self.templates if each.id == used), None)

    @property
    def lacking(self) -> Sequence[Field]:
        """Return what rows ask for because no column is matched to it."""
        notes = (note for row in self.rows for note in row.problems)
        return list(dict.fromkeys(note.lacking for note in notes if note.lacking))

    @property
    def ready(self) -> Sequence[Candidate]:
        """Return the items that would come in."""
        return rows.ready(self.rows)


def read(content: bytes) -> Workbook:
    """Read a file before any transaction is open, for it may take its time.

    What its secret rows say isn't kept: such a file is written anew without it.
    """
    cells = book.read_cells(content)
    struck = redaction.redacted(cells)
    kept = content if struck is None else redaction.written(struck)
    return Workbook(sha256(content).hexdigest(), kept, book.tables(struck or cells))


def upload(session: Session, actor: Actor, name: str, workbook: Workbook) -> ImportBatch:
    """Keep a file for its preview; a file that isn't a ledger is refused here."""
    rules.must_have(actor, *MAY)
    sheets = workbook.sheets
    first = next((sheet for sheet in sheets if sheet.table is not None), None)
    if first is None or first.table is None:
        raise SheetRefused("no_header", sheet=sheets[0].name if sheets else "")
    batch = ImportBatch(
        name=name[-NAME:] or "ledger.xlsx",
        sha256=workbook.sha256,
        content=workbook.content,
        sheet=first.name,
        matching=_matched(session, first.table),
        started_by_id=actor.person_id,
        started_at=now(session),
    )
    session.add(batch)
    session.flush()
    return batch


def batch_of(session: Session, actor: Actor, batch_id: int) -> ImportBatch:
    """Return an import of the office's, or refuse."""
    rules.must_have(actor, *MAY)
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BatchUnknown(batch_id)
    return batch


def stands(session: Session, batch: ImportBatch) -> str:
    """Return how an import stands; one whose job was given up has failed."""
    if batch.state == RUNNING and not engine.job_waits(session, _job_key(batch)):
        return FAILED
    return batch.state


def sheets_of(session: Session, actor: Actor, batch_id: int) -> Sequence[Sheet]:
    """Read a kept file again; it takes its time, so not while other writers wait."""
    return book.read_book(batch_of(session, actor, batch_id).content)


def content_of(batch: ImportBatch) -> bytes:
    """Return the very file that was uploaded."""
    return batch.content


def recent(session: Session, actor: Actor) -> Sequence[ImportBatch]:
    """Return the latest imports, without their files."""
    rules.must_have(actor, *MAY)
    wanted = select(ImportBatch).order_by(ImportBatch.id.desc()).limit(KEPT)
    return session.scalars(wanted.options(defer(ImportBatch.content))).all()


def items_of(session: Session, batch: ImportBatch) -> Sequence[Item]:
    """Return the items that an import brought in."""
    wanted = select(Item).where(Item.batch_id == batch.id)
    return session.scalars(wanted.order_by(Item.year, Item.serial, Item.id)).all()


def correct(
    session: Session, actor: Actor, batch_id: int, fields: Mapping[int, Field], answers: Answers
) -> ImportBatch:
    """Take over how the person matched the columns and what they answered."""
    batch = _open_batch(session, actor, batch_id)
    plain, before = _plain(fields, answers), batch.matching
    if plain["fields"] == before["fields"] and TEMPLATE in before:
        plain[TEMPLATE] = before[TEMPLATE]
    batch.matching, batch.state = plain, UPLOADED
    return batch


def choose_sheet(
    session: Session, actor: Actor, batch_id: int, name: str, sheets: Sequence[Sheet]
) -> ImportBatch:
    """Turn to another of the file's sheets; its columns are matched afresh."""
    batch = _open_batch(session, actor, batch_id)
    chosen = next((sheet for sheet in sheets if sheet.name == name), None)
    if chosen is None:
        raise SheetRefused("no_header", sheet=name)
    table = book.must_have_table(chosen)
    batch.sheet, batch.matching = name, _matched(session, table)
    return batch


def save_template(
    session: Session,
    actor: Actor,
    batch_id: int,
    name: str,
    fields: Mapping[int, Field],
    sheets: Sequence[Sheet],
) -> ImportTemplate:
    """Keep how the columns are matched, for every later file with this header."""
    batch = _open_batch(session, actor, batch_id)
    template = templates.keep(session, actor.person_id, name, _table(batch, sheets), fields)
    batch.matching = {
        **_plain(fields, answers_of(batch)),
        TEMPLATE: template.id,
    }
    return template


def use_template(
    session: Session, actor: Actor, batch_id: int, template_id: int | None, sheets: Sequence[Sheet]
) -> ImportBatch:
    """Match the columns by one of the header's templates, or by their names."""
    batch = _open_batch(session, actor, batch_id)
    table = _table(batch, sheets)
    offered = {one.id: one for one in templates.of_header(session, table)}
    template = offered.get(template_id) if template_id else None
    fields = templates.matched(template, table)
    batch.matching = {
        **_plain(fields, answers_of(batch)),
        TEMPLATE: template.id if template else None,
    }
    return batch


def preview(
    session: Session, actor: Actor, batch_id: int, sheets: Sequence[Sheet] | None = None
) -> Preview:
    """Judge every row of a file as it is matched now; its sheets may have been read before."""
    batch = batch_of(session, actor, batch_id)
    if sheets is None:
        sheets = book.read_book(batch.content)
    table = _table(batch, sheets)
    fields = {int(place): Field(name) for place, name in batch.matching["fields"].items()}
    judged = rows.judge(table, fields, knowledge(session, table), answers_of(batch))
    return Preview(
        batch=batch,
        sheets=sheets,
        table=table,
        matching=fields,
        rows=judged,
        seal=_seal(batch, judged),
        counts=Counter(row.verdict.value for row in judged),
        templates=templates.of_header(session, table),
    )


def answers_of(batch: ImportBatch) -> Answers:
    """Return what the person answered so far."""
    kept = batch.matching.get("answers", {})
    return Answers(
        units=dict(kept.get("units", {})),
        leads={int(row): unit for row, unit in kept.get("leads", {}).items()},
        limits={int(row): limit for row, limit in kept.get("limits", {}).items()},
    )


def order(
    session: Session, actor: Actor, batch_id: int, seal: str, sheets: Sequence[Sheet]
) -> ImportBatch:
    """Have the worker import what was previewed; anything else is refused."""
    batch = _open_batch(session, actor, batch_id)
    seen = preview(session, actor, batch_id, sheets)
    if seen.seal != seal:
        raise PreviewStale
    batch.state, batch.total, batch.done = RUNNING, len(seen.ready), 0
    payload = {"batch": batch.id, "person": actor.person_id, "seal": seal}
    engine.enqueue(session, JOB, payload, job_key=_job_key(batch))
    return batch


def run(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Import a batch in one transaction: all of its items, or none of them."""
    batch_id = int(payload["batch"])
    try:
        sheets = _sheets(database, payload)
        database.write(lambda session: _run(database, session, payload, sheets))
    except Refusal as refusal:
        why = {"refused": type(refusal).__name__, "facts": dict(refusal.facts)}
        database.write(lambda session: _fail(session, batch_id, why))
    except Exception:
        if attempt.last:
            database.write(lambda session: _fail(session, batch_id, {"refused": "broken"}))
        raise
    finally:
        progress.forget(database, batch_id)


def import_now(
    database: Database,
    person_id: int,
    batch_id: int,
    seal: str,
    tell: Callable[[int], None] = lambda _done: None,
) -> int:
    """Import a batch without the worker, as the command line does; return how many came in."""
    payload = {"batch": batch_id, "person": person_id, "seal": seal}
    try:
        sheets = _sheets(database, payload)
        return database.write(lambda session: _run(database, session, payload, sheets, tell))
    finally:
        progress.forget(database, batch_id)


def _sheets(database: Database, payload: Mapping[str, Any]) -> Sequence[Sheet]:
    with database.read() as session:
        actor = actors.actor_of(session, int(payload["person"]))
        return sheets_of(session, actor, int(payload["batch"]))


def _run(
    database: Database,
    session: Session,
    payload: Mapping[str, Any],
    sheets: Sequence[Sheet],
    tell: Callable[[int], None] = lambda _done: None,
) -> int:
    _wait_for_turn(session, int(payload["batch"]))
    actor = actors.actor_of(session, int(payload["person"]))
    batch = batch_of(session, actor, int(payload["batch"]))
    if batch.state == DONE:
        return batch.done
    seen = preview(session, actor, batch.id, sheets)
    if seen.seal != payload["seal"]:
        raise PreviewStale
    candidates = seen.ready
    numbers.keep_above(session, [each.number for each in candidates if each.number])
    brought = []
    for done, candidate in enumerate(candidates, start=1):
        brought.append(walk.bring_in(session, actor, candidate, batch.id))
        progress.told(database, batch.id, done)
        tell(done)
    session.flush()
    batch.report = {"rows": [row.plain() for row in seen.rows], "counts": dict(seen.counts)}
    batch.state, batch.total, batch.done = DONE, len(candidates), len(candidates)
    batch.finished_at = now(session)
    _sum_up(session, actor, batch, brought)
    return batch.done


def _sum_up(session: Session, actor: Actor, batch: ImportBatch, brought: Sequence[Item]) -> None:
    """Tell in one notice what came in and how much of it is late; no unit is told of old limits."""
    day = today(session)
    lit = Counter(
        light_of(item.due_on, item.warn_on, day) for item in brought if item.state is ItemState.OPEN
    )
    facts = {
        "batch": batch.id,
        "items": len(brought),
        "overdue": lit[Light.RED],
        "near": lit[Light.YELLOW],
    }
    told = [session.get_one(Person, actor.person_id)]
    if not actor.has(Role.SUPERVISOR):
        told += actors.holders(session, Role.SUPERVISOR)
    if brought:
        notices.notify(session, told, IMPORTED, facts=facts)


def _fail(session: Session, batch_id: int, why: Mapping[str, Any]) -> None:
    batch = session.get_one(ImportBatch, batch_id)
    batch.state, batch.report, batch.done = FAILED, dict(why), 0


def _open_batch(session: Session, actor: Actor, batch_id: int) -> ImportBatch:
    _wait_for_turn(session, batch_id)
    batch = batch_of(session, actor, batch_id)
    if stands(session, batch) in (RUNNING, DONE):
        raise PreviewStale
    return batch


def _job_key(batch: ImportBatch) -> str:
    return f"{JOB}:{batch.id}"


def _wait_for_turn(session: Session, batch_id: int) -> None:
    """Let whoever changes or runs an import do so alone."""
    turns.wait_for_turn(session, f"{JOB}:{batch_id}")


def _table(batch: ImportBatch, sheets: Sequence[Sheet]) -> Table:
    return book.must_have_table(next(sheet for sheet in sheets if sheet.name == batch.sheet))


def _matched(session: Session, table: Table) -> dict[str, Any]:
    """Match a sheet that nobody has looked at: by the header's newest template, or by names."""
    template = next(iter(templates.of_header(session, table)), None)
    plain = _plain(templates.matched(template, table), Answers())
    return {**plain, TEMPLATE: template.id if template else None}


def _plain(fields: Mapping[int, Field], answers: Answers) -> dict[str, Any]:
    return {
        "fields": {str(place): wanted.value for place, wanted in fields.items()},
        "answers": {
            "units": dict(answers.units),
            "leads": {str(row): unit for row, unit in answers.leads.items()},
            "limits": {str(row): limit for row, limit in answers.limits.items()},
        },
    }


def _seal(batch: ImportBatch, judged: Sequence[Judged]) -> str:
    """Bind the very file, its matching and every verdict together."""
    shown = [batch.sha256, batch.sheet, batch.matching, [row.plain() for row in judged]]
    return sha256(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)).hexdigest()
