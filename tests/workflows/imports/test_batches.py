"""A whole import: previewed, bound to what was seen, and all of it or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update

import engine
from engine import MovableClock, Session
from engine.tables import JOB
from tests import ledgers
from tests.workflows.imports.known import codes, really
from tests.workflows.imports.office import Office, units_of
from workflows import items
from workflows.errors import BatchUnknown, NotYours, PreviewStale, SheetRefused
from workflows.imports import batches, walk
from workflows.imports.matching import Field
from workflows.imports.rows import NO_LIMIT, Answers, Verdict
from workflows.items import Registration
from workflows.tables import (
    ImportBatch,
    Item,
    ItemState,
    Notice,
    Period,
    Revisit,
    Sequence,
    Setting,
    Source,
    StoryEntry,
    Todo,
    Urgency,
)


def test_the_real_ledger_comes_in_as_it_was_previewed(imported: Office) -> None:
    ready = {row.title for row in really().values() if row.verdict is Verdict.READY}

    assert {item.title for item in imported.items()} == ready
    assert len(ready) == 17


def test_an_item_has_what_its_row_says(imported: Office) -> None:
    item = imported.item("道路贯通工程")

    assert (item.number, item.percent, item.imported_light) == ("督字〔2019〕2号", 70, "黄")
    assert (item.assigned_on, item.due_on) == (date(2019, 1, 9), date(2019, 10, 31))
    assert (item.progress, item.responsible_person) == ("剩余3户未拆迁", "李红梅")
    assert units_of(item) == ["市住建局", "东城区政府", "市公安局"]


@pytest.mark.parametrize(
    ("title", "state", "steps"),
    [
        ("道路贯通工程", ItemState.OPEN, ["report"]),
        ("科普教育基地问题整改", ItemState.OPEN, ["revisit"]),
        ("中小学教师工资政策落实", ItemState.CLOSED, []),
    ],
)
def test_an_item_stands_where_its_row_says(
    imported: Office, title: str, state: ItemState, steps: list[str]
) -> None:
    assert imported.item(title).state is state
    imported.let_finish()
    assert imported.steps(title) == steps


def test_the_history_says_imported(imported: Office) -> None:
    item = imported.item("道路贯通工程")

    with imported.database.read() as session:
        told = session.scalars(select(StoryEntry.kind).where(StoryEntry.item_id == item.id)).all()
        steps = engine.history(session, str(item.id))
        breaks = engine.verify_history(session)

    assert "imported" in told
    assert {entry.by for entry in steps} == {walk.IMPORT}
    assert breaks == []


def test_limits_counted_in_working_days_are_explained(imported: Office) -> None:
    item = imported.item("市园林绿化处经费形式变更")

    assert item.due_on == date(2019, 6, 25)
    assert [part["kind"] for part in item.due_why][:2] == ["limit", "start"]


def test_long_running_matters_report_in_their_rhythm(imported: Office) -> None:
    rhythms = {item.title: (item.due_on, item.reporting_period) for item in imported.items()}

    assert rhythms["对上争取激励支持"] == (None, Period.WEEKLY)
    assert rhythms["百城提质建设工程"] == (None, Period.QUARTERLY)
    assert rhythms["市域铁路工程建设"] == (date(2019, 12, 31), Period.MONTHLY)


def test_groups_are_handed_to_every_unit_of_theirs(imported: Office) -> None:
    teachers, offices = (
        imported.item("中小学教师工资政策落实"),
        imported.item("机关办公用房清理腾退"),
    )

    assert units_of(teachers)[-4:] == ["东城区政府", "北山县政府", "南湖县政府", "河口市政府"]
    assert len(units_of(offices)) == len(set(units_of(offices))) == 22


def test_importing_twice_makes_no_duplicates(imported: Office) -> None:
    before = [item.id for item in imported.items()]

    again = imported.upload(ledgers.real())

    assert imported.preview(again).ready == []
    imported.run(again)
    assert [item.id for item in imported.items()] == before


def test_rows_without_number_and_date_make_no_duplicates_on_another_day(office: Office) -> None:
    undated = ledgers.made_up(
        [("河道清淤", "2019/10/31", "市水利局", "10%", "", "", "", "", "", "")]
    )
    office.brought(undated)

    office.database.clock = MovableClock(datetime(2019, 9, 23, 1, tzinfo=UTC))

    assert office.preview(office.upload(undated)).ready == []


def test_what_was_handed_over_again_meanwhile_is_known_by_its_first_day(office: Office) -> None:
    office.brought(ledgers.made_up())

    def handed_over_again(session: Session) -> None:
        session.execute(update(Item).values(assigned_on=date(2019, 9, 19)))

    office.database.write(handed_over_again)

    assert office.preview(office.upload(ledgers.made_up())).ready == []


def test_numbers_go_on_above_those_that_came_in(office: Office) -> None:
    office.brought(ledgers.made_up())
    new = Registration(Source.CITY_INSTRUCTION, "市长批示", "新事项", Urgency.NORMAL, secret=False)

    item_id = office.act(items.register_item, new).id
    with office.database.read() as session:
        waiting = select(Todo.task_id).where(Todo.item_id == item_id, Todo.step == "approve")
        task = session.scalars(waiting).one()
    office.act(items.approve_item, task, "approve", login="zhangming")

    assert office.item("新事项").number == "督字〔2019〕44号"


def test_rows_without_a_number_get_the_next_one_of_their_year(office: Office) -> None:
    office.brought(ledgers.made_up())

    assert [item.number for item in office.items()] == [
        "督字〔2019〕41号",
        "督字〔2019〕42号",
        "督字〔2019〕43号",
    ]


def test_a_made_up_ledger_comes_in_by_the_same_code(office: Office) -> None:
    office.brought(ledgers.made_up())

    river = office.item("河道清淤")

    assert units_of(river) == ["市水利局", "南湖县政府"]
    assert (river.due_on, river.percent, river.urgency) == (date(2019, 10, 31), 35, Urgency.URGENT)
    assert office.item("公交站台改造").due_on == date(2019, 7, 2)


def test_what_the_person_answers_makes_rows_ready(office: Office) -> None:
    batch_id = office.upload(ledgers.real())
    answers = Answers(
        units={"市环保督察组": office.unit("市生态环境局")},
        leads={24: office.unit("市住建局")},
        limits={23: "2019-12-31", 24: NO_LIMIT},
    )

    office.answer(batch_id, answers)
    office.run(batch_id)

    dust, floods = office.item("扬尘污染治理"), office.item("城区积水点改造")
    assert (units_of(dust)[0], dust.due_on) == ("市生态环境局", date(2019, 12, 31))
    assert (units_of(floods), floods.due_on) == (["市住建局"], None)
    assert floods.number == "督字〔2019〕20号"


def test_a_matching_can_be_corrected(office: Office) -> None:
    head = ("甲", "完成时限", "责任单位", "督查事项", "文号")
    row = ("修桥", "年底前", "市住建局", "请看第一列", "督字〔2019〕50号")
    batch_id = office.upload(ledgers.made_up([row], head))
    fields = {0: Field.TITLE, 1: Field.LIMIT, 2: Field.UNITS, 4: Field.NUMBER}

    office.act(batches.correct, batch_id, fields, Answers())

    (judged,) = office.preview(batch_id).rows
    assert (judged.title, judged.verdict) == ("修桥", Verdict.READY)


def test_an_import_is_bound_to_what_was_previewed(office: Office) -> None:
    batch_id = office.upload(ledgers.real())
    seal = office.preview(batch_id).seal
    fields = {**office.preview(batch_id).matching}
    fields.pop(6)

    office.act(batches.correct, batch_id, fields, Answers())

    with pytest.raises(PreviewStale):
        office.order(batch_id, seal)
    assert office.items() == []


def test_a_ledger_that_has_changed_meanwhile_is_looked_at_again(office: Office) -> None:
    first, second = office.upload(ledgers.made_up()), office.upload(ledgers.made_up())
    seal = office.preview(second).seal

    office.run(first)

    with pytest.raises(PreviewStale):
        office.order(second, seal)


def test_all_come_in_or_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    batch_id = office.upload(ledgers.made_up())
    seal = office.preview(batch_id).seal
    real, calls = walk.bring_in, []

    def stumble(*told: object) -> Item:
        calls.append(told)
        if len(calls) == 3:
            raise ArithmeticError
        return real(*told)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(walk, "bring_in", stumble)
    with pytest.raises(ArithmeticError):
        batches.import_now(office.database, 6, batch_id, seal)

    with office.database.read() as session:
        assert session.scalar(select(func.count(Item.id))) == 0
        assert session.scalars(select(Sequence)).all() == []


def test_progress_is_told_on_the_way(office: Office) -> None:
    batch_id = office.upload(ledgers.made_up())
    seen: list[int] = []
    seal = office.preview(batch_id).seal

    batches.import_now(office.database, _liwen(office), batch_id, seal, seen.append)

    assert seen == [1, 2, 3]


def test_nobody_is_told_of_every_old_matter(imported: Office) -> None:
    with imported.database.read() as session:
        told = session.scalars(select(Notice.kind)).all()

    assert "assigned" not in told
    assert "instruct" not in told


def test_an_import_that_the_worker_cannot_do_says_so(office: Office) -> None:
    batch_id = office.upload(ledgers.real())
    office.order(batch_id, office.preview(batch_id).seal)
    office.database.write(
        lambda session: session.execute(
            update(ImportBatch).where(ImportBatch.id == batch_id).values(sha256="0" * 64)
        ).close()
    )

    while engine.work_once(office.database):
        pass

    assert office.act(batches.batch_of, batch_id).state == batches.FAILED
    assert office.items() == []


def test_an_import_whose_workers_died_can_be_ordered_again(office: Office) -> None:
    batch_id = office.upload(ledgers.made_up())
    office.order(batch_id, office.preview(batch_id).seal)
    _let_the_workers_die(office)

    state = office.look(lambda s, who: batches.stands(s, batches.batch_of(s, who, batch_id)))
    office.run(batch_id)

    assert state == batches.FAILED
    assert len(office.items()) == 3


def test_an_import_that_waits_for_its_worker_cannot_be_ordered_twice(office: Office) -> None:
    batch_id = office.upload(ledgers.made_up())
    seal = office.preview(batch_id).seal
    office.order(batch_id, seal)

    with pytest.raises(PreviewStale):
        office.order(batch_id, seal)


def test_two_runs_of_one_import_bring_its_items_in_once(office: Office) -> None:
    batch_id = office.upload(ledgers.made_up())
    seal, person = office.preview(batch_id).seal, _liwen(office)

    def run(_: int) -> int:
        return batches.import_now(office.database, person, batch_id, seal)

    with ThreadPoolExecutor(2) as threads:
        came = list(threads.map(run, range(2)))

    assert came == [3, 3]
    assert len(office.items()) == 3


@pytest.mark.parametrize("login", ["chuyun", "gaoshan", "shenji", "chengyuanshan"])
def test_only_the_office_imports(office: Office, login: str) -> None:
    workbook = batches.read(ledgers.real())

    with pytest.raises(NotYours):
        office.act(batches.upload, "ledger.xlsx", workbook, login=login)


def test_a_sheet_that_isn_t_there_cannot_be_chosen(office: Office) -> None:
    batch_id = office.upload(ledgers.real())

    sheets = office.look(batches.sheets_of, batch_id)

    with pytest.raises(SheetRefused):
        office.act(batches.choose_sheet, batch_id, "会议室预订", sheets)


def test_an_unknown_import_is_not_found(office: Office) -> None:
    with pytest.raises(BatchUnknown):
        office.preview(999)


def test_a_number_of_another_matter_is_refused(imported: Office) -> None:
    rows = imported.rows(ledgers.changed({"E5": "另一件事"}))

    assert codes(rows[5]) == ["number_taken"]


def _let_the_workers_die(office: Office) -> None:
    """Let three workers take the job and be killed; the next one gives it up."""
    with office.database.sql.execution_options(writes=True).begin() as connection:
        connection.execute(update(JOB).values(attempts=3))
    engine.work_once(office.database)


def _liwen(office: Office) -> int:
    return office.look(lambda _session, actor: actor.person_id)


def test_no_lot_is_drawn_for_what_came_in_closed(office: Office) -> None:
    office.database.write(
        lambda session: session.merge(Setting(name="revisit.chance", value="100"))
    )
    office.brought(ledgers.real())
    item_id = office.item("中小学教师工资政策落实").id

    office.let_finish()

    with office.database.read() as session:
        drawn = session.scalars(select(Revisit).where(Revisit.item_id == item_id)).all()
    assert drawn == []
