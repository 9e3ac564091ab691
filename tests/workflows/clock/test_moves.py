"""A changed calendar or rule: what it moves is shown first, then moved at once, never silently."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from engine import Session
from tests.workflows.town import Town
from workflows import calendar, clock, limits, moves, settings, store
from workflows.actors import Actor
from workflows.calendar import SpecialDay
from workflows.errors import MovesUnseen, NotYours
from workflows.moves import Moves, NewRule
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Notice, Period, StartEvent, StoryEntry, Urgency

YEAR, SOURCE = 2020, "国办发明电〔2020〕1号"
URGENT = "instruction.urgent"


def table(town: Town, *off: int) -> list[SpecialDay]:
    """Return the year's table with these days of March off as well."""
    with town.database.read() as session:
        known = calendar.year_table(session, YEAR).special.values()
    added = [SpecialDay(date(YEAR, 3, day), working=False, name="抗疫") for day in off]
    return [day for day in known if day.day.month != calendar.DECEMBER] + added


def sessions(town: Town) -> Iterator[Session]:
    """Give a session to read in."""
    with town.database.read() as session:
        yield session


def days(moved: Moves) -> list[tuple[str, str, date | None, date | None]]:
    """Return what moves: whose, which day or step, from which day to which."""
    return [
        (
            each.unit.name if each.unit else "",
            each.todo.step if each.todo else each.what.value,
            each.old,
            each.new,
        )
        for each in moved.moved
    ]


def seen(town: Town, wanted: list[SpecialDay]) -> Moves:
    """Return what the administrator is shown for a table."""
    return town.act("admin", moves.of_calendar, YEAR, wanted, SOURCE)


def save(town: Town, wanted: list[SpecialDay], seal: str | None) -> None:
    """Save a table."""
    town.act("admin", moves.change_calendar, YEAR, wanted, SOURCE, seal)


def told(town: Town, item_id: int) -> list[dict[str, object]]:
    """Return what the item's story says of limits that moved."""
    wanted = select(StoryEntry).where(
        StoryEntry.item_id == item_id, StoryEntry.kind == "limit_moved"
    )
    return [entry.facts for entry in town.rows(wanted.order_by(StoryEntry.id))]


def test_a_changed_calendar_shows_what_it_moves_and_changes_nothing_yet(town: Town) -> None:
    urgent = town.assigned(urgency=Urgency.URGENT)
    plain = town.assigned(lead="finance")

    shown = seen(town, table(town, 3, 4))

    assert days(shown) == [
        ("市园林绿化处", "part", date(2020, 3, 5), date(2020, 3, 9)),
        ("市园林绿化处", "acknowledge", date(2020, 3, 3), date(2020, 3, 5)),
        ("市园林绿化处", "window", date(2020, 3, 4), date(2020, 3, 6)),
        ("市财政局", "acknowledge", date(2020, 3, 3), date(2020, 3, 5)),
        ("市财政局", "window", date(2020, 3, 4), date(2020, 3, 6)),
    ]
    assert town.part(urgent, "parks").due_on == date(2020, 3, 5)
    assert town.part(plain, "finance").due_on == date(2020, 3, 17)


def test_saving_moves_parts_items_steps_and_timers_and_tells_everybody(town: Town) -> None:
    item_id = town.assigned(urgency=Urgency.URGENT)
    wanted = table(town, 3, 4)

    save(town, wanted, seen(town, wanted).seal)
    town.tick()

    part, item = town.part(item_id, "parks"), town.item(item_id)
    assert part.due_on == part.original_due_on == item.due_on == date(2020, 3, 9)
    assert part.due_why[-1] == {
        "kind": "recounted", "on": "2020-03-02", "from": "2020-03-05", "to": "2020-03-09",
        "because": "calendar",
    }  # fmt: skip
    assert town.todo(item_id, "acknowledge").due_on == date(2020, 3, 5)
    assert [(each["old"], each["new"]) for each in told(town, item_id)] == [
        ("2020-03-05", "2020-03-09"), ("2020-03-03", "2020-03-05"),
    ]  # fmt: skip
    moved = town.rows(select(Notice).where(Notice.kind == "limit_moved"))
    assert {each.person_id for each in moved} == {town.people["chu"], town.people["fan"]}

    town.pass_days(date(2020, 3, 5))
    assert "unacknowledged" not in town.story(item_id)
    town.pass_days(date(2020, 3, 6))
    assert "unacknowledged" in town.story(item_id)


def test_what_was_not_seen_isn_t_saved(town: Town) -> None:
    town.assigned(urgency=Urgency.URGENT)
    wanted = table(town, 3, 4)
    seal = seen(town, wanted).seal
    town.assigned(urgency=Urgency.URGENT, lead="finance")

    for old in (None, seal):
        with pytest.raises(MovesUnseen):
            save(town, wanted, old)

    assert calendar.is_working(next(sessions(town)), date(2020, 3, 3))


def test_a_table_that_moves_nothing_needs_no_seal(town: Town) -> None:
    item_id = town.assigned()
    wanted = table(town, 31)

    save(town, wanted, None)

    assert not calendar.is_working(next(sessions(town)), date(2020, 3, 31))
    assert told(town, item_id) == []


