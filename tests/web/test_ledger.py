"""The page of the ledger, without a browser: what it shows, counts, keeps and exports."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests.web.conftest import Enter
from tests.web.scenes import CITY, TITLE, TRANSPORT, Scenes, send, words
from web.cli import speaking
from web.ledger_wishes import COLUMNS
from web.words.ledger import HEADS, cell
from workflows import ledger
from workflows.grams import LONGEST
from workflows.ledger import LedgerRow
from workflows.ledger_sayings import Said
from workflows.lights import Light
from workflows.tables import Item, Source

SUM = re.compile(r'<div class="sums">(.*?)</div>', re.DOTALL)
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture
def office(enter: Enter) -> FlaskClient:
    """Give the browser of a supervisor."""
    return enter("liwen")


def titles(answer: TestResponse) -> list[str]:
    """Return the titles of the rows, in their order."""
    return re.findall(r'<a class="title"[^>]*>(.*?)</a>', answer.text)


def sheet(answer: TestResponse) -> list[list[Any]]:
    """Return the cells of an exported workbook."""
    book = load_workbook(BytesIO(answer.data))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


# -- what is shown -----------------------------------------------------------------------


def test_a_row_says_where_an_item_stands(scenes: Scenes, office: FlaskClient) -> None:
    scenes.received(CITY)

    page = words(office.get("/ledger"))

    assert f"剩11天 还有11个工作日 督字〔2020〕1号 {TITLE}" in page  # in a row, and on a card
    assert f"{TRANSPORT} ＋1" in page
    assert "2020-03-17" in page
    assert "共1项" in page


def test_the_same_page_in_english(scenes: Scenes, office: FlaskClient) -> None:
    scenes.received(CITY)

    page = words(office.get("/ledger", headers={"Accept-Language": "en"}))

    assert "11 days left" in page
    assert "1 item in all" in page
    assert "Export this one item" in page


def test_a_unit_sees_its_own_items_and_no_more(scenes: Scenes, enter: Enter) -> None:
    scenes.assigned(title="本单位的事")
    scenes.registered(title="别人的事")

    assert titles(enter("qianjin").get("/ledger?scope=all")) == ["本单位的事"]
    assert titles(enter("yangfan").get("/ledger?scope=all")) == []


def test_a_title_is_text_and_no_markup(scenes: Scenes, office: FlaskClient) -> None:
    scenes.registered(title="<script>alert(1)</script>", target='"><img src=x onerror=1>')

    page = office.get("/ledger?columns=title,target").text

    assert "<script>alert(1)" not in page
    assert "<img" not in page


def test_every_column_can_be_shown_under_its_head(scenes: Scenes, office: FlaskClient) -> None:
    scenes.accepted()

    page = office.get(f"/ledger?columns={','.join(COLUMNS)}").text

    for column in COLUMNS:
        assert f'<th scope="col" class="c-{column}' in page
    assert set(HEADS) == set(COLUMNS)


def test_the_readers_own_step_is_marked(scenes: Scenes, office: FlaskClient) -> None:
    scenes.under_review()

    assert '<span class="chip now">审核反馈</span>' in office.get("/ledger").text


def test_an_empty_ledger_says_what_comes_next(scenes: Scenes, office: FlaskClient) -> None:
    assert "登记或导入以后，事项就在这里。" in words(office.get("/ledger"))


def test_a_filter_without_a_match_leads_back(scenes: Scenes, office: FlaskClient) -> None:
    scenes.registered()

    page = words(office.get("/ledger?q=没有这个"))

    assert "没有这样的事项" in page
    assert "看全部" in page


def test_a_page_too_far_is_the_last_one(
    scenes: Scenes, office: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE", 2)
    for number in range(3):
        scenes.registered(title=f"第{number}件")

    page = office.get("/ledger?page=99")

    assert len(titles(page)) == 1
    assert "第3至3项，共3项" in words(page)


# -- filters -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["q=公交", "source=livelihood", "step=approve&q=站台", "urgency=normal&q=公交站台"]
)
def test_the_address_says_what_is_shown(scenes: Scenes, office: FlaskClient, query: str) -> None:
    scenes.assigned()
    scenes.registered(title="公交站台改造", source=Source.LIVELIHOOD)

    assert titles(office.get(f"/ledger?{query}")) == ["公交站台改造"]


def test_each_number_leads_to_exactly_the_rows_that_it_counts(
    scenes: Scenes, office: FlaskClient
) -> None:
    scenes.assigned(title="交办的")
    scenes.registered(title="新登记的")
    scenes.registered(title="又登记的")

    sums = SUM.search(office.get("/ledger?scope=all").text)
    assert sums
    found = [
        (int(number[1]), len(titles(office.get(link.replace("&amp;", "&")))))
        for link, text in LINK.findall(sums[1])
        if (number := re.search(r"(\d+)\D*$", re.sub("<[^>]+>", " ", text)))
    ]

    assert sorted(found) == [(1, 1), (2, 2), (3, 3)]


def test_a_filter_that_is_set_can_be_taken_away(scenes: Scenes, office: FlaskClient) -> None:
    unit = scenes.unit(CITY)
    scenes.assigned(CITY)

    page = office.get(f"/ledger?unit={unit}&due_from=2020-03-01&source=livelihood,campaign")

    chips = re.findall(r'<a class="pill" aria-current="true" href="([^"]*)">(.*?)<svg', page.text)
    assert [text for _, text in chips] == ["重点民生实事、重大专项", CITY, "时限2020-03-01起"]
    assert all("unit=" not in link for link, text in chips if text == CITY)


def test_what_is_looked_for_is_as_long_in_the_address_as_in_its_field(office: FlaskClient) -> None:
    for path in ("/ledger", "/search/", "/publications/"):
        page = office.get(path, query_string={"shown": "issued", "q": "长" * 500})

        (field,) = re.findall(r'<input (?=[^>]*type="search")(?=[^>]*value="长)[^>]*>', page.text)
        assert page.status_code == 200
        assert f'maxlength="{LONGEST}"' in field
        assert f'"{"长" * LONGEST}"' in field


# -- the export --------------------------------------------------------------------------


def test_the_export_holds_what_is_shown(scenes: Scenes, office: FlaskClient) -> None:
    scenes.received(CITY, title="公交站台改造")
    scenes.registered(title="别的事")

    answer = office.get("/ledger.xlsx?q=公交&columns=number,title,units,percent")

    assert sheet(answer) == [
        ["编号", "事项", "责任单位", "完成比例"],
        ["督字〔2020〕1号", "公交站台改造", f"{TRANSPORT}、{CITY}", "0%"],
    ]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_export_speaks_the_readers_language(scenes: Scenes, office: FlaskClient) -> None:
    scenes.registered()

    answer = office.get("/ledger.xlsx", headers={"Accept-Language": "en"})

    assert sheet(answer)[0][:3] == ["Light (working days)", "Number", "Matter"]


@pytest.mark.parametrize(
    ("light", "left", "english", "chinese"),
    [
        (Light.RED, -1888, "Overdue by 1,888 working days", "逾期1888天"),
        (Light.YELLOW, 0, "Due soon: due today", "临期 今天到期"),
        (Light.GREEN, 1, "On plan: 1 working day to go", "正常 剩1天"),
        (Light.BLUE, None, "Not yet", "未到"),
    ],
)
def test_a_cell_says_the_light_and_the_days_once(
    light: Light, left: int | None, english: str, chinese: str
) -> None:
    row = LedgerRow(Item(), light, left, (), (), Said())
    with speaking("en"):
        assert cell("light", row) == english
    with speaking("zh_CN"):
        assert cell("light", row) == chinese


def test_the_export_has_every_page(
    scenes: Scenes, office: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PAGE", 2)
    for number in range(5):
        scenes.registered(title=f"第{number}件")

    assert len(sheet(office.get("/ledger.xlsx?page=2"))) == 6


def test_a_formula_is_exported_as_text(scenes: Scenes, office: FlaskClient) -> None:
    scenes.registered(title="=HYPERLINK('http://x.example')", target="+1")

    answer = office.get("/ledger.xlsx?columns=title,target")

    assert sheet(answer)[1] == ["=HYPERLINK('http://x.example')", "+1"]
    cells = load_workbook(BytesIO(answer.data)).active[2]
    assert [cell.hyperlink for cell in cells] == [None, None]


def test_a_unit_exports_its_own_items(scenes: Scenes, enter: Enter) -> None:
    scenes.assigned(title="本单位的事")
    scenes.registered(title="别人的事")

    rows = sheet(enter("qianjin").get("/ledger.xlsx?scope=all&columns=title"))

    assert rows == [["事项"], ["本单位的事"]]


# -- views -------------------------------------------------------------------------------


def test_a_view_is_kept_with_its_count(scenes: Scenes, office: FlaskClient) -> None:
    scenes.registered(title="公交站台改造")
    scenes.registered()

    answer = send(office, "/ledger/views", name="公交", query="q=公交&columns=title")

    assert answer.status_code == 303
    assert "公交 1" in words(office.get("/ledger"))
    assert titles(office.get(answer.location)) == ["公交站台改造"]


def test_of_several_views_of_the_same_items_one_is_the_readers(office: FlaskClient) -> None:
    def here(query: str) -> list[str]:
        return re.findall(
            r'<a href="[^"]*" aria-current="true">([^<]*)<span class="count">',
            office.get(f"/ledger?{query}").text,
        )

    send(office, "/ledger/views", name="我的逾期", query="light=red")
    send(office, "/ledger/views", name="逾期清单", query="light=red&columns=title")

    assert here("light=red") == ["逾期"]
    assert here("light=red&columns=title") == ["逾期清单"]
    assert here("light=red&sort=urged") == ["逾期"]
    assert here("q=公交") == []


def test_a_view_that_is_dropped_can_be_taken_back(scenes: Scenes, office: FlaskClient) -> None:
    scenes.registered()
    send(office, "/ledger/views", name="我的", query="scope=all")
    (place,) = re.findall(r'action="(/ledger/views/\d+/drop)"', office.get("/ledger").text)

    page = office.get(send(office, place).location)
    (undo,) = re.findall(r'action="(/ledger/views\?[^"]*)"', page.text)
    gone = place not in page.text
    send(office, undo.replace("&amp;", "&"))

    assert gone
    assert "我的" in words(office.get("/ledger"))


def test_a_view_holds_nothing_but_a_wish(scenes: Scenes, office: FlaskClient) -> None:
    answer = send(office, "/ledger/views", name="坏的", query="next=//evil.example&light=red")

    assert answer.location == "/ledger?light=red"
