"""Search 搜索: one page for what items, reports, papers, replies and publications say."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, g, render_template, request

from web.icons import HITS
from web.transaction import reading
from web.words import searching as searching_words
from web.words.searching import SORTS
from workflows import ledger, search
from workflows.grams import LONGEST, SHORTEST
from workflows.search import Seek, Sort
from workflows.tables import Paper

blueprint = Blueprint("searching", __name__, url_prefix="/search")
blueprint.add_app_template_filter(searching_words.address, "hit_address")
blueprint.add_app_template_filter(search.marked, "marked_by")

FEW, MANY = 5, 100


@blueprint.get("/")
def show() -> str:
    """Show the hits by kind, a few of each; of one kind all of them."""
    seek = _seek()
    with reading() as session:
        found = search.find(session, g.actor, seek, MANY if seek.sorts else FEW)
        return render_template(
            "searching/show.html",
            seek=seek,
            found=found,
            sorts=SORTS,
            pictures=HITS,
            units=ledger.units_in(session, g.actor),
            counted=searching_words.count,
            in_ledger=searching_words.in_ledger(seek.text),
            short=bool(found.words) and any(len(word) < SHORTEST for word in found.words),
            query={name: value for name, value in request.args.items() if name != "kind" and value},
        )


@blueprint.app_template_global()
def unsearchable(papers: Sequence[Paper]) -> dict[UUID, str]:
    """Say of an item's papers which can't be found by their text, and why."""
    with reading() as session:
        states = search.unsearchable(session, [paper.id for paper in papers])
    return {paper_id: str(searching_words.STATES[state]) for paper_id, state in states.items()}


def _seek() -> Seek:
    """Read an address's arguments; what can't be meant is left out."""
    asked = request.args.get("kind", "")
    return Seek(
        text=request.args.get("q", "").strip()[:LONGEST],
        sorts=(Sort(asked),) if asked in set(Sort) else (),
        unit_id=request.args.get("unit", type=int),
        since=request.args.get("since", type=date.fromisoformat),
        until=request.args.get("until", type=date.fromisoformat),
    )
