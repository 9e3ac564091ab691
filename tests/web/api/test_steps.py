"""Every type of step over the API: what it asks, does and refuses."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from werkzeug.test import TestResponse

from engine import MovableClock
from tests.web.callers import REPORT, SOUND, Cast

ASKED = {
    "kind": "extend",
    "new_due_on": "2020-03-25",
    "reason": "汛期推迟施工。",
    "progress": "已完成一半。",
}
RETURNED = {**SOUND, "problem_solved": False, "verdict": "returned", "reason": "三号站台未完工。"}


def test_an_instruction_runs_from_registration_to_close(cast: Cast) -> None:
    cast.report()
    cast.supervisor.do("review", "review", {"verdict": "accepted", **SOUND})
    cast.director.post(f"/items/{cast.item_id}/revisit")
    cast.leader.do("instruct", "instruction", {"new_instruction": False, "opinion": "很好。"})
    found = {"method": "on_site", "findings": "三十座站台均已投用。", "solved": True}
    cast.supervisor.do("revisit", "revisit", found)
    done = cast.director.do("close", "close")

    item = cast.supervisor.get(f"/items/{cast.item_id}").get_json()
    assert (item["state"], item["closed_how"], item["number"]) == (
        "closed",
        "done",
        "督字〔2020〕1号",
    )
    assert (done["step"], done["outcome"], done["may_act"]) == ("close", "close", False)


def test_a_returned_registration_is_written_again(cast: Cast) -> None:
    cast.register()
    cast.director.do("approve", "approve", {"outcome": "return", "reason": "依据不清。"})

    task_id = cast.supervisor.tasks("register")[0]
    sent = {
        "secret": False,
        "source": "city_instruction",
        "basis": "市长批示第12号",
        "title": "城区公交站台改造",
        "urgency": "urgent",
    }
    answer = cast.supervisor.post(f"/tasks/{task_id}/register", sent)

    assert answer.status_code == 200
    assert len(cast.director.tasks("approve")) == 1


def test_a_unit_objects_and_the_office_hands_its_part_to_another(cast: Cast) -> None:
    cast.assign()
    objection = {"reason": "站台由城管局管理。", "belongs_to_id": cast.units["市城管局"]}
    cast.handler.do("acknowledge", "object", objection)
    decision = {"decision": "reassign", "unit_id": cast.units["市城管局"]}
    cast.supervisor.do("objection", "objection", decision)

    assert cast.handler.tasks("acknowledge") == []
    assert len(cast.foreigner.tasks("acknowledge")) == 1


def test_a_returned_report_is_written_again(cast: Cast) -> None:
    cast.report()

    cast.supervisor.do("review", "review", RETURNED)

    assert len(cast.handler.tasks("report")) == 1
    item = cast.supervisor.get(f"/items/{cast.item_id}").get_json()
    assert (item["times_returned"], item["assignments"][0]["state"]) == (1, "returned")


def test_a_return_without_a_reason_is_refused(cast: Cast) -> None:
    cast.report()
    task_id = cast.supervisor.tasks("review")[0]

    answer = cast.supervisor.post(f"/tasks/{task_id}/review", {**RETURNED, "reason": " "})

    assert answer.status_code == 422
    assert answer.get_json()["type"] == "urn:duban:problem:ReasonMissing"


def waiting(cast: Cast) -> list[str]:
    """Return what waits about the item, as the unit's handler may know of it."""
    return [task["id"] for task in cast.handler.get(f"/items/{cast.item_id}/tasks").json["tasks"]]


def test_a_submission_is_withdrawn_until_its_reader_has_opened_it(cast: Cast) -> None:
    cast.assign()
    cast.handler.do("acknowledge", "acknowledge")
    cast.handler.do("report", "report", REPORT)
    (task_id,) = waiting(cast)

    taken_back = cast.handler.post(f"/tasks/{task_id}/withdraw")
    cast.handler.do("report", "report", REPORT)
    (opened_id,) = waiting(cast)
    cast.unit_head.get(f"/tasks/{opened_id}")
    too_late = cast.handler.post(f"/tasks/{opened_id}/withdraw")

    assert (taken_back.status_code, too_late.status_code) == (200, 409)
    assert too_late.get_json()["facts"]["seen_by"] == "周局"


