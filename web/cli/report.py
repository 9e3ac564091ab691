"""Summaries of a year, a quarter or a month, written at the terminal as docx or PDF."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from flask_babel import force_locale
from flask_babel import gettext as _

from engine import Database
from web import i18n
from web.cli.ground import DONE, opened
from web.words import figures as figure_words
from workflows import documents, summaries, terminal
from workflows.documents import Paper
from workflows.figures import Span
from workflows.summaries import Reading

PDF = ".pdf"


def annual(options: argparse.Namespace) -> int:
    """Write the summary of a year."""
    return _report(options, Span.year(options.year))


def quarterly(options: argparse.Namespace) -> int:
    """Write the summary of a quarter."""
    return _report(options, Span.quarter(options.year, options.quarter))


def monthly(options: argparse.Namespace) -> int:
    """Write the summary of a month."""
    return _report(options, Span.month(options.year, options.month))


def _report(options: argparse.Namespace, span: Span) -> int:
    with opened() as database:
        reading, paper = _written(database, options, span)
    file: Path = options.out or Path(f"{paper.title}.docx")
    content = documents.pdf(paper) if file.suffix.lower() == PDF else documents.docx(paper)
    file.write_bytes(content)
    print(*_lines(reading), sep="\n")
    print(_("Written to %(file)s from snapshot %(number)s", file=file, number=reading.snapshot.id))
    return DONE


def _written(database: Database, options: argparse.Namespace, span: Span) -> tuple[Reading, Paper]:
    with database.read() as session:
        actor = terminal.importer(session, options.by)
        counted = summaries.prepare(session, actor, span, anew=options.anew)
    summary_id = database.write(
        lambda session: summaries.write_of(session, actor, span, found=counted).id
    )
    most = None if options.every_row else summaries.MOST_ROWS
    with database.read() as session, force_locale(i18n.CHINESE):
        found = summaries.read(session, actor, summary_id)
        paper = summaries.paper_of(session, actor, found, figure_words.wording(), most)
        session.expunge_all()
    return found, paper


def _lines(reading: Reading) -> Iterator[str]:
    """Tell every figure of the text, and why one can't be computed."""
    for name in summaries.used(reading.summary.content):
        figure = reading.figures[name]
        why = f" ({figure_words.why_not(figure.why_not)})" if figure.why_not else ""
        yield f"{figure_words.said(name, figure.value):>12}  {figure_words.label(name)}{why}"
