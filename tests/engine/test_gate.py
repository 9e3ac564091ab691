"""The gate: every reason to refuse a diagram, and that all reasons come at once."""

import pytest

import engine
from engine import MESSAGES, Database, Problem, Registry
from engine.diagrams.gate import check, passed, reread
from tests.engine.conftest import Office
from tests.engine.drawing import (
    HEAD,
    again,
    boundary,
    call,
    catch,
    choice,
    diagram,
    end,
    event_sub,
    flow,
    inclusive,
    parallel,
    path,
    race,
    receive,
    rule,
    send_task,
    service,
    start,
    sub,
    throw,
    times,
    user,
)
from tests.engine.soundness.gateways import GATEWAYS
from tests.engine.soundness.hostile import HOSTILE

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


def nested(depth: int) -> bytes:
    """Return a process with sub-processes in one another."""
    body = user("x")
    for level in range(depth):
        begin, last = f"begin{level}", f"end{level}"
        inner = f"sub{level - 1}" if level else "x"
        body = sub(f"sub{level}", start(begin), body, end(last), path(begin, inner, last))
    return between(body, f"sub{depth - 1}")


def looped(mark: str) -> bytes:
    """Return a process whose user task is done several times."""
    return between(user("x", loop=mark))


def handled(*begin: str, inside: str = "") -> bytes:
    """Return a good process with an event sub-process that starts so."""
    starts = [part for part in begin if part.startswith("<bpmn:startEvent")]
    more = [part for part in begin if part not in starts]
    return beside(
        event_sub("x", *starts, end("handled"), path("a", "handled"), inside), *more, messages=()
    )


def raced(first: str, second: str, *more: str) -> bytes:
    """Return a process that waits for the first of two elements, ``a`` and ``b``."""
    ways = path("begin", "x", "a", "end") + path("x", "b", "end")
    return diagram("p", start(), race("x"), first, second, *more, end(), ways)


def linked(*drawn: str) -> bytes:
    """Return a process with a link from ``x`` to ``y``."""
    return diagram(
        "p", start(), user("w"), *drawn, end(), path("begin", "w", "x"), path("y", "end")
    )


