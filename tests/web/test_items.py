"""The page of an item, without a browser: who may see what, and what stands there."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import MovableClock
from tests.web.conftest import Enter
from tests.web.scenes import CITY, EAST, TITLE, TRANSPORT, Scenes, send, words
from workflows import changes, papers, urges
from workflows.blanks import BLANK
from workflows.changes import Wish
from workflows.reviews import Judgement, review_report
from workflows.tables import Item, Paper, Report, Setting, Urge, Urgency

WISH = Wish("extend", "需要配合。", "已完成一半。", date(2020, 3, 27))
ASKED = {
    "kind": "extend",
    "new_due_on": "2020-03-27",
    "reason": "需要配合。",
    "progress": "已完成一半。",
}


pytestmark = pytest.mark.usefixtures("papers_folder")


# -- what stands there --------------------------------------------------------------------


def test_the_page_says_whose_turn_it_is_by_when_and_why(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()

    page = words(enter("liwen").get(f"/items/{item_id}"))

    assert "督字〔2020〕1号" in page
    assert "现在在谁手里 您，李文" in page
    assert "下一步 审核反馈" in page
    assert "时限 2020年3月17日" in page
    assert "15个自然日" in page


def test_the_same_page_in_english(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()

    answer = enter("liwen").get(f"/items/{item_id}", headers={"Accept-Language": "en"})

    page = words(answer)
    assert "Now with You, 李文" in page
    assert "Next step Review" in page
    assert "15 natural days" in page


def test_the_one_primary_button_is_what_the_reader_can_do(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()
    button = re.compile(r'<a class="btn primary[^>]+href="([^"]+)"')

    supervisor = button.findall(enter("liwen").get(f"/items/{item_id}").text)
    handler = button.findall(enter("qianjin").get(f"/items/{item_id}").text)

    assert supervisor == [scenes.path(item_id, "review")]
    assert handler == []


def test_every_unit_stands_in_the_table_with_what_it_waits_for(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received(CITY)

    page = words(enter("liwen").get(f"/items/{item_id}"))

    assert "牵头1家，协办1家" in page
    assert f"{CITY} 协办" in page
    assert "反馈：杨帆" in page


def test_an_item_that_was_refused_says_so(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.registered()
    director = enter("zhangming")

    answer = send(director, scenes.path(item_id, "approve"), outcome="refuse", reason="只是圈阅。")

    assert answer.status_code == 303
    page = words(director.get(f"/items/{item_id}"))
    assert "不予立项" in page
    assert "只是圈阅。" in page


def test_the_story_is_filtered_and_told_in_full_on_demand(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    scenes.database.write(lambda session: session.add(Setting(name="urge.most", value="12")))
    for _ in range(12):
        part = scenes.part(item_id, TRANSPORT)
        scenes.act("liwen", urges.urge, [part.id], "telephone", "请抓紧。")
    client = enter("liwen")

    short = client.get(f"/items/{item_id}").text
    assert "再看5条" in short
    assert "再看" not in client.get(f"/items/{item_id}?all").text
    assert short.count("请抓紧。") == 12

    reports = words(client.get(f"/items/{item_id}?story=reports"))
    assert "请抓紧。" not in reports


# -- who may see it -----------------------------------------------------------------------


@pytest.mark.parametrize("login", ["luojing", "hemin"])
def test_whoever_has_no_part_in_it_doesnt_learn_that_it_is_there(
    scenes: Scenes, enter: Enter, login: str
) -> None:
    item_id = scenes.received()

    for path in (f"/items/{item_id}", f"/items/{item_id}/diagram.json"):
        answer = enter(login).get(path)
        assert answer.status_code == 404
        assert TITLE not in answer.text


def test_an_auditor_reads_everything_and_can_do_nothing(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()

    page = enter("shenji").get(f"/items/{item_id}")

    assert page.status_code == 200
    assert "btn primary" not in page.text
    assert "催办…" not in page.text


# -- the diagram --------------------------------------------------------------------------


def marks(client: FlaskClient, path: str) -> dict[str, str]:
    return {each["id"]: each["mark"] for each in client.get(path).json["marks"] if each["mark"]}


def test_the_diagram_shows_the_way_so_far_and_who_has_it_now(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()
    part_id = scenes.part(item_id, TRANSPORT).id
    client = enter("liwen")

    item = marks(client, f"/items/{item_id}/diagram.json")
    part = marks(client, f"/items/{item_id}/diagram.json?part={part_id}")

    assert item["register"] == item["to_register"] == "way"
    assert item["units"] == "now"
    assert "instruct" not in item
    assert (part["report"], part["confirm"], part["review"]) == ("way", "way", "now")
    tags = client.get(f"/items/{item_id}/diagram.json?part={part_id}").json["marks"]
    assert {"id": "review", "mark": "now", "tag": "现在　李文"} in tags


def test_what_is_overdue_has_a_red_edge_and_says_why(
    scenes: Scenes, enter: Enter, clock: MovableClock
) -> None:
    item_id = scenes.received()
    clock.move(timedelta(days=20))
    client = enter("liwen")

    told = client.get(f"/items/{item_id}/diagram.json").json["marks"]

    assert {"id": "units", "mark": "wait", "tag": f"{TRANSPORT}逾期"} in told


def test_another_items_part_isnt_shown_as_this_items_way(scenes: Scenes, enter: Enter) -> None:
    first, second = scenes.received(), scenes.received()
    foreign = scenes.part(second, TRANSPORT).id

    told = enter("liwen").get(f"/items/{first}/diagram.json?part={foreign}").json

    assert 'process id="instruction"' in told["xml"]


def test_without_the_picture_the_list_says_the_same(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()

    page = words(enter("liwen").get(f"/items/{item_id}"))

    assert "✓ 立项审批 张明，3月2日" in page
    assert "现在 各单位办理 还在等1个单位" in page
    assert "没有走到：协调批示意见，主要领导审定，呈报阅示，回访核实，销号" in page


# -- urging, extending, asking for a revisit ----------------------------------------------


def test_a_unit_that_opens_the_item_leaves_the_receipt_of_an_urge(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    part_id = scenes.part(item_id, TRANSPORT).id
    supervisor = enter("liwen")
    sent = {"assignment_ids": part_id, "method": "telephone", "text": "请报进展。"}
    assert send(supervisor, f"/items/{item_id}/urge", **sent).status_code == 303
    assert "还没有打开" in words(supervisor.get(f"/items/{item_id}"))

    enter("qianjin").get(f"/items/{item_id}")

    (urge,) = scenes.rows(select(Urge))
    assert urge.read_at is not None
    assert "钱进" in words(supervisor.get(f"/items/{item_id}"))


def test_urging_nobody_is_refused_and_the_words_are_kept(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()

    answer = send(enter("liwen"), f"/items/{item_id}/urge", method="telephone", text="请报进展。")

    assert answer.status_code == 422
    assert "请报进展。" in answer.text
    assert scenes.rows(select(Urge)) == []


def test_a_unit_doesnt_urge(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    part_id = scenes.part(item_id, TRANSPORT).id
    handler = enter("qianjin")
    sent = {"assignment_ids": part_id, "method": "telephone", "text": "请报进展。"}

    assert handler.get(f"/items/{item_id}/urge").status_code == 403
    assert send(handler, f"/items/{item_id}/urge", **sent).status_code == 403
    assert scenes.rows(select(Urge)) == []


def test_an_extension_has_to_lead_past_the_limit(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    part = scenes.part(item_id, TRANSPORT)
    sent = {**ASKED, "part": part.id, "new_due_on": "2020-03-10"}

    answer = send(enter("qianjin"), f"/items/{item_id}/change", **sent)

    assert answer.status_code == 422
    assert "新时限" in words(answer)
    assert "需要配合。" in answer.text


def test_a_change_that_is_asked_for_too_late_is_refused(
    scenes: Scenes, enter: Enter, clock: MovableClock
) -> None:
    item_id = scenes.received()
    part = scenes.part(item_id, TRANSPORT)
    clock.move(timedelta(days=20))
    client = enter("qianjin")

    shown = client.get(f"/items/{item_id}/change")
    answer = send(client, f"/items/{item_id}/change", part=part.id, **ASKED)

    assert shown.status_code == answer.status_code == 422
    assert "3月17日" in words(answer)


def test_a_change_that_was_never_decided_is_told_as_lapsed(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.under_review()
    part = scenes.part(item_id, TRANSPORT)
    scenes.act("qianjin", changes.ask_change, part.id, WISH)
    judgement = Judgement("accepted", measures_done=True, problem_solved=True, target_reached=True)
    scenes.act("liwen", review_report, scenes.task(item_id, "review"), judgement)

    page = words(enter("liwen").get(f"/items/{item_id}"))

    assert "变更申请失效" in page
    assert "不同意" not in page


def test_a_request_for_a_change_is_taken_back_on_its_items_page(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received()
    part, handler = scenes.part(item_id, TRANSPORT), enter("qianjin")
    send(handler, f"/items/{item_id}/change", part=part.id, **ASKED)
    undo = f"{scenes.path(item_id, 'endorse_change')}/withdraw"
    assert undo in handler.get(f"/items/{item_id}").text

    back = send(handler, undo)

    assert (back.status_code, back.location) == (303, f"/items/{item_id}")
    page = words(handler.get(back.location))
    assert "已撤回" in page
    assert "不同意" not in page


def test_a_pending_change_isnt_asked_for_twice(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    part = scenes.part(item_id, TRANSPORT)
    scenes.act("qianjin", changes.ask_change, part.id, WISH)

    answer = send(enter("qianjin"), f"/items/{item_id}/change", part=part.id, **ASKED)

    assert answer.status_code == 409
    assert "正在等答复" in words(answer)


def test_the_office_asks_for_a_revisit_and_a_unit_may_not(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()

    assert send(enter("qianjin"), f"/items/{item_id}/revisit").status_code == 403
    assert not scenes.item(item_id).revisit_asked

    assert send(enter("liwen"), f"/items/{item_id}/revisit").status_code == 303
    assert scenes.item(item_id).revisit_asked


# -- registering --------------------------------------------------------------------------

FORM = {
    "secret": "false",
    "source": "city_instruction",
    "basis": "市长批示：请抓紧。",
    "title": "南湖水质治理",
    "urgency": "normal",
}


def test_an_item_is_registered_and_shown(scenes: Scenes, enter: Enter) -> None:
    answer = send(enter("liwen"), "/items/new", **FORM)

    (item,) = scenes.rows(select(Item))
    assert answer.status_code == 303
    assert answer.location == f"/items/{item.id}"
    assert item.title == "南湖水质治理"


def test_a_secret_matter_is_stopped_at_the_door(scenes: Scenes, enter: Enter) -> None:
    answer = send(enter("liwen"), "/items/new", **{**FORM, "basis": "", "secret": "true"})

    assert answer.status_code == 422
    assert "涉密事项不能登记" in words(answer)
    assert scenes.rows(select(Item)) == []


def test_only_words_that_sound_secret_ask_for_another_look(scenes: Scenes, enter: Enter) -> None:
    client = enter("liwen")

    def asked(**said: str) -> bool:
        return 'name="secret_checked"' in send(client, "/items/new", **{**FORM, **said}).text

    assert not asked(secret="")
    assert not asked(secret="true")
    assert asked(title="机密文件流转")
    assert asked(title="", secret_checked="true")


def test_a_limit_in_the_past_is_refused_and_what_was_typed_is_kept(
    scenes: Scenes, enter: Enter
) -> None:
    answer = send(enter("liwen"), "/items/new", **FORM, planned_due_on="2020-02-28")

    assert answer.status_code == 422
    assert "2月28日" in words(answer)
    assert "南湖水质治理" in answer.text
    assert scenes.rows(select(Item)) == []


def test_what_is_missing_stands_on_top_and_leads_to_its_field(scenes: Scenes, enter: Enter) -> None:
    answer = send(enter("liwen"), "/items/new", **{**FORM, "title": " ", "urgency": ""})

    assert answer.status_code == 422
    assert "还有2处要改" in words(answer)
    assert '<a href="#title">' in answer.text
    assert 'id="title"' in answer.text


@pytest.mark.parametrize("login", ["zhangming", "qianjin", "luyuan", "shenji", "hemin"])
def test_only_supervisors_register(scenes: Scenes, enter: Enter, login: str) -> None:
    client = enter(login)

    assert client.get("/items/new").status_code == 403
    assert send(client, "/items/new", **FORM).status_code == 403
    assert scenes.rows(select(Item)) == []


def test_the_limit_is_explained_while_the_urgency_is_chosen(scenes: Scenes, enter: Enter) -> None:
    client = enter("liwen")

    urgent = words(client.get("/items/limit?urgency=urgent"))
    chosen = words(client.get("/items/limit?urgency=urgent&planned_due_on=2020-05-01"))
    nothing = words(client.get("/items/limit?urgency=nonsense"))

    assert "2020年3月5日" in urgent
    assert "3个工作日" in urgent
    assert "2020年5月1日" in chosen
    assert "选好紧急程度" in nothing


def test_a_limit_far_away_is_refused_at_once(scenes: Scenes, enter: Enter) -> None:
    client = enter("liwen")

    asked = client.get("/items/limit?urgency=urgent&planned_due_on=9999-12-31")
    sent = send(client, "/items/new", **{**FORM, "planned_due_on": "9999-12-31"})

    assert "十年以内" in words(asked)
    assert sent.status_code == 422
    assert scenes.rows(select(Item)) == []


# -- papers -------------------------------------------------------------------------------


def test_a_paper_is_saved_by_the_browser_and_never_opened(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    client = enter("qianjin")
    send(client, f"/items/{item_id}/papers", papers=(BytesIO(BLANK), "验收单.pdf"))
    (paper,) = scenes.rows(select(Paper))

    with client.get(f"/papers/{paper.id}") as answer:
        assert answer.data == BLANK
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert "%E9%AA%8C%E6%94%B6%E5%8D%95.pdf" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_only_for_those_who_may_see_the_item(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    send(enter("qianjin"), f"/items/{item_id}/papers", papers=(BytesIO(BLANK), "验收单.pdf"))
    (paper,) = scenes.rows(select(Paper))

    assert enter("luojing").get(f"/papers/{paper.id}").status_code == 404
    with enter("shenji").get(f"/papers/{paper.id}") as answer:
        assert answer.status_code == 200


def test_a_file_of_an_unsent_draft_is_nobody_elses_business(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    path = scenes.path(item_id, "report")
    handler = enter("qianjin")
    send(handler, path, upload="yes", percent="10", papers=(BytesIO(BLANK), "草稿附件.pdf"))

    assert "草稿附件.pdf" in handler.get(path).text
    assert "草稿附件.pdf" in handler.get(f"/items/{item_id}").text
    assert "草稿附件.pdf" not in enter("liwen").get(f"/items/{item_id}").text


def test_a_file_of_an_unsent_draft_is_listed_and_opened_only_by_its_writer(
    scenes: Scenes, enter: Enter
) -> None:
    item_id = scenes.received("市城管局")
    handler = enter("qianjin")
    path = scenes.path(item_id, "report", "市交通运输局")
    send(handler, path, upload="yes", percent="10", papers=(BytesIO(BLANK), "草稿附件.pdf"))
    (paper,) = scenes.rows(select(Paper))

    for login in ("yangfan", "liwen"):
        assert scenes.act(login, papers.papers_of, item_id) == []
        assert enter(login).get(f"/papers/{paper.id}").status_code == 404
    assert [each.id for each in scenes.act("qianjin", papers.papers_of, item_id)] == [paper.id]
    with handler.get(f"/papers/{paper.id}") as answer:
        assert answer.status_code == 200


def test_long_ago_is_told_with_its_year(scenes: Scenes, enter: Enter, clock: MovableClock) -> None:
    item_id = scenes.received(urgency=Urgency.LONG_TERM)
    clock.set(datetime(2021, 2, 1, 1, tzinfo=UTC))

    assert "2020年3月2日" in words(enter("liwen").get(f"/items/{item_id}"))


def test_reports_stand_in_the_story_with_their_papers(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()
    handler = enter("qianjin")
    path = scenes.path(item_id, "report")
    send(
        handler,
        path,
        final="false",
        progress="完成八成。",
        percent="80",
        papers=(BytesIO(BLANK), "现场.pdf"),
    )

    (report,) = scenes.rows(select(Report))
    (paper,) = scenes.rows(select(Paper))
    assert paper.report_id == report.id
    page = words(enter("liwen").get(f"/items/{item_id}"))
    assert "第1次，续报，完成80%" in page
    assert "现场.pdf" in page


def test_a_unit_that_isnt_named_stays_outside(scenes: Scenes, enter: Enter) -> None:
    item_id = scenes.received()

    assert EAST not in words(enter("liwen").get(f"/items/{item_id}"))
