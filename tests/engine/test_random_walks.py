"""Random sound processes: in whatever order things happen, a run that forgets goes the same way."""

from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.machine import Runaway
from tests.engine.random_diagrams import CHOICES, Scope, drawn, structured
from tests.engine.test_walks import same
from tests.engine.walking import Walker, planned

SLOW: Final = [HealthCheck.too_slow, HealthCheck.data_too_large]
moves = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from((*CHOICES, "none")), st.integers(0, 5)),
    max_size=50,
)


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(scope=structured(14), moves=moves)
def test_any_order_of_events_goes_the_same_way(
    scope: Scope, moves: list[tuple[int, str, int]]
) -> None:
    plan = planned(drawn(scope))
    remembering, forgetting = (
        Walker(plan, forgetful=forgetful, data={"outcome": "none"}) for forgetful in (False, True)
    )
    same(remembering, forgetting)
    for number, outcome, failing in moves:
        offers = [
            place
            for place, ((name, _), _) in enumerate(remembering.offers())
            if not name.startswith("scope")
        ]
        if not offers:
            break
        place, values = offers[number % len(offers)], {"outcome": outcome, "n": number}
        walked = [took(w, place, values, fails=failing == 0) for w in (remembering, forgetting)]
        assert walked[0] == walked[1]
        if not walked[0]:
            break
        same(remembering, forgetting)
        assert remembering.sent == forgetting.sent


def took(walker: Walker, place: int, values: dict[str, Any], *, fails: bool) -> bool:
    """Let an offer happen; false if the walk never rests, since a loop has nothing to wait for."""
    try:
        walker.take(place, values, fails=fails)
    except Runaway:
        return False
    return True
