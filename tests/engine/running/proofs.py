"""For each form that the gate lets in, the play that proves that it runs as BPMN says.

A proof gets the form and what begins a run of it, and plays it to the end. It is found
by the element, so a form of a new element has no proof until somebody writes one.
"""

from collections.abc import Callable, Mapping
from typing import Final

from engine.diagrams import EventKind
from tests.engine.forms import SUB, Form
from tests.engine.running.rounds import many
from tests.engine.running.twins import Twins, kinds

Begin = Callable[..., Twins]
"""Begins a run of the form: with some data, and operations that behave so."""
Proof = Callable[[Form, Begin], None]
OUTSIDE: Final = {
    "message": [(EventKind.MESSAGE, "ask")],
    "signal": [(EventKind.SIGNAL, "go")],
}
"""What has left the instance once a throwing event has thrown."""
OFTEN: Final = frozenset({"message", "signal", "conditional"})
"""What may happen again beside the work."""


def trigger(run: Twins, event: str, work: str = "work") -> None:
    """Let an event happen; an error or escalation is thrown behind the task ``work``."""
    if event == "message":
        run.send("ask")
    elif event == "timer":
        run.tick(1)
    elif event == "signal":
        run.signal("go")
    elif event == "conditional":
        run.write(ready=False)
        run.write(ready=True)
    else:
        run.complete(work)


def to_the_end(run: Twins) -> None:
    """Complete what is open until nothing is, and see that all of it is over."""
    while run.open():
        run.complete(run.open()[0])
    assert run.completed
    assert run.end == "completed"


# ── Starts ─────────────────────────────────────────────────────────────────────────────


def starts(form: Form, begin: Begin) -> None:
    """Prove the start of a process, of a sub-process, or of an event sub-process."""
    if "event sub-process" in form.position:
        handles(form, begin)
        return
    run = begin()
    assert run.open() == ["after"]
    to_the_end(run)


def handles(form: Form, begin: Begin) -> None:
    """Prove that an event sub-process handles instead of the rest, or beside it."""
    run = begin()
    assert run.open() == ["other", "work"]
    trigger(run, form.event)
    thrown = form.event in {"error", "escalation"}
    if form.interrupting:
        assert run.open() == ["handle"]
        assert run.waiting() == []
    else:
        left = ["other"] if thrown else ["other", "work"]
        assert run.open() == ["handle", *left]
        again_and_again(run, form.event, "handle")
    if SUB in form.position.replace("event sub-process", "", 1):
        complete_all(run, "handle", "other", "work")
        assert run.open() == ["after_all"]
    to_the_end(run)


def again_and_again(run: Twins, event: str, handling: str) -> None:
    """See that what doesn't interrupt may happen again, if it is of that kind."""
    if event in OFTEN:
        trigger(run, event)
        assert run.open().count(handling) == 2


def complete_all(run: Twins, *elements: str) -> None:
    """Complete every open task of these elements."""
    for element in elements:
        for _ in range(run.open().count(element)):
            run.complete(element)


# ── Boundary events ────────────────────────────────────────────────────────────────────

INSIDE: Final = {"userTask": ["work"], "callActivity": [], "subProcess": ["inside"]}
"""What is open while an activity is being done."""
AT_ONCE: Final = frozenset({"sendTask", "businessRuleTask"})
"""What is done as soon as it is reached: its events have no time to happen."""


def bounded(form: Form, begin: Begin) -> None:
    """Prove that an event on a boundary interrupts its activity, or leaves it alone."""
    host = form.position.split(",")[0]
    if host in AT_ONCE:
        passed_by(form, begin)
        if host == "businessRuleTask":
            interrupts_an_incident(form, begin)
        return
    run = begin(host={"slow": host == "serviceTask"})
    if form.event in {"error", "escalation"}:
        thrown_within(run, form.event, host)
    else:
        trigger(run, form.event)
    thrown = host == "subProcess" and form.event == "escalation"
    left = [] if form.interrupting else (["other"] if thrown else INSIDE.get(host, []))
    assert run.open() == sorted(["caught", *left])
    if not form.interrupting and form.event != "escalation":
        again_and_again(run, form.event, "caught")
    if form.interrupting:
        assert run.waiting() + run.called() + run.errands() == []
    else:
        done_with(run, host)
        complete_all(run, "caught")
        assert run.open() == ["after"]
    to_the_end(run)


def thrown_within(run: Twins, event: str, host: str) -> None:
    """Let an activity end with an error, or escalate."""
    if host == "serviceTask":
        run.refuse("work", "E")
    elif host == "subProcess":
        run.complete("inside")
    elif event == "error":
        run.child_failed("work", "E")
    else:
        run.child_escalates("work", "X")


def done_with(run: Twins, host: str) -> None:
    """Let an activity be done that its events have left alone."""
    if host == "serviceTask":
        run.turn(slow=False)
        run.finish("work")
    elif host == "receiveTask":
        run.send("answer")
    elif host == "callActivity":
        run.child_ended("work")
    else:
        complete_all(run, "work", "inside", "other")


