"""SpiffWorkflow as it comes is the measure, on the shapes that it is known to run right."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from tests.engine.drawing import boundary, choice, diagram, end, flow, path, start, sub, user
from tests.engine.shapes import AGAIN, LOOP, WITHDRAWN
from tests.engine.walking import Walker, planned

PAST: Final = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
SHAPES: Final = {
    "a loop": diagram("p", *LOOP),
    "a loop that can be withdrawn": diagram("p", *LOOP, *WITHDRAWN, messages=["withdraw"]),
    "several ways to the end": diagram(
        "p",
        start(),
        user("write"),
        choice("kind", default="short"),
        user("long"),
        user("short"),
        choice("meet"),
        user("file"),
        end("filed"),
        end("dropped"),
        path("begin", "write", "kind", "short", "meet", "file", "filed"),
        flow("kind", "dropped", 'outcome == "drop"'),
        flow("kind", "long", AGAIN),
        flow("long", "meet"),
    ),
    "an interrupting timer": diagram(
        "p",
        *LOOP,
        boundary("overdue", "confirm", interrupting=True, duration="P1D"),
        user("escalate"),
        path("overdue", "escalate", "review"),
    ),
    "a sub-process that is interrupted": diagram(
        "p",
        start("begin_all"),
        sub("handling", *LOOP, *WITHDRAWN),
        boundary("stopped", "handling", interrupting=True, message="stop"),
        boundary("overdue", "handling", interrupting=True, duration="P1D"),
        user("mop_up"),
        choice("once_more", default="end_all"),
        end("end_all"),
        path("begin_all", "handling", "once_more", "end_all"),
        flow("once_more", "handling", AGAIN),
        path("stopped", "mop_up", "once_more"),
        flow("overdue", "mop_up"),
        messages=["withdraw", "stop"],
    ),
    "a branch beside the task": diagram(
        "p",
        *LOOP,
        boundary("asked", "report", message="ask"),
        user("consent"),
        end("decided"),
        path("asked", "consent", "decided"),
        messages=["ask"],
    ),
}


class Stock:
    """SpiffWorkflow's own parser and workflow, driven like a walker."""

    def __init__(self, xml: bytes) -> None:
        parser = BpmnParser()
        quoted = xml.replace(b"timeDuration>P", b'timeDuration>"P')
        parser.add_bpmn_str(quoted.replace(b"</bpmn:timeDuration>", b'"</bpmn:timeDuration>'))
        self.workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self.workflow.do_engine_steps()

    def offers(self) -> dict[str, Task]:
        """Return what could happen now, by name."""
        found = {}
        for task in self.workflow.get_tasks(state=TaskState.READY, manual=True):
            found[f"user {task.task_spec.name}"] = task
        for task in self.workflow.event_manager.tasks.values():
            if task.state == TaskState.WAITING and task.workflow.tasks.get(task.id) is task:
                timed = "Timer" in type(task.task_spec.event_definition).__name__
                found[f"{'timer' if timed else 'message'} {task.task_spec.name}"] = task
        return found

    def take(self, task: Task, values: dict[str, Any]) -> None:
        """Let the offer happen."""
        if task.state == TaskState.READY:
            task.data.update(values)
            task.run()
        elif "Timer" in type(task.task_spec.event_definition).__name__:
            task.internal_data["event_value"] = PAST
            self.workflow.refresh_timers()
        else:
            task.task_spec.catch(task, BpmnEvent(task.task_spec.event_definition, values))
            task.task_spec._update(task)  # noqa: SLF001 (there is no other way in)
        self.workflow.do_engine_steps()
        self.workflow.do_engine_steps()


moves = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from(["again", "out", "drop"])), max_size=25
)


@cache
def plan_of(shape: str) -> Any:
    """Return the plan of a shape, made once."""
    return planned(SHAPES[shape])


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves=moves)
def test_goes_where_the_original_goes(shape: str, moves: list[tuple[int, str]]) -> None:
    stock, ours = Stock(SHAPES[shape]), Walker(plan_of(shape), forgetful=True, data={})
    for number, outcome in moves:
        theirs = stock.offers()
        mine = {name: place for place, ((name, _), _) in enumerate(ours.offers())}
        waiting = Counter(n for n in theirs if not n.endswith(" asked"))
        assert waiting == Counter(
            n for n in mine if not n.endswith(" asked") and not n.startswith("scope")
        )
        assert bool(stock.workflow.completed) == ours.completed
        both = sorted(set(theirs) & set(mine))
        if not both:
            break
        chosen = both[number % len(both)]
        ours.take(mine[chosen], {"outcome": outcome})
        stock.take(theirs[chosen], {"outcome": outcome})
