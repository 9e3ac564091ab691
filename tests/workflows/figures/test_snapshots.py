"""Snapshots: equal rows are kept once, nobody changes them, and what changed since is told."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from engine import Session
from tests.workflows.figures.world import at
from tests.workflows.town import Town
from workflows import figures, urges
from workflows.errors import DayOutside, NotYours, SnapshotUnknown, UnitUnknown
from workflows.figures import Part, Span, periods
from workflows.tables import (
    Assignment,
    ChangeDecision,
    ChangeKind,
    ChangeRequest,
    FrozenRow,
    Item,
    Snapshot,
    Source,
    StoryEntry,
)

MARCH = Span.month(2020, 3)


def verified(town: Town, snapshot_id: int) -> bool:
    """Say whether a snapshot's digest proves it."""
    with town.database.read() as session:
        return figures.verify(session, session.get_one(Snapshot, snapshot_id))


def kept_rows(town: Town) -> int:
    """Count the rows that are kept."""
    with town.database.read() as session:
        return session.scalar(select(func.count(FrozenRow.id))) or 0


def test_equal_rows_are_kept_once(small_town: Town) -> None:
    town = small_town
    town.handled("finance")
    first = town.act("li", figures.take, MARCH, "通报")
    kept = kept_rows(town)

    second = town.act("zhang", figures.take, MARCH, "专报")

    assert kept_rows(town) == kept > 0
    assert second.digest != first.digest
    assert verified(town, first.id)
    assert verified(town, second.id)


def test_the_database_itself_changes_nothing_frozen_together(town: Town) -> None:
    town.handled()
    taken = town.act("li", figures.take, MARCH, "通报")

    for statement in (
        "UPDATE frozen_figure SET value = 100",
        "DELETE FROM frozen_figure",
        "UPDATE frozen_row SET digest = 'x'",
        "DELETE FROM frozen_row",
        "UPDATE snapshot SET purpose = 'x'",
        "DELETE FROM snapshot",
    ):
        with pytest.raises(DBAPIError, match="is frozen"):
            town.database.write(lambda session, sql=statement: session.execute(text(sql)))  # type: ignore[misc] # bound at once

    assert verified(town, taken.id)


def test_who_gets_past_the_triggers_is_found_out(small_town: Town) -> None:
    town = small_town
    town.handled()
    taken = town.act("li", figures.take, MARCH, "通报")

    def forge(session: Session) -> None:
        session.execute(text("DROP TRIGGER frozen_row_no_update"))
        session.execute(text("UPDATE frozen_row SET content = json_set(content, '$.unit', 'x')"))

    town.database.write(forge)

    assert not verified(town, taken.id)


