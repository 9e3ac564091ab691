"""From which day a part's lateness counts for the ladder."""

from datetime import date

from engine import Session
from workflows.calendar import office_day
from workflows.tables import Assignment, Item


def imported_on(session: Session, part: Assignment) -> date | None:
    """Return the day on which a part came in with an old ledger, if it did."""
    item = session.get_one(Item, part.item_id)
    if item.batch_id is None or part.assigned_at > item.registered_at:
        return None
    return office_day(item.registered_at)


def overdue_since(session: Session, part: Assignment) -> date | None:
    """Return the day from which a part's lateness counts for the ladder.

    That is its limit. What was late already when it came in with an old ledger begins on
    the day of the import: nobody could have climbed the rungs before.
    """
    imported = imported_on(session, part)
    if part.due_on is None or imported is None:
        return part.due_on
    return max(part.due_on, imported)