def passed_by(form: Form, begin: Begin) -> None:
    """Prove that nothing of an activity's events is left once it is done."""
    run = begin(ready=False)
    assert run.open() == ["after"]
    assert run.waiting() == []
    run.tick(5)
    run.signal("go")
    assert run.open() == ["after"]
    to_the_end(run)


def interrupts_an_incident(form: Form, begin: Begin) -> None:
    """Prove that an event on a decision happens while that is an incident."""
    run = begin(host={"fails": True})
    assert run.incidents() == ["work"]
    trigger(run, form.event)
    assert run.open() == ["caught"]
    assert run.incidents() == ([] if form.interrupting else ["work"])
    if not form.interrupting:
        run.retry("work", fails=False)
    to_the_end(run)


# ── Events in the flow ─────────────────────────────────────────────────────────────────


def catches(form: Form, begin: Begin) -> None:
    """Prove that a token waits until the event happens, and is passed on by a link."""
    run = begin()
    run.complete("work")
    if form.event != "link":
        assert (run.open(), run.waiting()) == ([], ["x"])
        run.tick(0.5)
        assert run.open() == []
        trigger(run, form.event)
    assert run.open() == ["after"]
    to_the_end(run)


def throws(form: Form, begin: Begin) -> None:
    """Prove that a token throws and goes on, unless that has stopped it."""
    run = begin()
    run.complete("work")
    caught = form.event == "escalation" and form.position.startswith(SUB)
    assert run.open() == (["caught"] if caught else ["after"])
    assert kinds(run.sent) == OUTSIDE.get(form.event, [])
    to_the_end(run)


def ends(form: Form, begin: Begin) -> None:
    """Prove that a branch ends and throws, and what becomes of the other branch."""
    run = begin()
    run.complete("work")
    within = form.position.startswith(SUB)
    if form.event == "terminate":
        assert run.open() == (["after_all"] if within else [])
    elif form.event in {"error", "escalation"} and within:
        assert run.open() == ["caught"]
    else:
        assert run.open() == ["other"]
    assert kinds(run.sent) == OUTSIDE.get(form.event, [])
    if form.event == "error" and not within:
        run.complete("other")
        assert run.incidents() == ["x"]
        assert not run.completed
        return
    to_the_end(run)


# ── Gateways, flows, and what stands beside them ───────────────────────────────────────


def splits(form: Form, begin: Begin) -> None:
    """Prove the ways that a gateway takes, and when it joins them."""
    if form.event == "one way":
        passes(form, begin)
        return
    both = {"exclusiveGateway": ["a"], "inclusiveGateway": ["a"], "parallelGateway": ["a", "b"]}
    for one, ways in ((True, both[form.element]), (False, ["b"])):
        run = begin(one=one)
        opened = ["a", "b"] if form.element == "parallelGateway" else ways
        assert run.open() == opened
        for element in reversed(opened):
            assert "after" not in run.open()
            run.complete(element)
        assert run.open() == ["after"]
        to_the_end(run)


def races(form: Form, begin: Begin) -> None:
    """Prove that each event can win, and that the others are given up then."""
    winners: dict[str, Callable[[Twins], object]] = {
        "a": lambda run: run.send("ask"),
        "b": lambda run: run.tick(1.5),
        "d": lambda run: run.signal("go"),
        "e": lambda run: run.write(ready=True),
    }
    for winner, happens in winners.items():
        run = begin()
        assert run.waiting() == ["a", "b", "c", "d", "e"]
        happens(run)
        run.tick(5)
        assert run.open() == [f"after_{winner}"]
        assert run.waiting() == []
        to_the_end(run)


def goes(form: Form, begin: Begin) -> None:
    """Prove which flows are taken out of an activity or an event."""
    always = {"several": ["a", "b"], "conditional": ["b"], "conditional and default": []}[
        form.event
    ]
    for one in (True, False):
        run = begin(one=one)
        if form.position == "userTask":
            run.complete("x")
        taken = {*always, *(["a"] if one else [])}
        assert run.open() == sorted(taken or {"b"})
        to_the_end(run)


def passes(form: Form, begin: Begin) -> None:
    """Prove that a token goes by."""
    run = begin()
    assert run.open() == ["after"]
    to_the_end(run)


PROOFS: Final[Mapping[str, Proof]] = {
    "startEvent": starts,
    "boundaryEvent": bounded,
    "intermediateCatchEvent": catches,
    "intermediateThrowEvent": throws,
    "endEvent": ends,
    **dict.fromkeys(
        (
            "userTask",
            "serviceTask",
            "businessRuleTask",
            "sendTask",
            "receiveTask",
            "callActivity",
            "subProcess",
        ),
        many,
    ),
    **dict.fromkeys(("exclusiveGateway", "parallelGateway", "inclusiveGateway"), splits),
    "eventBasedGateway": races,
    "sequenceFlow": goes,
    "textAnnotation": passes,
    "group": passes,
}


def proof_of(form: Form) -> Proof | None:
    """Return what proves a form, if anything does."""
    return PROOFS.get(form.element)
