"""The administrator's pages: who may enter, what they change, and what they refuse."""

import io
import re
from datetime import date
from typing import TypeVar

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Select, select

from engine import Database, Session
from tests.web.conftest import Enter, token
from web.words.settings import GROUPS, WORDS
from workflows import limits, people, settings
from workflows.calendar import is_working, year_table
from workflows.reckoning import Span
from workflows.tables import Channel, Holding, LimitUnit, Message, MessageState, Person, Post, Unit

T = TypeVar("T")

PAGES = [
    "/admin/people",
    "/admin/people?tab=people",
    "/admin/people/new",
    "/admin/people/1",
    "/admin/units/new",
    "/admin/units/1",
    "/admin/calendar/",
    "/admin/calendar/import",
    "/admin/ladder/",
    "/admin/limits/",
    "/admin/limits/proposal",
    "/admin/settings/",
]
DEEDS = [
    "/admin/people/new",
    "/admin/people/1",
    "/admin/people/1/disable",
    "/admin/people/1/enable",
    "/admin/people/1/password",
    "/admin/people/1/token",
    "/admin/people/1/token/end",
    "/admin/units/new",
    "/admin/units/1",
    "/admin/units/1/close",
    "/admin/units/1/reopen",
    "/admin/units/1/posts",
    "/admin/units/1/holders",
    "/admin/units/1/holdings/1/end",
    "/admin/calendar/preview",
    "/admin/calendar/import",
    "/admin/limits/review",
    "/admin/limits/settings",
    "/admin/settings/notice",
]
SECRET = re.compile(r'class="secret">([^<]+)<')
NOTICE = "一、元旦：1月1日至3日放假，共3天。\n七、国庆节：10月1日至7日放假调休。9月28日上班。"


@pytest.fixture
def hemin(enter: Enter) -> FlaskClient:
    """Sign the administrator in."""
    return enter("hemin")


def send(client: FlaskClient, path: str, **typed: object) -> tuple[int, str]:
    """Send a form with its token; return the status and the page that follows."""
    form = {"csrf_token": token(client, "/admin/limits/"), **typed}
    answer = client.post(path, data=form, follow_redirects=False)
    if answer.status_code == 303:
        return 303, client.get(answer.headers["Location"]).text
    return answer.status_code, answer.text


def row_of(database: Database, wanted: Select[T]) -> T:
    """Return one row, or one value, as it lies in the database."""
    with database.read() as session:
        return session.scalars(wanted).one()


# -- who --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_for_the_administrator_in_both_languages(
    hemin: FlaskClient, path: str
) -> None:
    for language, tag in (("zh-CN", "zh-CN"), ("en", "en")):
        answer = hemin.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200
        assert f'<html lang="{tag}"' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_no_page_opens_for_anybody_else(enter: Enter, path: str) -> None:
    for login in ("zhangming", "qianjin", "shenji", "luyuan"):
        assert enter(login).get(path).status_code == 403


@pytest.mark.parametrize("path", DEEDS)
def test_nobody_else_does_any_of_it(enter: Enter, path: str) -> None:
    director = enter("zhangming")
    form = {"csrf_token": token(director, "/me"), "name": "某", "year": "2031", "rows": NOTICE}

    assert director.post(path, data=form).status_code == 403


# -- units ------------------------------------------------------------------------------


def test_a_unit_is_added_below_another_with_its_names(
    hemin: FlaskClient, database: Database
) -> None:
    top = row_of(database, select(Unit).where(Unit.name == "云川市人民政府"))

    status, page = send(
        hemin,
        "/admin/units/new",
        name="市水利局",
        kind="department",
        parent_id=top.id,
        aliases="市水利水电局\n水利局",
        position="7",
    )

    assert status == 303
    assert "市水利局" in page
    unit = row_of(database, select(Unit).where(Unit.name == "市水利局"))
    assert (unit.parent_id, unit.aliases) == (top.id, ["市水利水电局", "水利局"])


def test_a_name_that_is_taken_is_told_at_its_field_and_kept(hemin: FlaskClient) -> None:
    status, page = send(hemin, "/admin/units/new", name="市城管局", kind="department")

    assert status == 422
    assert 'id="name-why"' in page
    assert 'value="市城管局"' in page


