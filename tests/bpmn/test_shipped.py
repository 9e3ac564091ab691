"""Every shipped diagram passes the gate, and a story walks every arrow of it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from lxml import etree

import engine
from engine import Session
from tests.bpmn import decision_tales
from tests.deploying import put_in_use
from tests.workflows.ladder import climbing
from tests.workflows.projects import tales
from tests.workflows.proposals import tales as of_proposals
from tests.workflows.revisits import visiting
from tests.workflows.town import Town, found
from workflows import assignments, changes, items, processes, revisits
from workflows.closing import close_item
from workflows.reports import confirm_report
from workflows.tables import Setting, Urgency, Verdict
from workflows.withdrawals import withdraw

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DUBAN = "{urn:duban:bpmn:1}"
UNSEEN = tuple(
    f"{BPMN}{tag}" for tag in ("message", "participant", "inputDataItem", "outputDataItem")
)
LATER = date(2021, 4, 1)
MEANT = {"cuts_off"}
"""A part that has come to its end ends what still waits beside it, and is meant to."""
SHIPPED = sorted(processes.DIAGRAMS.glob("*.bpmn"))


@pytest.mark.parametrize("diagram", SHIPPED, ids=lambda path: path.stem)
def test_the_gate_lets_it_in(diagram: Path) -> None:
    found = engine.check(diagram.read_bytes(), processes.registry())

    assert {problem.code for problem in found} <= MEANT


@pytest.mark.parametrize("diagram", SHIPPED, ids=lambda path: path.stem)
def test_everything_in_it_is_drawn(diagram: Path) -> None:
    root = etree.parse(diagram)
    drawn = {node.get("bpmnElement") for node in root.iter(f"{BPMNDI}*")}

    kinds = ("Task", "Event", "Gateway", "Activity", "Process", "Flow", "lane")
    parts = [node for node in root.iter(f"{BPMN}*") if str(node.tag).endswith(kinds)]

    assert {node.get("id") for node in parts} - drawn == set()
    assert parts


@pytest.mark.parametrize("diagram", SHIPPED, ids=lambda path: path.stem)
def test_every_name_is_told_in_english_too(diagram: Path) -> None:
    root = etree.parse(diagram)
    notes = list(root.iter(f"{BPMN}textAnnotation"))
    named = [node for node in root.iter(f"{BPMN}*") if node.get("name")] + notes

    untold = [
        node.get("id")
        for node in named
        if node.tag not in UNSEEN and not node.get(f"{DUBAN}name_en")
    ]

    assert untold == []


def test_shipping_twice_changes_nothing(town: Town) -> None:
    again = town.database.write(processes.deploy_shipped)

    assert {definition.version for definition in again} == {1}
    assert len(again) == len(SHIPPED)


@pytest.mark.parametrize("diagram", SHIPPED, ids=lambda path: path.stem)
def test_its_file_bears_the_name_of_its_process(diagram: Path) -> None:
    (process,) = etree.parse(diagram).iter(f"{BPMN}process")

    assert process.get("id") == diagram.stem


def test_an_update_ships_new_diagrams_but_never_over_an_administrators(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instruction, handling = (
        (processes.DIAGRAMS / f"{name}.bpmn").read_bytes()
        for name in ("instruction", "unit_handling")
    )
    own = town.act("admin", put_in_use, instruction + b"<!-- ours -->")
    for name, xml in (("unit_handling", handling), ("instruction", instruction)):
        (tmp_path / f"{name}.bpmn").write_bytes(xml + b"<!-- newer -->")
    monkeypatch.setattr(processes, "DIAGRAMS", tmp_path)

    town.database.write(processes.deploy_shipped)

    with town.database.read() as session:
        newest = {found.process_id: found for found in engine.definitions(session)}
    assert newest["instruction"].id == own.id
    assert newest["unit_handling"].version == 2


def test_a_story_walks_every_arrow(town: Town) -> None:
    walked: set[str] = set()
    others = (  # the later ones let months go by
        *decision_tales.TALES,
        *climbing.TALES,
        *tales.TALES,
        *of_proposals.TALES,
        *visiting.TALES,
    )
    for tale in (refused, cancelled, fast, everything, *others):
        walked |= trail_of(town, tale(town))

    for diagram in SHIPPED:
        drawn = {flow.get("id") for flow in etree.parse(diagram).iter(f"{BPMN}sequenceFlow")}
        assert drawn - walked == set()


def trail_of(town: Town, item_id: int) -> set[str]:
    """Return everything that an item's instances walked."""
    with town.database.read() as session:
        runs = engine.instances(session, str(item_id))
        return set().union(*(engine.trail(session, run.id).walked for run in runs))


