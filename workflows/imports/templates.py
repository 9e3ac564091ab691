"""Templates of imports: how the office matched a ledger's columns, kept under a name.

A file with the very same header is matched by the newest template of that header.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from sqlalchemy import select

from engine import Session, now
from workflows import rules
from workflows.imports import matching
from workflows.imports.book import Table
from workflows.imports.matching import Field
from workflows.tables import ImportTemplate

LONGEST_NAME = 60


def of_header(session: Session, table: Table) -> Sequence[ImportTemplate]:
    """Return the templates for a sheet with this header, the newest first."""
    wanted = select(ImportTemplate).where(ImportTemplate.header == header_of(table))
    newest = wanted.order_by(ImportTemplate.saved_at.desc(), ImportTemplate.id.desc())
    return session.scalars(newest).all()


def keep(
    session: Session, person_id: int, name: str, table: Table, fields: Mapping[int, Field]
) -> ImportTemplate:
    """Keep a matching under a name; the name's earlier matching gives way."""
    named = rules.must_say("template", name, LONGEST_NAME)
    wanted = select(ImportTemplate).where(ImportTemplate.name == named)
    template = session.scalars(wanted).one_or_none() or ImportTemplate(name=named)
    template.header = header_of(table)
    template.fields = {str(place): field.value for place, field in fields.items()}
    template.saved_by_id, template.saved_at = person_id, now(session)
    session.add(template)
    session.flush()
    return template


def matched(template: ImportTemplate | None, table: Table) -> dict[int, Field]:
    """Match a sheet's columns by a template, or by their names where there is none."""
    if template is None:
        return matching.match(table.columns)
    return {int(place): Field(name) for place, name in template.fields.items()}


def header_of(table: Table) -> str:
    """Return a header's fingerprint: its columns' headings in their order."""
    titles = "\n".join(f"{column.place} {column.title}" for column in table.columns)
    return sha256(titles.encode()).hexdigest()