def test_figures_stay_as_they_were_and_tell_what_changed_since(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()
    taken = town.act("li", figures.take, MARCH, "通报").id
    town.act("li", urges.urge, [town.part(item_id, "parks").id], "telephone", "请抓紧")
    town.set_clock(date(2020, 3, 30))

    changed = {each.name: each for each in town.look("li", figures.changed_since, taken)}

    assert (changed["urges"].then, changed["urges"].now) == (0, 1)
    assert (changed["items_overdue"].then, changed["items_overdue"].now) == (0, 1)
    assert "items_open" not in changed
    assert town.look("mayor", figures.frozen, taken)["urges"].value == 0
    ((then, now),) = town.look("li", figures.lines_changed_since, taken)
    assert now is not None
    assert (then.item_id, then.light, now.light) == (item_id, "green", "red")
    assert town.look("li", figures.ledger_then, taken) == [then]


def test_what_was_counted_stands_whatever_comes_before_it_is_kept(small_town: Town) -> None:
    town = small_town
    town.handled()
    counted = town.look("li", figures.prepare, MARCH, "通报")
    town.set_clock(date(2020, 3, 5))
    town.handled(title="后来的")

    taken = town.act("li", figures.take_prepared, counted, "通报")

    assert taken.taken_at == counted.at
    assert town.look("li", figures.frozen, taken.id)["items_open"].value == 1
    assert verified(town, taken.id)


def test_a_part_of_the_ledger_can_be_frozen(small_town: Town) -> None:
    town = small_town
    mine = town.assigned(lead="finance")
    town.assigned("finance", source=Source.PROVINCIAL_INSTRUCTION)

    of_unit = town.act("li", figures.take, MARCH, "财政", [town.units["finance"]])
    of_source = town.act(
        "li", figures.take, MARCH, "省批示", part=Part(sources=(Source.PROVINCIAL_INSTRUCTION,))
    )

    rows = town.look("li", figures.frozen_rows, of_unit.id, "items_open")
    assert [row.ref for row in rows] == [str(mine)]  # where it is a co-unit, others answer
    assert town.look("li", figures.frozen, of_source.id)["items_open"].value == 1
    own = town.look("gao", figures.frozen, of_unit.id, town.units["finance"])
    assert own["items_open"].value == Decimal(1)
    for who, unit in (("chu", None), ("chu", town.units["finance"])):
        with pytest.raises(NotYours):
            town.look(who, figures.frozen, of_unit.id, unit)
    for who in ("chu", "mayor", "auditor", "admin"):
        with pytest.raises(NotYours):
            town.act(who, figures.take, MARCH, "通报")
    with pytest.raises(SnapshotUnknown):
        town.look("li", figures.frozen, 4711)
    for beyond in (Span.year(2021), Span.year(1999), Span(MARCH.first, date.max)):
        with pytest.raises(DayOutside):
            town.act("li", figures.take, beyond, "通报")
    with pytest.raises(UnitUnknown):
        town.act("li", figures.take, MARCH, "通报", [4711])


def test_a_day_that_has_gone_by_is_reckoned_from_dates(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()  # due on 17 March
    part = town.part(item_id, "parks")
    town.set_clock(date(2020, 4, 1))

    def happened(session: Session) -> None:
        """Close it on the 10th, take it up again on the 15th, extend it on the 25th."""
        for day, kind in ((10, "closed"), (15, "reopened")):
            session.add(StoryEntry(item_id=item_id, kind=kind, at=at(date(2020, 3, day))))
        extended = {"kind": ChangeKind.EXTEND, "decision": ChangeDecision.CONSENTED}
        asked = {"reason": "-", "asked_by_id": 1, "asked_at": at(date(2020, 3, 16))}
        moved = {"old_due_on": part.due_on, "new_due_on": date(2020, 4, 20)}
        decided = at(date(2020, 3, 25))
        change = {**extended, **asked, **moved, "decided_at": decided}
        session.add(ChangeRequest(assignment_id=part.id, **change))
        session.get_one(Assignment, part.id).due_on = date(2020, 4, 20)
        session.get_one(Item, item_id).due_on = date(2020, 4, 20)

    town.database.write(happened)

    def on(day: int, name: str) -> Decimal | None:
        span = Span(date(2020, 3, day), date(2020, 3, day))
        return town.look("li", figures.measure, name, span).value

    assert [on(day, "items_open") for day in (1, 2, 9, 10, 12, 15)] == [None, 1, 1, 0, 0, 1]
    assert [on(day, "items_overdue") for day in (16, 18, 24, 26)] == [0, 1, 1, 0]


def test_the_worker_freezes_each_period_once(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()
    town.set_clock(date(2020, 4, 1), hour=0)

    frozen = town.database.write(periods.freeze_ended)

    assert [each.period for each in frozen] == ["2020-03", "2020-Q1"]  # nothing was there in 2019
    assert town.database.write(periods.freeze_ended) == []
    march = town.look("zhang", figures.frozen, frozen[0].id)
    assert march["items_near"].value is not None  # it stands as the ledger does at midnight
    rows = town.look("zhang", figures.frozen_rows, frozen[0].id, "items_registered")
    assert [row.ref for row in rows] == [str(item_id)]