SAYS = "<bpmn:extensionElements><duban:parameter name='a' value='1'/></bpmn:extensionElements>"
EVENT = "<bpmn:boundaryEvent id='e' attachedToRef='work'>{}</bpmn:boundaryEvent>"
REFUSED: dict[str, list[bytes]] = {
    "too_large": [b"<" + b"x" * 2_000_001],
    "not_xml": [b"hello", b"", b"<a>", "<a>\ud800</a>".encode(errors="surrogatepass")],
    "doctype": [b"<!DOCTYPE x [<!ENTITY e 'boo'>]>" + diagram("p", *GOOD)],
    "not_bpmn": [b"<html/>"],
    "too_many": [
        diagram("p", *GOOD, *(user(f"u{n}") for n in range(1000))),
        beside(*("<bpmn:task/>" for _ in range(20_000))),
    ],
    "nested_deep": [nested(21), nested(80)],
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
    "id_twice": [
        beside(end("work")),
        diagram("p", *GOOD)
        .replace(b' id="begin-work"', b"")
        .replace(b'"work-end"', b'"begin-work"'),
    ],
    "id_unfit": [between(user("a.split"), "a.split"), between(user("1st"), "1st")],
    "id_reserved": [between(user("End"), "End")],
    "name_long": [edited('name="work"', f'name="{"w" * 201}"')],
    "reference_dangling": [
        edited('id="work"', 'id="task"'),
        between(
            catch("x", signal="go").replace(
                '<bpmn:signalEventDefinition signalRef="signal_go"/>',
                "<bpmn:eventDefinitionRef>no</bpmn:eventDefinitionRef>",
            )
        ),
        diagram("p", start(), end(error="E"), path("begin", "end")).replace(
            b'<bpmn:error id="error_E"', b'<bpmn:error id="other"'
        ),
    ],
    "reference_crossed": [
        looped("<bpmn:outgoing>begin-x</bpmn:outgoing>"),
        looped("<bpmn:incoming>x-end</bpmn:incoming>"),
    ],
    "lane_twice": [
        edited(
            "</bpmn:laneSet>",
            "<bpmn:lane id='other' duban:role='head'><bpmn:flowNodeRef>work</bpmn:flowNodeRef>"
            "</bpmn:lane></bpmn:laneSet>",
        )
    ],
    "element_unsupported": [beside("<bpmn:conversation id='c'/>")],
    "element_misplaced": [
        edited(
            "</bpmn:userTask>",
            "<bpmn:conditionExpression>a</bpmn:conditionExpression></bpmn:userTask>",
        ),
        looped("<bpmn:laneSet/>"),
        between(choice("x").replace("/>", f">{again('more')}</bpmn:exclusiveGateway>")),
        between(
            catch("x", signal="go").replace("<bpmn:signal", "<bpmn:loopCondition/><bpmn:signal")
        ),
    ],
    "element_twice": [
        edited("</bpmn:userTask>", "<bpmn:extensionElements/></bpmn:userTask>"),
        looped(
            times("3").replace(
                "<bpmn:loopC", "<bpmn:loopCardinality>2</bpmn:loopCardinality><bpmn:loopC"
            )
        ),
    ],
    "extension_unsupported": [
        inside("<duban:colour value='red'/>"),
        inside("<other xmlns=''><duban:outcome value='a'/></other>"),
        looped("<other xmlns=''><duban:outcome value='a'/></other>"),
        edited(
            '<bpmn:endEvent id="end"/>',
            "<bpmn:endEvent id='end'><bpmn:extensionElements>"
            "<duban:outcome value='x'/></bpmn:extensionElements></bpmn:endEvent>",
        ),
        between(throw("x", {"a": "1"}, signal="go")),
        between(catch("x", message="ask").replace("<bpmn:message", SAYS + "<bpmn:message")),
    ],
    "attribute_unsupported": [
        edited('duban:step="form"', 'duban:step="form" duban:stepp="form"'),
        edited('duban:step="form"', 'duban:step="form" duban:operation="note"'),
        edited('<bpmn:endEvent id="end"', '<bpmn:endEvent id="end" colour="red"'),
        inside("<duban:outcome value='a' colour='red'/>"),
        between(catch("x", signal="go", key="1")),
        between(catch("x", message="ask", ttl="PT1H")),
        between(throw("x", message="ask", key="1", take="a")),
        between(rule("x", "grade").replace("duban:decision", "duban:operation")),
        diagram("p", start(message="ask", key="1"), end(), path("begin", "end")),
    ],
    "value_unsupported": [
        edited('id="begin-work"', 'id="begin-work" isImmediate="false"'),
        beside(boundary("e", "work", message="ask").replace("false", "perhaps"), flow("e", "end")),
    ],
    "complex_unsupported": [between("<bpmn:complexGateway id='x'/>")],
    "task_untyped": [between("<bpmn:task id='x'/>"), between("<bpmn:manualTask id='x'/>")],
    "script_unsupported": [between("<bpmn:scriptTask id='x'/>")],
    "transaction_unsupported": [between("<bpmn:transaction id='x'/>")],
    "ad_hoc_unsupported": [between("<bpmn:adHocSubProcess id='x'/>")],
    "compensation_unsupported": [between(throw("x", compensate=""))],
    "cancel_unsupported": [between(catch("x", cancel=""))],
    "quantity_unsupported": [
        edited('duban:step="form"', 'duban:step="form" startQuantity="2"'),
        edited('duban:step="form"', 'duban:step="form" completionQuantity="0"'),
    ],
    "behavior_unsupported": [
        looped(times("3").replace("isSequential", f'behavior="{way}" isSequential'))
        for way in ("None", "One", "Complex")
    ],
    "instantiate_unsupported": [
        between(receive("x", "ask").replace('id="x"', 'id="x" instantiate="true"'))
    ],
    "race_type_unsupported": [
        raced(catch("a", signal="go"), catch("b", duration="PT1H")).replace(
            b'<bpmn:eventBasedGateway id="x"',
            b'<bpmn:eventBasedGateway id="x" eventGatewayType="Parallel"',
        )
    ],
    "correlation_unsupported": [beside("<bpmn:correlationSubscription id='c'/>")],
    "message_flow_unsupported": [
        edited(
            "<bpmn:process",
            "<bpmn:collaboration id='c'><bpmn:messageFlow id='m'/></bpmn:collaboration>"
            "<bpmn:process",
        )
    ],
    "data_unsupported": [beside("<bpmn:dataObject id='d'/>")],
    "event_unsupported": [
        beside(EVENT.format("<bpmn:terminateEventDefinition/>"), flow("e", "end")),
        beside(EVENT.format("<bpmn:strangeEventDefinition/>"), flow("e", "end")),
        diagram("p", start(), end(link="L"), path("begin", "end")),
        between(throw("x", duration="PT1H")),
    ],
    "event_missing": [beside(EVENT.format(""), flow("e", "end")), between(catch("x"))],
    "event_several": [
        beside(
            EVENT.format("<bpmn:timerEventDefinition/><bpmn:timerEventDefinition/>"),
            flow("e", "end"),
        ),
        between(
            catch("x", signal="go").replace('id="x"', 'id="x" parallelMultiple="true"'),
        ),
    ],
    "start_event_unsupported": [
        diagram("p", start(condition="ready"), end(), path("begin", "end"))
    ],
    "start_by_itself": [diagram("p", start(duration="PT1H"), end(), path("begin", "end"))],
    "sub_start_event": [
        between(sub("x", start("a", message="ask"), end("b"), path("a", "b"))),
    ],
    "interrupting_misplaced": [
        diagram("p", start(interrupting=False), end(), path("begin", "end")),
    ],
    "error_interrupts": [
        handled(start("a", error="E", interrupting=False)),
        beside(
            service("s", "note"),
            boundary("e", "s", error="E"),
            path("begin", "s", "end"),
            flow("e", "end"),
        ),
    ],
    "error_unthrown": [
        beside(boundary("e", "work", error="E", interrupting=True), flow("e", "end"))
    ],
    "escalation_unthrown": [beside(boundary("e", "work", escalation="X"), flow("e", "end"))],
    "caught_twice": [
        beside(
            service("s", "note"),
            boundary("e", "s", error="E", interrupting=True),
            boundary("f", "s", error="E", interrupting=True),
            path("begin", "s", "end"),
            path("e", "end"),
            path("f", "end"),
        ),
        beside(
            event_sub("s", start("a", error=""), end("b"), path("a", "b")),
            event_sub("t", start("c", error=""), end("d"), path("c", "d")),
        ),
    ],
    "event_sub_flow": [handled(start("a", signal="go"), flow("work", "x"), flow("x", "end"))],
    "event_sub_boundary": [
        handled(start("a", signal="go"), boundary("e", "x", signal="stop"), flow("e", "end"))
    ],
    "event_sub_loop": [
        handled(start("a", signal="go")).replace(
            b'<bpmn:startEvent id="a"', times("2").encode() + b'<bpmn:startEvent id="a"'
        )
    ],
    "message_missing": [
        beside(EVENT.format("<bpmn:messageEventDefinition/>"), flow("e", "end")),
        beside(EVENT.format("<bpmn:messageEventDefinition messageRef='no'/>"), flow("e", "end")),
        between("<bpmn:receiveTask id='x'/>"),
        between("<bpmn:sendTask id='x' duban:correlation='1'/>"),
    ],
    "signal_missing": [between(catch("x", signal="")), between(throw("x", signal=""))],
    "code_missing": [
        diagram("p", start(), end(error=""), path("begin", "end")),
        between(throw("x", escalation="")),
    ],
    "correlation_missing": [
        between(throw("x", message="ask")),
        between(send_task("x", "ask", key="")),
        diagram("p", start(), end(message="ask"), path("begin", "end")),
    ],
    "condition_unsaid": [
        between(catch("x", condition="")),
        between(catch("x", conditional="")),
    ],
    "link_unnamed": [linked(throw("x", link=""), catch("y", link=""))],
    "link_lost": [
        linked(throw("x", link="L"), catch("y", link="M")),
        diagram(
            "p",
            start(),
            throw("x", link="L"),
            sub("s", start("a"), end("b"), path("a", "b"), catch("y", link="L"), flow("y", "b")),
            end(),
            path("begin", "s", "end"),
            flow("s", "x"),
        ),
    ],
    "link_unused": [linked(throw("x", link="L"), catch("y", link="M"))],
    "link_twice": [
        linked(throw("x", link="L"), catch("y", link="L"), catch("z", link="L"), flow("z", "end"))
    ],
    "link_way_in": [linked(throw("x", link="L"), catch("y", link="L"), flow("begin", "y"))],
    "link_way_out": [linked(throw("x", link="L"), catch("y", link="L"), flow("x", "end"))],
    "race_few": [
        diagram(
            "p", start(), race("x"), catch("a", signal="go"), end(), path("begin", "x", "a", "end")
        )
    ],
    "race_target": [
        raced(catch("a", signal="go"), user("b")),
        raced(catch("a", signal="go"), receive("b", "ask", loop=times("2"))),
        raced(
            catch("a", signal="go"),
            receive("b", "ask"),
            boundary("e", "b", duration="PT1H"),
            flow("e", "end"),
        ),
        raced(catch("a", signal="go"), throw("b")),
    ],
    "race_shared": [
        raced(catch("a", signal="go"), catch("b", duration="PT1H"), user("u"), flow("u", "a"))
    ],
    "race_mixed": [raced(catch("a", message="ask"), receive("b", "answer"))],
    "timer_incomplete": [
        between(catch("x", timer="")),
        between(catch("x", duration="PT1H", cycle="R/PT1H")),
    ],
    "timer_unreadable": [
        *(
            between(catch("x", duration=text))
            for text in ("1h", "-PT1H", "P", "PT", "PT0S", "P1Y2", '"PT1H"', "")
        ),
        between(throw("x", message="ask", key="1", ttl="soon")),
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
        beside(boundary("e", host, message="ask"), flow("e", "end")) for host in ("begin", "end")
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
    "start_several": [
        beside(start("too"), flow("too", "work")),
        between(sub("x", start("a"), start("b"), end("c"), path("a", "c"), path("b", "c"))),
        handled(start("a", signal="go"), start("b", signal="go"), inside=flow("b", "handled")),
    ],
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
    "condition_misplaced": [
        diagram("p", start(), user("x"), end(), flow("begin", "x", "True"), flow("x", "end")),
        diagram(
            "p",
            start(),
            parallel("x"),
            user("a"),
            end(),
            path("begin", "x", "a", "end"),
            flow("x", "end", "True"),
        ),
        raced(catch("a", signal="go"), catch("b", duration="PT1H")).replace(
            flow("x", "a").encode(), flow("x", "a", "True").encode()
        ),
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
        diagram("p", start(), inclusive("x"), end(), flow("begin", "x"), flow("x", "end", "a")),
        diagram("p", start(), user("x"), end(), flow("begin", "x"), flow("x", "end", "a")),
    ],
    "default_unknown": [
        between(choice("x", default="nothing")),
        between(user("x", default="nothing")),
    ],
    "default_idle": [between(user("x", default="end"))],
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
    "default_misplaced": [
        edited('<bpmn:startEvent id="begin"', '<bpmn:startEvent id="begin" default="begin-work"'),
        between("<bpmn:parallelGateway id='x' default='x-end'/>"),
    ],
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
    "field_options_uneven": [
        inside("<duban:field key='a' type='choice' options='好|差' options_en='Good'/>")
    ],
    "field_condition_unfit": [inside("<duban:field key='a' visible_if='a ='/>")],
    "field_condition_unknown": [
        inside("<duban:field key='a' visible_if='b'/><duban:field key='b'/>"),
        inside("<duban:field key='a' type='file'/><duban:field key='b' visible_if='a'/>"),
    ],
    "field_columns_missing": [inside("<duban:field key='a' type='table'/>")],
    "field_columns_misplaced": [
        inside("<duban:field key='a'><duban:column key='b'/></duban:field>")
    ],
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
        looped("<bpmn:multiInstanceLoopCharacteristics/>"),
    ],
    "output_incomplete": [looped(times("3", output="all")), looped(times("3", output_item="one"))],
    "loop_several": [looped(times("3") + again("more"))],
    "count_unfit": [looped(times(text)) for text in ("-1", "1.5", '"3"', "True", "1 / 0")],
    "loop_endless": [looped(again())],
    "most_unfit": [
        looped(again(most=3).replace('"3"', f'"{text}"')) for text in ("0", "-1", "x", "9" * 99)
    ],
    "parameter_twice": [
        between(call("x", "child", keep="a b", gives={"b": "1"})),
        between(
            service("x", "tell", text='"a"').replace(
                "<bpmn:extensionElements>",
                "<bpmn:extensionElements><duban:parameter name='text' value='1'/>",
            )
        ),
    ],
    "decision_unsaid": [between(rule("x", ""))],
    "decision_unknown": [between(rule("x", "astrology"))],
    "deadlock": [GATEWAYS["a choice into a parallel join"][0]],
    "left_behind": [GATEWAYS["two tokens on one flow into a join"][0]],
    "livelock": [GATEWAYS["a loop of gateways"][0]],
    "endless": [GATEWAYS["a task that always comes again"][0]],
    "grows": [GATEWAYS["a split that leads back by a task"][0]],
    "key_unfit": [
        between(call("x", "child", items="a b", item="c")),
        between(call("x", "child", keep="a-b")),
        between(call("x", "child", gives={"a b": "1"})),
        between(call("x", "child", takes={"": "1"})),
        between(throw("x", {"a-b": "1"}, message="ask", key="1")),
        between(catch("x", message="ask", take="a a-b")),
        between(rule("x", "grade", writes="a.b")),
        looped(times("3", output="nrOfInstances", output_item="one")),
    ],
}
WARNED: dict[str, bytes] = {
    "name_missing": edited(' name="work"', ""),
    "merge_implicit": diagram(
        "p",
        start(),
        parallel("fork"),
        user("a"),
        user("twice"),
        end(),
        path("begin", "fork", "a", "twice", "end"),
        flow("fork", "twice"),
    ),
    "definition_unused": beside(),
    "cuts_off": GATEWAYS["a terminate end beside a task"][0],
    "done_several": GATEWAYS["a split, merged before a task"][0],
    "livelock_possible": GATEWAYS["a loop of a gateway and a decision"][0],
    "soundness_capped": HOSTILE["twenty tasks side by side"],
}
APART = {"token_lost", "too_complex"}
"""Those that no drawing shows: the tests of the search itself try them."""
CASES = [(code, number) for code, drawn in REFUSED.items() for number in range(len(drawn))]


