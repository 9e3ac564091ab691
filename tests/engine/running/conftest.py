"""Plays a diagram that the gate lets in, twice at once."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from engine import Registry
from engine.diagrams.gate import check
from tests.engine.drawing import diagram
from tests.engine.running.twins import ANY, Twins
from tests.engine.walking import planned

Play = Callable[..., Twins]
"""Plays a drawn body with some data; ``host`` says how operations behave."""


@pytest.fixture
def play(registry: Registry) -> Play:
    """Give what plays a drawing, once the gate has let it in."""

    def begin(*body: str, host: Mapping[str, Any] = ANY, **data: Any) -> Twins:
        xml = diagram("p", *body)
        refused = [problem for problem in check(xml, registry) if problem.refuses]
        assert not refused, refused
        return Twins(planned(xml), data, host)

    return begin
