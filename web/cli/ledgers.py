"""A ledger that is brought in, after a preview."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from engine import Session
from web.cli.ground import DONE, REFUSED, agreed, opened, tell
from web.words import imports as import_words
from workflows import terminal
from workflows.actors import Actor
from workflows.imports import batches
from workflows.imports.batches import Preview, Workbook

NOT_SUPPORTED = _l("not supported yet; nothing of it is touched")


def import_ledger(options: argparse.Namespace) -> int:
    """Show what would become of a ledger's rows; import them once somebody agrees."""
    file: Path = options.file
    with opened() as database:
        with database.read() as session:
            actor = terminal.importer(session, options.by)
        workbook = batches.read(file.read_bytes())
        batch_id = database.write(
            lambda session: _uploaded(session, actor, file.name, workbook, options.sheet)
        )
        with database.read() as session:
            seen = batches.preview(session, actor, batch_id)
            print(*preview_lines(seen), sep="\n")
        if not seen.ready:
            return REFUSED
        number = len(seen.ready)
        asked = ngettext("Import one item? [y/N] ", "Import %(num)d items? [y/N] ", number)
        if not (options.yes or agreed(asked)):
            return DONE
        number = batches.import_now(
            database, actor.person_id, batch_id, seen.seal, partial(tell, of=len(seen.ready))
        )
        print("\n" + ngettext("One item came in", "%(num)d items came in", number))
    return DONE


def preview_lines(seen: Preview) -> Iterator[str]:
    """Tell each sheet, each row that needs a look, and how many rows there are of each kind."""
    for sheet in seen.sheets:
        taken = sheet.name == seen.table.name
        state = _("this one") if taken else _("another one") if sheet.table else NOT_SUPPORTED
        yield f"{sheet.name}: {state}"
    for row in seen.rows:
        told = [
            f"    {note['cell']} {import_words.note_words(note)}"
            for note in (*row.plain()["problems"], *row.plain()["notes"])
        ]
        parts = (f"{row.row:>5}", import_words.VERDICTS[row.verdict], row.number, row.title)
        yield "\n".join([" ".join(str(part) for part in parts if part), *told])
    for verdict, words in import_words.VERDICTS.items():
        yield f"{words}: {seen.counts.get(verdict.value, 0)}"


def _uploaded(
    session: Session, actor: Actor, name: str, workbook: Workbook, sheet: str | None
) -> int:
    batch = batches.upload(session, actor, name, workbook)
    if sheet is not None and sheet != batch.sheet:
        batches.choose_sheet(session, actor, batch.id, sheet, workbook.sheets)
    return batch.id
