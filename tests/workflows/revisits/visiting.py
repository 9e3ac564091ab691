"""Stories that walk the diagrams of what comes after an item has closed."""

from engine import Session
from tests.workflows.revisits.closed import asked_after_closing, record
from tests.workflows.town import Town
from workflows import revisits
from workflows.closing import close_item
from workflows.tables import Setting


def stands(town: Town) -> int:
    """Play a closed item that is found solved; none is looked at before it closes."""
    town.database.write(never_before_closing)
    item_id = asked_after_closing(town)
    record(town, item_id, solved=True)
    return item_id


def put_right(town: Town) -> int:
    """Play one that isn't, twice; its unit objects, and in the end it closes again."""
    item_id = asked_after_closing(town)
    visit = record(town, item_id, solved=False)
    part = town.part(item_id, "parks").id
    town.act("chu", revisits.object_to_conclusion, visit.id, part, "现场已整改")
    task = town.task(item_id, "conclusion")
    town.act("zhang", revisits.decide_conclusion, task, "维持", upheld=False)
    for solved in (False, True):
        town.assign(item_id)
        town.acknowledge(item_id)
        town.finish(item_id)
        record(town, item_id, solved=solved)
    town.act("zhang", close_item, town.task(item_id, "close"))
    return item_id


def never_before_closing(session: Session) -> None:
    """Let no lot win."""
    session.get_one(Setting, "revisit.chance").value = "0"


TALES = (stands, put_right)
