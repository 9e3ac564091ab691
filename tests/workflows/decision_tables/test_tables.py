"""Decision tables: checked at the cell, tried on last quarter, deployed, taken back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

import engine
from engine import DecisionTable, Session
from tests.workflows.revisits.closed import closed
from tests.workflows.town import Town
from workflows import decision_tables, ladder_rules, limits, revisits
from workflows.actors import Actor
from workflows.decision_tables import TABLES, differences, table_named
from workflows.decision_tables.judging import judge
from workflows.errors import (
    DraftMoved,
    DraftUnread,
    NewerDeployed,
    NothingChanged,
    NotYours,
    TableRefused,
    TableWouldLose,
    TextMissing,
)
from workflows.limits import Clause
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Rung

NORMAL = "instruction.normal"


def flaws(name: str, change: Callable[[str], str]) -> list[tuple[str, int | None, str | None]]:
    """Change the text of a default table, and return what is wrong with it, and where."""
    xml = engine.write_decision_table(table_named(name).default()).decode()
    changed = change(xml)
    assert changed != xml
    wrong = judge(table_named(name), changed.encode()).wrong
    return [(each.code, each.row, each.column) for each in wrong]


def test_the_tables_that_are_shipped_are_sound_and_say_what_the_defaults_say() -> None:
    for own in TABLES.values():
        xml = engine.write_decision_table(own.default())

        assert judge(own, xml).wrong == []
    table = limits.default_table()
    assert limits.rules_in(table) == {name: limits.default_rule(name) for name in limits.DEFAULTS}
    assert set(ladder_rules.rules_in(ladder_rules.default_table())) == set(ladder_rules.DEFAULT)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "column"),
    [
        ("limits", ">15</text>", ">fifteen</text>", "name_unknown", "number"),
        ("limits", ">15</text>", ">1.5</text>", "cell_whole", "number"),
        ("limits", ">15</text>", ">-3</text>", "refused", "number"),
        ("limits", '"minutes"</text>', '"document"</text>', "rules_overlap", "limit"),
        ("limits", '"working_days"', '"moons"', "value_not_allowed", "unit"),
        ("ladder", ">3</text>", "></text>", "output_empty", "days_overdue"),
        ("ladder", ">3</text>", ">40</text>", "refused", "rung"),
        ("ladder", '"flash"</text>', '> "flash"</text>', "cell_plain", "urgency"),
        ("sampling", ">150</text>", ">1500</text>", "percent_range", "percent"),
        ("scores", 'name="points"', 'name="marks"', "table_columns", None),
        ("scores", ">-0.1</text>", ">if x then 1</text>", "feel_unsupported", "points"),
    ],
)  # fmt: skip
def test_what_a_table_cannot_be_is_told_at_its_cell(
    name: str, old: str, new: str, code: str, column: str | None
) -> None:
    found = flaws(name, lambda xml: new.join(xml.rsplit(old, 1)) if old in xml else xml)

    assert (code, column) in [(each, where) for each, _row, where in found]
    assert all(row is not None for _code, row, where in found if where is not None)


@pytest.mark.parametrize(
    "xml", [b"no xml", b"<definitions/>", b"<!DOCTYPE x><x/>", b"x" * 3_000_000]
)
def test_what_is_no_table_is_refused(xml: bytes) -> None:
    assert judge(table_named("limits"), xml).table is None


def test_two_versions_are_told_apart_row_by_row() -> None:
    old = limits.default_table()
    xml = engine.write_decision_table(old).decode().replace(">15</text>", ">20</text>", 1)
    new = engine.read_decision_table(xml.encode())

    [change] = differences(old, new)

    assert (change.what, [(each.column.name, each.old, each.new) for each in change.cells]) == (
        "changed", [("number", "15", "20")],
    )  # fmt: skip


def changed(table: DecisionTable, old: str, new: str) -> bytes:
    """Return a table with one text of its file changed."""
    return engine.write_decision_table(table).decode().replace(old, new, 1).encode()


@pytest.mark.usefixtures("unreviewed")
def test_a_draft_is_saved_tried_deployed_and_taken_back(town: Town) -> None:
    item_id = closed(town)
    town.clock.move(timedelta(days=100))
    draft = town.act("admin", decision_tables.open_draft, "limits")
    longer = changed(limits.default_table(), ">15</text>", ">40</text>")
    town.act("admin", decision_tables.save_draft, "limits", longer, draft.revision)

    tried = town.look("admin", decision_tables.try_draft, "limits", longer)
    same = engine.write_decision_table(limits.default_table())
    nothing = town.look("admin", decision_tables.try_draft, "limits", same)
    with town.database.read() as session:
        before = limits.span_of(session, NORMAL).number
    deployed = town.act("admin", decision_tables.deploy_draft, draft.id, "给承办单位更多时间")
    with town.database.read() as session:
        between = limits.span_of(session, NORMAL).number
    versions = town.look("admin", decision_tables.versions, "limits")
    back = town.act("admin", decision_tables.roll_back, "limits", versions[1].id)
    town.act("admin", decision_tables.deploy_draft, back.id, "太长了")
    with town.database.read() as session:
        after = limits.span_of(session, NORMAL).number
    newest = town.look("admin", decision_tables.versions, "limits")[0]

    assert tried is not None
    assert nothing is not None
    assert [line.item.id for line in tried.lines if line.todo is None] == [item_id]
    assert all(line.after > line.before for line in tried.lines)
    assert (nothing.looked_at, nothing.lines) == (tried.looked_at, [])
    assert (before, between, after) == (15, 40, 15)
    assert (deployed.note, deployed.by) == ("给承办单位更多时间", versions[0].by)
    assert (newest.note, newest.back_to, newest.number) == ("太长了", 1, 3)


@pytest.mark.usefixtures("unreviewed")
def test_somebody_elses_saving_and_somebody_elses_version_stay(town: Town) -> None:
    draft = town.act("admin", decision_tables.open_draft, "limits")
    own = changed(limits.default_table(), ">15</text>", ">16</text>")
    with pytest.raises(NothingChanged):
        town.act("admin", decision_tables.deploy_draft, draft.id, "没有变")
    town.act("admin", decision_tables.save_draft, "limits", own, draft.revision)
    with pytest.raises(DraftMoved):
        town.act("admin", decision_tables.save_draft, "limits", own, draft.revision)
    with pytest.raises(TextMissing):
        town.act("admin", decision_tables.deploy_draft, draft.id, " ")
    read = draft.revision
    with pytest.raises(DraftUnread):
        town.act("admin", decision_tables.deploy_draft, draft.id, "改为 16 天", revision=read)
    span = Span(9, LimitUnit.NATURAL_DAYS)
    town.act("admin", limits.change_limit, "form", span, Clause())

    with pytest.raises(NewerDeployed):
        town.act("admin", decision_tables.deploy_draft, draft.id, "改为 16 天")
    town.act("admin", decision_tables.rebase_draft, draft.id)
    town.act("admin", decision_tables.deploy_draft, draft.id, "改为 16 天")

    town.clock.move(timedelta(seconds=5))
    town.act("admin", decision_tables.open_draft, "limits")
    with pytest.raises(DraftMoved):  # it was opened before the one that is deployed by now
        town.act("admin", decision_tables.save_draft, "limits", own, draft.revision)

    with pytest.raises(NotYours):
        town.act("li", decision_tables.open_draft, "limits")


@pytest.mark.usefixtures("unreviewed")
def test_a_broken_draft_is_kept_but_not_deployed(town: Town) -> None:
    draft = town.act("admin", decision_tables.open_draft, "sampling")
    broken = changed(revisits.risk.default_table(), ">150</text>", ">1500</text>")
    town.act("admin", decision_tables.save_draft, "sampling", broken, draft.revision)

    with pytest.raises(TableRefused):
        town.act("admin", decision_tables.deploy_draft, draft.id, "加重")
    with pytest.raises(TableRefused):
        town.act("admin", decision_tables.save_draft, "sampling", b"<x/>", draft.revision + 1)

    def weight(session: Session, _actor: Actor) -> int:
        return revisits.weights(session)["kind.key_project"]

    assert town.look("admin", weight) == 150


@pytest.mark.usefixtures("unreviewed")
def test_a_row_for_several_urgencies_is_a_ladder_for_each(town: Town) -> None:
    draft = town.act("admin", decision_tables.open_draft, "ladder")
    both = changed(ladder_rules.default_table(), '>"flash"</text>', '>"flash", "urgent"</text>')
    town.act("admin", decision_tables.save_draft, "ladder", both, draft.revision)
    town.act("admin", decision_tables.deploy_draft, draft.id, "加急同特急")

    with town.database.read() as session:
        rows = [row for row in ladder_rules.table(session) if row.urgency == "urgent"]
        decided = engine.decide(session, "ladder", {"kind": "decision", "urgency": "urgent"})

    assert [row.rung for row in rows] == [Rung.URGE]
    assert Rung.URGE.value in {each["rung"] for each in decided.result}


def test_a_changed_ladder_is_tried_on_who_was_late_in_the_last_quarter(town: Town) -> None:
    item_id = town.handled()
    part = town.part(item_id, "parks")
    town.clock.move(timedelta(days=100))
    later = changed(ladder_rules.default_table(), ">3</text>", ">4</text>")

    tried = town.look("admin", decision_tables.try_draft, "ladder", later)

    assert tried is not None
    assert (part.due_on, tried.until) == (date(2020, 3, 17), date(2020, 3, 31))  # 10 working days
    climbed = ((Rung.REMINDER, 1), (Rung.URGE, 2), (Rung.NOTICE_BLUE, 3))
    on = ((Rung.NOTICE_YELLOW, 5), (Rung.NOTICE_RED, 10))
    (line,) = tried.lines
    assert (line.item.id, line.unit and line.unit.id) == (item_id, part.unit_id)
    assert line.before == (*climbed, *on)
    assert line.after == (*climbed[:2], (Rung.NOTICE_BLUE, 4), *on)


def test_changed_weights_are_tried_on_what_closed_in_the_last_quarter(town: Town) -> None:
    item_id = closed(town, "finance")
    town.clock.move(timedelta(days=100))
    default = revisits.risk.default_table()
    kind, size = (changed(default, *each) for each in ((">100<", ">150<"), (">10<", ">20<")))

    tried = [town.look("admin", decision_tables.try_draft, "sampling", xml) for xml in (kind, size)]

    figures = [
        [(line.item.id, line.before, line.after) for line in each.lines] for each in tried if each
    ]
    assert figures == [[(item_id, 1.1, 1.65)], [(item_id, 1.1, 1.2)]]  # one unit more: 10 % each


def test_a_file_that_holds_more_than_its_table_is_taken_once_somebody_says_so(town: Town) -> None:
    table = limits.default_table()
    plain = changed(table, ">15</text>", ">20</text>")
    note = b'<textAnnotation id="n"><text>see the law</text></textAnnotation></definitions>'
    more = plain.replace(b"</definitions>", note)

    with pytest.raises(TableWouldLose) as refused:
        town.act("admin", decision_tables.bring_file, "limits", more)
    file = town.act("admin", decision_tables.keep_file, "limits", "他们的.dmn", more)
    kept = town.look("admin", decision_tables.draft_of, "limits")
    taken = town.act("admin", decision_tables.bring_file, "limits", more, sure=True)

    assert refused.value.facts["parts"] == ["text", "textAnnotation"]
    assert kept is None
    assert file
    assert (file.xml, file.parts) == (more, ["text", "textAnnotation"])
    assert town.look("admin", decision_tables.files_of, "limits")[0].file_name == "他们的.dmn"
    assert town.act("admin", decision_tables.keep_file, "limits", "own.dmn", plain) is None
    assert taken.wrong == []
    assert town.act("admin", decision_tables.bring_file, "limits", plain).wrong == []