def cancelled(town: Town) -> int:
    """Play an item whose co-unit's part is cancelled while the lead unit works on."""
    item_id = town.handled("finance")
    town.ask(item_id, "finance", kind="cancel", new_due_on=None)
    town.pass_on(item_id, "finance")
    town.consent(item_id, "finance")
    return item_id


def refused(town: Town) -> int:
    """Play an item that is withdrawn, returned, and in the end not opened."""
    item_id = town.registered()
    town.act("li", withdraw, town.task(item_id, "approve"))
    town.act("li", items.amend_registration, town.task(item_id, "register"), town.registration())
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "return", "重写")
    town.act("li", items.amend_registration, town.task(item_id, "register"), town.registration())
    town.act("zhang", items.approve_item, town.task(item_id, "approve"), "refuse", "不属督查")
    return item_id


def fast(town: Town) -> int:
    """Play a flash item that nobody signs for in time."""
    item_id = town.registered(urgency=Urgency.FLASH)
    town.assign(item_id)
    town.pass_days(date(2020, 3, 4))
    town.acknowledge(item_id)
    town.finish(item_id)
    town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))
    return item_id


def everything(town: Town) -> int:
    """Play a long-running item through every other turn."""
    set_chance(town, "100")
    item_id = town.approved(urgency=Urgency.LONG_TERM)
    town.assign(item_id, "finance")
    for decision in ("withdrawn", "insist", "release"):
        task = town.task(item_id, "acknowledge", "finance")
        town.act("yang", assignments.object_to, task, "不属本单位")
        task = town.task(item_id, "objection")
        if decision == "withdrawn":
            town.act("yang", withdraw, task)
        else:
            town.act("li", assignments.decide_objection, task, decision, "理由")
    town.acknowledge(item_id)
    ask_for_time(town, item_id)
    town.pass_days(date(2021, 4, 2))
    come_and_go(town, item_id)
    for new in (True, False):
        town.answer(item_id, new_instruction=new, opinion="意见")
        if new:
            once_more(town, item_id)
    for solved in (False, True):
        task = town.task(item_id, "revisit")
        town.act("li", revisits.record_revisit, task, found("on_site", "查看", solved=solved))
        if not solved:
            once_more(town, item_id)
            town.answer(item_id)
    town.act("zhang", close_item, town.task(item_id, "close"))
    return item_id


def ask_for_time(town: Town, item_id: int) -> None:
    """Play requests for more time: taken back, declined by each of the three, consented to."""
    town.ask(item_id, new_due_on=LATER)
    town.act("chu", withdraw, town.task(item_id, "endorse_change"))
    town.ask(item_id, new_due_on=LATER)
    signing = town.task(item_id, "endorse_change")
    town.act("fan", changes.endorse_change, signing, endorse=False, reason="再研究")
    town.ask(item_id, new_due_on=LATER)
    signing = town.task(item_id, "endorse_change")
    town.act("fan", changes.endorse_change, signing, endorse=True)
    town.act("fan", withdraw, town.task(item_id, "advise_change"))
    town.pass_on(item_id)
    town.act("li", withdraw, town.task(item_id, "consent"))
    advising = town.task(item_id, "advise_change")
    town.act("li", changes.advise_change, advising, pass_on=False, opinion="可按期")
    for consent in (False, True):
        town.ask(item_id, new_due_on=LATER)
        town.pass_on(item_id)
        town.consent(item_id, consent=consent, opinion="意见")


def come_and_go(town: Town, item_id: int) -> None:
    """Play reports that are withdrawn, declined, returned, and at last accepted."""
    town.report(item_id)
    town.act("chu", withdraw, town.task(item_id, "confirm"))
    town.report(item_id)
    town.act("fan", confirm_report, town.task(item_id, "confirm"), sign=False, reason="有误")
    town.report(item_id)
    town.sign(item_id)
    town.act("fan", withdraw, town.task(item_id, "review"))
    town.sign(item_id)
    town.review(item_id, verdict=Verdict.RETURNED, reason="再核实")
    town.finish(item_id)


def once_more(town: Town, item_id: int) -> None:
    """Hand the item over again, and have it done before anybody says to a change."""
    town.assign(item_id)
    town.acknowledge(item_id)
    town.ask(item_id, new_due_on=town.part(item_id, "parks").due_on + timedelta(days=1))
    town.finish(item_id)


def set_chance(town: Town, percent: str) -> None:
    """Set how many of a hundred items are revisited."""

    def change(session: Session) -> None:
        session.get_one(Setting, "revisit.chance").value = percent

    town.database.write(change)
