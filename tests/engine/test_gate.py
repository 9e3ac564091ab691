"""The gate: every reason to refuse a diagram, and that all reasons come at once."""

import pytest

import engine
from engine import MESSAGES, Database, Registry
from tests.engine.conftest import Office
from tests.engine.drawing import (
    HEAD,
    boundary,
    call,
    catch,
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

GOOD = (start(), user("work"), end(), path("begin", "work", "end"))
TAIL = "</bpmn:definitions>"


def beside(*body: str, messages: tuple[str, ...] = ("ask",)) -> bytes:
    """Return a good process with something more in it."""
    return diagram("p", *GOOD, *body, messages=messages)


def between(element: str, name: str = "x") -> bytes:
    """Return a process with an element between its start and its end."""
    return diagram("p", start(), element, end(), path("begin", name, "end"))


def inside(extension: str) -> bytes:
    """Return a process whose user task has an extension."""
    return between(user("x", inside=extension))


def edited(old: str, new: str) -> bytes:
    """Return a good process with some of its text changed."""
    return diagram("p", *GOOD).replace(old.encode(), new.encode())


EVENT = "<bpmn:boundaryEvent id='e' attachedToRef='work'>{}</bpmn:boundaryEvent>"
REFUSED: dict[str, list[bytes]] = {
    "too_large": [b"<" + b"x" * 2_000_001],
    "not_xml": [b"hello", b"", b"<a>", "<a>\ud800</a>".encode(errors="surrogatepass")],
    "doctype": [b"<!DOCTYPE x [<!ENTITY e 'boo'>]>" + diagram("p", *GOOD)],
    "not_bpmn": [b"<html/>"],
    "too_many": [diagram("p", *GOOD, *(user(f"u{n}") for n in range(1000)))],
    "process_missing": [f"{HEAD}{TAIL}".encode()],
    "process_several": [edited("</bpmn:process>", "</bpmn:process><bpmn:process id='q'/>")],
    "not_executable": [edited('isExecutable="true"', 'isExecutable="false"')],
    "pool_several": [
        edited(
            "<bpmn:process",
            "<bpmn:collaboration id='c'><bpmn:participant id='a' processRef='p'/>"
            "<bpmn:participant id='b' name='them'/></bpmn:collaboration><bpmn:process",
        )
    ],
    "id_missing": [beside("<bpmn:endEvent/>")],
    "id_twice": [beside(end("work"))],
    "id_unfit": [between(user("a.split"), "a.split"), between(user("1st"), "1st")],
    "id_reserved": [between(user("End"), "End")],
    "name_long": [edited('name="work"', f'name="{"w" * 201}"')],
    "reference_dangling": [edited('id="work"', 'id="task"')],
    "element_unsupported": [beside("<bpmn:conversation id='c'/>")],
    "extension_unsupported": [
        inside("<duban:colour value='red'/>"),
        edited(
            '<bpmn:endEvent id="end"/>',
            "<bpmn:endEvent id='end'><bpmn:extensionElements>"
            "<duban:outcome value='x'/></bpmn:extensionElements></bpmn:endEvent>",
        ),
    ],
    "attribute_unsupported": [
        edited('duban:step="form"', 'duban:step="form" duban:stepp="form"'),
        edited('duban:step="form"', 'duban:step="form" duban:operation="note"'),
        edited('<bpmn:endEvent id="end"', '<bpmn:endEvent id="end" colour="red"'),
        inside("<duban:outcome value='a' colour='red'/>"),
    ],
    "value_unsupported": [
        edited('duban:step="form"', 'duban:step="form" startQuantity="2"'),
        beside(boundary("e", "work", message="ask").replace("false", "perhaps"), flow("e", "end")),
    ],
    "parallel_unsupported": [between("<bpmn:parallelGateway id='x'/>")],
    "inclusive_unsupported": [between("<bpmn:inclusiveGateway id='x'/>")],
    "complex_unsupported": [between("<bpmn:complexGateway id='x'/>")],
    "event_gateway_unsupported": [between("<bpmn:eventBasedGateway id='x'/>")],
    "task_untyped": [between("<bpmn:task id='x'/>"), between("<bpmn:manualTask id='x'/>")],
    "script_unsupported": [between("<bpmn:scriptTask id='x'/>")],
    "decision_unsupported": [between("<bpmn:businessRuleTask id='x'/>")],
    "send_unsupported": [between("<bpmn:sendTask id='x'/>")],
    "receive_unsupported": [between("<bpmn:receiveTask id='x'/>")],
    "transaction_unsupported": [between("<bpmn:transaction id='x'/>")],
    "ad_hoc_unsupported": [between("<bpmn:adHocSubProcess id='x'/>")],
    "throw_unsupported": [between("<bpmn:intermediateThrowEvent id='x'/>")],
    "loop_unsupported": [
        edited("</bpmn:userTask>", "<bpmn:standardLoopCharacteristics/></bpmn:userTask>")
    ],
    "message_flow_unsupported": [
        edited(
            "<bpmn:process",
            "<bpmn:collaboration id='c'><bpmn:messageFlow id='m'/></bpmn:collaboration>"
            "<bpmn:process",
        )
    ],
    "data_unsupported": [beside("<bpmn:dataObject id='d'/>")],
    "event_unsupported": [
        beside(EVENT.format("<bpmn:errorEventDefinition/>"), flow("e", "end")),
        beside(EVENT.format("<bpmn:signalEventDefinition/>"), flow("e", "end")),
        edited(
            '<bpmn:endEvent id="end"/>',
            '<bpmn:endEvent id="end"><bpmn:terminateEventDefinition/></bpmn:endEvent>',
        ),
        edited(
            '<bpmn:startEvent id="begin"/>',
            '<bpmn:startEvent id="begin"><bpmn:timerEventDefinition/></bpmn:startEvent>',
        ),
        between(
            "<bpmn:intermediateCatchEvent id='x'><bpmn:messageEventDefinition/>"
            "</bpmn:intermediateCatchEvent>"
        ),
    ],
    "event_missing": [beside(EVENT.format(""), flow("e", "end"))],
    "event_several": [
        beside(
            EVENT.format("<bpmn:timerEventDefinition/><bpmn:timerEventDefinition/>"),
            flow("e", "end"),
        )
    ],
    "message_missing": [beside(boundary("e", "work", message="none"), flow("e", "end"))],
    "timer_incomplete": [between(catch("x")), between(catch("x", duration="PT1H", cycle="R/PT1H"))],
    "timer_unreadable": [
        *(
            between(catch("x", duration=text))
            for text in ("1h", "-PT1H", "P", "PT", "PT0S", "P1Y2", '"PT1H"', "")
        ),
        *(
            between(catch("x", date=text))
            for text in (
                "tomorrow",
                "2020-02-30",
                "2020-01-01T00:00:00",
                "due.",
                "due.a.b",
                "now()",
            )
        ),
        *(
            beside(boundary("e", "work", cycle=text), flow("e", "end"))
            for text in (
                "PT1H",
                "R0/PT1H",
                "R/",
                "R/PT1H/PT1H/PT1H",
                "R/tomorrow/PT1H",
                "R-1/PT1H",
                "R/due.soon/P0D",
                "R99999/PT1H",
            )
        ),
    ],
    "due_unknown": [between(catch("x", date="due.never"))],
    "host_missing": [
        beside(boundary("e", "nothing", message="ask"), flow("e", "end")),
        diagram(
            "p",
            *GOOD,
            sub("s", start("a"), user("in"), end("b"), path("a", "in", "b")),
            boundary("e", "in", message="ask"),
            flow("e", "end"),
            messages=["ask"],
        ),
    ],
    "host_unfit": [
        diagram(
            "p",
            start(),
            service("x", "note"),
            end(),
            path("begin", "x", "end"),
            boundary("e", "x", message="ask"),
            flow("e", "end"),
            messages=["ask"],
        )
    ],
    "flow_dangling": [
        beside(flow("work", "nowhere")),
        diagram(
            "p",
            start(),
            sub("s", start("a"), user("in"), end("b"), path("a", "in", "b")),
            end(),
            path("begin", "s", "end"),
            flow("in", "end"),
        ),
    ],
    "flow_twice": [
        diagram(
            "p",
            start(),
            choice("x", default="end"),
            end(),
            path("begin", "x", "end"),
            flow("x", "end", "a").replace('id="x-end"', 'id="other"'),
        )
    ],
    "start_missing": [diagram("p", user("work"), end(), path("work", "end"))],
    "start_several": [beside(start("too"), flow("too", "work"))],
    "end_missing": [diagram("p", start(), user("work"), path("begin", "work"))],
    "way_in": [beside(flow("work", "begin"))],
    "way_out": [beside(flow("end", "work"))],
    "no_way_out": [beside(user("alone"))],
    "unreachable": [beside(user("alone"), flow("alone", "end"))],
    "no_way_to_end": [
        diagram(
            "p",
            start(),
            choice("way", default="end"),
            end(),
            user("a"),
            user("b"),
            path("begin", "way", "end"),
            flow("way", "a", "x"),
            path("a", "b", "a"),
        )
    ],
    "several_out": [beside(end("other"), flow("work", "other"))],
    "condition_misplaced": [
        diagram("p", start(), user("x"), end(), flow("begin", "x"), flow("x", "end", "True"))
    ],
    "condition_missing": [
        diagram(
            "p",
            start(),
            choice("x", default="end"),
            end(),
            end("other"),
            path("begin", "x", "end"),
            flow("x", "other"),
        )
    ],
    "default_missing": [
        diagram(
            "p",
            start(),
            choice("x"),
            end(),
            end("other"),
            flow("begin", "x"),
            flow("x", "end", "a"),
            flow("x", "other", "not a"),
        ),
        diagram("p", start(), choice("x"), end(), flow("begin", "x"), flow("x", "end", "a")),
    ],
    "default_unknown": [between(choice("x", default="nothing"))],
    "default_conditional": [
        diagram(
            "p",
            start(),
            choice("x", default="end"),
            end(),
            flow("begin", "x"),
            flow("x", "end", "a"),
        )
    ],
    "default_misplaced": [edited('duban:step="form"', 'duban:step="form" default="work-end"')],
    "expression_refused": [
        diagram(
            "p",
            start(),
            choice("x", default="end"),
            end(),
            end("other"),
            path("begin", "x", "end"),
            flow("x", "other", text),
        )
        for text in (
            "",
            "a =",
            "a = 1",
            "__import__('os')",
            "a; b",
            "a.__class__",
            "[x for x in a]",
        )
    ],
    "step_missing": [edited(' duban:step="form"', "")],
    "step_unknown": [edited('duban:step="form"', 'duban:step="dance"')],
    "role_unknown": [edited('duban:role="clerk"', 'duban:role="king"')],
    "who_unknown": [edited('duban:step="form"', 'duban:step="form" duban:who="anybody"')],
    "nobody": [edited(' duban:role="clerk"', "")],
    "limit_missing": [edited(' duban:limit="none"', "")],
    "limit_unknown": [edited('duban:limit="none"', 'duban:limit="eternity"')],
    "outcome_missing": [between(user("x", step="judge"))],
    "outcome_unknown": [between(user("x", "maybe", step="judge"))],
    "outcome_unfit": [between(user("x", "a b")), between(user("x", ""))],
    "outcome_twice": [between(user("x", "a", "a"))],
    "field_unfit": [
        inside(f"<duban:field key='{key}'/>") for key in ("a b", "outcome", "mark", "sent")
    ],
    "field_twice": [inside("<duban:field key='a'/><duban:field key='a'/>")],
    "field_type_unknown": [inside("<duban:field key='a' type='colour'/>")],
    "field_options_missing": [inside("<duban:field key='a' type='choice'/>")],
    "operation_missing": [between(service("x", ""))],
    "operation_unknown": [between(service("x", "dance"))],
    "parameter_missing": [between(service("x", "tell", text='"a"'))],
    "parameter_unknown": [between(service("x", "note", colour='"red"'))],
    "parameter_type": [
        between(service("x", "tell", text="1", number="2", flag="True")),
        between(service("x", "tell", text='"a"', number='len("ab") / 2', flag="True")),
    ],
    "call_missing": [between(call("x", ""))],
    "call_unknown": [between(call("x", "nothing"))],
    "call_recursive": [between(call("x", "p")), between(call("x", "caller"))],
    "several_incomplete": [
        between(call("x", "child", items=" ", item="a")),
        between(call("x", "child", items="a")),
    ],
    "several_misplaced": [
        edited(
            "</bpmn:userTask>",
            "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>a</bpmn:loopDataInputRef>"
            "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>",
        )
    ],
    "key_unfit": [
        between(call("x", "child", items="a b", item="c")),
        between(call("x", "child", keep="a-b")),
    ],
}
CASES = [(code, number) for code, drawn in REFUSED.items() for number in range(len(drawn))]


@pytest.fixture
def deployed(office: Office) -> Office:
    """Give an office that has deployed ``child``, and ``caller``, which called ``p`` once."""
    office.deploy(diagram("child", *GOOD))
    office.deploy(diagram("p", *GOOD))
    office.deploy(between(call("x", "p")).replace(b'id="p"', b'id="caller"'))
    return office


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("code", "number"), CASES)
def test_refuses(deployed: Office, code: str, number: int) -> None:
    with pytest.raises(engine.Refused) as refusal:
        deployed.deploy(REFUSED[code][number])

    found = [problem.code for problem in refusal.value.problems]
    assert code in found, found
    for problem in refusal.value.problems:
        assert MESSAGES[problem.code] % problem.facts


