"""What is said of small processes: of each pattern that is known to go wrong, and its like."""

from typing import Final

import pytest

from engine import Registry
from engine.diagrams import MESSAGES
from engine.diagrams.gate import check, reread
from engine.diagrams.soundness.explore import explore
from engine.diagrams.soundness.search import Cap
from engine.errors import Problem
from tests.engine.soundness.events import EVENTS
from tests.engine.soundness.gateways import GATEWAYS
from tests.engine.soundness.scopes import SCOPES

CASES: Final = {**GATEWAYS, **EVENTS, **SCOPES}
CALLED: Final = {"q": reread(GATEWAYS["one task"][0])}
CAP: Final = Cap(20_000, 5)


def found(xml: bytes) -> list[Problem]:
    """Return what the search has against a diagram."""
    return explore(reread(xml), CAP)


@pytest.mark.parametrize("name", CASES)
def test_says_what_goes_wrong(name: str) -> None:
    xml, expected = CASES[name]

    problems = found(xml)

    assert {f"{p.code} {p.element_id}" for p in problems} == expected, problems
    for problem in problems:
        assert "%" not in MESSAGES[problem.code] % problem.facts


@pytest.mark.parametrize("name", CASES)
def test_says_it_as_the_last_of_the_gate(name: str, registry: Registry) -> None:
    xml, expected = CASES[name]

    codes = {p.code for p in check(xml, registry, CALLED.get)} - {"merge_implicit", "name_missing"}

    assert codes == {each.split()[0] for each in expected}


def test_tells_the_way_there() -> None:
    (problem,) = found(GATEWAYS["a choice into a parallel join"][0])

    assert problem.facts == {"path": "begin → a → a", "missing": "b"}


def test_the_same_is_said_again() -> None:
    for xml, _ in CASES.values():
        assert found(xml) == found(xml)
