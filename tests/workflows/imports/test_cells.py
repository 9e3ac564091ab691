"""Single cells, as offices write them."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflows.imports import cells
from workflows.imports.cells import CellUnread, LimitCell
from workflows.imports.sheets import Cell
from workflows.reckoning import Span
from workflows.tables import LimitUnit, Period, Source, Urgency

FULL_WIDTH = str.maketrans("0123456789.-/%", "０１２３４５６７８９．－／％")
SINCE = date(2019, 3, 4)

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
styles = st.sampled_from(
    [
        "{0}.{1}.{2}",
        "{0}-{1:02}-{2:02}",
        "{0}/{1}/{2}",
        "{0}年{1}月{2}日",
        "{0}年{1}月{2}日前",
        " {0}.{1}.{2} ",
    ]
)
names = st.text(st.sampled_from("市县区财政水利交通运输局委办"), min_size=2, max_size=8)


# -- dates -------------------------------------------------------------------------------


@given(day=days, style=styles, wide=st.booleans())
def test_a_whole_date_is_read_however_it_is_written(*, day: date, style: str, wide: bool) -> None:
    written = style.format(day.year, day.month, day.day)

    read, guessed = cells.day(written.translate(FULL_WIDTH) if wide else written)

    assert (read, guessed) == (day, False)


@given(day=days, since=days)
@example(day=date(2019, 9, 25), since=date(2019, 8, 12))
def test_a_date_without_a_year_is_the_first_that_follows(day: date, since: date) -> None:
    if (day.month, day.day) == (2, 29) or since.year == 2100:
        return

    read, guessed = cells.day(f"{day.month}月{day.day}日", since)

    assert guessed
    assert (read.month, read.day) == (day.month, day.day)
    assert 0 <= (read - since).days <= 366


@given(day=days)
def test_a_months_end_is_its_last_day(day: date) -> None:
    read, _ = cells.day(f"{day.year}年{day.month}月底前")

    assert read == day.replace(day=monthrange(day.year, day.month)[1])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (datetime(2019, 3, 5), date(2019, 3, 5)),  # noqa: DTZ001 (as a sheet holds it)
        (date(2019, 3, 5), date(2019, 3, 5)),
        ("2019.3.15", date(2019, 3, 15)),
        ("2019年9月底", date(2019, 9, 30)),
        ("9月底", date(2019, 9, 30)),
        ("年底前", date(2019, 12, 31)),
        ("12月底前", date(2019, 12, 31)),
        ("9月25日", date(2019, 9, 25)),
        ("4月30日前", date(2019, 4, 30)),
        ("1月15日前", date(2020, 1, 15)),
        ("２０１９．６．３０", date(2019, 6, 30)),
        ("2019-11-30", date(2019, 11, 30)),
        ("2019/3/4", date(2019, 3, 4)),
    ],
)
def test_dates_of_the_real_ledger(written: Cell, meant: date) -> None:
    assert cells.day(written, SINCE)[0] == meant


@pytest.mark.parametrize(
    "written", ["未开工", "2019.2.30", "13月5日", "开学前", "2019", "0.0.0", ""]
)
def test_what_is_no_date_is_said_to_be_none(written: str) -> None:
    with pytest.raises(CellUnread):
        cells.day(written, SINCE)


def test_a_date_without_a_year_needs_one_to_follow() -> None:
    with pytest.raises(CellUnread) as unread:
        cells.day("9月25日")

    assert unread.value.code == "no_year"


# -- limits ------------------------------------------------------------------------------


@given(number=st.integers(1, 365), before=st.sampled_from(["", "收到之日起", "自交办之日起"]))
def test_working_days_are_a_span(number: int, before: str) -> None:
    read = cells.limit(f"{before}{number}个工作日内", SINCE)

    assert read == LimitCell(span=Span(number, LimitUnit.WORKING_DAYS))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15天内", LimitCell(span=Span(15, LimitUnit.NATURAL_DAYS))),
        ("三个月内", LimitCell(span=Span(3, LimitUnit.MONTHS))),
        ("十五个工作日", LimitCell(span=Span(15, LimitUnit.WORKING_DAYS))),
        ("2周", LimitCell(span=Span(14, LimitUnit.NATURAL_DAYS))),
        ("长期", LimitCell(period=Period.WEEKLY)),
        ("按季度推进", LimitCell(period=Period.QUARTERLY)),
        ("按月报送", LimitCell(period=Period.MONTHLY)),
        ("年底前", LimitCell(on=date(2019, 12, 31), guessed=True)),
    ],
)
def test_limits_are_dates_spans_or_rhythms(written: str, meant: LimitCell) -> None:
    assert cells.limit(written, SINCE) == meant


@pytest.mark.parametrize(
    ("remark", "period"),
    [
        ("按月报送", Period.MONTHLY),
        ("每周报一次", Period.WEEKLY),
        ("按季度推进", Period.QUARTERLY),
        ("7月推进", None),
        ("驻点督查", None),
    ],
)
def test_a_remark_may_ask_for_interim_reports(remark: str, period: Period | None) -> None:
    assert cells.rhythm(remark) is period


# -- shares ------------------------------------------------------------------------------


@given(share=st.integers(0, 100), wide=st.booleans())
def test_a_share_is_the_same_as_a_number_and_as_a_text(*, share: int, wide: bool) -> None:
    written = f"{share}%"

    assert cells.percent(written.translate(FULL_WIDTH) if wide else written) == share
    assert cells.percent(share / 100) == share


@pytest.mark.parametrize(("written", "meant"), [("53.3%", 53), ("61.7%", 62), (1.0, 100), (85, 85)])
def test_shares_of_the_real_ledger(written: Cell, meant: int) -> None:
    assert cells.percent(written) == meant


@pytest.mark.parametrize("written", ["130%", -5, "多半", "1/2", "%"])
def test_what_is_no_share_is_said_to_be_none(written: Cell) -> None:
    with pytest.raises(CellUnread):
        cells.percent(written)


# -- units -------------------------------------------------------------------------------


@given(
    units=st.lists(names, min_size=1, max_size=6, unique=True),
    between=st.sampled_from(["、", "；", ";", "，", ",", "/", " ", "\n", "、 ", " / "]),
)
def test_units_are_told_apart_by_whatever_stands_between(units: list[str], between: str) -> None:
    assert cells.unit_names(between.join(units)) == units


def test_signs_in_brackets_keep_a_name_together() -> None:
    read = cells.unit_names("市财政局、各县（市、区）政府，市公安局")

    assert read == ["市财政局", "各县（市、区）政府", "市公安局"]


def test_a_unit_named_twice_takes_part_once() -> None:
    assert cells.unit_names("市财政局、市公安局、市财政局") == ["市财政局", "市公安局"]


# -- numbers, sources, urgency, secrets --------------------------------------------------


@given(
    year=st.integers(1990, 2100),
    serial=st.integers(1, 99_999),
    style=st.sampled_from(["督字〔{}〕{}号", "督字[{}]{}号", "督字（{}）第{}号", "〔{}〕{}"]),
)
def test_a_number_is_read_in_any_brackets(year: int, serial: int, style: str) -> None:
    assert cells.number(style.format(year, serial)) == (year, serial)


def test_leading_zeros_are_no_part_of_a_number() -> None:
    assert cells.number("督字〔2019〕第007号") == (2019, 7)


@pytest.mark.parametrize(
    ("written", "basis", "meant"),
    [
        ("领导批示", "市长1月8日批示", Source.CITY_INSTRUCTION),
        ("领导批示", "省领导批示", Source.PROVINCIAL_INSTRUCTION),
        ("省政府工作报告", "", Source.WORK_REPORT_PROVINCE),
        ("市政府工作报告", "", Source.WORK_REPORT_CITY),
        ("市政府常务会议", "", Source.EXECUTIVE_MEETING),
        ("市长议事会", "", Source.MAYORS_COUNCIL),
        ("市长碰头会", "", Source.MAYORS_BRIEF_MEETING),
        ("市政府专题协调会", "", Source.COORDINATION_MEETING),
        ("国务院激励政策", "", Source.INCENTIVES),
        ("重点民生实事", "", Source.LIVELIHOOD),
    ],
)
def test_sources_are_known_by_their_words(written: str, basis: str, meant: Source) -> None:
    assert cells.source(written, basis) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("特急", Urgency.FLASH),
        ("加急", Urgency.URGENT),
        ("急件", Urgency.PRESSING),
        ("一般", Urgency.NORMAL),
        ("复杂", Urgency.COMPLEX),
        ("长期", Urgency.LONG_TERM),
        ("", Urgency.NORMAL),
    ],
)
def test_urgencies_are_known_by_their_words(written: str, meant: Urgency) -> None:
    assert cells.urgency(written) == meant


@pytest.mark.parametrize("written", ["机密", "某涉密工作", "绝密级", "秘密★1年"])
def test_secret_words_are_heard(written: str) -> None:
    assert cells.is_secret(written)


@pytest.mark.parametrize(
    "written",
    ["非涉密", "本表不得填报涉密事项", "涉及企业商业秘密", "市保密局", "保密委员会", "秘书长"],
)
def test_words_that_only_sound_secret_are_not(written: str) -> None:
    assert not cells.is_secret(written)


# -- anything at all ---------------------------------------------------------------------

anything = st.one_of(
    st.text(max_size=40),
    st.text(
        st.sampled_from("0123456789０９年月日底前个工作.-/%％、（）〔〕号第长期按季度"), max_size=16
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(),
    st.booleans(),
    st.dates(),
)


@given(cell=anything, since=st.one_of(st.none(), st.dates()))
def test_a_cell_is_read_or_refused_and_nothing_else(cell: Cell, since: date | None) -> None:
    for reader in (
        lambda: cells.day(cell, since),
        lambda: cells.limit(cell, since),
        lambda: cells.percent(cell),
        lambda: cells.unit_names(cell),
        lambda: cells.number(cell),
        lambda: cells.source(cell),
        lambda: cells.urgency(cell),
    ):
        with suppress(CellUnread):
            reader()
