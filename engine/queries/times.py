"""How often the elements of a process were reached and left, and how long that took."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from engine import store
from engine.records import ElementTime
from engine.store.times import Stretch

ARRIVALS: Final = frozenset(
    {"opened", "operation", "decided", "called", "waiting", "reached", "threw"}
)
"""The kinds of lines that say that a token has come."""
EVENTS: Final = frozenset(
    {"timer", "message", "signal", "error", "escalation", "conditional", "passed"}
)
"""The kinds that end a wait in the flow; elsewhere nobody comes before they happen."""
ENDS: Final = EVENTS | {"completed", "operation", "decided", "reached", "threw"}
"""The kinds that say that it was done; an errand counts when it is handed over."""
ERRAND: Final = "operation"
"""The kind of the jobs that tokens wait for."""
NO_CALLS: Final = (0, 0, 0)
NO_TIMES: Final = (0, 0.0, None, None)


def element_times(
    session: Session,
    process_id: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[ElementTime]:
    """Return the times of every element that was ever reached, over all versions.

    Between ``since`` and ``until`` arrivals, ends and the time that something took count
    by the moment at which they were written down; what stands there stands there now.
    """
    stretch = Stretch(process_id, since, until)
    lines: dict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, int] = {}
    for row in store.times.counts(session, stretch):
        lines[row.element_id][row.kind] = row.times
        last[row.element_id] = max(row.last, last.get(row.element_id, 0))
    names = store.times.names(session, list(last.values()))
    in_flow = store.times.waited_for(session, process_id)
    calls = {element: ends for element, *ends in store.times.calls(session, stretch)}
    spans = {element: times for element, *times in store.times.spans(session, stretch, EVENTS)}
    standing = _standing(session, Stretch(process_id))
    return [
        _told(
            ElementTime(element, names.get(element, ""), open=standing[element]),
            lines[element],
            calls.get(element, NO_CALLS),
            spans.get(element, NO_TIMES),
            came=ARRIVALS if element in in_flow else ARRIVALS | EVENTS,
        )
        for element in sorted(lines.keys() | standing.keys())
    ]


def _told(
    bare: ElementTime,
    kinds: Counter[str],
    calls: Sequence[int],
    times: Sequence[Any],
    *,
    came: frozenset[str],
) -> ElementTime:
    """Put together what the lines, the calls and the clocks say of one element."""
    returned, cancelled, _ = calls
    measured, seconds, median, p90 = times
    return replace(
        bare,
        # What is done several times says so, and then tells of each time by itself.
        reached=sum(kinds[kind] for kind in came) or kinds["looped"],
        completed=sum(kinds[kind] for kind in ENDS) + returned,
        cancelled=kinds["cancelled"] + cancelled,
        measured=measured,
        seconds=seconds,
        median=median,
        p90=p90,
    )


def _standing(session: Session, stretch: Stretch) -> Counter[str]:
    """Return how many tokens stand at each element now."""
    found: Counter[str] = Counter(store.times.errands(session, ERRAND, stretch.process_id))
    found.update({row.element_id: row[1] for row in store.times.standing(session, stretch)})
    return found