def test_every_reason_is_tried() -> None:
    assert set(REFUSED) == set(MESSAGES)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_refuses_for_all_reasons_at_once(database: Database, registry: Registry) -> None:
    bad = diagram(
        "p",
        start(),
        user("work", step="dance"),
        boundary("late", "work", duration="soon"),
        service("log", "fly"),
        end(),
        path("begin", "work", "log", "end"),
        "<bpmn:parallelGateway id='both'/>",
    )

    found = engine.check(bad, registry)

    assert {problem.code for problem in found} == {
        "step_unknown",
        "timer_unreadable",
        "no_way_out",
        "operation_unknown",
        "parallel_unsupported",
    }
    by_code = {problem.code: problem for problem in found}
    assert by_code["timer_unreadable"].element_id == "late"
    assert by_code["step_unknown"].element_name == "work"


def test_lets_a_good_diagram_in(registry: Registry) -> None:
    assert engine.check(beside(), registry) == []


def test_lets_in_what_says_nothing_to_the_engine(registry: Registry) -> None:
    drawn = beside(
        "<!-- a note -->",
        "<bpmn:textAnnotation id='t'><bpmn:text>read me</bpmn:text></bpmn:textAnnotation>",
        "<bpmn:association id='a' sourceRef='work' targetRef='t'/>",
        "<bpmn:group id='g'/>",
        "<bpmn:documentation>what for</bpmn:documentation>",
    )

    assert engine.check(drawn, registry) == []


def test_fills_in_the_ids_of_flows(office: Office) -> None:
    office.deploy(diagram("p", *GOOD).replace(b'id="begin-work" ', b""))

    office.start("p")

    assert office.open() == ["work"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_refused_diagram_leaves_nothing(office: Office, database: Database) -> None:
    with pytest.raises(engine.Refused):
        office.deploy(b"<html/>")

    with database.read() as session:
        assert engine.definitions(session) == []


HOSTILE = [
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>',
    b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><a/>',
    b"<a>" * 100_000,
    b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></a>',
    b"<?xml-stylesheet href='http://127.0.0.1:9/x'?><a/>",
    b"\x00\x01\x02",
    b"\xff\xfe<\x00a\x00",
    b"<a " + b" ".join(b"a%d='x'" % n for n in range(50_000)) + b"/>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_file_is_refused_and_reads_nothing(hostile: bytes, registry: Registry) -> None:
    (problem,) = engine.check(hostile, registry)

    assert problem.code in {"not_xml", "doctype", "not_bpmn"}
    assert "root:" not in str(problem)
