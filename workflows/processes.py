"""What the diagrams in bpmn/ and Python agree on: the names, and who listens."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from graphlib import TopologicalSorter
from pathlib import Path

import engine
from engine import Definition, JobHandler, Registry, Session, TimerPlace
from workflows import incidents, store
from workflows.calendar import add_working_days, instant_of, office_day
from workflows.desk import WHO, Desk, acknowledge_by
from workflows.ladder import imported_on, overdue_since
from workflows.limits import Named
from workflows.operations import OPERATIONS
from workflows.proposals import dates
from workflows.steps import STEPS
from workflows.tables import Assignment, Item, Role

DIAGRAMS = Path(__file__).parents[1] / "bpmn"
SHIPPED = "shipped"
CALLED = re.compile(rb'calledElement="([^"]*)"')

MORNING = time(9)
"""When reminders and escalations go out: as the office opens."""


def registry(jobs: Mapping[str, JobHandler] | None = None) -> Registry:
    """Return everything that a diagram may name; ``jobs`` are what leaves the house."""
    return Registry(
        operations=OPERATIONS,
        due_dates=DUE_DATES,
        steps={name: step.type for name, step in STEPS.items()},
        roles=frozenset(role.value for role in Role),
        limits=Named(),
        assignees=frozenset(WHO),
        listener=Desk(),
        jobs=jobs or {},
        stuck=incidents.announce,
    )


def deploy_shipped(session: Session) -> list[Definition]:
    """Deploy every diagram that is shipped, called ones first; the same bytes change nothing.

    Where an administrator has deployed a version of their own, it stays the newest.
    """
    newest = {found.process_id: found for found in engine.definitions(session)}
    own = {name for name, found in newest.items() if found.deployed_by != SHIPPED}
    return [
        engine.deploy(session, xml, by=SHIPPED)
        for name, xml in called_first(DIAGRAMS).items()
        if name not in own
    ]


def called_first(folder: Path) -> Mapping[str, bytes]:
    """Return a folder's diagrams by their names, each behind those that it calls."""
    return in_order_of_calls({path.stem: path.read_bytes() for path in folder.glob("*.bpmn")})


def in_order_of_calls(found: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return diagrams by the names of their processes, each behind those that it calls."""
    order = TopologicalSorter({name: calls(found[name]) for name in sorted(found)})
    return {name: found[name] for name in order.static_order() if name in found}


def calls(xml: bytes) -> list[str]:
    """Return the processes that a diagram calls."""
    return sorted({called.decode() for called in CALLED.findall(xml)})


def _part(session: Session, place: TimerPlace) -> Assignment:
    return store.assignment_of(session, place.data["assignment"])


def _on(day: date | None) -> datetime | None:
    return None if day is None else instant_of(day, MORNING)


def _limit(session: Session, place: TimerPlace) -> datetime | None:
    """Return the limit itself: the part's, or the item's where there is no part."""
    if "assignment" in place.data:
        part = _part(session, place)
        return None if part.stopped_on else _on(part.due_on)
    return _on(session.get_one(Item, int(place.business_key)).due_on)


def _warning(session: Session, place: TimerPlace) -> datetime | None:
    """Return when to remind first; nobody is reminded on the day of the hand-over itself."""
    part = _part(session, place)
    return None if part.stopped_on else _on(_first_warning(session, part))


def _second_warning(session: Session, place: TimerPlace) -> datetime | None:
    """Return when to remind again; never on the day of the first reminder."""
    part = _part(session, place)
    day = part.warn_again_on
    if part.stopped_on or day in (part.warn_on, _first_warning(session, part)):
        return None
    return _on(day) if day and day > _start(session, part) else None


def _first_warning(session: Session, part: Assignment) -> date | None:
    """Return the day of the first reminder; one missed before the import comes the day after."""
    day, start = part.warn_on, _start(session, part)
    if day is None or day > start:
        return day
    return start + timedelta(days=1) if imported_on(session, part) else None


def _start(session: Session, part: Assignment) -> date:
    """Return the day on which the house came to know of a part."""
    return imported_on(session, part) or office_day(part.assigned_at)


def _acknowledge(session: Session, place: TimerPlace) -> datetime | None:
    """Return the first morning on which a unit's receipt is late."""
    due_on = acknowledge_by(session, _part(session, place))
    return _on(add_working_days(session, due_on, 1))


def _overdue(session: Session, place: TimerPlace) -> datetime | None:
    """Return the first morning after the limit, and after the import if that came later."""
    part = _part(session, place)
    since = None if part.stopped_on else overdue_since(session, part)
    return _on(since and since + timedelta(days=1))


def _interim(session: Session, place: TimerPlace) -> datetime | None:
    """Return when the next interim report is due."""
    return _on(_part(session, place).interim_due_on)


def _supervision(session: Session, place: TimerPlace) -> datetime | None:
    """Return the first weekly supervision: a week after the hand-over, or after the import."""
    item = session.get_one(Item, int(place.business_key))
    if item.assigned_on is None:
        return None
    began = max(item.assigned_on, office_day(item.registered_at))
    return _on(began + timedelta(weeks=1))


def _revisit(session: Session, place: TimerPlace) -> datetime | None:
    """Return until when the visit that was ordered has to be made."""
    visit = store.pending_revisit(session, int(place.business_key))
    return _on(visit.due_on if visit else None)


def _rating(session: Session, place: TimerPlace) -> datetime | None:
    """Return the first morning after the time for the proposers' ratings."""
    until = dates.rating_over(session, _part(session, place))
    return _on(until and until + timedelta(days=1))


def _promise(session: Session, place: TimerPlace) -> datetime | None:
    """Return when what was promised comes back."""
    return _on(dates.promise_back_on(session, _part(session, place)))


DUE_DATES: Mapping[str, Callable[[Session, TimerPlace], datetime | None]] = {
    "limit": _limit,
    "acknowledge": _acknowledge,
    "warning": _warning,
    "second_warning": _second_warning,
    "overdue": _overdue,
    "interim": _interim,
    "rating": _rating,
    "promise": _promise,
    "revisit": _revisit,
    "supervision": _supervision,
}
"""The dates that a timer, or a step's limit, may name as ``due.NAME``."""
