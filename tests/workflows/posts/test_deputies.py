"""A deputy does what the post may, for as long as its holder is away, and no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.workflows.town import NOT_THEIRS, Town
from workflows import calendar, inbox, posts, reports
from workflows.errors import NotYours, PeopleRefused, PersonUnknown
from workflows.posts import Away
from workflows.tables import Notice, StoryEntry


def today(town: Town) -> "calendar.date":
    """Return the office's day."""
    return calendar.office_day(town.clock.now())


def appoint(town: Town, who: str, post: str, deputy: str, away: Away | None = None) -> int:
    """Let somebody act in a post."""
    ids = town.posts[post], town.people[deputy]
    return town.act(who, posts.appoint, *ids, away).id


def test_a_deputy_signs_and_the_story_says_so(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)
    task = town.task(item_id, "confirm", "parks")
    with pytest.raises(NOT_THEIRS):
        town.act("chu", reports.confirm_report, task, sign=True)

    appoint(town, "fan", "fan", "chu")
    town.act("chu", reports.confirm_report, task, sign=True)

    (line,) = town.rows(
        select(StoryEntry).where(StoryEntry.item_id == item_id, StoryEntry.kind == "confirmed")
    )
    assert (line.person_id, line.post_id) == (town.people["chu"], town.posts["fan"])
    assert line.facts["deputy"]


def test_the_holder_goes_on_as_well(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)
    appoint(town, "fan", "fan", "chu")

    town.sign(item_id)

    assert town.open_steps(item_id) == ["review"]


def test_their_work_stands_in_the_deputy_s_inbox_while_it_lasts(town: Town) -> None:
    item_id = town.handled()
    town.report(item_id)
    day = today(town)
    appoint(town, "fan", "fan", "chu", Away(day + timedelta(1), day + timedelta(3)))

    seen = []
    for _ in range(4):
        seen.append([row.todo.step for row in town.look("chu", inbox.mine)])
        town.set_clock(today(town) + timedelta(days=1))

    assert seen == [[], ["confirm"], ["confirm"], []]


def test_a_deputy_gets_the_notices_of_the_post(town: Town) -> None:
    appoint(town, "fan", "fan", "he")

    town.assigned()

    told = select(Notice.kind).where(Notice.person_id == town.people["he"])
    assert town.rows(told) == ["deputy", "assigned"]


def test_who_may_appoint_whom(town: Town) -> None:
    for who, post in (("chu", "fan"), ("fan", "gao"), ("fan", "auditor"), ("zhang", "admin")):
        with pytest.raises(NotYours):
            appoint(town, who, post, "he")

    for who, post in (("chu", "chu"), ("fan", "chu"), ("mayor", "mayor"), ("admin", "auditor")):
        end = appoint(town, who, post, "he")
        town.act(who, posts.end_deputy, end)


def test_a_deputy_passes_nothing_on(town: Town) -> None:
    appoint(town, "fan", "fan", "chu")

    with pytest.raises(NotYours):
        appoint(town, "chu", "fan", "he")


def test_one_deputy_at_a_time(town: Town) -> None:
    day = today(town)
    appoint(town, "fan", "fan", "chu", Away(day + timedelta(2), day + timedelta(5)))

    for since, until in ((0, 3), (4, 9), (0, None), (3, 4)):
        away = Away(day + timedelta(since), None if until is None else day + timedelta(until))
        with pytest.raises(PeopleRefused) as refused:
            appoint(town, "fan", "fan", "he", away)
        assert refused.value.facts["why"] == "deputy_already"
    appoint(town, "fan", "fan", "he", Away(day, day + timedelta(2)))
    appoint(town, "fan", "fan", "he", Away(day + timedelta(5)))


def test_a_time_away_has_its_order(town: Town) -> None:
    day = today(town)

    with pytest.raises(PeopleRefused) as refused:
        appoint(town, "fan", "fan", "chu", Away(day, day))

    assert refused.value.facts["why"] == "back_before_away"


def test_it_ends_at_once_for_those_whom_it_concerns(town: Town) -> None:
    deputy = appoint(town, "fan", "fan", "chu")
    with pytest.raises(PersonUnknown):
        town.act("gao", posts.end_deputy, deputy)

    town.act("chu", posts.end_deputy, deputy)

    assert not any(held.deputy for held in town.actor("chu").posts)
    with pytest.raises(PeopleRefused):
        town.act("fan", posts.end_deputy, deputy)


def test_nobody_of_another_unit_is_let_in_but_by_an_administrator(town: Town) -> None:
    for who, post in (("chu", "chu"), ("fan", "chu")):
        with pytest.raises(PersonUnknown):
            appoint(town, who, post, "gao")

    appoint(town, "admin", "chu", "gao")
