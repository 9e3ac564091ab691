"""What an administrator does over the API: units, people, the calendar and the limits."""

import pytest

from engine import Database
from tests.web.callers import As, Caller

PERSON = {"name": "钱多多", "login": "qianduoduo"}


@pytest.fixture
def administrator(called: As) -> Caller:
    """Give somebody who administers."""
    return called("hemin")


def read(caller: Caller, path: str) -> dict[str, str]:
    """Read something, and return the header that says so."""
    return {"If_Match": caller.get(path).headers["ETag"]}


# -- units ------------------------------------------------------------------------------


def test_a_unit_is_added_changed_closed_and_opened_again(administrator: Caller) -> None:
    added = administrator.post("/units", {"name": "市气象局", "kind": "department"})
    unit = added.get_json()
    path = f"/units/{unit['id']}"
    assert (added.status_code, unit["active"], unit["aliases"]) == (201, True, [])

    told = {"name": "市气象局", "kind": "department", "aliases": ["气象局"]}
    seen = read(administrator, path)
    changed = administrator.post(path, told, **seen).get_json()
    late = administrator.post(path, told, **seen)
    assert (changed["aliases"], late.status_code) == (["气象局"], 412)

    assert administrator.post(f"{path}/close").get_json()["active"] is False
    names = {each["name"] for each in administrator.get("/units").get_json()["units"]}
    every = {each["name"] for each in administrator.get("/units?closed=true").get_json()["units"]}
    assert every - names == {"市气象局"}
    assert administrator.post(f"{path}/reopen").get_json()["active"] is True


def test_a_units_posts_are_added_given_and_taken_back(administrator: Caller) -> None:
    unit = administrator.post("/units", {"name": "市气象局", "kind": "department"}).get_json()
    person = administrator.post("/people", PERSON).get_json()
    path = f"/units/{unit['id']}/posts"
    added = administrator.post(path, {"name": "承办人", "role": "handler"}).get_json()
    (post,) = added["posts"]

    given = administrator.post(f"/posts/{post['id']}/holders", {"person_id": person["id"]})
    (held,) = administrator.get(path).get_json()["posts"]
    assert (given.status_code, given.get_json()["since"]) == (201, "2020-03-02")
    assert [holder["name"] for holder in held["holders"]] == ["钱多多"]

    ended = administrator.post(f"/holdings/{given.get_json()['id']}/end").get_json()
    assert ended["until"] == "2020-03-02"


# -- people -----------------------------------------------------------------------------


def test_a_person_is_added_changed_closed_and_opened_again(administrator: Caller) -> None:
    added = administrator.post("/people", PERSON)
    person = added.get_json()
    path = f"/people/{person['id']}"
    assert (added.status_code, len(person["password"]) >= 15) == (201, True)
    assert added.headers["Cache-Control"] == "no-store"

    seen = read(administrator, path)
    changed = administrator.post(path, {**PERSON, "phone": "0000-1"}, **seen).get_json()
    late = administrator.post(path, PERSON, **seen)
    assert (changed["phone"], late.status_code) == ("0000-1", 412)
    assert "password" not in changed

    assert administrator.post(f"{path}/disable").get_json()["active"] is False
    assert administrator.post(f"{path}/enable").get_json()["active"] is True
    logins = {each["login"] for each in administrator.get("/people").get_json()["people"]}
    assert "qianduoduo" in logins


def test_a_secret_is_shown_once_and_kept_nowhere(administrator: Caller, database: Database) -> None:
    first = administrator.post("/people", PERSON, Idempotency_Key="account-1").get_json()
    again = administrator.post("/people", PERSON, Idempotency_Key="account-1").get_json()
    person = {key: value for key, value in first.items() if key != "password"}

    assert again == {**person, "password": None}
    path = f"/people/{first['id']}"
    token = administrator.post(f"{path}/token", Idempotency_Key="token-1").get_json()["token"]
    repeated = administrator.post(f"{path}/token", Idempotency_Key="token-1").get_json()
    assert (token.startswith("duban_"), repeated) == (True, {"token": None})
    assert Caller(administrator.app, token).get("/me").get_json()["name"] == "钱多多"
    dumped = repr(database_rows(database))
    assert token not in dumped
    assert first["password"] not in dumped

    administrator.post(f"{path}/token/end")
    assert Caller(administrator.app, token).get("/me").status_code == 401
    assert administrator.post(f"{path}/password").get_json()["password"] != first["password"]


def test_what_was_done_to_an_account_is_listed(administrator: Caller) -> None:
    person = administrator.post("/people", PERSON).get_json()
    path = f"/people/{person['id']}"
    for deed in ("token", "token/end", "disable"):
        administrator.post(f"{path}/{deed}")

    changes = administrator.get(f"{path}/changes").get_json()["changes"]

    told = [(each["deed"], each["by"], each["person_id"]) for each in changes]
    deeds = ("closed", "revoked", "issued", "opened")
    assert told == [(deed, "何敏", person["id"]) for deed in deeds]
    assert administrator.get("/people/1000000/changes").status_code == 404


