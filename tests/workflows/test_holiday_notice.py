"""Official holiday tables as they are published, pasted or sent as a sheet."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from chinese_calendar.constants import holidays, workdays

from workflows.errors import CalendarRefused
from workflows.holiday_notice import Reading, read_sheet, read_text

NOTICE_OF_2019 = """
国务院办公厅关于2019年部分节假日安排的通知

一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
"""
NOTICE_OF_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def days(reading: Reading) -> dict[date, bool]:
    """Return what was understood, by day."""
    assert not reading.problems
    return {each.day: each.working for each in reading.days}


def published(year: int) -> dict[date, bool]:
    """Return what the library knows of a year, weekends aside."""
    off = {day: False for day in holidays if day.year == year}
    return off | {day: True for day in workdays if day.year == year}


def matters(table: dict[date, bool], year: int) -> dict[date, bool]:
    """Return the days of a year that aren't what their weekday says anyway."""
    return {
        day: working
        for day, working in table.items()
        if day.year == year and working is not (day.isoweekday() <= 5)
    }


@pytest.mark.parametrize(("year", "text"), [(2019, NOTICE_OF_2019), (2026, NOTICE_OF_2026)])
def test_the_published_notice_itself_is_understood(year: int, text: str) -> None:
    understood = days(read_text(year, text))

    assert matters(understood, year) == matters(published(year), year)


def test_new_year_s_december_belongs_to_the_year_before() -> None:
    understood = days(read_text(2019, NOTICE_OF_2019))

    assert understood[date(2018, 12, 29)] is True
    assert understood[date(2018, 12, 31)] is False


@pytest.mark.parametrize(
    "row",
    [
        "2027-10-01\t国庆节\t休",
        "2027/10/1,休,国庆节",
        "10月1日　国庆节　放假",
        "２０２７年１０月１日 国庆 放假",
        "国庆节 2027.10.1 假",
        "2027-10-01至2027-10-01 国庆节 放假调休",
    ],
)
def test_a_row_in_any_order_is_understood(row: str) -> None:
    (day,) = read_text(2027, row).days

    assert (day.day, day.working, day.name) == (date(2027, 10, 1), False, "国庆节")


@pytest.mark.parametrize(
    "row", ["2027-10-09\t国庆节\t班", "10月9日 国庆节 上班", "国庆补班 10月9日"]
)
def test_a_make_up_day_is_understood(row: str) -> None:
    (day,) = read_text(2027, row).days

    assert (day.day, day.working, day.name) == (date(2027, 10, 9), True, "国庆节")


def test_an_office_s_own_day_keeps_its_name() -> None:
    (day,) = read_text(2027, "2027-04-18 云川建市纪念日 放假").days

    assert day.name == "云川建市纪念日"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2027-13-01 国庆节 放假", "date"),
        ("2月30日 春节 放假", "date"),
        ("10月7日至1日 国庆节 放假", "date"),
        ("10月1日 国庆节", "verb"),
        ("10月1日 放假", "name"),
    ],
)
def test_a_line_with_a_date_is_understood_or_named(row: str, code: str) -> None:
    reading = read_text(2027, row)

    assert [problem["code"] for problem in reading.problems] == [code]
    assert not reading.days


def test_a_sheet_is_read_with_dates_and_spans() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["开始", "结束", "节日", "安排"])
    sheet.append([date(2027, 10, 1), date(2027, 10, 7), "国庆节", "放假"])
    sheet.append([date(2027, 10, 9), None, "国庆节", "上班"])
    file = io.BytesIO()
    book.save(file)

    understood = days(read_sheet(2027, file))

    week = {date(2027, 10, 1) + timedelta(days=n): False for n in range(7)}
    assert understood == week | {date(2027, 10, 9): True}


@pytest.mark.parametrize("content", [b"", b"not a sheet", b"PK\x03\x04broken"])
def test_a_file_that_is_no_sheet_is_refused(content: bytes) -> None:
    with pytest.raises(CalendarRefused):
        read_sheet(2027, io.BytesIO(content))
