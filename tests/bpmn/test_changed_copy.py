"""An administrator changes the diagrams, and everything goes on without a line of code.

The changed copies have a second report step, a new form step with three fields, and the
revisit before the leader's result.
"""

from collections.abc import Callable
from copy import deepcopy

import pytest
from lxml import etree
from lxml.etree import _Element
from sqlalchemy import select

import engine
from tests.bpmn.test_shipped import BPMN, DUBAN
from tests.deploying import put_in_use
from tests.workflows.town import Town, found, judgement
from workflows import (
    assignments,
    drawings,
    forms,
    processes,
    reports,
    reviews,
    revisits,
    steps,
)
from workflows.closing import close_item
from workflows.errors import FormInvalid, NotNow, NotYours
from workflows.tables import FormEntry, ItemState, Report, Revisit

PLACES = {"fan": "parks", "li": "finance"}
REFERENCES = {f"{BPMN}incoming", f"{BPMN}outgoing"}

LOOK = """
<bpmn:userTask xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
               xmlns:duban="urn:duban:bpmn:1" id="look" name="现场查看" duban:name_en="Look"
               duban:step="form" duban:limit="form">
  <bpmn:extensionElements>
    <duban:outcome value="seen" label="已查看" label_en="Seen" />
    <duban:field key="place" type="text" label="地点" label_en="Place" required="true" />
    <duban:field key="people" type="number" label="参加人数" label_en="People" />
    <duban:field key="grade" type="choice" label="等次" label_en="Grade" options="好|一般|差" />
  </bpmn:extensionElements>
</bpmn:userTask>
"""
SECOND = """
<bpmn:userTask xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
               xmlns:duban="urn:duban:bpmn:1" id="supplement" name="补充反馈"
               duban:name_en="Supplement" duban:step="report" duban:limit="due.limit">
  <bpmn:extensionElements>
    <duban:outcome value="interim" label="续报" label_en="Interim" />
    <duban:outcome value="final" label="终报" label_en="Final" />
  </bpmn:extensionElements>
</bpmn:userTask>
"""


def shipped(name: str) -> _Element:
    """Return a shipped diagram to be changed, without the references that repeat its arrows."""
    root = etree.parse(processes.DIAGRAMS / f"{name}.bpmn").getroot()
    for node in [node for node in root.iter() if node.tag in REFERENCES]:
        node.getparent().remove(node)
    return root


def by_id(root: _Element, id_: str) -> _Element:
    """Return the element of this id."""
    (found,) = root.xpath("//*[@id=$id]", id=id_)
    return found


def lead(root: _Element, flow: str, target: str) -> None:
    """Let an arrow lead elsewhere."""
    by_id(root, flow).set("targetRef", target)


def add_flow(scope: _Element, source: str, target: str) -> None:
    """Draw a new arrow."""
    flow = {"id": f"{source}_to_{target}", "sourceRef": source, "targetRef": target}
    etree.SubElement(scope, f"{BPMN}sequenceFlow", flow)


def changed_instruction() -> bytes:
    """Draw a form step after the units' work, and the revisit before the leader's word."""
    root = shipped("instruction")
    process = by_id(root, "instruction")
    process.append(etree.fromstring(LOOK))
    etree.SubElement(by_id(root, "lane_supervisor"), f"{BPMN}flowNodeRef").text = "look"
    lead(root, "to_instruct", "look")
    add_flow(process, "look", "revisit")
    lead(root, "to_close", "instruct")
    lead(root, "to_revisit", "close")
    return etree.tostring(root)


def changed_unit_handling() -> bytes:
    """Draw a second report step behind the first."""
    root = shipped("unit_handling")
    handling = by_id(root, "handling")
    handling.append(etree.fromstring(SECOND))
    lead(root, "to_confirm", "supplement")
    add_flow(handling, "supplement", "confirm")
    return etree.tostring(root)


@pytest.fixture
def changed(town: Town) -> Town:
    """Let the administrator deploy both changed copies."""
    for xml in (changed_unit_handling(), changed_instruction()):
        assert town.act("admin", put_in_use, xml).version == 2
    return town


def test_only_an_administrator_changes_diagrams(town: Town) -> None:
    with pytest.raises(NotYours):
        town.act("zhang", drawings.deploy_file, changed_instruction(), "按新规")


def test_an_item_runs_on_the_changed_diagrams_to_its_close(changed: Town) -> None:
    town = changed
    item_id = town.handled()

    town.report(item_id, progress="手续已办结。")
    assert town.todo(item_id, "report").name == "补充反馈"
    town.report(item_id, progress="补充：账户已变更。")
    town.sign(item_id)
    town.review(item_id)

    look = town.task(item_id, "form")
    answers = {"place": "市园林绿化处", "people": "4", "grade": "好"}
    town.act("li", forms.complete_form, look, answers)

    town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))
    assert town.item(item_id).state is ItemState.CLOSED
    assert town.item(item_id).progress == "补充：账户已变更。"
    assert town.rows(select(Report.number).order_by(Report.id)) == [1, 2]