def database_rows(database: Database) -> list[object]:
    """Return everything that lies in the database."""
    with database.sql.connect() as connection:
        found = connection.exec_driver_sql(TABLES[database.dialect]).scalars().all()
        return [
            row
            for table in found
            for row in connection.exec_driver_sql(f'select * from "{table}"').all()
        ]


TABLES = {
    "sqlite": "select name from sqlite_master where type = 'table' and name not like '%fts%'",
    "postgresql": "select tablename from pg_tables where schemaname = current_schema()",
}


# -- the calendar -----------------------------------------------------------------------


def test_a_year_is_read_and_replaced_by_whoever_has_read_it(administrator: Caller) -> None:
    before = administrator.get("/calendar/2030").get_json()
    seen = read(administrator, "/calendar/2030")
    table = {
        "source": "国办发明电〔2029〕12号",
        "days": [{"day": "2030-01-01", "working": False, "name": "元旦"}],
    }

    after = administrator.post("/calendar/2030", table, **seen)
    late = administrator.post("/calendar/2030", table, **seen)

    assert (before["provisional"], before["days"]) == (True, [])
    assert after.get_json()["days"] == table["days"]
    assert (after.get_json()["provisional"], late.status_code) == (False, 412)


def test_a_notice_is_read_before_anything_is_changed(administrator: Caller) -> None:
    text = "一、元旦：1月1日（周二）放假。12月29日（周六）上班。\n二、春节：2月30日放假。"

    told = administrator.post("/calendar/2030/notice", {"text": text}).get_json()

    assert told["days"][0] == {"day": "2030-01-01", "working": False, "name": "元旦"}
    assert told["problems"][0]["words"] == "Line 2: there is no such day, “2月30日”."
    assert administrator.get("/calendar/2030").get_json()["provisional"] is True


def test_a_table_of_another_year_and_a_year_out_of_reach_are_refused(
    administrator: Caller,
) -> None:
    days = [{"day": "2031-01-01", "working": False, "name": "元旦"}]

    answer = administrator.post("/calendar/2030", {"source": "国办", "days": days})

    assert answer.status_code == 422
    assert answer.get_json()["facts"]["problems"][0]["code"] == "other_year"
    assert administrator.get("/calendar/99999").status_code == 404


# -- limits -----------------------------------------------------------------------------


@pytest.mark.usefixtures("unreviewed")
def test_a_limit_is_changed_by_whoever_has_read_it(administrator: Caller) -> None:
    seen = read(administrator, "/limits/report")

    changed = administrator.post("/limits/report", {"number": 20, "unit": "working_days"}, **seen)
    late = administrator.post("/limits/report", {"number": 1, "unit": "working_days"}, **seen)

    told = {
        "name": "report", "number": 20, "unit": "working_days", "starts": "opened", "stops": [],
        "objection": None, "extensions": 0, "longest_number": None, "longest_unit": None,
    }  # fmt: skip
    assert (changed.get_json(), late.status_code) == (told, 412)
    assert told in administrator.get("/limits").get_json()["limits"]
    assert administrator.get("/limits/nonsense").status_code == 404
    wrong = administrator.post("/limits/report", {"number": 0, "unit": "working_days"})
    assert (wrong.status_code, wrong.get_json()["facts"]["why"]) == (422, "number")


@pytest.mark.usefixtures("unreviewed")
def test_a_rule_s_columns_are_changed_and_what_is_not_named_stays(administrator: Caller) -> None:
    path = "/limits/document"
    named = {"number": 30, "unit": "natural_days", "stops": ["review"], "longest_number": 3}

    changed = administrator.post(path, named, **read(administrator, path)).get_json()

    assert (changed["stops"], changed["starts"]) == (["review"], "handed_over")
    assert (changed["longest_number"], changed["longest_unit"]) == (3, "months")
    assert (changed["objection"], changed["extensions"]) == ("object", 2)


def test_what_would_move_is_told_with_its_seal(administrator: Caller) -> None:
    table = {"source": "国办", "days": [{"day": "2030-01-01", "working": False, "name": "元旦"}]}
    span = {"number": 9, "unit": "working_days"}

    for path, sent in (("/calendar/2030/moves", table), ("/limits/document/moves", span)):
        told = administrator.post(path, sent).get_json()
        assert told["moved"] == []
        assert len(told["seal"]) == 32


@pytest.mark.usefixtures("unreviewed")
def test_the_ladder_and_the_clock_are_changed(administrator: Caller) -> None:
    rung = {
        "rung": "reminder",
        "kind": None,
        "urgency": None,
        "days_overdue": 2,
        "times_before": 0,
    }

    ladder = administrator.post("/ladder", {"rungs": [rung]}, **read(administrator, "/ladder"))
    clock = administrator.post("/clock", {"limit_roll": "yes"}, **read(administrator, "/clock"))

    assert ladder.get_json() == {"rungs": [rung]}
    assert administrator.post("/ladder", {"rungs": []}).status_code == 422
    assert (clock.get_json()["limit_roll"], clock.get_json()["limit_warn_at"]) == ("yes", "30")
    assert administrator.post("/clock", {"limit_warn_at": "101"}).status_code == 422
