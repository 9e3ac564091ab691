"""A step that was given to a colleague waits for them alone, and comes back."""

import pytest
from sqlalchemy import select

from tests.workflows.town import NOT_THEIRS, Town, text
from workflows import inbox, posts, reports
from workflows.errors import AlreadyAsked, NotNow, NotYours, PersonUnknown, ReasonMissing
from workflows.people import end_holding
from workflows.tables import Holding, Notice


def steps_of(town: Town, who: str) -> list[str]:
    """Return what waits in somebody's inbox."""
    return [row.todo.step for row in town.look(who, inbox.mine)]


def give(town: Town, item_id: int, to: str = "fan") -> None:
    """Let 褚云 give the report to somebody of the unit."""
    task = town.task(item_id, "report", "parks")
    town.act("chu", posts.delegate, task, town.people[to], "你在现场，由你写。")


def test_it_waits_for_the_colleague_alone(town: Town) -> None:
    item_id = town.handled()

    give(town, item_id)

    assert (steps_of(town, "chu"), steps_of(town, "fan")) == ([], ["report"])
    told = select(Notice.kind).where(Notice.person_id == town.people["fan"])
    assert town.rows(told)[-1] == "delegated"
    assert town.story(item_id)[-1] == "delegated"


def test_the_colleague_does_it(town: Town) -> None:
    item_id = town.handled()
    give(town, item_id)
    task = town.task(item_id, "report", "parks")

    town.act("fan", reports.submit_report, task, text())

    assert town.open_steps(item_id) == ["confirm"]


def test_it_is_given_back_with_a_reason(town: Town) -> None:
    item_id = town.handled()
    give(town, item_id)
    task = town.task(item_id, "report", "parks")
    with pytest.raises(ReasonMissing):
        town.act("fan", posts.give_back, task, " ")

    town.act("fan", posts.give_back, task, "我下周出差")

    assert (steps_of(town, "chu"), steps_of(town, "fan")) == (["report"], [])
    told = select(Notice.kind).where(Notice.person_id == town.people["chu"])
    assert town.rows(told)[-1] == "given_back"


def test_it_is_taken_back(town: Town) -> None:
    item_id = town.handled()
    give(town, item_id)
    task = town.task(item_id, "report", "parks")
    with pytest.raises(NotYours):
        town.act("fan", posts.take_back, task)

    town.act("chu", posts.take_back, task)

    assert steps_of(town, "chu") == ["report"]
    with pytest.raises(NotNow):
        town.act("chu", posts.take_back, task)


def test_nobody_gives_away_what_is_another_s(town: Town) -> None:
    item_id = town.handled("finance")
    task = town.task(item_id, "report", "parks")
    for who in ("yang", "li", "admin", "auditor"):
        with pytest.raises(NOT_THEIRS):
            town.act(who, posts.delegate, task, town.people["fan"])
    for to in ("yang", "li", "chu"):
        with pytest.raises(PersonUnknown):
            town.act("chu", posts.delegate, task, town.people[to])
    give(town, item_id)
    with pytest.raises(AlreadyAsked):
        give(town, item_id)
    with pytest.raises(NotYours):
        town.act("fan", posts.delegate, task, town.people["chu"])


def test_a_signature_isn_t_given_away(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)
    task = town.task(item_id, "confirm", "parks")

    with pytest.raises(NotNow):
        town.act("fan", posts.delegate, task, town.people["chu"])


def test_the_office_gives_its_steps_among_supervisors(town: Town) -> None:
    item_id = town.under_review()
    task = town.task(item_id, "review", "parks")

    town.act("li", posts.delegate, task, town.people["zhou"])

    assert (steps_of(town, "li"), steps_of(town, "zhou")) == ([], ["review"])


def test_who_has_left_the_unit_does_nothing_for_it_any_more(town: Town) -> None:
    item_id = town.handled()
    give(town, item_id)
    task = town.task(item_id, "report", "parks")
    (holding,) = town.rows(select(Holding.id).where(Holding.person_id == town.people["fan"]))

    town.act("admin", end_holding, holding)

    assert steps_of(town, "fan") == []
    with pytest.raises(NOT_THEIRS):
        town.act("fan", reports.submit_report, task, text())
    town.act("chu", posts.take_back, task)
