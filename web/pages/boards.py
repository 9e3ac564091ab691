"""The boards 看板: the first room of leaders; every number opens the rows that it counts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, g, render_template, request
from flask_babel import gettext as _

from engine import Session
from web.moments import iso_day, today
from web.transaction import reading
from web.words import boards as board_words
from web.words.boards import ANSWERS, ASKED, CARDS, SHADES, WHOSE, Cell
from web.workbooks import download
from workflows import awaited, boards
from workflows.boards import AskRows, Board, SourceLine, Week, Whose
from workflows.tables import Kind

blueprint = Blueprint("boards", __name__, url_prefix="/board")
for filter_ in (
    board_words.address,
    board_words.due_words,
    board_words.unit_words,
    board_words.source_words,
    board_words.days_late,
    board_words.a_week,
    board_words.percent,
    board_words.brief_late,
    board_words.visits_address,
):
    blueprint.add_app_template_filter(filter_, f"board_{filter_.__name__}")

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
MOST_UNITS, MOST_BUSY, MOST_STEPS, MOST_WAITING = 6, 6, 8, 4
LATER = ("trend", "burden", "steps", "sources", "visits")
"""The cards that a board fetches once it is on the screen."""


@blueprint.get("/")
def show() -> str:
    """Show what matters first; the slower cards are fetched by the page."""
    with reading() as session:
        board = _board(session)
        names = board_words.cards_of(board)
        waiting = awaited.mine(session, g.actor)
        return render_template(
            "boards/show.html",
            **_frame(board),
            headline=boards.headline(session, g.actor, board),
            days=boards.due(session, g.actor, board),
            late=boards.late_units(session, g.actor, board, MOST_UNITS),
            waiting=waiting[:MOST_WAITING],
            waits=len(waiting),
            later=[name for name in LATER if name in names],
        )


@blueprint.get("/parts/<card>")
def part(card: str) -> str:
    """Show one card of a board: what the page fetches once it is on the screen."""
    with reading() as session:
        board = _board(session)
        if card not in LATER or card not in board_words.cards_of(board):
            abort(404)
        return render_template(
            f"boards/{card}.html", **_frame(board), **_part(session, board, card)
        )


@blueprint.get("/<card>")
def table(card: str) -> str:
    """Show a card as a table, all of it."""
    with reading() as session:
        board, made = _table(session, card)
        return render_template(
            "boards/table.html",
            **_frame(board),
            card=card,
            about=CARDS[card],
            table=made,
            process=_process(),
            kinds=board_words.kinds(),
        )


@blueprint.get("/<card>.xlsx")
def export(card: str) -> Response:
    """Give a card's table as a workbook."""
    with reading() as session:
        board, made = _table(session, card)
    title = _("%(card)s %(day)s", card=str(CARDS[card].title), day=iso_day(board.day))
    lines = ([cell.words.strip("　") for cell in row] for row in made.rows)
    return download(title, made.heads, lines)


@blueprint.get("/asks")
def asks() -> str:
    """List the times that a unit was asked for a report."""
    unit_id, day = _unit(), today()
    since, until = (
        min(max(request.args.get(name, usual, type=date.fromisoformat), EARLIEST), LATEST)
        for name, usual in (("since", day - boards.FOUR_WEEKS), ("until", day))
    )
    wanted = AskRows(unit_id, since, until)
    with reading() as session:
        rows = boards.asks(session, g.actor, wanted)
        unit = boards.must_see_unit(session, g.actor, unit_id)
        return render_template("boards/asks.html", rows=rows, wanted=wanted, unit=unit, asked=ASKED)


@blueprint.get("/alike")
def alike() -> str:
    """List the pairs of open items of a unit that look alike."""
    unit_id = _unit()
    with reading() as session:
        rows = boards.alike(session, g.actor, unit_id)
        unit = boards.must_see_unit(session, g.actor, unit_id)
        return render_template("boards/alike.html", rows=rows, unit=unit, answers=ANSWERS)


def _unit() -> int:
    boards.must_look(g.actor)
    return request.args.get("unit", type=int) or abort(404)


def _board(session: Session) -> Board:
    asked = request.args.get("whose", "")
    return boards.board_of(session, g.actor, Whose(asked) if asked in set(Whose) else None)


def _frame(board: Board) -> dict[str, Any]:
    usual = boards.choices(g.actor)[0]
    return {
        "board": board,
        "whose": WHOSE,
        "choices": boards.choices(g.actor),
        "shades": SHADES,
        "cards": CARDS,
        "query": {} if board.whose is usual else {"whose": board.whose.value},
    }


def _process() -> str:
    asked = request.args.get("process", "")
    return asked if asked in set(Kind) else Kind.INSTRUCTION.value


def _table(session: Session, card: str) -> tuple[Board, board_words.Table]:
    board = _board(session)
    if card not in board_words.cards_of(board):
        abort(404)
    return board, CARDS[card].table(session, g.actor, board, _process())


def _part(session: Session, board: Board, card: str) -> dict[str, Any]:
    match card:
        case "trend":
            weeks = boards.trend(session, g.actor, board)
            return {"table": board_words.trend_table(weeks), "chart": _trend_chart(weeks)}
        case "burden":
            lines = boards.burdens(session, g.actor, board, MOST_BUSY)
            return {"lines": lines, "most": max((line.a_week for line in lines), default=0)}
        case "steps":
            process = _process()
            found = boards.stretches(session, g.actor, board, process, MOST_STEPS)
            most = max((each.spot.heat.median or 0 for each in found), default=0)
            return {
                "lines": found,
                "most": most,
                "process": process,
                "kinds": board_words.kinds(),
            }
        case "sources":
            known = boards.sources(session, g.actor, board)
            return {"lines": known, "chart": _sources_chart(known)}
        case _:
            return {"table": board_words.visits_table(boards.visits(session, g.actor, board))}


def _trend_chart(weeks: Sequence[Week]) -> dict[str, Any]:
    late = [week.late.value for week in weeks]
    return {
        "kind": "trend",
        "labels": [f"{week.last.month}/{week.last.day}" for week in weeks],
        "late": {"name": _("Overdue (as the week ended)"), "data": late},
        "registered": {
            "name": _("Newly registered"),
            "data": [week.registered.value for week in weeks],
        },
        "closed": {"name": _("Closed"), "data": [week.closed.value for week in weeks]},
        "hrefs": [board_words.address(week.late.rows) for week in weeks],
        "says": _(
            "Twelve weeks: overdue from %(first)s to %(last)s, at most %(most)s",
            first=late[0],
            last=late[-1],
            most=max(late),
        ),
    }


def _sources_chart(lines: Sequence[SourceLine]) -> dict[str, Any]:
    shown = [line for line in lines if line.source and line.open.value]
    return {
        "kind": "sources",
        "labels": [board_words.source_words(line) for line in shown],
        "lights": [
            {
                "light": shade.value,
                "name": str(words),
                "data": [line.lights[shade].value for line in shown],
                "hrefs": [board_words.address(line.lights[shade].rows) for line in shown],
            }
            for shade, words in SHADES.items()
        ],
        "says": _("Open items of each source by their light; the table says the same"),
    }


def link_of(cell: Cell) -> str | None:
    """Return where a cell of a table leads, if it leads anywhere."""
    return board_words.address(cell.number.rows) if cell.number else cell.href


blueprint.add_app_template_filter(link_of, "board_link")