def test_days_that_were_set_or_consented_to_stay(town: Town) -> None:
    chosen = town.assigned(planned_due_on=date(2020, 3, 5))
    extended = town.assigned(urgency=Urgency.URGENT, lead="finance")
    part_id = town.part(extended, "finance").id

    def extend(session: Session, _actor: Actor) -> None:
        part = store.assignment_of(session, part_id)
        clock.extend(session, part, date(2020, 3, 6), date(2020, 3, 2))

    town.act("li", extend)
    wanted = table(town, 3, 4, 5, 6)

    shown = seen(town, wanted)
    save(town, wanted, shown.seal)

    assert {step for _, step, _, _ in days(shown)} == {"acknowledge", "window"}
    assert town.part(chosen, "parks").due_on == date(2020, 3, 5)
    assert town.part(extended, "finance").due_on == date(2020, 3, 6)


def test_a_guessed_year_that_is_published_loses_its_mark_without_moving(town: Town) -> None:
    town.set_clock(date(2031, 3, 3))
    item_id = town.assigned()
    marked = town.part(item_id, "parks")
    days_off = [SpecialDay(date(2031, 10, 1), working=False, name="国庆节")]

    town.act("admin", moves.change_calendar, 2031, days_off, "国办发明电〔2030〕9号")

    part = town.part(item_id, "parks")
    assert marked.due_why[-1]["kind"] == "provisional"
    assert (part.due_on, part.due_why) == (marked.due_on, marked.due_why[:-1])
    assert town.item(item_id).due_why == part.due_why
    assert told(town, item_id) == []


def test_a_limit_that_rolled_off_a_holiday_keeps_its_own_way_of_counting(town: Town) -> None:
    item_id = town.assigned(urgency=Urgency.PRESSING)  # due on Saturday 7 March
    town.act("admin", settings.change, "limit.roll", "yes")
    later = town.assigned(urgency=Urgency.PRESSING, lead="finance")
    wanted = table(town, 9)

    shown = [each for each in days(seen(town, wanted)) if each[1] == "part"]

    assert town.part(item_id, "parks").due_on == date(2020, 3, 7)
    assert town.part(later, "finance").due_on == date(2020, 3, 9)
    assert shown == [("市财政局", "part", date(2020, 3, 9), date(2020, 3, 10))]


@pytest.mark.usefixtures("unreviewed")
def test_a_changed_rule_leaves_what_runs_alone_unless_somebody_says_so(town: Town) -> None:
    item_id = town.assigned(urgency=Urgency.URGENT)
    wanted = [NewRule(URGENT, Span(8, LimitUnit.WORKING_DAYS, URGENT), limits.PART)]

    town.act("admin", moves.change_rules, wanted)
    kept = town.part(item_id, "parks").due_on
    later = town.assigned(urgency=Urgency.URGENT, lead="finance")

    assert kept == date(2020, 3, 5)
    assert town.part(later, "finance").due_on == date(2020, 3, 12)


@pytest.mark.usefixtures("unreviewed")
def test_what_runs_follows_a_changed_rule_once_that_was_seen(town: Town) -> None:
    item_id = town.assigned(urgency=Urgency.URGENT)
    wanted = [NewRule(URGENT, Span(8, LimitUnit.WORKING_DAYS, URGENT), limits.PART)]
    with pytest.raises(MovesUnseen):
        town.act("admin", moves.change_rules, wanted, follow=True)
    shown = town.act("admin", moves.of_rules, wanted)

    town.act("admin", moves.change_rules, wanted, follow=True, seal=shown.seal)

    part = town.part(item_id, "parks")
    assert days(shown) == [("市园林绿化处", "part", date(2020, 3, 5), date(2020, 3, 12))]
    assert part.due_on == town.item(item_id).due_on == date(2020, 3, 12)
    assert part.due_why[0]["number"] == 8
    assert part.due_why[-1]["because"] == "rule"
    assert told(town, item_id)[0]["rule"] == URGENT


def test_a_rule_that_begins_with_another_event_moves_what_follows_it(town: Town) -> None:
    item_id = town.approved(urgency=Urgency.URGENT)
    town.pass_days(date(2020, 3, 5))
    town.assign(item_id)
    clause = replace(limits.PART, starts=StartEvent.REGISTERED)
    wanted = [NewRule(URGENT, Span(3, LimitUnit.WORKING_DAYS, URGENT), clause)]

    shown = town.act("admin", moves.of_rules, wanted)

    assert days(shown) == [("市园林绿化处", "part", date(2020, 3, 10), date(2020, 3, 5))]


@pytest.mark.usefixtures("unreviewed")
def test_a_step_with_a_limit_of_its_own_follows_its_rule(town: Town) -> None:
    item_id = town.assigned()
    span = Span(3, LimitUnit.WORKING_DAYS, "acknowledge")
    wanted = [NewRule("acknowledge", span, limits.Clause())]
    shown = town.act("admin", moves.of_rules, wanted)

    town.act("admin", moves.change_rules, wanted, follow=True, seal=shown.seal)

    todo = town.todo(item_id, "acknowledge")
    assert (todo.due_on, todo.due_why[-1]["kind"]) == (date(2020, 3, 5), "recounted")
    assert told(town, item_id)[0]["step"] == "acknowledge"


def test_an_interim_report_s_day_isn_t_moved_by_the_calendar(town: Town) -> None:
    item_id = town.handled(reporting_period=Period.WEEKLY)

    shown = seen(town, table(town, 9))

    assert town.todo(item_id, "report").due_on == date(2020, 3, 9)
    assert days(shown) == []


def test_nobody_but_an_administrator_sees_or_saves_it(town: Town) -> None:
    wanted = table(town, 3)

    with pytest.raises(NotYours):
        town.act("zhang", moves.of_calendar, YEAR, wanted, SOURCE)
    with pytest.raises(NotYours):
        town.act("zhang", moves.change_rules, [])
