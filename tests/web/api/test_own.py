"""What everybody has of their own over the API: views, notices, files that aren't sent yet."""

from io import BytesIO

import pytest

from tests.web.callers import REPORT, As, Cast
from workflows.blanks import BLANK


def test_a_view_is_kept_replaced_and_dropped(cast: Cast) -> None:
    kept = cast.supervisor.post("/ledger/views", {"name": "逾期", "query": "light=red&page=3"})
    again = cast.supervisor.post("/ledger/views", {"name": "逾期", "query": "light=yellow&a=b"})

    assert kept.get_json()["query"] == "light=red"
    assert again.get_json() == {**kept.get_json(), "query": "light=yellow"}
    assert cast.director.get("/ledger/views").get_json() == {"views": []}

    path = f"/ledger/views/{again.get_json()['id']}/drop"
    assert cast.director.post(path).status_code == 404
    assert cast.supervisor.post(path).get_json() == {"views": []}


def test_all_notices_are_read_at_once_and_one_is_taken_back(cast: Cast) -> None:
    cast.assign()
    part = cast.supervisor.get(f"/items/{cast.item_id}").get_json()["assignments"][0]["id"]
    urge = {"assignment_ids": [part], "method": "telephone", "text": "请抓紧办理。"}
    cast.supervisor.post("/assignments/urge", urge)

    read = cast.handler.post("/notices/read").get_json()["notices"]
    assert len(read) == 2
    assert all(notice["read_at"] for notice in read)

    taken_back = cast.handler.post(f"/notices/{read[0]['id']}/unread").get_json()
    assert taken_back["read_at"] is None
    assert cast.foreigner.post(f"/notices/{read[0]['id']}/unread").status_code == 404


def keep(cast: Cast) -> str:
    """Keep a file with the item as its handler."""
    answer = cast.handler.app.test_client().post(
        f"/api/v1/items/{cast.item_id}/papers",
        data={"file": (BytesIO(BLANK), "照片.pdf")},
        headers={"Authorization": f"Bearer {cast.handler.token}"},
    )
    kept: str = answer.get_json()["id"]
    return kept


def test_a_file_is_taken_back_by_whoever_kept_it(cast: Cast) -> None:
    cast.assign()
    paper_id = keep(cast)

    assert cast.supervisor.post(f"/papers/{paper_id}/remove").status_code == 404
    assert cast.handler.post(f"/papers/{paper_id}/remove").get_json() == {"id": paper_id}
    assert cast.handler.get(f"/items/{cast.item_id}/papers").get_json() == {"papers": []}


def test_a_file_that_was_reported_stays(cast: Cast) -> None:
    cast.assign()
    cast.handler.do("acknowledge", "acknowledge", {"responsible_person": "钱进"})
    paper_id = keep(cast)
    cast.handler.do("report", "report", {**REPORT, "paper_ids": [paper_id]})

    answer = cast.handler.post(f"/papers/{paper_id}/remove")

    assert (answer.status_code, answer.get_json()["facts"]["why"]) == (422, "reported")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_program_that_only_administers_is_told_no_titles_of_what_is_handed_over(
    cast: Cast, called: As
) -> None:
    cast.assign()
    path = f"/units/{cast.units['市交通运输局']}/posts"
    administrator = called("hemin")
    posts = administrator.get(path).get_json()["posts"]
    (post,) = (each for each in posts if each["role"] == "handler")
    successor = administrator.post("/people", {"name": "钱多多", "login": "qianduoduo"}).get_json()

    sent = {
        "from_id": post["holders"][0]["person_id"],
        "to_id": successor["id"],
        "remarks": "请接着办。",
    }
    answer = administrator.post(f"/posts/{post['id']}/hand-over", sent)
    record = answer.get_json()
    read = administrator.get(f"/hand-overs/{record['id']}").get_json()

    assert answer.status_code == 201, answer.text
    for told in (record, read):
        assert [(line["item_id"], line["title"]) for line in told["work"]] == [(cast.item_id, "")]