def test_a_change_to_an_older_version_is_refused(hemin: FlaskClient, database: Database) -> None:
    unit = row_of(database, select(Unit).where(Unit.name == "市城管局"))
    path, seen = f"/admin/units/{unit.id}", unit.version
    send(hemin, path, name="市城市管理局", kind="department", version=seen)

    status, page = send(hemin, path, name="市容局", kind="department", version=seen)

    assert status == 409
    assert "市容局" in page


def test_closing_a_unit_can_be_undone_with_one_press(
    hemin: FlaskClient, database: Database
) -> None:
    unit = row_of(database, select(Unit).where(Unit.name == "东城区政府"))

    _, page = send(hemin, f"/admin/units/{unit.id}/close")

    undo = f"/admin/units/{unit.id}/reopen"
    assert f'action="{undo}"' in page
    send(hemin, undo)
    assert row_of(database, select(Unit.active).where(Unit.id == unit.id)) is True


def test_a_post_is_added_given_and_taken_back(hemin: FlaskClient, database: Database) -> None:
    unit = row_of(database, select(Unit).where(Unit.name == "东城区政府"))
    person = row_of(database, select(Person).where(Person.login == "qianjin"))
    base = f"/admin/units/{unit.id}"

    send(hemin, f"{base}/posts", post_name="督查科长", role="handler")
    post = row_of(database, select(Post).where(Post.name == "督查科长"))
    _, page = send(hemin, f"{base}/holders", post_id=post.id, person_id=person.id)
    assert "钱进" in page
    holding = row_of(database, select(Holding).where(Holding.post_id == post.id))
    send(hemin, f"{base}/holdings/{holding.id}/end")

    ended = row_of(database, select(Holding.until).where(Holding.id == holding.id))
    assert ended is not None


# -- people -----------------------------------------------------------------------------


def test_a_new_account_signs_in_with_the_password_shown_once(
    hemin: FlaskClient, database: Database
) -> None:
    form = {"name": "温海", "login": "WenHai", "email": "wenhai@example.cn", "language": "en"}

    status, page = send(hemin, "/admin/people/new", **form)

    found = SECRET.search(page)
    assert status == 200
    assert found
    assert people.sign_in(database, "wenhai", found[1], "10.0.0.9").name == "温海"


def test_a_page_with_a_secret_is_kept_nowhere_and_shown_once(
    hemin: FlaskClient, database: Database
) -> None:
    person_id = row_of(database, select(Person.id).where(Person.login == "qianjin"))
    form = {"csrf_token": token(hemin, "/admin/limits/")}

    answer = hemin.post(f"/admin/people/{person_id}/token", data=form)

    assert SECRET.search(answer.text)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not SECRET.search(hemin.get(f"/admin/people/{person_id}").text)


def test_closing_an_account_signs_it_out(
    hemin: FlaskClient, enter: Enter, database: Database
) -> None:
    handler = enter("qianjin")
    assert handler.get("/me").status_code == 200
    person_id = row_of(database, select(Person.id).where(Person.login == "qianjin"))

    send(hemin, f"/admin/people/{person_id}/disable")

    assert handler.get("/me").status_code in (302, 303, 401)


def test_the_list_of_people_is_searched_by_name_account_and_unit(hemin: FlaskClient) -> None:
    for sought in ("钱进", "QIANJIN", "交通运输"):
        page = hemin.get("/admin/people", query_string={"tab": "people", "q": sought}).text
        assert "qianjin" in page
        assert "zhangming" not in page


@pytest.mark.parametrize("path", ["/admin/people/9999", "/admin/units/9999"])
def test_what_is_not_there_is_not_found(hemin: FlaskClient, path: str) -> None:
    assert hemin.get(path).status_code == 404


# -- the calendar -----------------------------------------------------------------------


def test_a_year_shows_holidays_and_make_up_days_by_word_and_shape(hemin: FlaskClient) -> None:
    page = hemin.get("/admin/calendar/?year=2019", headers={"Accept-Language": "zh-CN"}).text

    assert page.count('<td class="holiday"') == 28
    assert page.count('<td class="makeup"') == 6
    assert "<b>休</b>" in page
    assert "<b>班</b>" in page


