"""Whether a called process is deployed, and doesn't lead back."""

from collections.abc import Callable

from engine.diagrams.model import Diagram
from engine.diagrams.rules.users import Found

Deployed = Callable[[str], Diagram | None]
"""Returns the newest diagram of a process, or nothing if there is none."""


def call_problems(process_id: str, diagram: Diagram, deployed: Deployed | None) -> Found:
    """Yield what is wrong with a call; without ``deployed``, only whether it calls itself."""
    if deployed is None and process_id != diagram.process_id:
        return
    if not process_id:
        yield "call_missing", {}
        return
    seen: set[str] = set()
    todo = [process_id]
    while todo:
        called = todo.pop()
        if called == diagram.process_id:
            yield "call_recursive", {"process": process_id}
            return
        found = None if deployed is None else deployed(called)
        if found is None:
            yield "call_unknown", {"process": called}
        elif called not in seen:
            seen.add(called)
            todo += found.called
