"""What a new issue says before anybody has written a word: its template, with what is known.

Papers are Chinese whatever the reader's language. Where the ledger knows what belongs in a
blank, as who is praised, it stands there already; the rest waits for the drafter.
"""

from dataclasses import dataclass
from datetime import date

from engine import Session
from workflows import figures, paper_templates, settings, store
from workflows.actors import Actor
from workflows.documents import chinese
from workflows.figures import Span, SpanKind, quarter_of
from workflows.publications import known
from workflows.publications.content import Node
from workflows.publications.papers import template_of
from workflows.tables import Audience, Item, Publication

QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Begun:
    """What a draft begins with."""

    title: str
    addressee: str
    content: Node


def begin(session: Session, actor: Actor, draft: Publication) -> Begun:
    """Return the first text of a draft, with what the ledger knows in its blanks."""
    template = template_of(session, draft)
    span = Span(draft.first, draft.last)
    values = {
        "span": span_words(span),
        "first_day": chinese(span.first),
        "last_day": chinese(_stood_on(session, actor, draft)),
        "year": str(span.last.year),
        "office": settings.text(session, "office.name"),
        **_matter(session, draft),
    }
    content = paper_templates.first_content(template, values)
    return Begun(
        paper_templates.first_title(template, values),
        paper_templates.first_addressee(template, values) or _units(session, draft),
        known.put_in(session, actor, draft, content),
    )


def _stood_on(session: Session, actor: Actor, draft: Publication) -> date:
    """Return the day up to which a draft's figures reckon: a span may not be over yet."""
    if draft.snapshot_id is None:
        return draft.last
    return min(draft.last, figures.snapshot_of(session, actor, draft.snapshot_id).stood_on)


def span_words(span: Span) -> str:
    """Return a span as papers call it: 2019年8月份, 2019年第三季度, 2019年."""
    year, month = span.first.year, span.first.month
    if span.kind is SpanKind.MONTH:
        return f"{year}年{month}月份"
    if span.kind is SpanKind.QUARTER:
        return f"{year}年第{QUARTERS[quarter_of(span.first) - 1]}季度"
    if span.kind is SpanKind.YEAR:
        return f"{year}年"
    return f"{chinese(span.first)}至{chinese(span.last)}"


def _units(session: Session, draft: Publication) -> str:
    """Return the units of the item that an issue for units is about."""
    if draft.item_id is None or draft.serial.audience is not Audience.UNITS:
        return ""
    item = session.get_one(Item, draft.item_id)
    parts = store.parts_of_round(session, item.id, item.round)
    return "、".join(dict.fromkeys(part.unit.name for part in parts))


def _matter(session: Session, draft: Publication) -> dict[str, str]:
    """Return what an issue is about, if it is about one item."""
    if draft.item_id is None:
        return {}
    return {"matter": session.get_one(Item, draft.item_id).title}