def test_a_change_is_asked_for_and_consented_to(cast: Cast) -> None:
    part_id = cast.assign()
    cast.handler.do("acknowledge", "acknowledge")

    answer = cast.handler.post(f"/assignments/{part_id}/change", ASKED)
    cast.unit_head.do("endorse_change", "endorse_change", {"endorse": True})
    advice = {"pass_on": True, "opinion": "建议同意。"}
    cast.supervisor.do("advise_change", "advise_change", advice)
    cast.leader.do("consent", "consent", {"consent": True})

    item = cast.supervisor.get(f"/items/{cast.item_id}").get_json()
    assert (answer.status_code, answer.get_json()["new_due_on"]) == (201, "2020-03-25")
    assert (item["due_on"], item["times_extended"]) == ("2020-03-25", 1)


def test_a_foreign_units_part_is_answered_like_one_that_isnt_there(cast: Cast) -> None:
    part_id = cast.assign()

    foreign = cast.foreigner.post(f"/assignments/{part_id}/change", ASKED)
    none = cast.foreigner.post("/assignments/4711/change", ASKED)

    assert (foreign.status_code, none.status_code) == (404, 404)
    told = foreign.get_json()
    assert told["type"] == none.get_json()["type"]
    assert told["facts"] == {"assignment_id": part_id}


def test_a_change_asked_for_after_the_limit_is_refused(cast: Cast, clock: MovableClock) -> None:
    part_id = cast.assign()
    cast.handler.do("acknowledge", "acknowledge")
    clock.move(timedelta(days=40))

    answer = cast.handler.post(f"/assignments/{part_id}/change", ASKED)

    assert answer.status_code == 422
    assert answer.get_json()["type"] == "urn:duban:problem:ChangeLate"


def test_units_are_urged_and_find_a_notice(cast: Cast) -> None:
    part_id = cast.assign()
    urge = {"assignment_ids": [part_id], "method": "telephone", "text": "请尽快签收。"}

    answer = cast.supervisor.post("/assignments/urge", urge)

    notices = cast.handler.get("/notices").get_json()["notices"]
    assert answer.status_code == 201
    assert answer.get_json()["urges"][0]["text"] == "请尽快签收。"
    assert "urged" in {notice["kind"] for notice in notices}


def test_a_unit_leaves_the_receipt_of_its_urges(cast: Cast) -> None:
    part_id = cast.assign()
    urge = {"assignment_ids": [part_id], "method": "telephone", "text": "请尽快签收。"}
    cast.supervisor.post("/assignments/urge", urge)

    foreign = cast.foreigner.post(f"/items/{cast.item_id}/urges/read")
    office = cast.supervisor.post(f"/items/{cast.item_id}/urges/read")
    own = cast.handler.post(f"/items/{cast.item_id}/urges/read")

    assert (foreign.status_code, office.get_json()) == (404, {"urges": []})
    (read,) = own.get_json()["urges"]
    assert (read["text"], read["read_at"][:10]) == ("请尽快签收。", "2020-03-02")


def test_a_notice_is_read_by_whom_it_was_sent_to_alone(cast: Cast) -> None:
    cast.assign()
    notice_id = cast.handler.get("/notices").get_json()["notices"][0]["id"]

    foreign = cast.foreigner.post(f"/notices/{notice_id}/read")
    own = cast.handler.post(f"/notices/{notice_id}/read")

    assert (foreign.status_code, own.status_code) == (404, 200)
    assert own.get_json()["read_at"].startswith("2020-03-02")


