"""Samples of closed items: weighed, frozen, drawn once, and drawn again by anybody."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.revisits.closed import PERIOD, closed, record
from tests.workflows.town import NOT_THEIRS, Town
from workflows import revisits
from workflows.actors import Actor
from workflows.closing import close_item
from workflows.errors import NotYours, SampleRefused, SettingRefused
from workflows.revisits.samples import SampleFile
from workflows.tables import Cause, ItemState, Kind, Revisit, RevisitSample, RevisitSampleLine


def drawn(town: Town, size: int = 1, kinds: Sequence[Kind] = ()) -> RevisitSample:
    """Let the supervisor draw a sample of the year."""
    return town.act("li", revisits.draw_sample, *PERIOD, kinds, size)


def file_of(town: Town, who: str, sample_id: int) -> SampleFile:
    """Return a sample with its pool."""

    def look(session: Session, actor: Actor) -> SampleFile:
        file = revisits.sample(session, actor, sample_id)
        session.expunge_all()
        return file

    return town.look(who, look)


def test_a_sample_is_frozen_with_its_weights_and_each_drawn_one_is_visited(town: Town) -> None:
    items = [closed(town), closed(town), closed(town, "finance")]

    sample = drawn(town, 2)

    lines = town.rows(select(RevisitSampleLine).order_by(RevisitSampleLine.item_id))
    assert [line.item_id for line in lines] == items
    assert lines[2].weight > lines[0].weight
    won = [line.item_id for line in lines if line.drawn]
    visits = town.rows(select(Revisit).order_by(Revisit.item_id))
    assert [visit.item_id for visit in visits] == won
    assert {(visit.cause, visit.sample_id) for visit in visits} == {(Cause.SAMPLE, sample.id)}
    assert [town.open_steps(item_id) for item_id in won] == [["revisit"]] * 2
    assert {town.item(item_id).state for item_id in items} == {ItemState.CLOSED}


def test_lots_are_drawn_again_from_the_record_and_a_forged_one_is_found(town: Town) -> None:
    for _ in range(3):
        closed(town)
    sample = drawn(town)
    with town.database.read() as session:
        honest = [each.holds for each in revisits.redraw_sample(session, sample.id)]
        honest += [each.holds for each in revisits.redraw_lots(session)]

    def forge(session: Session, _actor: Actor) -> None:
        wanted = select(RevisitSampleLine).where(RevisitSampleLine.drawn.is_(False))
        lines = session.scalars(wanted.order_by(RevisitSampleLine.id)).all()
        lines[0].drawn, lines[1].weight = True, 9.0

    town.act("li", forge)
    with town.database.read() as session:
        forged = [each.holds for each in revisits.redraw_samples(session)[sample.id]]

    assert len(honest) >= 3 + 3
    assert all(honest)
    assert forged.count(False) >= 2


@pytest.mark.usefixtures("unreviewed")
def test_anybody_who_may_look_draws_it_again_with_the_same_result(town: Town) -> None:
    for _ in range(4):
        closed(town)
    sample = drawn(town, 2)
    town.act("admin", revisits.change_weights, {"late": 999, "kind.instruction": 7})

    file = file_of(town, "auditor", sample.id)

    again = revisits.recomputed(file)
    assert again == {each.line.item_id: each.line.drawn for each in file.lines}
    assert sum(again.values()) == 2


def test_nobody_draws_the_same_pool_twice(town: Town) -> None:
    closed(town)
    closed(town)
    drawn(town)

    with pytest.raises(SampleRefused) as refused:
        drawn(town)
    assert refused.value.facts["why"] == "redrawn"

    late = closed(town)
    drawn(town)
    assert town.rows(select(Revisit.item_id).order_by(Revisit.id))[-1] == late


def test_an_item_that_closes_again_is_in_the_pool_again(town: Town) -> None:
    item_id = closed(town)
    drawn(town)
    record(town, item_id, solved=True)
    with pytest.raises(SampleRefused):
        drawn(town)

    town.act("mayor", revisits.ask_for_revisit, item_id)
    record(town, item_id, solved=False)
    town.assign(item_id)
    town.acknowledge(item_id)
    town.finish(item_id)
    record(town, item_id, solved=True)
    town.act("zhang", close_item, town.task(item_id, "close"))

    assert drawn(town).size == 1


def test_a_sample_is_neither_empty_nor_larger_than_its_pool(town: Town) -> None:
    closed(town)

    for size in (0, 2):
        with pytest.raises(SampleRefused) as refused:
            drawn(town, size)
        assert (refused.value.facts["why"], refused.value.facts["most"]) == ("size", 1)


def test_other_kinds_other_periods_and_open_items_stay_out(town: Town) -> None:
    closed(town)
    town.accepted()

    for since, until, kinds in [
        (*PERIOD, [Kind.PROPOSAL]),
        (date(2019, 1, 1), date(2019, 12, 31), []),
    ]:
        with pytest.raises(SampleRefused) as refused:
            town.act("li", revisits.draw_sample, since, until, kinds, 1)
        assert refused.value.facts["why"] == "empty"
    assert len(town.look("zhang", revisits.pool_of, *PERIOD, []).lines) == 1


def test_only_a_supervisor_draws_and_units_dont_even_look(town: Town) -> None:
    closed(town)

    for who in ("zhang", "mayor", "auditor", "chu", "fan", "admin"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, revisits.draw_sample, *PERIOD, [], 1)
    for who in ("chu", "fan", "admin"):
        with pytest.raises(NotYours):
            town.look(who, revisits.samples)
        with pytest.raises(NotYours):
            town.look(who, revisits.pool_of, *PERIOD, [])


@pytest.mark.usefixtures("unreviewed")
def test_weights_are_an_administrators_and_within_reason(town: Town) -> None:
    with pytest.raises(NotYours):
        town.act("li", revisits.change_weights, {"late": 10})
    for wrong in ({"late": 1001}, {"weather": 10}, {"most": 99}):
        with pytest.raises(SettingRefused):
            town.act("admin", revisits.change_weights, wrong)

    town.act("admin", revisits.change_weights, {"late": 10})

    with town.database.read() as session:
        assert revisits.weights(session)["late"] == 10
