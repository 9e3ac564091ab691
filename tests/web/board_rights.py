"""Who may look at the boards and search: whoever sees items; some cards are for overseers only."""

from collections.abc import Mapping

from tests.web.project_rights import told
from tests.web.rights import SEERS, Answer, Right
from workflows.search import Seek

WHERE: Mapping[str, object] = {"card": "trend"}
NOBODYS: Mapping[str, int] = {"unit_id": 999_999}
"""A unit that doesn't exist."""

API: Mapping[str, Right] = {
    "Search.find": Right(SEERS, sent={"q": "督查"}),
    "Boards.headline": Right(SEERS),
    "Boards.one": Right(SEERS),
    "Boards.asks": Right(SEERS, sent=NOBODYS, done=Answer.UNKNOWN),
    "Boards.alike": Right(SEERS, sent=NOBODYS, done=Answer.UNKNOWN),
}

PAGES: Mapping[str, Right] = {
    "boards.show": Right(SEERS),
    "boards.part": Right(SEERS),
    "boards.table": Right(SEERS),
    "boards.export": Right(SEERS),
    "boards.asks": Right(SEERS, done=Answer.UNKNOWN),
    "boards.alike": Right(SEERS, done=Answer.UNKNOWN),
    "searching.show": Right(SEERS),
}

VERBS: Mapping[str, Right] = {
    "boards.asked.board_of": Right(SEERS),
    "search.finding.find": Right(SEERS, sent=told(seek=Seek("督查"))),
}

FOR_EVERYBODY = frozenset(
    {
        "boards.burden.alike",
        "boards.burden.asks",
        "boards.burden.burdens",
        "boards.burden.must_see_unit",
        "boards.headline.due",
        "boards.headline.headline",
        "boards.numbers.counted",
        "boards.numbers.named",
        "boards.sources.sources",
        "boards.stretches.stretches",
        "boards.trend.trend",
        "boards.units.late_units",
        "boards.visits.visits",
        "ledger.counted_by",
        "ledger.counts",
        "ledger.longest_due",
    }
)
"""They show what is on a board that was given out, or a unit's own; a foreign unit is unknown."""
