"""Versions of a process: what is deployed again, and what isn't let in."""

import pytest

import engine
from tests.engine.conftest import Office
from tests.engine.drawing import diagram, end, path, rule, start, user


def test_an_older_version_can_be_deployed_again(office: Office) -> None:
    first = office.deploy(diagram("p", start(), user("one"), end(), path("begin", "one", "end")))
    office.deploy(diagram("p", start(), user("two"), end(), path("begin", "two", "end")))

    again = office.deploy(first.xml)
    office.start("p")

    assert again.version == 3
    assert office.deploy(first.xml) == again
    assert office.open() == ["one"]


def test_an_unknown_decision_is_refused_at_deployment(office: Office) -> None:
    xml = diagram("p", start(), rule("ask", "nobody_knows"), end(), path("begin", "ask", "end"))

    with pytest.raises(engine.Refused) as refused:
        office.deploy(xml)

    assert [problem.code for problem in refused.value.problems if problem.refuses] == [
        "decision_unknown"
    ]
