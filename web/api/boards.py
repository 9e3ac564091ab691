"""Boards: every card as a table, each number with the list of exactly what it counts."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort
from marshmallow import fields

from engine import Session
from web.api.queries import FilterQuery
from web.api.resource import Resource, collection
from web.api.schemas.kinds import Docno, one_of
from web.api.wire import Body, dump, show
from web.ledger_wishes import Wish
from web.moments import today
from web.shapes import Schema, Shape, member, row
from web.words import boards as board_words
from web.words.boards import CARDS, Cell
from workflows import boards
from workflows.actors import Actor
from workflows.boards import AskRows, Board, Number, Whose
from workflows.ledger_filter import LedgerFilter
from workflows.lights import Light
from workflows.tables import Kind

blueprint = Resource("Boards", __name__, "What leaders, the office and units see at a glance")

ITEMS = "/api/v1/items"
LISTS = {name for name, field in FilterQuery().fields.items() if isinstance(field, fields.List)}
"""The arguments that may come several times."""


def _items(number: Number) -> str | None:
    """Return where the items that a number counts are listed: the page's query, list by list."""
    if not isinstance(number.rows, LedgerFilter):
        return None
    query = [
        (name, each)
        for name, value in Wish(number.rows).query().items()
        for each in (value.split(",") if name in LISTS else [value])
    ]
    return f"{ITEMS}?{urlencode(query)}"


def _page(cell: Cell) -> str | None:
    return board_words.address(cell.number.rows) if cell.number else cell.href


class NumberSchema(Schema):
    """A number, the page that lists what it counts, and the same by the API where it is items."""

    value = fields.Integer()
    page = fields.Function(lambda number: board_words.address(number.rows))
    items = fields.Function(_items, metadata={"type": ["string", "null"]})


class HeadlineSchema(Schema):
    """What a board says first."""

    whose = one_of(Whose)
    day = fields.Date()
    choices = fields.List(one_of(Whose))
    cards = fields.List(fields.String())
    open = fields.Nested(NumberSchema)
    lights = fields.Dict(keys=one_of(Light), values=fields.Nested(NumberSchema))
    long_late = fields.Nested(NumberSchema)
    late_before = fields.Nested(NumberSchema)
    due = fields.Nested(NumberSchema)
    reported = fields.Nested(NumberSchema)
    closed = fields.Nested(NumberSchema)
    closed_this_year = fields.Nested(NumberSchema)
    visited = fields.Nested(NumberSchema)
    unsolved = fields.Nested(NumberSchema)


class CellSchema(Schema):
    """A cell of a card: its words, its number where it has one, and the page behind it."""

    words = fields.String()
    number = fields.Nested(NumberSchema, allow_none=True)
    page = fields.Function(_page, metadata={"type": ["string", "null"]})


class CardSchema(Schema):
    """A card as a table."""

    card = fields.String()
    title = fields.String()
    says = fields.String()
    heads = fields.List(fields.String())
    rows = fields.List(fields.List(fields.Nested(CellSchema)))


class AskSchema(Schema):
    """One time that a unit was asked for a report."""

    item_id = fields.Integer(attribute="item.id")
    number = Docno(attribute="item.number")
    title = fields.String(attribute="item.title")
    kind = fields.String()
    at = fields.AwareDateTime()


class AlikeSchema(Schema):
    """Two open items of a unit that look alike."""

    item_id = fields.Integer(attribute="item.id")
    other_id = fields.Integer(attribute="other.id")
    percent = fields.Integer()
    answer = fields.String()
    reason = fields.String()


AsksSchema = collection("Asks", asks=AskSchema)
PairsSchema = collection("LookAlikePairs", pairs=AlikeSchema)


class BoardQuery(Shape):
    """Whose board; the caller's usual one, unless said."""

    whose = member(Whose)


class CardQuery(BoardQuery):
    """Whose board, and of which kind's process the steps are shown."""

    process = member(Kind, default=Kind.INSTRUCTION)


class PairsQuery(Shape):
    """Of which unit."""

    unit_id = row(required=True)


class AsksQuery(PairsQuery):
    """Of which unit and days; of four weeks up to today, unless said."""

    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)


@blueprint.look("/boards", HeadlineSchema, query=BoardQuery)
def headline(wish: Body) -> Response:
    """Show what a board says first, and which cards it has."""

    def look(session: Session, actor: Actor) -> Body:
        board = boards.board_of(session, actor, **wish)
        told = boards.headline(session, actor, board)
        return {
            **dump(HeadlineSchema(), told),
            "whose": board.whose.value,
            "day": board.day,
            "choices": [each.value for each in boards.choices(actor)],
            "cards": board_words.cards_of(board),
        }

    return show(look)


@blueprint.look("/boards/asks", AsksSchema, query=AsksQuery)
def asks(wish: Body) -> Response:
    """List the times that a unit was asked for a report."""
    until = wish["until"] or today()
    since = wish["since"] or until - boards.FOUR_WEEKS

    def look(session: Session, actor: Actor) -> Body:
        boards.must_look(actor)
        wanted = AskRows(wish["unit_id"], since, until)
        return dump(AsksSchema(), {"asks": boards.asks(session, actor, wanted)})

    return show(look)


@blueprint.look("/boards/look-alikes", PairsSchema, query=PairsQuery)
def alike(wish: Body) -> Response:
    """List the pairs of open items of a unit that look alike."""

    def look(session: Session, actor: Actor) -> Body:
        boards.must_look(actor)
        return dump(PairsSchema(), {"pairs": boards.alike(session, actor, wish["unit_id"])})

    return show(look)


@blueprint.look("/boards/cards/<card>", CardSchema, query=CardQuery)
def one(wish: Body, card: str) -> Response:
    """Show a card as a table, all of it."""

    def look(session: Session, actor: Actor) -> Body:
        board = boards.board_of(session, actor, wish["whose"])
        return _card(session, actor, board, card, wish["process"])

    return show(look)


def _card(session: Session, actor: Actor, board: Board, card: str, process: Kind) -> Body:
    if card not in board_words.cards_of(board):
        abort(404)
    about = CARDS[card]
    made = about.table(session, actor, board, process.value)
    told: dict[str, Any] = {"card": card, "title": about.title, "says": about.says}
    rows: Sequence[Sequence[Cell]] = made.rows
    return dump(CardSchema(), {**told, "heads": made.heads, "rows": rows})
