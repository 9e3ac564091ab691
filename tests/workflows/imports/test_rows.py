"""What becomes of each row: the real ledger's, and those that a test makes up."""

from collections import Counter
from datetime import date

import pytest

from tests import ledgers
from tests.workflows.imports.known import IDS, codes, judged, really
from workflows.imports.rows import Note, Verdict
from workflows.tables import Period, Source, Urgency

NUMBERED = 21
BELOW_THE_HEADER = 23


def test_every_row_of_the_real_ledger_is_judged() -> None:
    rows = really()

    verdicts = Counter(row.verdict for row in rows.values())
    assert len(rows) == BELOW_THE_HEADER
    assert verdicts[Verdict.NOT_ITEM] == BELOW_THE_HEADER - NUMBERED
    assert verdicts == {
        Verdict.READY: 17,
        Verdict.ASK: 2,
        Verdict.REFUSED: 2,
        Verdict.NOT_ITEM: 2,
    }


@pytest.mark.parametrize(
    ("row", "verdict", "problems"),
    [
        (17, Verdict.NOT_ITEM, [Note("subtotal")]),
        (25, Verdict.NOT_ITEM, [Note("blank")]),
        (21, Verdict.REFUSED, [Note("double", "B21", {"row": 20})]),
        (22, Verdict.REFUSED, [Note("secret", "E22")]),
        (
            23,
            Verdict.ASK,
            [
                Note("unit_unknown", "H23", {"name": "市环保督察组"}),
                Note(
                    "limit_before_start",
                    "M23",
                    {"limit": "2019-06-05", "assigned": "2019-07-05"},
                ),
            ],
        ),
        (24, Verdict.ASK, [Note("lead_missing", "H24"), Note("limit_missing", "M24")]),
    ],
)
def test_what_is_no_item_is_named_by_its_cell(
    row: int, verdict: Verdict, problems: list[Note]
) -> None:
    found = really()[row]

    said = [*found.problems, *found.notes]
    assert (found.verdict, said) == (verdict, problems)


def test_a_secret_row_is_not_shown() -> None:
    found = really()[22]

    assert (found.title, found.number, found.candidate) == ("", "", None)


@pytest.mark.parametrize(
    ("row", "due_on"),
    [
        (5, date(2019, 9, 30)),
        (7, date(2019, 12, 31)),
        (8, date(2019, 6, 30)),
        (10, date(2019, 4, 30)),
        (13, date(2019, 9, 25)),
        (19, date(2019, 12, 31)),
        (20, date(2019, 11, 30)),
    ],
)
def test_limits_are_dates_however_they_are_written(row: int, due_on: date) -> None:
    candidate = really()[row].candidate

    assert candidate
    assert candidate.limit.on == due_on


def test_what_a_row_says_is_taken_over() -> None:
    candidate = really()[9].candidate

    assert candidate
    assert (candidate.number, candidate.source, candidate.urgency, candidate.percent) == (
        (2019, 5),
        Source.PROVINCIAL_INSTRUCTION,
        Urgency.FLASH,
        100,
    )
    assert candidate.texts["responsible_person"] == "周涛"
    assert len(candidate.co_ids) == 5


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    cells = {"H23": "市住建局", "I23": "市公安局", "M23": "2019.12.31"}
    candidate = judged(ledgers.changed(cells))[23].candidate

    assert candidate
    assert candidate.target == "=1+1 工地“六个百分之百”"


def test_interim_reports_asked_for_in_a_remark_are_kept() -> None:
    candidate = really()[11].candidate

    assert candidate
    assert (candidate.limit.on, candidate.limit.period) == (date(2019, 12, 31), Period.MONTHLY)


def test_matters_of_the_same_name_on_other_days_are_two() -> None:
    row = ("校车检查", "2019.12.31", "市公安局", "", "", "2019.7.1", "市长碰头会", "", "", "")
    again = (*row[:5], "2019.8.1", *row[6:])

    found = list(judged(ledgers.made_up([row, again, row])).values())

    assert [each.verdict for each in found] == [Verdict.READY, Verdict.READY, Verdict.REFUSED]


def test_a_group_is_not_its_own_lead() -> None:
    candidate = really()[10].candidate

    assert candidate
    assert candidate.lead_id not in candidate.co_ids
    assert len(candidate.co_ids) == len(set(candidate.co_ids)) > 20


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"M5": "开学前"}, "not_a_limit"),
        ({"K5": "未开工"}, "not_a_date"),
        ({"O5": "130%"}, "share_out_of_range"),
        ({"O5": "多半"}, "not_a_share"),
        ({"B5": "第一号"}, "not_a_number"),
        ({"C5": "某处"}, "source_unknown"),
        ({"L5": "随便"}, "urgency_unknown"),
        ({"E5": None}, "title_missing"),
        ({"E5": "长" * 201}, "title_too_long"),
        ({"K5": date(2019, 9, 23)}, "assigned_ahead"),
        ({"H5": "市无名局"}, "unit_unknown"),
        ({"I5": "市财政局、市无名局"}, "unit_unknown"),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_problem_of_its_row(
    cells: dict[str, object], problem: str
) -> None:
    found = judged(ledgers.changed(cells))[5]

    assert codes(found) == [problem]
    assert found.problems[0].cell == next(iter(cells))


@pytest.mark.parametrize("cells", [{"Q5": "机密"}, {"E5": "涉密工程"}, {"Q5": "按秘密级管理"}])
def test_any_mark_of_secrecy_turns_a_row_away(cells: dict[str, str]) -> None:
    found = judged(ledgers.changed(cells))[5]

    assert (found.verdict, codes(found)) == (Verdict.REFUSED, ["secret"])


def test_another_offices_ledger_is_read_by_the_same_code() -> None:
    rows = list(judged(ledgers.made_up()).values())

    river, stops, old_town = (row.candidate for row in rows)
    assert river
    assert stops
    assert old_town
    assert (river.number, river.lead_id) == ((2019, 41), IDS["市水利局"])
    assert river.co_ids == (IDS["南湖县政府"],)
    assert (river.percent, river.urgency) == (35, Urgency.URGENT)
    assert (stops.number, stops.percent, stops.co_ids) == ((2019, 42), 8, ())
    assert (old_town.limit.period, old_town.number) == (Period.WEEKLY, None)
    assert "first_leads" in [note.code for note in rows[0].notes]


@pytest.mark.parametrize(
    ("limit", "problem"),
    [("2099-12-31", "limit_too_far"), ("9999个月", "not_a_limit"), ("9999-12-31", "not_a_limit")],
)
def test_a_limit_that_nobody_lives_to_see_is_asked_about(limit: str, problem: str) -> None:
    row = ("河道清淤", limit, "市水利局", 35, "督字〔2019〕41号", date(2019, 6, 3), "", "", "", "")

    (found,) = judged(ledgers.made_up([row])).values()

    assert codes(found) == [problem]
