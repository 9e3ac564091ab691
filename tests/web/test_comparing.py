"""Two versions of a diagram beside each other: every difference is a sentence."""

import random

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import engine
from engine import ChangeKind, Database, compare_xml, drawn_in
from tests.engine.test_compare import MUTATIONS, Mutation
from tests.web.conftest import Enter
from web.cli import speaking
from web.words.comparing import Known, Teller
from workflows.processes import DIAGRAMS

FILES = {path.stem: path.read_bytes() for path in DIAGRAMS.glob("*.bpmn")}
KNOWN = Known({"acknowledge": "签收 (1)", "review": "审核 (3)"}, {"revisit": "回访核实"})

SENTENCES = {
    "a limit": (
        ("instruction", 'duban:limit="approve"', 'duban:limit="10 working_days"'),
        "“立项审批”的时限由“approve”改为10个工作日。",
        "The limit of “Approve” was “approve” and is 10 working days.",
    ),
    "a name": (
        ("instruction", 'name="立项审批"', 'name="主任审批"'),
        "“立项审批”改名为“主任审批”。",
        "“立项审批” is called “主任审批” now.",
    ),
    "an outcome's words": (
        ("instruction", 'value="refuse" label="不予立项"', 'value="refuse" label="不立"'),
        "“立项审批”的结果“不立”的文字标签由“不予立项”改为“不立”。",
        "The label of the outcome “Refuse” of “Approve” was “不予立项” and is “不立”.",
    ),
    "an operation": (
        ("instruction", 'duban:operation="number_item"', 'duban:operation="remind"'),
        "“编号”的操作由“number_item”改为“remind”。",
        "The operation of “Number” was “number_item” and is “remind”.",
    ),
    "a role": (
        ("instruction", 'duban:role="director"', 'duban:role="supervisor"'),
        "“督查室主任”的角色由“督查室主任”改为“督查员”。",
        "The role of “Director of the office” was “Director” and is “Supervisor”.",
    ),
    "a condition": (
        ("instruction", 'outcome == "approve"', 'outcome != "refuse"'),
        '“是否立项”到“编号”的连线的条件由outcome == "approve"改为outcome != "refuse"。',
        'was taken if outcome == "approve", and is taken if outcome != "refuse".',
    ),
    "where it leads": (
        (
            "instruction",
            'sourceRef="close" targetRef="closed"',
            'sourceRef="close" targetRef="assign"',
        ),
        "“销号”之后由通向“办结”改为通向“交办”。",
        "The way from “Close” led to “Closed” and leads to “Assign”.",
    ),
    "a default": (
        ("instruction", 'default="to_register_again"', 'default="to_number"'),
        "“是否立项”之后条件都不成立时，由去“登记立项”改为去“编号”。",
        "Where no condition holds behind “Approved?”, the way led to “Register” and leads to",
    ),
    "a list gone through": (
        ("instruction", "<bpmn:loopDataInputRef>units<", "<bpmn:loopDataInputRef>offices<"),
        "“各单位办理”的多实例的逐个办理的列表由“units”改为“offices”。",
        "The list gone through of the repetition for each of several of “Each unit",
    ),
    "a mapping": (
        ("instruction", '<duban:out target="solved"', '<duban:out target="done"'),
        "“回访核实”的取回的数据的去向由“solved”改为“done”。",
        "The target of the taking back of data of “Revisit” was “solved” and is “done”.",
    ),
    "what is called": (
        ("instruction", 'calledElement="revisit"', 'calledElement="escalation"'),
        "“回访核实”的所调用的流程由“回访核实”改为“escalation”。",
        "The called process of “Revisit” was “回访核实” and is “escalation”.",
    ),
    "who does it": (
        ("instruction", 'duban:who="registrar"', 'duban:who="director"'),
        "“登记立项”的办理人由“登记人”改为“督查室主任”。",
        "The person in charge of “Register” was “whoever registered the item” and is",
    ),
    "a step's kind": (
        ("instruction", 'duban:step="close"', 'duban:step="approve"'),
        "“销号”的步骤类型由“销号”改为“立项审批”。",
        "The kind of step of “Close” was “Close” and is “Approve opening”.",
    ),
    "whether it interrupts": (
        ("key_project", 'cancelActivity="false"', 'cancelActivity="true"'),
        "发生时，改为结束所在的步骤。",
        "happens, the step under it ends.",
    ),
    "something nobody has words for": (
        ("instruction", 'duban:step="close"', 'duban:step="close" duban:colour="red"'),
        "“销号”增加了“duban:colour”（“red”）。",
        "“Close” now has: “duban:colour” (“red”).",
    ),
    "a rhythm": (
        ("key_project", "R/due.supervision/P7D", "R/due.supervision/P14D"),
        "的计时的周期由自每周督查日起，每隔7天改为自每周督查日起，每隔14天。",
        "on, every 7 days and is from the weekly supervision on, every 14 days.",
    ),
}


def sentences(before: bytes, after: bytes, language: str) -> list[str]:
    """Word what differs."""
    with speaking(language):
        teller = Teller(drawn_in(before), drawn_in(after), KNOWN)
        return [each.words for each in teller.told(compare_xml(before, after))]


@pytest.mark.parametrize("kind", SENTENCES)
def test_each_kind_of_change_is_a_sentence_in_both_languages(kind: str) -> None:
    (name, old, new), chinese, english = SENTENCES[kind]
    before = FILES[name].decode()
    assert old in before
    after = before.replace(old, new, 1).encode()

    assert chinese in "".join(sentences(before.encode(), after, "zh_CN"))
    assert english in "".join(sentences(before.encode(), after, "en"))


@settings(max_examples=40, deadline=None)
@given(name=st.sampled_from(sorted(FILES)), mutation=st.sampled_from(MUTATIONS), seed=st.integers())
def test_no_change_of_a_shipped_diagram_goes_untold(
    name: str, mutation: Mutation, seed: int
) -> None:
    root = etree.fromstring(FILES[name])
    mutation(root, random.Random(seed))
    after = etree.tostring(root)
    changes = compare_xml(FILES[name], after)
    told = sentences(FILES[name], after, "en")

    assert changes
    for change, words in zip(changes, told, strict=True):
        assert words.endswith(".")
        both = change.before and change.after and change.kind is ChangeKind.CHANGED
        assert not both or any(word in words for word in (" was ", " called ", " order"))


def test_an_administrator_compares_a_version_with_the_one_before(
    enter: Enter, database: Database
) -> None:
    changed = FILES["instruction"].replace(b'duban:limit="approve"', b'duban:limit="assign"')
    database.write(lambda session: engine.deploy(session, changed, by="terminal"))
    with database.read() as session:
        newest, older = engine.versions(session, "instruction")
    client: FlaskClient = enter("hemin")

    page = client.get(f"/diagrams/compare?from={older.id}&to={newest.id}").text
    same = client.get(f"/diagrams/compare?from={older.id}&to={older.id}").text

    assert "立项审批”的时限由审批立项" in page or "“立项审批”的时限由" in page
    assert '"mark": "changed"' in page
    assert older.process_id in same
    assert client.get("/diagrams/compare?draft=99").status_code == 404
    assert client.get("/diagrams/compare").status_code == 404
