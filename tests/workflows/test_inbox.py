"""The inbox: mine, my units', done; what is pressing, why, and how much."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from tests.workflows.town import NOT_THEIRS, Town
from workflows import assignments, drafts, inbox, store
from workflows.inbox import Group, InboxFilter, InboxRow
from workflows.lights import Light
from workflows.tables import Assignment, Urgency, Verdict


def steps(rows: Iterable[InboxRow]) -> list[str]:
    """Return the steps of rows in their order."""
    return [row.todo.step for row in rows]


def test_what_waits_for_somebody_is_in_their_inbox_only(town: Town) -> None:
    town.registered()

    assert steps(town.look("zhang", inbox.mine)) == ["approve"]
    for who in ("li", "mayor", "chu", "auditor", "admin"):
        assert town.look(who, inbox.mine) == []


def test_the_most_pressing_comes_first(town: Town) -> None:
    calm = town.handled(urgency=Urgency.COMPLEX)
    urgent = town.handled(urgency=Urgency.URGENT)

    rows = town.look("chu", inbox.mine)

    assert [row.item.id for row in rows] == [urgent, calm]


def test_a_row_tells_its_light_its_distance_and_its_group(town: Town) -> None:
    town.handled()
    seen = []
    for day in (date(2020, 3, 2), date(2020, 3, 13), date(2020, 3, 17), date(2020, 3, 19)):
        town.set_clock(day)
        (row,) = town.look("chu", inbox.mine)
        seen.append((row.light, row.days_left, row.group))

    assert seen == [
        (Light.GREEN, 11, Group.LATER),
        (Light.YELLOW, 2, Group.LATER),
        (Light.YELLOW, 0, Group.TODAY),
        (Light.RED, -2, Group.LATE),
    ]


def test_a_returned_report_is_yellow_and_says_why(town: Town) -> None:
    item_id = town.under_review()
    town.review(item_id, verdict=Verdict.RETURNED, reason="编办未受理")

    (row,) = town.look("chu", inbox.mine)

    assert row.light is Light.YELLOW
    assert row.why.kind == "returned"
    assert row.why.facts["reason"] == "编办未受理"


def test_a_review_says_who_signed_when(town: Town) -> None:
    town.under_review(percent=80, final=False)

    (row,) = town.look("li", inbox.mine)

    assert row.why.kind == "to_review"
    assert row.why.facts["signer"] == "范志国"
    assert row.why.facts["percent"] == 80
    assert row.sender == "范志国"


def test_a_change_tells_each_of_its_deciders_what_is_asked_and_why(town: Town) -> None:
    item_id = town.handled()
    town.ask(item_id)
    (signing,) = town.look("fan", inbox.mine)
    town.pass_on(item_id)

    (row,) = town.look("secretary", inbox.mine)

    asked = {"change": "extend", "old": "2020-03-17", "new": "2020-03-31", "target": ""}
    assert row.why.facts == signing.why.facts == {**asked, "reason": "编委会未召开"}


def test_every_step_of_the_way_has_its_reason(town: Town) -> None:
    first, second = town.registered(), town.assigned("finance")
    task = town.task(second, "acknowledge", "finance")
    town.act("yang", assignments.object_to, task, "不属本单位")

    kinds = {row.why.kind for who in ("zhang", "chu", "li") for row in town.look(who, inbox.mine)}

    assert kinds == {"to_approve", "to_acknowledge", "objected"}
    assert first != second


def test_my_unit_shows_whose_turn_it_is_without_the_right_to_act(town: Town) -> None:
    town.handled()

    (row,) = town.look("fan", inbox.of_my_units)

    assert row.todo.step == "report"
    assert not row.mine
    assert town.look("fan", inbox.mine) == []


def test_a_unit_sees_the_units_below_it(town: Town) -> None:
    town.assigned(lead="greens")

    assert steps(town.look("chu", inbox.of_my_units)) == ["acknowledge"]
    assert town.look("yang", inbox.of_my_units) == []


def test_another_supervisors_item_waits_in_the_office_not_in_mine(town: Town) -> None:
    town.approved()

    assert steps(town.look("li", inbox.mine)) == ["assign"]
    assert town.look("zhou", inbox.mine) == []
    (row,) = town.look("zhou", inbox.of_my_units)
    assert row.mine


def test_what_was_done_is_remembered(town: Town) -> None:
    item_id = town.handled()
    town.clock.move(timedelta(hours=1))
    town.report(item_id)

    assert steps(town.look("chu", inbox.done)) == ["report", "acknowledge"]


def test_counts_say_how_much_and_how_late(town: Town) -> None:
    town.handled()
    town.handled("finance")
    town.set_clock(date(2020, 3, 20))

    counts, around = town.look("chu", inbox.counts), town.look("chu", inbox.around)

    assert (counts.mine, counts.late, around.units) == (2, 2, 2)
    assert counts.steps == {"report": 2}
    assert town.look("yang", inbox.counts).mine == 1
    assert town.look("admin", inbox.counts).mine == 0


def test_the_inbox_can_be_narrowed_to_one_step_or_light(town: Town) -> None:
    town.handled()
    town.assigned()

    only = town.look("chu", inbox.mine, InboxFilter(step="acknowledge"))
    red = town.look("chu", inbox.mine, InboxFilter(light=Light.RED))

    assert steps(only) == ["acknowledge"]
    assert red == []


def test_the_token_changes_with_the_inbox_and_only_then(town: Town) -> None:
    item_id = town.handled()
    token = town.look("fan", inbox.changes_since).token
    assert not town.look("fan", inbox.changes_since, token).changed

    town.report(item_id)
    assert town.look("fan", inbox.changes_since, token).changed
    assert not town.look("gao", inbox.changes_since).changed


def test_a_full_inbox_costs_as_many_queries_as_a_short_one(town: Town) -> None:
    def queries() -> int:
        asked: list[str] = []
        listen = lambda *args: asked.append(args[2])  # noqa: E731
        event.listen(town.database.sql, "before_cursor_execute", listen)
        town.look("li", inbox.mine)
        event.remove(town.database.sql, "before_cursor_execute", listen)
        return len(asked)

    town.under_review()
    short = queries()
    for _ in range(5):
        town.under_review()

    assert len(town.look("li", inbox.mine)) == 6
    assert queries() == short


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
def test_what_is_open_is_found_without_reading_what_is_closed(town: Town) -> None:
    item_id = town.handled()
    part = town.rows(select(Assignment.id).where(Assignment.item_id == item_id))[0]
    asked: list[tuple[str, Any]] = []
    event.listen(
        town.database.sql, "before_cursor_execute", lambda *call: asked.append((call[2], call[3]))
    )
    town.look("chu", store.open_todos, item_id)
    with town.database.read() as session:
        store.open_todo_of_item(session, item_id, "report")
        store.open_todo_of_part(session, part, "report")
        store.waits_at(session, part, {"report"})
        plans = [
            " | ".join(row.detail for row in session.connection().exec_driver_sql(*explained))
            for explained in [(f"EXPLAIN QUERY PLAN {said}", told) for said, told in asked]
            if "FROM todo" in explained[0]
        ]

    assert len(plans) == 4
    narrow = ("(item_id=? AND closed_at=?)", "(assignment_id=? AND closed_at=?)")
    assert all(any(index in plan for index in narrow) for plan in plans), plans


def test_a_draft_is_kept_for_whoever_typed_it(town: Town) -> None:
    task = town.task(town.handled(), "report")
    town.act("chu", drafts.save_draft, task, {"progress": "正在"})
    town.act("chu", drafts.save_draft, task, {"progress": "正在办理"})

    draft = town.look("chu", drafts.draft_of, task)

    assert draft is not None
    assert draft.fields == {"progress": "正在办理"}
    assert town.look("fan", drafts.draft_of, task) is None
    with pytest.raises(NOT_THEIRS):
        town.act("fan", drafts.save_draft, task, {})
    town.act("chu", drafts.drop_draft, task)
    assert town.look("chu", drafts.draft_of, task) is None
