"""What stands in the way of an issue, and what its drafter should look at once more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from engine import Session
from workflows import documents
from workflows.actors import Actor
from workflows.documents.fonts import must_draw
from workflows.documents.paper import words
from workflows.errors import GlyphsMissing, NotReady
from workflows.publications import content, measured
from workflows.publications.measured import Values
from workflows.publications.naming import named_in
from workflows.publications.papers import paper_of
from workflows.tables import Publication, PublicationRemark, PublicationState


class Severity(StrEnum):
    """How serious a check is: an error refuses, a warning only tells."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; ``code`` and ``facts`` are worded in the reader's language."""

    code: str
    severity: Severity
    facts: Mapping[str, Any] = field(default_factory=dict)
    block: int | None = None


def checks_of(
    session: Session, actor: Actor, draft: Publication, changed: Mapping[str, str] | None = None
) -> list[Check]:
    """Return everything that is to be said about a draft, the errors first.

    ``changed`` are the figures that are others now, if somebody has counted them already.
    """
    values = Values(session, actor, draft.snapshot_id)
    if changed is None and draft.state is PublicationState.DRAFT:
        changed = measured.changes(session, actor, draft.snapshot_id)
    return [
        *_errors(session, draft, values),
        *_changed(draft, values, changed or {}),
        *_remarks(session, draft),
        *_twins(session, draft),
    ]


def must_be_ready(session: Session, actor: Actor, draft: Publication) -> None:
    """Refuse to hand on what has an error."""
    wrong = list(_errors(session, draft, Values(session, actor, draft.snapshot_id)))
    if wrong:
        raise NotReady(wrong)


def _errors(session: Session, draft: Publication, values: Values) -> Iterator[Check]:
    yield from _frame(draft)
    yield from _blanks(draft)
    yield from _figures(draft, values)
    yield from _names(session, draft)
    yield from _signs(session, draft)


def _frame(draft: Publication) -> Iterator[Check]:
    if not draft.title:
        yield Check("no_title", Severity.ERROR)
    if not content.text_of(draft.content).strip():
        yield Check("empty", Severity.ERROR)
    if not draft.for_all and not draft.deliveries:
        yield Check("no_addressee", Severity.ERROR, {"publication_id": draft.id})


def _blanks(draft: Publication) -> Iterator[Check]:
    for used in content.blanks_in(draft.content):
        yield Check("blank", Severity.ERROR, {"label": used.name}, used.block)


def _figures(draft: Publication, values: Values) -> Iterator[Check]:
    for used in content.figures_in(draft.content):
        found = values.find(used.name, used.unit)
        if found is None:
            yield Check("figure_unknown", Severity.ERROR, {"figure": used.name}, used.block)
        elif found.value is None:
            facts = {"figure": used.name, "why": found.why_not}
            yield Check("figure_missing", Severity.ERROR, facts, used.block)


def _changed(draft: Publication, values: Values, now: Mapping[str, str]) -> Iterator[Check]:
    """Tell of the office's figures that have become others; a unit's aren't counted anew."""
    used = {each.name: each for each in content.figures_in(draft.content) if each.unit is None}
    for name in used.keys() & now.keys():
        facts = {"figure": name, "then": values.said(name), "now": now[name]}
        yield Check("figure_changed", Severity.WARNING, facts, used[name].block)


def _names(session: Session, draft: Publication) -> Iterator[Check]:
    """Tell of a unit that counts as named, and whose name the text doesn't hold."""
    text = content.text_of(draft.content)
    for one in named_in(session, draft.id):
        if one.unit.name not in text:
            facts = {"unit": one.unit.name, "named": one.named.value}
            yield Check("unit_not_in_text", Severity.ERROR, facts)


def _remarks(session: Session, draft: Publication) -> Iterator[Check]:
    wanted = select(PublicationRemark).where(
        PublicationRemark.publication_id == draft.id,
        PublicationRemark.settled_at.is_(None),
        PublicationRemark.answers_id.is_(None),
    )
    number = len(session.scalars(wanted).all())
    if number:
        yield Check("remarks_open", Severity.WARNING, {"number": number})


def _signs(session: Session, draft: Publication) -> Iterator[Check]:
    """Tell of marks that a template left in the text, and of signs that no font can show."""
    paper = paper_of(session, draft)
    for mark in documents.unresolved(paper):
        place = content.place_of(draft.content, mark)
        yield Check("placeholder", Severity.ERROR, {"mark": mark}, place)
    try:
        must_draw("".join(words(paper)))
    except GlyphsMissing as error:
        signs = error.facts["characters"]
        yield Check(
            "glyphs", Severity.ERROR, {"signs": signs}, content.place_of(draft.content, *signs)
        )


def _twins(session: Session, draft: Publication) -> Iterator[Check]:
    """Tell of another issue of the same kind for the same days."""
    if draft.item_id is not None:
        return
    wanted = select(Publication).where(
        Publication.id != draft.id,
        Publication.serial_name == draft.serial_name,
        Publication.kind == draft.kind,
        Publication.first == draft.first,
        Publication.last == draft.last,
        Publication.state.not_in((PublicationState.DISCARDED, PublicationState.WITHDRAWN)),
    )
    twin = session.scalars(wanted.limit(1)).first()
    if twin is not None:
        yield Check("twin", Severity.WARNING, {"title": twin.title, "publication_id": twin.id})
