"""Events beside a running host: kept with what they remember, newly armed, or disarmed."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from engine.machine import KEY, freeze
from engine.migration import Stays
from engine.migration.arming import Moments
from engine.migration.crossing import Crossing, Move
from tests.engine.drawing import boundary, end, flow, path, service, user
from tests.engine.migration.drafts import ABC, row
from tests.engine.migration.nested import ASK, STOP, SUB, inside
from tests.engine.migration.play import NEW, OLD, Play, known_writes, planned
from tests.engine.shapes import SHAPES
from tests.engine.test_walks import DATA, OUTCOMES
from tests.engine.walking import Walker

DAY = "<bpmn:timeDuration>P1D</bpmn:timeDuration>"
LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


def cycled(cycle: str, more: str = "") -> bytes:
    """Draw a reminder that comes again and again."""
    remind = service("remind", "note") + end("reminded") + path("tick", "remind", "reminded")
    return row("a", "b", "c", extra=boundary("tick", "b", cycle=cycle) + remind + more)


def there(play: Play, xml: bytes) -> Play:
    """Move a play, which must be possible."""
    moved = play.to(xml)
    assert not isinstance(moved, Stays), moved
    return moved


def remembered(play: Play, element: str) -> dict[str, Any]:
    """Return what a waiting timer remembers."""
    return dict(play.token("timers", element).internal_data)


@pytest.mark.parametrize(
    ("new", "left"), [("R5/PT1H", 4), ("R2/PT1H", 1), ("R1/PT1H", None), ("R/PT1H", "endless")]
)
def test_what_a_cycle_has_done_counts_in_the_new_one(new: str, left: object) -> None:
    play = Play(planned(cycled("R3/PT1H"), OLD)).do("a", "!tick")
    before = remembered(play, "tick")

    moved = there(play, cycled(new))

    if left is None:
        assert moved.places("timers") == []
    else:
        after = remembered(moved, "tick")
        assert after.pop("left", "endless") == left
        before.pop("left")
        assert after == before


def test_an_event_that_is_spent_stays_spent() -> None:
    late = boundary("late", "b", duration="P1D") + end("noted") + flow("late", "noted")
    play = Play(planned(row("a", "b", "c", extra=late), OLD)).do("a", "!late")

    assert there(play, row("a", "b", "x", "c", extra=late)).places("timers") == []


def test_a_new_timer_counts_from_when_its_neighbour_was_armed() -> None:
    second = boundary("second", "b", duration="P9D") + end("noted") + flow("second", "noted")
    play = Play(planned(cycled("R/PT1H"), OLD)).do("a", "!tick", "!tick")

    moved = there(play, cycled("R/PT1H", second))

    assert remembered(moved, "second")["since"] == remembered(moved, "tick")["since"]


def test_without_a_neighbour_it_counts_from_now() -> None:
    play = Play(planned(ABC, OLD)).do("a")
    play.host.at += timedelta(days=3)

    moved = there(play, cycled("R/PT1H"))

    assert remembered(moved, "tick")["since"] == play.host.at.isoformat()


def test_a_listener_counts_from_the_start_of_the_instance() -> None:
    timed = ASK.replace(' messageRef="message_ask"/>', "/>").replace("message", "timer")
    timed = timed.replace("EventDefinition/>", f"EventDefinition>{DAY}</bpmn:timerEventDefinition>")
    play = Play(planned(ABC, OLD))
    way = Crossing(play.plan, planned(row("a", "b", "c", extra=timed), NEW), known_writes)

    told = way.move(freeze(play.run), Moments(play.host.at, LONG_AGO))

    assert isinstance(told, Move)
    (token,) = told.run.shape().timers.values()
    assert token.internal_data["since"] == LONG_AGO.isoformat()


def test_a_timer_whose_moment_nobody_can_tell_keeps_it_where_it_is() -> None:
    told = Play(planned(ABC, OLD)).do("a").to(cycled("R/k"))

    assert isinstance(told, Stays)
    assert told.code == "timer_unknown"


def test_a_new_message_is_awaited_under_its_key() -> None:
    ask = boundary("asked", "b", message="ask", key='k + "x"') + end("told") + flow("asked", "told")
    play = Play(planned(ABC, OLD)).do("a")

    moved = there(play, row("a", "b", "c", extra=ask))

    assert moved.token("routed", "asked").internal_data[KEY] == "7x"


def test_a_condition_that_has_changed_is_looked_at_anew() -> None:
    def when(condition: str) -> bytes:
        drawn = boundary("when", "b", interrupting=True, condition=condition)
        return row("a", "b", "c", extra=drawn + user("w") + path("when", "w", "c"))

    play = Play(planned(when("final"), OLD)).do("a")
    same, other = there(play, when("final")), there(play, when("k == '8'"))

    assert same.token("others", "when").internal_data["was"] is False
    assert "was" not in other.token("others", "when").internal_data


def test_a_new_listener_is_armed_in_each_open_scope() -> None:
    play = Play(planned(SUB, OLD)).do("first")

    moved = there(play, inside("a", "b", around=ASK)).do("!asking", "!asking")

    assert moved.open() == ["a", "answer", "answer"]
    moved.finish()


def test_none_is_armed_where_one_has_ended_all_else() -> None:
    play = Play(planned(inside("a", "b", around=STOP), OLD)).do("first", "!stopping")

    moved = there(play, inside("a", "b", around=STOP + ASK))

    assert [t.task_spec.node.id for t in moved.run.tokens() if t.waits] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_move_to_the_same_again_changes_nothing_but_the_number(shape: str) -> None:
    old, new = (planned(SHAPES[shape], number) for number in (OLD, NEW))
    way, chance = Crossing(old, new, known_writes), random.Random(shape)
    walker = Walker(old, forgetful=True, data=DATA)
    moves = 0
    for _ in range(60):
        offers = [at for at, ((name, _), _) in enumerate(walker.offers()) if name[:5] != "scope"]
        if walker.completed or not offers:
            walker = Walker(old, forgetful=True, data=DATA)
            continue
        walker.take(chance.choice(offers), {"outcome": chance.choice(OUTCOMES), "final": False})
        if walker.completed or walker.run.shape().errands or walker.run.shape().faults:
            continue
        before = freeze(walker.run)
        told = way.move(before, Moments(walker.host.at))
        assert isinstance(told, Move), told
        (one, _, *was), (kind, number, *now) = orjson.loads(before), orjson.loads(told.state)
        assert (kind, number, now) == (one, NEW, was)
        moves += 1
    assert moves > 10
