"""Items that have closed, for the revisits that come afterwards."""

from datetime import date

from tests.workflows.town import Town, found
from workflows import revisits
from workflows.closing import close_item
from workflows.methods import Method
from workflows.tables import Revisit

PERIOD = (date(2020, 1, 1), date(2020, 12, 31))


def closed(town: Town, *co: str, **changed: object) -> int:
    """Return an item that was done and struck off the ledger."""
    item_id = town.accepted(*co, **changed)
    town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))
    return item_id


def asked_after_closing(town: Town) -> int:
    """Return a closed item that somebody wants to be looked at."""
    item_id = closed(town)
    town.act("zhang", revisits.ask_for_revisit, item_id)
    return item_id


def plan(town: Town, item_id: int, method: Method, **changed: object) -> Revisit:
    """Let the supervisor plan the visit that waits."""
    wanted = revisits.Plan(method, date(2020, 12, 1), **changed)  # type: ignore[arg-type] # a test's own
    return town.act("li", revisits.plan_visit, town.task(item_id, "revisit"), wanted)


def record(town: Town, item_id: int, *, solved: bool, method: str = "on_site") -> Revisit:
    """Let the supervisor record what the visit found."""
    finding = found(method, "到现场查看", solved=solved)
    return town.act("li", revisits.record_revisit, town.task(item_id, "revisit"), finding)