def test_what_the_new_form_asks_is_kept_with_the_item(changed: Town) -> None:
    item_id = looked_at(changed, {"place": "市园林绿化处", "people": "4", "grade": "好"})

    (entry,) = changed.rows(select(FormEntry))

    assert entry.item_id == item_id
    assert entry.step_name == "现场查看"
    assert [(each["label"], each["value"]) for each in entry.fields] == [
        ("地点", "市园林绿化处"),
        ("参加人数", 4),
        ("等次", "好"),
    ]
    assert changed.story(item_id)[-2:] == ["form_filled", "revisit_drawn"]


def test_the_new_forms_fields_are_checked(changed: Town) -> None:
    with pytest.raises(FormInvalid) as refusal:
        looked_at(changed, {"people": "很多", "grade": "优"})

    problems = {"place": "required", "people": "number", "grade": "choice"}
    assert refusal.value.facts == {"problems": problems}


def test_the_new_form_belongs_to_its_lanes_role(changed: Town) -> None:
    item_id = twice_reported(changed)
    task = changed.task(item_id, "form")

    with pytest.raises(NotYours):
        changed.act("zhang", forms.complete_form, task, {"place": "某地"})
    opened = changed.act("li", steps.see_task, task)
    assert [field.key for field in opened.task.form] == ["place", "people", "grade"]


def test_the_revisit_now_comes_before_the_leaders_word(changed: Town) -> None:
    item_id = twice_reported(changed)
    changed.act("li", revisits.ask_for_revisit, item_id)
    changed.act("li", forms.complete_form, changed.task(item_id, "form"), {"place": "某地"})
    assert changed.open_steps(item_id) == ["revisit"]

    task = changed.task(item_id, "revisit")
    changed.act("li", revisits.record_revisit, task, found("on_site", "已解决", solved=True))

    assert changed.open_steps(item_id) == ["instruct"]


def always_revisited() -> bytes:
    """Draw two visits behind the leader's word, without any lot."""
    root = shipped("instruction")
    process, called = by_id(root, "instruction"), by_id(root, "revisit")
    for name in ("revisit", "revisit_again"):
        visit = deepcopy(by_id(shipped("revisit"), "visit"))
        visit.set("id", name)
        process.append(visit)
    process.remove(called)
    etree.SubElement(by_id(root, "lane_supervisor"), f"{BPMN}flowNodeRef").text = "revisit_again"
    by_id(root, "to_is_solved").set("sourceRef", "revisit_again")
    add_flow(process, "revisit", "revisit_again")
    return etree.tostring(root)


def test_a_revisit_needs_no_lot_and_may_stand_twice(town: Town) -> None:
    town.act("admin", put_in_use, always_revisited())
    item_id = town.accepted()
    town.answer(item_id)

    for findings in ("初查已解决", "复查已解决"):
        task = town.task(item_id, "revisit")
        town.act("li", revisits.record_revisit, task, found("on_site", findings, solved=True))

    assert town.open_steps(item_id) == ["close"]
    visits = town.rows(select(Revisit).order_by(Revisit.id))
    assert [(each.findings, each.drawn) for each in visits] == [
        ("初查已解决", False),
        ("复查已解决", False),
    ]


@pytest.mark.parametrize(
    ("flow", "step", "who", "verb", "answer"),
    [
        ("to_report", "confirm", "fan", reports.confirm_report, True),
        ("to_report", "review", "li", reviews.review_report, judgement()),
        ("to_acknowledge", "objection", "li", assignments.decide_objection, "release"),
    ],
)
def test_a_step_without_what_it_is_about_is_refused_in_words(
    town: Town, flow: str, step: str, who: str, verb: Callable[..., object], answer: object
) -> None:
    root = shipped("unit_handling")
    lead(root, flow, step)
    town.act("admin", put_in_use, etree.tostring(root))
    item_id = town.assigned("finance") if step == "objection" else town.handled("finance")

    with pytest.raises(NotNow):
        town.act(who, verb, town.task(item_id, step, PLACES[who]), answer)


def test_what_already_runs_stays_on_its_version(town: Town) -> None:
    item_id = town.handled()
    for xml in (changed_unit_handling(), changed_instruction()):
        town.act("admin", put_in_use, xml)

    town.finish(item_id)

    assert town.open_steps(item_id) == ["instruct"]


def test_the_version_of_a_called_diagram_is_chosen_when_it_is_called(town: Town) -> None:
    item_id = town.approved()
    town.act("admin", put_in_use, changed_unit_handling())

    town.assign(item_id)

    with town.database.read() as session:
        _, called = engine.instances(session, str(item_id))
        assert engine.definition(session, called.definition_id).version == 2


def twice_reported(town: Town) -> int:
    """Return an item whose unit has reported and supplemented, and was accepted."""
    item_id = town.handled()
    town.report(item_id)
    town.report(item_id)
    town.sign(item_id)
    town.review(item_id)
    return item_id


def looked_at(town: Town, answers: dict[str, str]) -> int:
    """Return an item whose new form was filled in."""
    item_id = twice_reported(town)
    town.act("li", forms.complete_form, town.task(item_id, "form"), answers)
    return item_id


def test_the_copies_say_what_they_are() -> None:
    tags = {node.get(f"{DUBAN}step") for node in etree.fromstring(changed_instruction()).iter()}

    assert "form" in tags
