"""The forms of the steps, without a browser: rights, refusals, and nothing typed is lost."""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select

from engine import MovableClock
from tests.bpmn.test_changed_copy import changed_instruction
from tests.deploying import put_in_use
from tests.web.conftest import Enter
from tests.web.forms import token
from tests.web.scenes import CITY, EAST, TRANSPORT, Scenes, send, words
from workflows import assignments, revisits
from workflows.blanks import BLANK
from workflows.tables import (
    Assignment,
    AssignmentState,
    Draft,
    FormEntry,
    ItemState,
    Objection,
    Paper,
    Report,
    Revisit,
    Todo,
    Verdict,
)

CHECKS = {"measures_done": "true", "problem_solved": "true", "target_reached": "true"}


pytestmark = pytest.mark.usefixtures("papers_folder")


# -- whose it is --------------------------------------------------------------------------


def test_a_step_that_isnt_yours_says_whose_it_is(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    path = scenes.path(item_id, "report")
    director = enter("zhangming")

    shown = director.get(path)
    sent = send(director, path, final="true", progress="我来写。", percent="100")

    assert shown.status_code == sent.status_code == 403
    assert f"{TRANSPORT} 钱进 （承办人）" in words(shown)
    assert "我来写。" in sent.text
    assert scenes.rows(select(Report)) == []


def test_a_step_of_an_item_that_one_may_not_see_doesnt_exist(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    path = scenes.path(item_id, "report")
    stranger = enter("luojing")

    assert stranger.get(path).status_code == 404
    assert send(stranger, path, progress="……", percent="1").status_code == 404
    assert stranger.get(f"/tasks/{uuid4()}").status_code == 404


def test_a_form_of_another_site_is_refused(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.registered()

    answer = enter("zhangming").post(scenes.path(item_id, "approve"), data={"outcome": "approve"})

    assert answer.status_code == 400
    assert scenes.item(item_id).serial is None


def test_a_look_by_its_addressee_makes_it_seen_and_by_others_it_doesnt(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.registered()
    task_id = scenes.task(item_id, "approve")
    todo = select(Todo).where(Todo.task_id == task_id)

    enter("liwen").get(f"/tasks/{task_id}")
    assert scenes.rows(todo)[0].seen_at is None

    enter("zhangming").get(f"/tasks/{task_id}")
    assert scenes.rows(todo)[0].seen_at is not None


# -- somebody else was faster -------------------------------------------------------------


def test_a_step_that_was_done_meanwhile_says_by_whom_and_keeps_the_text(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.registered()
    path = scenes.path(item_id, "approve")
    director = enter("zhangming")
    assert send(director, path, outcome="approve").status_code == 303

    answer = send(director, path, outcome="return", reason="写得很长的一段理由")

    assert answer.status_code == 409
    assert re.search(r"已由张明于\S+办理：批准立项", words(answer))
    assert "写得很长的一段理由" in answer.text
    assert scenes.item(item_id).state is ItemState.OPEN


def test_a_step_that_is_done_can_still_be_looked_at(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.registered()
    path = scenes.path(item_id, "approve")
    director = enter("zhangming")
    send(director, path, outcome="approve")

    answer = director.get(path)

    assert answer.status_code == 200
    assert "已由张明于" in words(answer)


# -- registering again, approving ---------------------------------------------------------


def test_a_return_needs_a_reason(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.registered()
    path = scenes.path(item_id, "approve")
    director = enter("zhangming")

    answer = send(director, path, outcome="return", reason="  ")

    assert answer.status_code == 422
    assert '<a href="#reason">' in answer.text
    assert "请写明理由" in words(answer)
    assert scenes.path(item_id, "approve") == path


def test_an_answer_that_isnt_offered_is_refused(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.registered()

    answer = send(enter("zhangming"), scenes.path(item_id, "approve"), outcome="burn")

    assert answer.status_code == 422


def test_a_returned_registration_starts_with_what_was_written(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.registered(basis="市长批示原文。")
    send(enter("zhangming"), scenes.path(item_id, "approve"), outcome="return", reason="补依据")
    supervisor = enter("liwen")
    path = scenes.path(item_id, "register")

    shown = supervisor.get(path)
    assert "市长批示原文。" in shown.text
    assert "退回" in words(shown)
    sent = {
        "secret": "false",
        "source": "city_instruction",
        "basis": "市长批示原文，附件二。",
        "title": "改过的题目",
        "urgency": "urgent",
    }
    assert send(supervisor, path, **sent).status_code == 303

    assert scenes.item(item_id).title == "改过的题目"
    assert scenes.task(item_id, "approve")


# -- handing out --------------------------------------------------------------------------


def test_an_item_goes_to_its_lead_and_a_whole_group_each_with_its_limit(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.approved()
    city = scenes.unit(CITY)
    sent = {
        "lead": scenes.unit(TRANSPORT),
        "group": "department",
        "co": scenes.unit(EAST),
        f"due_on-{city}": "2020-03-12",
        "co_due_on": "2020-03-13",
    }

    answer = send(enter("liwen"), scenes.path(item_id, "assign"), **sent)

    assert answer.status_code == 303
    parts = scenes.rows(select(Assignment).order_by(Assignment.unit_id))
    limits = {part.unit_id: (part.part.value, part.due_on) for part in parts}
    assert limits == {
        scenes.unit(TRANSPORT): ("lead", date(2020, 3, 17)),
        city: ("co", date(2020, 3, 12)),
        scenes.unit(EAST): ("co", date(2020, 3, 13)),
    }


def test_a_limit_in_the_past_is_refused_and_the_choice_is_kept(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.approved()
    lead, co = scenes.unit(TRANSPORT), scenes.unit(CITY)
    sent = {"lead": lead, "co": co, "lead_due_on": "2020-02-20"}

    answer = send(enter("liwen"), scenes.path(item_id, "assign"), **sent)

    assert answer.status_code == 422
    assert "2月20日" in words(answer)
    assert f'value="{lead}" lang="zh-CN" selected' in answer.text
    assert re.search(rf'name="co" value="{co}"[^>]* checked', answer.text)
    assert scenes.rows(select(Assignment)) == []


def test_an_item_without_a_lead_unit_isnt_handed_out(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.approved()

    answer = send(enter("liwen"), scenes.path(item_id, "assign"), co=scenes.unit(CITY))

    assert answer.status_code == 422
    assert '<a href="#lead">' in answer.text


def test_the_lead_unit_isnt_a_co_unit_as_well(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.approved()
    lead = scenes.unit(TRANSPORT)

    answer = send(enter("liwen"), scenes.path(item_id, "assign"), lead=lead, co=lead)

    assert answer.status_code == 422
    assert '<a href="#co">' in answer.text


# -- receiving and objecting --------------------------------------------------------------


def test_a_unit_objects_with_a_reason_and_the_office_hands_it_on(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.assigned()
    path = scenes.path(item_id, "acknowledge")
    sent = {"outcome": "object", "reason": "属城管职责。", "belongs_to_id": scenes.unit(CITY)}
    assert send(enter("qianjin"), path, **sent).status_code == 303
    supervisor = enter("liwen")
    decision = scenes.path(item_id, "objection")

    shown = supervisor.get(decision)
    assert "属城管职责。" in shown.text
    assert f'value="{scenes.unit(CITY)}" lang="zh-CN" selected' in shown.text
    answer = send(supervisor, decision, outcome="reassign", unit_id=scenes.unit(CITY))

    assert answer.status_code == 303
    assert scenes.task(item_id, "acknowledge", CITY)


def test_an_objection_without_a_reason_is_refused(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.assigned()

    answer = send(enter("qianjin"), scenes.path(item_id, "acknowledge"), outcome="object")

    assert answer.status_code == 422
    assert '<a href="#reason">' in answer.text
    assert scenes.rows(select(Objection)) == []


def test_a_late_objection_is_refused_and_the_page_says_until_when_it_was_possible(
    scenes: Scenes, enter: Enter, clock: MovableClock
) -> None:
    item_id = scenes.assigned()
    clock.move(timedelta(days=4))
    client = enter("qianjin")
    path = scenes.path(item_id, "acknowledge")

    assert "退办的时间已过" in words(client.get(path))
    assert "退办的时间到3月4日" in words(client.get(path))
    answer = send(client, path, outcome="object", reason="属城管职责。")

    assert answer.status_code == 422
    assert "属城管职责。" in answer.text
    assert scenes.rows(select(Objection)) == []


def test_the_lead_unit_cant_be_released(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.assigned()
    task = scenes.task(item_id, "acknowledge")
    scenes.act("qianjin", assignments.object_to, task, "不属我单位。")

    answer = send(enter("liwen"), scenes.path(item_id, "objection"), outcome="release")

    assert answer.status_code == 422
    assert scenes.part(item_id, TRANSPORT).state is AssignmentState.OBJECTED


# -- reporting ----------------------------------------------------------------------------


def test_a_report_without_progress_is_refused_and_the_rest_is_kept(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    sent = {"final": "true", "problems": "信号配时没有答复", "percent": "88"}

    answer = send(enter("qianjin"), scenes.path(item_id, "report"), **sent)

    assert answer.status_code == 422
    assert '<a href="#progress">' in answer.text
    assert "信号配时没有答复" in answer.text
    assert 'value="88"' in answer.text
    assert re.search(r'name="final" value="true" checked', answer.text)


@pytest.mark.parametrize("percent", ["", "101", "-1", "八成"])
def test_a_share_that_is_none_is_refused(scenes: Scenes, enter: Enter, percent: str) -> None:
    item_id = scenes.received()
    sent = {"final": "false", "progress": "办了。", "percent": percent}

    answer = send(enter("qianjin"), scenes.path(item_id, "report"), **sent)

    assert answer.status_code == 422
    assert '<a href="#percent">' in answer.text


def test_a_draft_is_kept_while_somebody_types_and_goes_when_it_is_sent(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    path = scenes.path(item_id, "report")
    handler = enter("qianjin")

    kept = handler.post(
        f"{path}/draft",
        data={"progress": "写到一半", "percent": "30"},
        headers={"X-CSRF-Token": token(handler, "/me"), "HX-Request": "true"},
    )
    assert "已自动保存" in words(kept)
    assert "写到一半" in handler.get(path).text

    send(handler, path, final="false", progress="写完了。", percent="40")
    assert scenes.rows(select(Draft)) == []


def test_nobody_keeps_a_draft_at_somebody_elses_step(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()

    answer = send(enter("liwen"), f"{scenes.path(item_id, 'report')}/draft", progress="……")

    assert answer.status_code == 403
    assert scenes.rows(select(Draft)) == []


def test_a_file_of_a_wrong_kind_is_refused_and_the_text_is_kept(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    sent = {"final": "false", "progress": "写了很多。", "percent": "40"}
    bad = (BytesIO(b"MZ\x90\x00" + b"\0" * 200), "验收单.pdf")

    answer = send(enter("qianjin"), scenes.path(item_id, "report"), **sent, papers=bad)

    assert answer.status_code == 422
    assert '<a href="#papers">' in answer.text
    assert "写了很多。" in answer.text
    assert scenes.rows(select(Report)) == scenes.rows(select(Paper)) == []


def test_a_file_waits_with_the_draft_until_the_report_takes_it_along(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    path = scenes.path(item_id, "report")
    handler = enter("qianjin")

    shown = send(handler, path, upload="yes", progress="一半", papers=(BytesIO(BLANK), "现场.pdf"))
    (paper,) = scenes.rows(select(Paper))
    assert shown.status_code == 200
    assert "现场.pdf" in shown.text
    assert "一半" in shown.text
    sent = {"final": "false", "progress": "写完了。", "percent": "40", "paper_ids": paper.id}
    assert send(handler, path, **sent).status_code == 303

    (report,) = scenes.rows(select(Report))
    (paper,) = scenes.rows(select(Paper))
    assert paper.report_id == report.id


def test_a_file_can_be_taken_out_of_the_draft_again(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    path = scenes.path(item_id, "report")
    handler = enter("qianjin")
    send(handler, path, upload="yes", papers=(BytesIO(BLANK), "现场.pdf"))
    (paper,) = scenes.rows(select(Paper))

    answer = send(handler, path, drop=paper.id, paper_ids=paper.id)

    assert answer.status_code == 200
    assert "现场.pdf" not in answer.text
    assert scenes.rows(select(Paper)) == []


def test_what_was_sent_can_be_taken_back_until_it_was_opened(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    handler = enter("qianjin")
    sent = {"final": "false", "progress": "办了。", "percent": "40"}
    answer = send(handler, scenes.path(item_id, "report"), **sent)
    undo = f"{scenes.path(item_id, 'confirm')}/withdraw"
    assert undo in handler.get(answer.location).text

    back = send(handler, undo)

    assert back.status_code == 303
    assert back.location == scenes.path(item_id, "report")
    again = handler.get(back.location).text
    assert ">办了。</textarea>" in again
    assert 'value="40"' in again


def test_a_report_that_was_taken_back_is_offered_with_its_papers(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    handler = enter("qianjin")
    sent = {"final": "false", "progress": "办了。", "percent": "40"}
    for name in ("现场.pdf", "清单.pdf"):
        paper = (BytesIO(BLANK), name)
        send(handler, scenes.path(item_id, "report"), upload="yes", papers=paper)
    kept = [str(paper.id) for paper in scenes.rows(select(Paper))]
    send(handler, scenes.path(item_id, "report"), **sent, paper_ids=kept)
    back = send(handler, f"{scenes.path(item_id, 'confirm')}/withdraw")

    again = handler.get(back.location).text
    assert "现场.pdf" in again
    assert "清单.pdf" in again
    send(handler, back.location, **sent, drop=kept[0], paper_ids=kept)
    send(handler, back.location, **sent, paper_ids=kept[1:])

    (paper,) = scenes.rows(select(Paper))
    (report,) = scenes.rows(select(Report).where(Report.withdrawn_at.is_(None)))
    assert paper.report_id == report.id


def test_what_was_opened_cant_be_taken_back(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    scenes.reported(item_id)
    path = scenes.path(item_id, "confirm")
    enter("zhouju").get(path)

    answer = send(enter("qianjin"), f"{path}/withdraw")

    assert answer.status_code == 409
    assert "周局" in words(answer)
    assert scenes.path(item_id, "confirm") == path


# -- signing and reviewing ----------------------------------------------------------------


def test_not_signing_needs_a_reason(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    scenes.reported(item_id)
    head = enter("zhouju")
    path = scenes.path(item_id, "confirm")
    assert "停车场改造完成。" in head.get(path).text

    assert send(head, path, outcome="decline").status_code == 422
    assert send(head, path, outcome="decline", reason="补数字。").status_code == 303

    assert "补数字。" in words(enter("qianjin").get(scenes.path(item_id, "report")))


@pytest.mark.parametrize("missing", list(CHECKS))
def test_a_final_report_is_accepted_only_with_all_three_checks(
    scenes: Scenes, enter: Enter, missing: str
) -> None:
    item_id = scenes.under_review()
    held = {name: yes for name, yes in CHECKS.items() if name != missing}

    answer = send(
        enter("liwen"), scenes.path(item_id, "review"), outcome="accept", reason="好。", **held
    )

    assert answer.status_code == 422
    assert '<a href="#measures_done">' in answer.text
    assert answer.text.count('value="true" checked') == 2
    assert "好。" in answer.text
    assert scenes.rows(select(Report))[0].verdict is None


def test_an_interim_report_is_accepted_without_them(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review(final=False)

    answer = send(enter("liwen"), scenes.path(item_id, "review"), outcome="accept")

    assert answer.status_code == 303
    assert scenes.rows(select(Report))[0].verdict is Verdict.ACCEPTED


def test_a_return_without_a_reason_is_refused_and_with_one_the_unit_reads_it(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.under_review()
    supervisor = enter("liwen")
    path = scenes.path(item_id, "review")

    assert send(supervisor, path, outcome="return").status_code == 422
    assert send(supervisor, path, outcome="return", reason="请写明时间。").status_code == 303

    page = words(enter("qianjin").get(scenes.path(item_id, "report")))
    assert "上次审核意见" in page
    assert "请写明时间。" in page


# -- the leader, the revisit, the close ---------------------------------------------------


def test_a_new_instruction_needs_words_and_none_needs_none(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.accepted()
    leader = enter("luyuan")
    path = scenes.path(item_id, "instruct")
    assert "停车场改造完成。" in leader.get(path).text

    assert send(leader, path, outcome="new").status_code == 422
    assert send(leader, path, outcome="new", opinion="再看看出租车。").status_code == 303

    assert "再看看出租车。" in words(enter("liwen").get(scenes.path(item_id, "assign")))


def test_a_revisit_says_how_and_what_it_found(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.accepted()
    scenes.act("liwen", revisits.ask_for_revisit, item_id)
    send(enter("luyuan"), scenes.path(item_id, "instruct"), outcome="none")
    supervisor = enter("liwen")
    path = scenes.path(item_id, "revisit")

    bad = send(supervisor, path, outcome="solved", findings="看过了。")
    assert bad.status_code == 422
    assert '<a href="#method">' in bad.text
    assert "看过了。" in bad.text
    good = send(supervisor, path, outcome="unsolved", method="unannounced", findings="仍然堵。")

    assert good.status_code == 303
    (revisit,) = scenes.rows(select(Revisit))
    assert (revisit.method, revisit.solved) == ("unannounced", False)
    page = words(supervisor.get(f"/items/{item_id}"))
    assert "原号重办1次" in page


def test_a_change_goes_over_three_pages_each_with_what_was_asked(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    part = scenes.part(item_id, TRANSPORT)
    sent = {"part": part.id, "kind": "extend", "new_due_on": "2020-03-27"}
    said = {"reason": "等信号改造。", "progress": "已完成一半。"}
    send(enter("qianjin"), f"/items/{item_id}/change", **sent, **said)
    for login, step, no, yes, words_ in (
        ("zhouju", "endorse_change", "decline", "endorse", {}),
        ("liwen", "advise_change", "decline", "pass_on", {"opinion": "建议同意。"}),
        ("luyuan", "consent", "refuse", "consent", {}),
    ):
        reader, path = enter(login), scenes.path(item_id, step)
        shown = reader.get(path).text
        assert "等信号改造。" in shown
        assert "已完成一半。" in shown
        assert send(reader, path, outcome=no).status_code == 422
        assert send(reader, path, outcome=yes, **words_).status_code == 303

    assert scenes.part(item_id, TRANSPORT).due_on == date(2020, 3, 27)
    page = words(enter("qianjin").get(f"/items/{item_id}"))
    assert "3月17日 → 3月27日 同意" in page


def test_the_leads_cancelling_warns_that_the_whole_item_goes(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    part = scenes.part(item_id, TRANSPORT)
    said = {"reason": "政策已变。", "progress": "已停工。"}
    send(enter("qianjin"), f"/items/{item_id}/change", part=part.id, kind="cancel", **said)

    assert "整个事项" in enter("zhouju").get(scenes.path(item_id, "endorse_change")).text


def test_the_office_adds_replaces_and_withdraws_units_from_the_items_page(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    office, part = enter("liwen"), scenes.part(item_id, TRANSPORT)
    units = f"/items/{item_id}/units"
    assert f"{units}/add" in office.get(f"/items/{item_id}").text
    assert f"{units}/add" not in enter("qianjin").get(f"/items/{item_id}").text

    added = send(office, f"{units}/add", unit_id=scenes.unit(CITY), part="co", due_on="")
    twice = send(office, f"{units}/add", unit_id=scenes.unit(CITY), part="co", due_on="")
    co = scenes.part(item_id, CITY)
    bare = send(office, f"{units}/withdraw", part=co.id, reason="")
    gone = send(office, f"{units}/withdraw", part=co.id, reason="不再涉及。")
    handed = {"part": part.id, "unit_id": scenes.unit(CITY), "reason": "职能划转。"}
    replaced = send(office, f"{units}/replace", **handed)

    answers = [each.status_code for each in (added, twice, bare, gone, replaced)]
    assert answers == [303, 422, 422, 303, 303]
    assert scenes.part(item_id, CITY).part.value == "lead"
    assert "职能划转。" in words(office.get(f"/items/{item_id}"))


# -- a form that the diagram draws --------------------------------------------------------


def looking(scenes: Scenes) -> int:
    """Return an item that waits at a form step of a changed diagram."""
    scenes.act("hemin", put_in_use, changed_instruction())
    return scenes.accepted()


def test_a_form_steps_fields_and_outcomes_are_the_diagrams_own(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = looking(scenes)
    path = scenes.path(item_id, "form")
    client = enter("liwen")

    chinese = words(client.get(path, headers={"Accept-Language": "zh-CN"}))
    english = words(client.get(path, headers={"Accept-Language": "en"}))

    assert all(name in chinese for name in ("现场查看", "地点", "参加人数", "等次", "已查看"))
    assert all(name in english for name in ("Look", "Place", "People", "Grade", "Seen"))


def test_a_form_steps_answers_are_checked_and_kept_with_the_item(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = looking(scenes)
    path = scenes.path(item_id, "form")
    client = enter("liwen")

    bad = send(client, path, **{"value-people": "很多", "value-grade": "优", "outcome": "seen"})
    assert bad.status_code == 422
    assert all(f'<a href="#value-{key}">' in bad.text for key in ("place", "people", "grade"))
    assert "很多" in bad.text
    good = {"value-place": "站前广场", "value-people": "4", "value-grade": "好", "outcome": "seen"}
    assert send(client, path, **good).status_code == 303

    (entry,) = scenes.rows(select(FormEntry))
    assert [field["value"] for field in entry.fields] == ["站前广场", 4, "好"]
    assert "站前广场" in words(client.get(f"/items/{item_id}"))
