"""Items over the API."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from tests.web.callers import REGISTRATION, As, Cast


def test_a_registered_item_is_shown_with_its_tag(cast: Cast) -> None:
    item_id = cast.register()

    answer = cast.supervisor.get(f"/items/{item_id}")

    item = answer.get_json()
    assert (item["title"], item["state"], item["number"]) == (
        "城区公交站台改造",
        "registered",
        None,
    )
    assert item["supervisor"]["name"] == "李文"
    assert answer.headers["ETag"]


def test_an_item_that_the_reader_has_already_is_not_sent_again(cast: Cast) -> None:
    item_id = cast.register()
    tag = cast.supervisor.get(f"/items/{item_id}").headers["ETag"]

    again = cast.supervisor.get(f"/items/{item_id}", If_None_Match=tag)

    assert (again.status_code, again.data) == (304, b"")


def test_a_secret_matter_is_refused(cast: Cast) -> None:
    answer = cast.supervisor.post("/items", {**REGISTRATION, "secret": True})

    assert answer.status_code == 422
    assert answer.get_json()["type"] == "urn:duban:problem:SecretRefused"


def test_an_item_with_a_limit_in_the_past_is_refused_with_both_days(cast: Cast) -> None:
    answer = cast.supervisor.post("/items", {**REGISTRATION, "planned_due_on": "2020-02-28"})

    assert answer.status_code == 422
    assert answer.get_json()["facts"] == {"given": "2020-02-28", "today": "2020-03-02"}


def test_the_story_tells_who_did_what_in_which_post(cast: Cast) -> None:
    cast.assign()

    story = cast.supervisor.get(f"/items/{cast.item_id}/story").get_json()["entries"]

    kinds = [line["kind"] for line in story]
    assert (kinds[-1], "assigned" in kinds, "numbered" in kinds) == ("registered", True, True)
    assert (story[-1]["person"], story[-1]["post"]) == ("李文", "督查员")


def test_a_foreign_units_item_does_not_exist(cast: Cast) -> None:
    cast.assign()

    for path in ("", "/story", "/papers", "/history", "/history/verification"):
        answer = cast.foreigner.get(f"/items/{cast.item_id}{path}")
        assert answer.status_code == 404, path


def test_a_revisit_is_asked_for_by_whoever_has_read_the_item(cast: Cast) -> None:
    cast.assign()
    tag = cast.director.get(f"/items/{cast.item_id}").headers["ETag"]

    asked = cast.director.post(f"/items/{cast.item_id}/revisit", If_Match=tag)
    late = cast.supervisor.post(f"/items/{cast.item_id}/revisit", If_Match=tag)

    assert (asked.status_code, late.status_code) == (200, 412)


def test_a_verb_on_an_item_asks_which_version_was_read(cast: Cast) -> None:
    cast.assign()
    path = f"/api/v1/items/{cast.item_id}/revisit"
    headers = {"Authorization": f"Bearer {cast.director.token}"}

    answer = cast.director.app.test_client().post(path, headers=headers)

    assert answer.status_code == 428


def test_auditors_read_the_history_and_find_it_whole(cast: Cast, called: As) -> None:
    cast.report()
    auditor = called("shenji")

    entries = auditor.get(f"/items/{cast.item_id}/history").get_json()["entries"]
    breaks = auditor.get(f"/items/{cast.item_id}/history/verification").get_json()["breaks"]

    assert len(entries) > 10
    assert entries[0]["at"].startswith("2020-03-02T01:00:00")
    assert breaks == []


def test_the_list_is_the_ledger_that_the_caller_may_see(cast: Cast) -> None:
    cast.assign()
    mine = cast.item_id
    cast.register(title="河道清淤")

    office = cast.supervisor.get("/items").get_json()
    unit = cast.handler.get("/items").get_json()

    assert [item["title"] for item in office["items"]] == ["城区公交站台改造", "河道清淤"]
    assert (office["count"], office["pages"], office["lights"]) == (2, 1, {"blue": 1, "green": 1})
    assert [item["id"] for item in unit["items"]] == [mine]
    assert unit["items"][0]["assignments"][0]["unit"]["name"] == "市交通运输局"
    assert unit["items"][0]["tasks"][0]["step"] == "acknowledge"


def test_the_list_is_filtered_like_the_ledger(cast: Cast) -> None:
    cast.assign()
    cast.register(title="河道清淤", urgency="urgent")

    def titles(query: str) -> list[str]:
        answer = cast.supervisor.get(f"/items?{query}")
        return [item["title"] for item in answer.get_json()["items"]]

    assert titles("q=清淤") == ["河道清淤"]
    assert titles("urgency=urgent&urgency=flash") == ["河道清淤"]
    assert titles(f"unit={cast.units['市交通运输局']}") == ["城区公交站台改造"]
    assert titles("scope=ended") == []
    assert titles("step=approve") == ["河道清淤"]
    assert titles("sort=number&descending=true") == ["城区公交站台改造", "河道清淤"]
    assert titles("page=2") == []


def test_a_filter_that_does_not_exist_is_refused(cast: Cast) -> None:
    answer = cast.supervisor.get("/items?colour=red&light=purple&page=0")

    assert answer.status_code == 422
    assert set(answer.get_json()["fields"]) == {"colour", "light", "page"}


def test_the_ledger_is_given_as_a_workbook_with_the_columns_chosen(cast: Cast) -> None:
    cast.assign()
    cast.register(title="=1+1")

    answer = cast.supervisor.get("/ledger.xlsx?columns=number&columns=title&sort=number")

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0)
    assert sheet.to_python() == [
        ["Number", "Matter"],
        ["督字〔2020〕1号", "城区公交站台改造"],
        ["no number yet", "=1+1"],
    ]
