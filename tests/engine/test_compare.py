"""What differs between two versions: all that does, and nothing that doesn't."""

import random
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element

import engine
from engine import Change, ChangeKind, Database, compare_xml
from tests.engine.conftest import Office
from tests.engine.drawing import (
    boundary,
    call,
    choice,
    diagram,
    end,
    flow,
    path,
    service,
    start,
    sub,
    user,
)
from tests.engine.shapes import SHIPPED

T = TypeVar("T")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DUBAN = "{urn:duban:bpmn:1}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
FILES = {path.stem: path.read_bytes() for path in SHIPPED.glob("*.bpmn")}
BODY = (
    start(),
    user("write", "done", "again"),
    choice("good", default="end"),
    end(),
    path("begin", "write", "good", "end"),
    flow("good", "write", 'outcome == "again"'),
)
DONE, AGAIN = (f'<duban:outcome value="{one}" label="{one}"/>' for one in ("done", "again"))
WHY = "<bpmn:documentation>why</bpmn:documentation>"
DRAWN = diagram("p", *BODY)

Mutation = Callable[[_Element, random.Random], tuple[str | None, ChangeKind]]


def told(before: bytes, after: bytes) -> list[tuple[str | None, str, str, str | None, str | None]]:
    """Return the changes in short."""
    return [
        (each.element_id, each.kind.value, each.path, each.before, each.after)
        for each in compare_xml(before, after)
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_diagram_does_not_differ_from_itself(name: str) -> None:
    assert compare_xml(FILES[name], FILES[name]) == []


@pytest.mark.parametrize("name", FILES)
def test_how_a_file_is_written_is_no_difference(name: str) -> None:
    root = etree.fromstring(FILES[name])
    for element in list(root.iter("*")):
        turned = list(element.attrib.items())[::-1]
        element.attrib.clear()
        element.attrib.update(turned)
        element.addprevious(etree.Comment("x")) if element is not root else None
        if element.tag == BPMN + "userTask":
            element.set("isForCompensation", "false")
        if element.text and element.text.strip():
            element.text = f"\n   {element.text}\n "
    root.set("exporterVersion", "7")
    written = re.sub(rb'([</"])bpmn:', rb"\1x:", etree.tostring(root))
    written = written.replace(b"xmlns:bpmn=", b"xmlns:x=")
    written = re.sub(rb' x="(\d+)"', rb' x="\1.0"', written)

    assert written != FILES[name]
    assert compare_xml(FILES[name], written) == []


def test_an_element_that_is_new_or_gone_is_named() -> None:
    longer = diagram("p", *BODY, boundary("late", "write", duration="P1D"), path("late", "end"))

    assert compare_xml(DRAWN, longer) == [
        Change("late", "", "boundaryEvent", ChangeKind.ADDED, "", None, None),
        Change("late-end", "", "sequenceFlow", ChangeKind.ADDED, "", None, None),
    ]
    assert [each.kind for each in compare_xml(longer, DRAWN)] == [ChangeKind.REMOVED] * 2


def test_what_was_removed_comes_last_and_all_else_in_the_order_of_the_newer_file() -> None:
    before = diagram("p", user("a"), user("gone"), user("b"))
    after = diagram("p", user("b").replace('"form"', '"judge"'), user("new"), user("a", "x"))

    assert [each.element_id for each in compare_xml(before, after)] == ["b", "new", "a", "gone"]


CHANGES = {
    "a name": (
        ('id="write" name="write"', 'id="write" name="签收"'),
        ("write", "changed", "name", "write", "签收"),
    ),
    "an attribute of the house": (
        ('duban:step="form"', 'duban:step="judge"'),
        ("write", "changed", "duban:step", "form", "judge"),
    ),
    "the words of an outcome": (
        ('value="done" label="done"', 'value="done" label="good"'),
        ("write", "changed", "duban:outcome[done]/label", "done", "good"),
    ),
    "an outcome that is gone": (
        (AGAIN, ""),
        ("write", "changed", "duban:outcome[again]", "label=again, value=again", None),
    ),
    "an outcome before another": (
        (
            DONE + AGAIN,
            AGAIN + DONE,
        ),
        (
            "write",
            "changed",
            "duban:outcome/order",
            "duban:outcome[done], duban:outcome[again]",
            "duban:outcome[again], duban:outcome[done]",
        ),
    ),
    "a condition": (
        ('outcome == "again"', 'outcome != "done"'),
        (
            "good-write",
            "changed",
            "conditionExpression",
            'outcome == "again"',
            'outcome != "done"',
        ),
    ),
    "a default": (
        ('default="good-end"', 'default="good-write"'),
        ("good", "changed", "default", "good-end", "good-write"),
    ),
    "a flow that leads elsewhere": (
        ('targetRef="good"', 'targetRef="end"'),
        ("write-good", "rerouted", "targetRef", "good", "end"),
    ),
    "a type": (
        ("bpmn:endEvent", "bpmn:intermediateThrowEvent"),
        ("end", "changed", "type", "endEvent", "intermediateThrowEvent"),
    ),
    "a lane": (
        ("<bpmn:flowNodeRef>write</bpmn:flowNodeRef>", ""),
        ("write", "lane", "lane", "lane", None),
    ),
    "the role of a lane": (
        ('duban:role="clerk"', 'duban:role="head"'),
        ("lane", "changed", "duban:role", "clerk", "head"),
    ),
    "the id of the process": (
        ('process id="p"', 'process id="q"'),
        ("q", "changed", "id", "p", "q"),
    ),
    "documentation": (
        ('<bpmn:startEvent id="begin"/>', f'<bpmn:startEvent id="begin">{WHY}</bpmn:startEvent>'),
        ("begin", "changed", "documentation", None, "why"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_told_with_the_old_and_the_new(name: str) -> None:
    (old, new), expected = CHANGES[name]
    text = DRAWN.decode()
    assert old in text

    assert told(DRAWN, text.replace(old, new).encode()) == [expected]


def test_timers_and_parameters_and_lists_are_told_by_their_parts() -> None:
    def drawn(cycle: str, value: str, items: str) -> bytes:
        return diagram(
            "p",
            user("write"),
            boundary("late", "write", cycle=cycle),
            service("log", "tell", text=value, number="1"),
            call("units", "q", items=items, item="unit"),
        )

    assert told(drawn("R/PT1H", '"a"', "units"), drawn("R/PT2H", '"b"', "offices")) == [
        ("late", "changed", "timerEventDefinition/timeCycle", "R/PT1H", "R/PT2H"),
        ("log", "changed", "duban:parameter[text]/value", '"a"', '"b"'),
        (
            "units",
            "changed",
            "multiInstanceLoopCharacteristics/loopDataInputRef",
            "units",
            "offices",
        ),
    ]


def test_an_event_of_another_kind_is_told_in_one() -> None:
    asked = boundary("late", "write", message="ask")
    late = boundary("late", "write", duration="P1D")
    before, after = (diagram("p", user("write"), e, messages=["ask"]) for e in (asked, late))

    assert told(before, after) == [
        ("late", "changed", "timerEventDefinition", None, "timeDuration(P1D)"),
        ("late", "changed", "messageEventDefinition", "message=ask", None),
    ]


def test_a_message_is_known_by_its_name_and_not_by_its_id() -> None:
    asked = diagram("p", user("write"), boundary("ask", "write", message="ask"), messages=["ask"])
    other_id = asked.replace(b"message_ask", b"Message_0x1")
    other_name = asked.replace(b'name="ask"', b'name="beg"')

    assert told(asked, other_id) == []
    assert told(asked, other_name) == [
        ("message_ask", "changed", "name", "ask", "beg"),
        ("ask", "changed", "messageEventDefinition/message", "ask", "beg"),
    ]


def test_an_element_that_moved_into_a_sub_process_is_told() -> None:
    outside = diagram("p", user("write"), sub("inner", user("read")))
    inside = diagram("p", sub("inner", user("read"), user("write")))

    assert ("write", "changed", "scope", None, "inner") in told(outside, inside)


def test_the_order_of_the_flows_is_told_where_it_decides() -> None:
    flows = [flow("good", "a", "x"), flow("good", "b", "y"), flow("a", "b"), flow("a", "c")]
    before = diagram("p", choice("good"), user("a"), user("b"), user("c"), *flows)
    after = diagram("p", choice("good"), user("a"), user("b"), user("c"), *flows[::-1])

    assert told(before, after) == [("good", "changed", "flows", "good-a, good-b", "good-b, good-a")]


def test_what_was_only_moved_is_of_a_kind_of_its_own() -> None:
    moved = FILES["instruction"].replace(b'<dc:Bounds x="', b'<dc:Bounds x="1', 7)

    changes = compare_xml(FILES["instruction"], moved)

    assert changes
    assert {each.kind for each in changes} == {ChangeKind.LAYOUT}
    assert all(each.element_id and each.before and each.after for each in changes)


def test_two_versions_are_compared_by_their_numbers(office: Office, database: Database) -> None:
    first = office.deploy(DRAWN)
    second = office.deploy(DRAWN.replace(b'id="write" name="write"', b'id="write" name="sign"'))

    with database.read() as session:
        (found,) = engine.compare(session, first.id, second.id)
        with pytest.raises(engine.ProcessUnknown):
            engine.compare(session, first.id, 99)

    assert (found.element_id, found.before, found.after) == ("write", "write", "sign")


def test_what_is_no_diagram_is_refused() -> None:
    with pytest.raises(engine.Refused):
        compare_xml(DRAWN, b"<nonsense/>")


# -- random changes to the shipped diagrams ----------------------------------------------


def one_of(chance: random.Random, found: Sequence[T]) -> T:
    """Return one of these; a diagram that has none is no case."""
    assume(found)
    return chance.choice(found)


def some(root: _Element, chance: random.Random, query: str) -> _Element:
    """Return one of the elements that a query finds."""
    names = {"b": BPMN[1:-1], "d": DUBAN[1:-1], "dc": DC[1:-1]}
    names["di"] = "http://www.omg.org/spec/DD/20100524/DI"
    return one_of(chance, root.xpath(query, namespaces=names))


def owner(element: _Element) -> str | None:
    """Return the id of the element that a part belongs to."""
    while element.get("id") is None:
        element = element.getparent()  # type: ignore[assignment]
    return element.get("id")


def rename(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:*[@id][@name][not(self::b:message or self::b:inputDataItem)]")
    node.set("name", node.get("name", "") + "x")
    return node.get("id"), ChangeKind.CHANGED


def set_attribute(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:process//b:*[@id][@d:*]")
    name = one_of(chance, [str(one) for one in node.attrib if str(one).startswith(DUBAN)])
    node.set(name, "other")
    return node.get("id"), ChangeKind.CHANGED


def drop_attribute(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:process//b:*[@id][@d:*]")
    del node.attrib[one_of(chance, [n for n in node.attrib if str(n).startswith(DUBAN)])]
    return node.get("id"), ChangeKind.CHANGED


def set_text(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(
        root, chance, "//b:conditionExpression | //b:timeCycle | //b:timeDuration | //b:text"
    )
    node.text = (node.text or "") + "0"
    return owner(node), ChangeKind.CHANGED


def set_outcome(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//d:outcome")
    name = one_of(chance, list(node.attrib))
    node.set(name, node.get(name, "") + "x")
    return owner(node), ChangeKind.CHANGED


def drop_part(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    query = "//d:* | //b:conditionExpression | //b:timerEventDefinition"
    node = some(root, chance, f"{query} | //b:multiInstanceLoopCharacteristics")
    found = owner(node)
    node.getparent().remove(node)  # type: ignore[union-attr]
    return found, ChangeKind.CHANGED


def add_field(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:userTask/b:extensionElements")
    etree.SubElement(node, DUBAN + "field", key="place", type="text")
    return owner(node), ChangeKind.CHANGED


def document(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:process//b:*[@id][not(self::b:inputDataItem)]")
    etree.SubElement(node, BPMN + "documentation").text = "why"
    return node.get("id"), ChangeKind.CHANGED


def reroute(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:sequenceFlow")
    end_ = one_of(chance, ["sourceRef", "targetRef"])
    others = [t.get("id") for t in root.iter(BPMN + "userTask") if t.get("id") != node.get(end_)]
    node.set(end_, str(one_of(chance, others)))
    return node.get("id"), ChangeKind.REROUTED


def relane(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:flowNodeRef")
    lanes = [lane for lane in root.iter(BPMN + "lane") if lane is not node.getparent()]
    one_of(chance, lanes).append(node)
    return (node.text or "").strip(), ChangeKind.LANE


def remove(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    query = "//b:process//b:*[@id][not(self::b:lane)][not(self::b:inputDataItem)]"
    node = some(root, chance, query)
    node.getparent().remove(node)  # type: ignore[union-attr]
    return node.get("id"), ChangeKind.REMOVED


def add(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:process | //b:subProcess")
    kind = one_of(chance, ["userTask", "endEvent", "sequenceFlow", "subProcess"])
    etree.SubElement(node, BPMN + kind, id="brand_new")
    return "brand_new", ChangeKind.ADDED


def retype(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:userTask | //b:serviceTask")
    node.tag = BPMN + "manualTask"
    return node.get("id"), ChangeKind.CHANGED


def other_message(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//b:messageEventDefinition")
    node.set("messageRef", "message_of_another_kind")
    return owner(node), ChangeKind.CHANGED


def move(root: _Element, chance: random.Random) -> tuple[str | None, ChangeKind]:
    node = some(root, chance, "//dc:Bounds | //di:waypoint")
    node.set("y", str(float(node.get("y", "0")) + 10))
    while node.get("bpmnElement") is None:
        node = node.getparent()  # type: ignore[assignment]
    return node.get("bpmnElement"), ChangeKind.LAYOUT


MUTATIONS: list[Mutation] = [
    rename,
    set_attribute,
    drop_attribute,
    set_text,
    set_outcome,
    drop_part,
    add_field,
    document,
    reroute,
    relane,
    remove,
    add,
    retype,
    other_message,
    move,
]


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(sorted(FILES)),
    mutation=st.sampled_from(MUTATIONS),
    chance=st.randoms(use_true_random=False),
)
def test_every_change_to_a_shipped_diagram_is_found(
    name: str, mutation: Mutation, chance: random.Random
) -> None:
    root = etree.fromstring(FILES[name])
    changed = deepcopy(root)
    element_id, kind = mutation(changed, chance)

    found = compare_xml(etree.tostring(root), etree.tostring(changed))
    back = compare_xml(etree.tostring(changed), etree.tostring(root))

    assert (element_id, kind) in {(each.element_id, each.kind) for each in found}
    assert len(back) == len(found)
