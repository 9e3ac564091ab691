"""Figures: what each counts, in both languages, and how it stands now with its rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response
from flask_babel import force_locale
from marshmallow import fields, post_load, validate

from engine import Session
from web import i18n
from web.api.resource import Resource, collection
from web.api.schemas.kinds import one_of
from web.api.wire import Body, dump, show
from web.moments import today
from web.shapes import OUT_OF_RANGE, Schema, Shape, row
from web.words import figures as figure_words
from workflows import figures
from workflows.actors import Actor
from workflows.figures import FIGURES, Measured, Row, Span

blueprint = Resource("Figures", __name__, "Figures of the ledger, with the rows behind them")

PAGE, MOST = 200, 10_000
"""How many rows are on a page, and how many pages there may be."""


class FigureRowSchema(Schema):
    """One thing that makes a figure; without a ref its title is for others."""

    subject = fields.String()
    ref = fields.String()
    item_id = fields.Integer(allow_none=True)
    number = fields.String()
    title = fields.String()
    unit = fields.String()
    on = fields.Date(allow_none=True)
    note = fields.Function(figure_words.note, metadata={"type": "string"})
    counts = fields.Boolean()
    amount = fields.Integer()


class FigureMeaningSchema(Schema):
    """What a figure is called and what it counts, in Chinese and English."""

    name = fields.String()
    measured = one_of(Measured)
    label_zh = fields.String()
    label_en = fields.String()
    counts_zh = fields.String()
    counts_en = fields.String()


class PagedSchema(Schema):
    """Some of the lines, and how many there are."""

    count = fields.Integer()
    page = fields.Integer()
    pages = fields.Integer()


class FigureSchema(PagedSchema):
    """A figure's value, or why there is none, with a page of the rows that made it."""

    name = fields.String()
    value = fields.Decimal(as_string=True, allow_none=True)
    of = fields.Integer(allow_none=True)
    why_not = fields.String(allow_none=True)
    rows = fields.List(fields.Nested(FigureRowSchema))


FigureMeaningsSchema = collection("FigureMeanings", figures=FigureMeaningSchema)


class UnitQuery(Shape):
    """Of which unit, with those below it; of the whole house, unless said."""

    unit_id = row()


class RowsQuery(UnitQuery):
    """Of which unit, and which page of the rows."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, MOST, error=OUT_OF_RANGE))


class LiveQuery(RowsQuery):
    """Of which days; of this year up to today, unless said."""

    first = fields.Date(load_default=None)
    last = fields.Date(load_default=None)

    @post_load
    def to_span(self, sent: dict[str, Any], **_: object) -> dict[str, Any]:
        """Return the days that are asked for."""
        last: date = sent.pop("last") or today()
        first: date = sent.pop("first") or last.replace(month=1, day=1)
        return {**sent, "span": Span(first, max(first, last))}


@blueprint.look("/figures", FigureMeaningsSchema)
def definitions() -> Response:
    """List the figures with what each counts."""

    def look(_session: Session, _actor: Actor) -> Body:
        chinese, english = (_said(locale) for locale in (i18n.CHINESE, i18n.ENGLISH))
        told = [
            {
                "name": name,
                "measured": FIGURES[name].measured,
                "label_zh": chinese[name][0],
                "label_en": english[name][0],
                "counts_zh": chinese[name][1],
                "counts_en": english[name][1],
            }
            for name in FIGURES
        ]
        return dump(FigureMeaningsSchema(), {"figures": told})

    return show(look)


@blueprint.look("/figures/<name>", FigureSchema, query=LiveQuery)
def live(wish: Body, name: str) -> Response:
    """Count a figure now, of some days; a unit asks for its own."""

    def look(session: Session, actor: Actor) -> Body:
        found = figures.measure(session, actor, name, wish["span"], wish["unit_id"])
        return dump(FigureSchema(), figure_told(name, found, found.rows, wish["page"]))

    return show(look)


def figure_told(name: str, figure: object, rows: Sequence[Row], page: int) -> Body:
    """Return a figure with a page of its rows, ready to be dumped."""
    told = {each: getattr(figure, each, None) for each in ("value", "of", "why_not")}
    return {"name": name, **told, **paged("rows", rows, page)}


def paged(name: str, lines: Sequence[object], page: int) -> Body:
    """Return a page of some lines, with how many there are."""
    pages, first = -(-len(lines) // PAGE), (page - 1) * PAGE
    return {"count": len(lines), "page": page, "pages": pages, name: lines[first : first + PAGE]}


def _said(locale: str) -> dict[str, tuple[str, str]]:
    with force_locale(locale):
        return {name: (figure_words.label(name), figure_words.definition(name)) for name in FIGURES}