def test_a_task_says_what_it_asks_and_of_whom(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]

    directors = cast.director.get(f"/tasks/{task_id}").get_json()
    supervisors = cast.supervisor.get(f"/tasks/{task_id}").get_json()

    outcomes = [outcome["value"] for outcome in directors["outcomes"]]
    assert outcomes == ["approve", "return", "refuse"]
    assert (directors["may_act"], supervisors["may_act"]) == (True, False)


def test_seeing_a_task_is_not_acting_on_it(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]

    answer = cast.supervisor.post(f"/tasks/{task_id}/approve", {"outcome": "approve"})

    assert answer.status_code == 403


def test_a_foreign_units_task_does_not_exist(cast: Cast) -> None:
    cast.assign()
    task_id = cast.handler.tasks("acknowledge")[0]

    seen = cast.foreigner.get(f"/tasks/{task_id}")
    acted = cast.foreigner.post(f"/tasks/{task_id}/acknowledge", {})

    assert (seen.status_code, acted.status_code) == (404, 404)


def test_a_task_that_somebody_else_did_says_who_and_when(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]
    cast.director.post(f"/tasks/{task_id}/approve", {"outcome": "approve"})

    late = cast.director.post(f"/tasks/{task_id}/approve", {"outcome": "approve"})

    problem = late.get_json()
    assert (late.status_code, problem["facts"]["outcome"]) == (409, "approve")
    assert "张明" in problem["detail"]


def test_a_verb_of_another_step_is_refused(cast: Cast) -> None:
    cast.register()
    task_id = cast.director.tasks("approve")[0]

    answer = cast.director.post(f"/tasks/{task_id}/close")

    assert answer.status_code == 409
    assert answer.get_json()["type"] == "urn:duban:problem:WrongStep"


@pytest.mark.parametrize("name", ["批示.docx.exe", "现场照片.png"])
def test_a_file_that_is_not_what_it_says_is_refused(cast: Cast, name: str) -> None:
    cast.assign()

    answer = send_file(cast, name, b"MZ\x90\x00 a program")

    assert answer.status_code == 422
    assert answer.get_json()["type"] == "urn:duban:problem:PaperRefused"


def test_a_kept_file_comes_back_under_its_own_name(cast: Cast) -> None:
    cast.assign()
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

    paper_id = send_file(cast, "现场 照片（一）.pdf", content).get_json()["id"]
    foreign = cast.foreigner.get(f"/papers/{paper_id}")
    with cast.handler.get(f"/papers/{paper_id}") as answer:
        told = answer.headers["Content-Disposition"]
        assert answer.data == content

    assert told.startswith("attachment;")
    assert unquote(told).endswith("现场 照片（一）.pdf")
    assert foreign.status_code == 404


def send_file(cast: Cast, name: str, content: bytes) -> TestResponse:
    """Keep a file with the item."""
    return cast.handler.app.test_client().post(
        f"/api/v1/items/{cast.item_id}/papers",
        data={"file": (BytesIO(content), name)},
        headers={"Authorization": f"Bearer {cast.handler.token}"},
    )


def test_a_unit_is_added_withdrawn_and_another_takes_the_leads_place(cast: Cast) -> None:
    lead_id = cast.assign()
    other, why = {"unit_id": cast.units["市城管局"]}, {"reason": "不再涉及。"}

    added = cast.supervisor.post(f"/items/{cast.item_id}/units", {**other, "due_on": "2020-03-10"})
    twice = cast.supervisor.post(f"/items/{cast.item_id}/units", other)
    kept = cast.supervisor.post(f"/assignments/{lead_id}/withdrawal", why)
    added_id = added.get_json()["id"]
    gone = cast.supervisor.post(f"/assignments/{added_id}/withdrawal", why)
    replaced = cast.supervisor.post(f"/assignments/{lead_id}/replacement", {**other, **why})

    assert (added.status_code, added.get_json()["due_on"]) == (201, "2020-03-10")
    assert (twice.status_code, kept.status_code) == (422, 422)
    assert (gone.status_code, gone.get_json()["state"]) == (200, "released")
    assert (replaced.status_code, replaced.get_json()["part"]) == (201, "lead")
