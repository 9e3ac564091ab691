"""How often an activity is done, by its mark; and how each kind of activity is done once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.engine.forms import Form
from tests.engine.running.twins import Twins

Begin = Callable[..., Twins]
COUNTS: Final[Mapping[str, int]] = {
    "plain": 1,
    "parallel, a list": 2,
    "sequential, a list": 2,
    "parallel, a number": 3,
    "sequential, a number": 3,
    "parallel, with results": 2,
    "sequential, with results": 3,
    "parallel, until": 2,
    "sequential, until": 3,
    "loop, tested after": 3,
    "loop, tested before": 2,
    "loop, so many times": 3,
}
"""How often each mark lets an activity be done."""
BESIDE: Final = {
    "parallel, a list": 2,
    "parallel, a number": 3,
    "parallel, with results": 2,
    "parallel, until": 3,
}
"""How many rounds are begun at once, if it is more than one."""
AT_ONCE: Final = frozenset({"serviceTask", "businessRuleTask", "sendTask"})
"""What is done as soon as it is reached."""
UNTESTED: Final = {"serviceTask": 1, "businessRuleTask": 1, "sendTask": 0}
"""How often those are done in a loop that is tested before: what they write ends it, if any."""


def many(form: Form, begin: Begin) -> None:
    """Play an activity until it is done, and count how often that was."""
    run = begin(host={"writes": {"more": False} if tested(form) else {}}, **given(form))
    count = COUNTS[form.event]
    if form.element in AT_ONCE:
        count = UNTESTED[form.element] if tested(form) else count
        done = len(run.done) + len(run.sent)
    else:
        assert begun(form, run) == BESIDE.get(form.event, 1)
        done = one_by_one(form, run, count)
    assert done == count
    if "results" in form.event:
        assert len(run.data["results"]) == count
    assert run.open() == ["after"]
    run.complete("after")
    assert run.completed


def tested(form: Form) -> bool:
    """Tell whether nothing but a condition ends the loop."""
    return form.event == "loop, tested before"


def given(form: Form) -> dict[str, Any]:
    """Return data with which the mark of the form has something to do."""
    units = ["a", "b", "c"] if form.event == "parallel, until" else ["a", "b"]
    at_all = not (tested(form) and form.element == "sendTask")
    return {"units": units, "more": at_all}


def one_by_one(form: Form, run: Twins, most: int) -> int:
    """Do an activity until its token goes on, and return how often that was."""
    done = 0
    while "after" not in run.open():
        done += 1
        assert done <= most
        if tested(form):
            run.write(more=done < most)
        once(form.element, run, done - 1)
    return done


def begun(form: Form, run: Twins) -> int:
    """Return how many rounds have been begun."""
    places = {
        "userTask": lambda: run.open().count("x"),
        "subProcess": lambda: run.open().count("inside"),
        "receiveTask": lambda: run.waiting().count("x"),
        "callActivity": lambda: len(run.calls),
    }
    return places[form.element]()


def once(element: str, run: Twins, index: int) -> None:
    """Do an activity once."""
    if element == "userTask":
        run.complete("x")
    elif element == "subProcess":
        run.complete("inside")
    elif element == "receiveTask":
        run.send("answer")
    else:
        run.child_ended("x", index)