def test_a_year_without_a_table_is_marked_provisional(hemin: FlaskClient) -> None:
    page = hemin.get("/admin/calendar/?year=2031").text

    assert page.count("cal-m provisional") == 12


def test_a_pasted_notice_is_shown_before_it_is_taken_in(
    hemin: FlaskClient, database: Database
) -> None:
    form = {"year": "2031", "source": "国办发明电〔2030〕7号", "rows": NOTICE}

    status, preview = send(hemin, "/admin/calendar/preview", **form)

    assert status == 200
    assert "2031-10-07" in preview
    with database.read() as session:
        assert year_table(session, 2031).provisional
    rows = re.search(r'<textarea name="rows" hidden>([^<]+)</textarea>', preview)
    assert rows
    assert send(hemin, "/admin/calendar/import", **{**form, "rows": rows[1]})[0] == 303
    with database.read() as session:
        assert not is_working(session, date(2031, 10, 1))
        assert year_table(session, 2031).source == form["source"]


def test_a_sheet_is_taken_like_a_paste(hemin: FlaskClient) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append([date(2031, 10, 1), date(2031, 10, 7), "国庆节", "放假"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)

    status, page = send(
        hemin, "/admin/calendar/preview", year="2031", source="通知", file=(file, "安排.xlsx")
    )

    assert status == 200
    assert "2031-10-07" in page


@pytest.mark.parametrize(
    ("line", "named"), [("2月30日 春节 放假", "2月30日"), ("9月26日 国庆节 上班", "9月26日")]
)
def test_lines_that_are_not_clear_keep_the_table_out(
    hemin: FlaskClient, line: str, named: str
) -> None:
    form = {"year": "2031", "source": "通知", "rows": f"{line}\n10月1日 国庆节 放假"}

    status, page = send(hemin, "/admin/calendar/preview", **form)

    assert status == 200
    assert named in page
    assert 'class="btn primary"' not in page


@pytest.mark.parametrize(
    "form",
    [
        {"year": "2031", "source": "通知", "rows": ""},
        {"year": "2031", "source": " ", "rows": NOTICE},
        {"year": "31", "source": "通知", "rows": NOTICE},
        {"year": "2031", "source": "通知", "file": b"MZ"},
    ],
)
def test_a_table_that_cannot_be_read_is_refused_and_kept(
    hemin: FlaskClient, form: dict[str, object]
) -> None:
    sent = form.get("file")
    file = {"file": (io.BytesIO(sent), "安排.xlsx")} if isinstance(sent, bytes) else {}

    status, page = send(hemin, "/admin/calendar/preview", **{**form, **file})

    assert status == 422
    assert 'role="alert"' in page


def test_an_empty_import_of_a_table_names_both_fields_that_are_missing(hemin: FlaskClient) -> None:
    _, page = send(hemin, "/admin/calendar/preview", year="2031", source="", rows="")

    assert "请写明来源" in page
    assert "里面一天都没有读出来" in page


def test_a_year_that_cannot_be_is_named_at_its_own_field(hemin: FlaskClient) -> None:
    _, page = send(hemin, "/admin/calendar/preview", year="31", source="通知", rows=NOTICE)

    assert 'id="year-why"' in page
    assert 'id="rows-why"' not in page


# -- limits -----------------------------------------------------------------------------


def rule(name: str, **changed: object) -> dict[str, object]:
    """Return what the form of a unit's limit sends, but for what a test changes."""
    usual = {
        "number": "15", "unit": "natural_days", "starts": "handed_over", "stops": ["suspension"],
        "objection": "object", "extensions": "2", "longest_number": "", "longest_unit": "months",
    }  # fmt: skip
    return {**usual, **changed} if "." in name else dict(changed)


@pytest.mark.usefixtures("unreviewed")
def test_a_rule_is_changed_in_every_column(hemin: FlaskClient, database: Database) -> None:
    form = rule(
        "instruction.complex", number="40", unit="working_days", starts="acknowledged",
        stops=["review", "objection"], objection="object.proposal", extensions="1",
        longest_number="4",
    )  # fmt: skip

    assert send(hemin, "/admin/limits/instruction.complex", **form)[0] == 303

    with database.read() as session:
        clause = limits.clause_of(session, "instruction.complex")
        assert limits.span_of(session, "instruction.complex").number == 40
        assert limits.span_of(session, "instruction.normal").number == 15
    assert (clause.starts, clause.stops) == ("acknowledged", {"review", "objection"})
    assert (clause.objection, clause.extensions) == ("object.proposal", 1)
    assert clause.longest == Span(4, LimitUnit.MONTHS)


@pytest.mark.parametrize(
    ("name", "field", "typed"),
    [
        ("review", "number", "zwei"),
        ("instruction.normal", "extensions", "oft"),
        ("instruction.normal", "objection", ""),
        ("instruction.normal", "longest_number", "0"),
    ],
)
@pytest.mark.usefixtures("unreviewed")
def test_a_rule_that_cannot_be_is_refused_at_its_field_and_kept(
    hemin: FlaskClient, name: str, field: str, typed: str
) -> None:
    form = {**rule(name, unit="natural_days", number="15"), field: typed}

    status, page = send(hemin, f"/admin/limits/{name}", **form)

    assert status == 422
    assert f'id="{field}-why"' in page
    assert not typed or f'value="{typed}"' in page


def test_a_rule_of_another_kind_than_offered_is_not_found(hemin: FlaskClient) -> None:
    assert hemin.get("/admin/limits/lunch").status_code == 404
    assert send(hemin, "/admin/limits/lunch", number="1", unit="natural_days")[0] == 404


def test_settings_are_changed_and_odd_ones_refused(hemin: FlaskClient) -> None:
    good = {"limit.warn_at": "40", "limit.warn_again_at": "20", "revisit.chance": "10"}

    assert send(hemin, "/admin/limits/settings", **good)[0] == 303
    assert 'name="limit.warn_at" value="40"' in hemin.get("/admin/limits/").text
    assert send(hemin, "/admin/limits/settings", **{**good, "revisit.chance": "viel"})[0] == 422


# -- the office's settings ------------------------------------------------------------


def test_every_setting_has_its_words_and_its_place() -> None:
    assert set(WORDS) == set(settings.DEFAULTS)
    assert {name.partition(".")[0] for name in settings.DEFAULTS} == set(GROUPS)


def test_a_group_of_settings_is_changed_as_a_whole_or_not_at_all(
    hemin: FlaskClient, database: Database
) -> None:
    ahead = {"notice.quiet_from": "22", "notice.quiet_until": "7", "notice.daily_at": "24"}
    status, page = send(hemin, "/admin/settings/notice", **ahead)
    assert status == 422
    assert 'value="24"' in page
    with database.read() as session:
        assert settings.text(session, "notice.quiet_from") == "21"

    assert send(hemin, "/admin/settings/notice", **{**ahead, "notice.daily_at": "7"})[0] == 303

    with database.read() as session:
        assert settings.number(session, "notice.daily_at") == 7


# -- mails ------------------------------------------------------------------------------


def test_a_mail_is_shown_as_it_left_to_the_auditor_and_without_its_words_to_administrators(
    hemin: FlaskClient, enter: Enter, database: Database
) -> None:
    def keep(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.login == "qianjin")).one()
        session.add(
            Message(
                message_id="1@duban",
                channel=Channel.MAIL,
                person_id=person.id,
                address="qianjin@example.cn",
                subject="督查室催办：高铁站",
                body="<script>alert(1)</script>",
                state=MessageState.SENT,
                due_at=database.clock.now(),
                settled_at=database.clock.now(),
            )
        )

    database.write(keep)

    page = enter("shenji").get("/admin/messages/").text
    for_the_administrator = hemin.get("/admin/messages/").text

    assert "督查室催办：高铁站" in page
    assert "<script>alert" not in page
    assert "qianjin@example.cn" in for_the_administrator
    assert "高铁站" not in for_the_administrator
    assert "alert(1)" not in for_the_administrator
