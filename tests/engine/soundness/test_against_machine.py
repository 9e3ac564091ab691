"""What the search calls sound comes to an end in the real machine, whatever happens."""

import random
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.util.task import TaskState

from engine.diagrams import Diagram, EventKind, Kind
from engine.diagrams.gate import reread
from engine.diagrams.soundness.explore import explore
from engine.diagrams.soundness.net import Net
from engine.diagrams.soundness.search import Cap
from engine.diagrams.structure import check_structure
from engine.errors import Refused
from engine.machine import Token, plan
from tests.engine.random_diagrams import CHOICES, Scope, drawn, mutated, structured
from tests.engine.soundness.events import EVENTS
from tests.engine.soundness.gateways import GATEWAYS
from tests.engine.soundness.scopes import SCOPES
from tests.engine.walking import Walker, planned

PLAYED: Final = {
    name: (xml, said)
    for name, (xml, said) in {**GATEWAYS, **EVENTS, **SCOPES}.items()
    if not any(each.startswith(("livelock", "grows", "endless")) for each in said)
    and name != "an error of a service inside"
}
"""Those that the machine can be played through, without an operation that fails."""
DATA: Final = {"outcome": "none", "units": ["a", "b"], "more": False}
THROWN: Final = {EventKind.ERROR, EventKind.ESCALATION}
CAP: Final = Cap(3_000, 2)
MOVES: Final = 150
CALM: Final = 40
"""After so many moves at most, events happen no more and loops are left."""
PHASES: Final = [Phase.explicit, Phase.reuse, Phase.generate]
"""Without shrinking: the seed says enough, and there is no end of it."""
SLOW: Final = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def walk(xml: bytes, chance: random.Random, *, forgetful: bool) -> Walker:
    """Walk until all has ended, or until nothing can be done any more."""
    walker = Walker(planned(xml), forgetful=forgetful, data=dict(DATA))
    calm = chance.choice((0, 5, CALM))
    for number in range(MOVES):
        offers = ways(walker) if number < calm else pressing(walker)
        if walker.completed or not offers:
            break
        outcome = chance.choice((*CHOICES, "none", "none"))
        walker.take(chance.choice(offers), {"outcome": outcome})
    return walker


def ways(walker: Walker) -> list[int]:
    """Return the offers that somebody outside can take: at a join, nobody can."""
    return [
        place
        for place, ((name, _), token) in enumerate(walker.offers())
        if not name.startswith("scope") and "flow" not in token.internal_data and happens(token)
    ]


def happens(token: Token) -> bool:
    """Tell whether an event may come from outside: what is thrown inside may not."""
    node = token.task_spec.node
    hosts = [n for n in token.run_of.plan.diagram.nodes.values() if n.id == node.host]
    opaque = any(host.kind in {Kind.CALL, Kind.SERVICE} for host in hosts)
    return node.awaited.event.kind not in THROWN or token.state == TaskState.READY or opaque


def pressing(walker: Walker) -> list[int]:
    """Return the offers that are no interruption or addition: without one, all stands still."""
    offers = walker.offers()
    nodes = {place: offers[place][1].task_spec.node for place in ways(walker)}
    return [place for place, node in nodes.items() if node.host is None and not node.triggered]


def refused(xml: bytes) -> tuple[Diagram, set[str]]:
    """Return a diagram and what it would be refused for."""
    diagram = reread(xml)
    assume(not check_structure(diagram))
    problems = explore(diagram, CAP)
    codes = {problem.code for problem in problems}
    assume("soundness_capped" not in codes)
    return diagram, {problem.code for problem in problems if problem.refuses}


@pytest.mark.parametrize("name", PLAYED)
def test_small_processes_end_or_get_stuck_as_the_search_says(name: str) -> None:
    xml, said = PLAYED[name]
    stuck = any(each.startswith(("deadlock", "left_behind")) for each in said)

    walkers = [walk(xml, random.Random(seed), forgetful=bool(seed % 2)) for seed in range(20)]

    assert any(not walker.completed and not pressing(walker) for walker in walkers) == stuck
    assert stuck or all(walker.completed for walker in walkers)


def test_inclusive_joins_look_where_the_machine_looks() -> None:
    diagram = reread(GATEWAYS["an inclusive pair in a loop"][0])
    net = Net(diagram)
    joins = [p for s in plan(1, diagram).specs.values() for p in s.inclusive if len(p.before) > 1]

    assert joins
    for join in joins:
        for number in net.incoming[net.number[join.node.id]]:
            seen = {net.nodes[place].id for place in net.before[number]}
            assert seen == join.before[net.flows[number].id]


@settings(max_examples=80, deadline=None, phases=PHASES, suppress_health_check=SLOW)
@given(scope=structured(8), seed=st.integers(0, 1 << 32), forgetful=st.booleans())
def test_blocks_that_fit_are_sound_and_end(scope: Scope, seed: int, *, forgetful: bool) -> None:
    xml = drawn(scope)
    _, codes = refused(xml)

    assert codes == set()
    walker = walk(xml, random.Random(seed), forgetful=forgetful)
    assert walker.completed, walker.offers()


@settings(max_examples=100, deadline=None, phases=PHASES, suppress_health_check=SLOW)
@given(scope=mutated(6), seed=st.integers(0, 1 << 32), forgetful=st.booleans())
def test_what_has_gone_astray_is_refused_or_ends(
    scope: Scope, seed: int, *, forgetful: bool
) -> None:
    try:
        xml = drawn(scope)
        _, codes = refused(xml)
    except Refused:
        assume(False)  # noqa: FBT003 - hypothesis has it so
        raise
    event(",".join(sorted(codes)) or "sound")
    if not codes:
        for number in range(3):
            walker = walk(xml, random.Random(seed + number), forgetful=forgetful)
            assert walker.completed or pressing(walker), walker.offers()
            event("ended" if walker.completed else "still walking")