CALLED = {
    "child": reread(diagram("child", *GOOD)),
    "caller": reread(between(call("x", "p")).replace(b'id="p"', b'id="caller"')),
}
"""What is deployed: a process, and one that calls ``p``."""


def judged(xml: bytes, registry: Registry) -> list[Problem]:
    """Return what the gate has against a diagram, in a house that knows one decision."""
    return check(xml, registry, CALLED.get, lambda decision: decision == "grade")


@pytest.mark.parametrize(("code", "number"), CASES)
def test_refuses(registry: Registry, code: str, number: int) -> None:
    problems = [p for p in judged(REFUSED[code][number], registry) if p.refuses]

    assert code in {problem.code for problem in problems}, problems
    for problem in problems:
        assert MESSAGES[problem.code] % problem.facts


@pytest.mark.parametrize("code", WARNED)
def test_warns_and_lets_in(registry: Registry, code: str) -> None:
    (warning,) = judged(WARNED[code], registry)

    assert warning.code == code
    assert not warning.refuses
    assert MESSAGES[code] % warning.facts
    assert passed(WARNED[code], registry).nodes


def test_every_reason_is_tried() -> None:
    assert set(REFUSED) | set(WARNED) == set(MESSAGES) - APART
    assert not set(REFUSED) & set(WARNED)


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
        "<bpmn:complexGateway id='both'/>",
    )

    found = engine.check(bad, registry)

    assert {problem.code for problem in found} == {
        "step_unknown",
        "timer_unreadable",
        "no_way_out",
        "operation_unknown",
        "complex_unsupported",
    }
    by_code = {problem.code: problem for problem in found}
    assert by_code["timer_unreadable"].element_id == "late"
    assert by_code["step_unknown"].element_name == "work"


def test_lets_a_good_diagram_in(registry: Registry) -> None:
    assert engine.check(beside(messages=()), registry) == []


def test_lets_in_what_says_nothing_to_the_engine(registry: Registry) -> None:
    drawn = beside(
        "<!-- a note -->",
        "<bpmn:textAnnotation id='t'><bpmn:text>read me</bpmn:text></bpmn:textAnnotation>",
        "<bpmn:association id='a' sourceRef='work' targetRef='t'/>",
        "<bpmn:group id='g'/>",
        "<bpmn:documentation>what for</bpmn:documentation>",
        messages=(),
    )

    assert engine.check(drawn, registry) == []


def test_an_element_may_stand_in_a_lane_and_in_the_one_around_it(registry: Registry) -> None:
    nested = edited(
        "</bpmn:lane>",
        "<bpmn:childLaneSet id='inner'><bpmn:lane id='desk' duban:role='head'>"
        "<bpmn:flowNodeRef>work</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane>",
    )

    work = passed(nested, registry).nodes["work"]

    assert work.user is not None
    assert work.user.role == "head"


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
