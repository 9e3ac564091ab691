"""Figures, snapshots, summaries and boards by the API: each number with exactly its rows."""

from tests.web.callers import Cast

MARCH = {"first": "2020-03-01", "last": "2020-03-31", "purpose": "三月通报"}


def test_a_figure_says_what_it_counts_and_opens_its_rows_now_and_as_they_were(cast: Cast) -> None:
    cast.register(title="滨江步道贯通")
    cast.director.do("approve", "approve", {"outcome": "approve"})
    office, unit = cast.supervisor, cast.handler

    meanings = unit.get("/figures").get_json()["figures"]
    live = office.get("/figures/items_open?first=2020-03-01&last=2020-03-31").get_json()
    taken = office.post("/snapshots", MARCH).get_json()
    path = f"/snapshots/{taken['id']}"
    frozen = office.get(f"{path}/figures/items_open").get_json()
    cast.register(title="后来的")
    cast.director.do("approve", "approve", {"outcome": "approve"})
    changed = office.get(f"{path}/changes").get_json()

    (open_,) = (each for each in meanings if each["name"] == "items_open")
    assert open_["label_zh"] != open_["label_en"]
    assert open_["counts_en"].startswith("Lines of the ledger")
    assert (live["value"], [row["title"] for row in live["rows"]]) == ("1", ["滨江步道贯通"])
    assert (frozen["value"], frozen["rows"]) == ("1", live["rows"])
    assert taken["proved"]
    assert len(taken["figures"]) == len(meanings)
    now = {each["name"]: (each["then"], each["now"]) for each in changed["figures"]}
    assert now["items_open"] == ("1", "2")
    assert office.get(f"{path}/ledger").get_json()["count"] == 1
    assert unit.get(f"{path}/changes").status_code == 403
    own = f"{path}?unit_id={cast.units['市交通运输局']}"
    assert unit.get(own).get_json()["figures"][0]["value"] == "0"


def test_every_number_of_a_board_leads_to_its_items(cast: Cast) -> None:
    cast.register(title="滨江步道贯通")
    cast.director.do("approve", "approve", {"outcome": "approve"})
    office = cast.supervisor

    board = office.get("/boards").get_json()
    open_ = board["open"]
    behind = office.get(open_["items"].removeprefix("/api/v1")).get_json()
    card = office.get("/boards/cards/sources").get_json()

    assert open_["value"] == behind["count"] == 1
    numbers = [cell["number"] for row in card["rows"] for cell in row if cell["number"]]
    assert {number["value"] for number in numbers} == {0, 1}
    for number in numbers:
        items = office.get(number["items"].removeprefix("/api/v1")).get_json()
        assert items["count"] == number["value"]
    assert "steps" in cast.handler.get("/boards").get_json()["cards"]


def test_a_summary_is_written_and_given_as_a_paper(cast: Cast) -> None:
    office = cast.supervisor
    sent = {"kind": "month", "year": 2020, "month": 3}

    written = office.post("/summaries", sent).get_json()
    path = f"/summaries/{written['id']}"
    paper = office.get(f"{path}/paper.docx")
    left = office.post(f"{path}/discard", {}).get_json()

    assert written["title"] == "2020年3月份督查工作总结"
    assert {"items_open", "items_closed"} <= {each["name"] for each in written["figures"]}
    assert paper.data.startswith(b"PK")
    assert left == {"summaries": []}
