"""What the gate refuses about a diagram, in the reader's language and by the element's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from engine import Problem

MEGABYTE = 1_000_000
WORDS: Mapping[str, LazyString] = {
    "too_large": _l("The file has %(size)s bytes; at most %(most)s are read."),
    "not_xml": _l("The file is not well-formed XML: %(reason)s"),
    "doctype": _l("The file has a DOCTYPE. Remove it."),
    "not_bpmn": _l("The file is not a BPMN diagram."),
    "too_many": _l("The diagram has %(count)s elements; at most %(most)s are allowed."),
    "process_missing": _l("The file has no process."),
    "process_several": _l("The file has several processes. Give each its own file."),
    "not_executable": _l("The process is not marked as executable."),
    "pool_several": _l("A diagram has one pool, and the pool holds the process."),
    "id_missing": _l("The %(element)s has no id."),
    "id_twice": _l("The id %(id)s is used twice."),
    "id_unfit": _l(
        "The id %(id)s may only have letters, digits, _ and -, and begins with a letter."
    ),
    "id_reserved": _l("The id %(id)s is reserved. Choose another."),
    "name_long": _l("The name has more than %(most)s characters."),
    "reference_dangling": _l("It refers to %(reference)s, which is not in the diagram."),
    "element_unsupported": _l("%(element)s is not supported."),
    "extension_unsupported": _l("%(element)s is not known, or not at this place."),
    "attribute_unsupported": _l("The attribute %(attribute)s is not supported here."),
    "value_unsupported": _l("%(attribute)s = %(value)s is not supported."),
    "parallel_unsupported": _l(
        "Parallel gateways are not supported yet. Draw the steps one after the other, or call "
        "a process for several units."
    ),
    "inclusive_unsupported": _l(
        "Inclusive gateways are not supported yet. Use exclusive gateways."
    ),
    "complex_unsupported": _l("Complex gateways are not supported. Use exclusive gateways."),
    "event_gateway_unsupported": _l(
        "Event-based gateways are not supported yet. Put boundary events on a user task."
    ),
    "task_untyped": _l("Say what the task is: make it a user task or a service task."),
    "script_unsupported": _l("Scripts are never run. Use a service task with an operation."),
    "decision_unsupported": _l("Decision tables are not supported yet. Use an exclusive gateway."),
    "send_unsupported": _l("Send tasks are not supported. Use a service task with an operation."),
    "receive_unsupported": _l("Receive tasks are not supported. Put a message on a boundary."),
    "transaction_unsupported": _l("Transactions are not supported. Use a sub-process."),
    "ad_hoc_unsupported": _l("Draw the order of the tasks."),
    "throw_unsupported": _l("Throwing events are not supported. Use a service task."),
    "loop_unsupported": _l("Draw the loop with an exclusive gateway that leads back."),
    "message_flow_unsupported": _l("A diagram has one pool, so it has no message flows."),
    "data_unsupported": _l("Data objects are not supported. Data live in the forms."),
    "event_unsupported": _l("%(event)s is not supported at a %(element)s."),
    "event_missing": _l("Say what the event waits for: a timer or a message."),
    "event_several": _l("An event waits for one thing only."),
    "message_missing": _l("Choose a message that has a name."),
    "timer_incomplete": _l("A timer needs exactly one date, duration or cycle."),
    "timer_unreadable": _l("%(timer)s %(reason)s."),
    "due_unknown": _l("No due date is called %(due)s."),
    "host_missing": _l("The boundary event is not attached to an activity beside it."),
    "host_unfit": _l("Boundary events stand on user tasks, sub-processes and call activities."),
    "flow_dangling": _l("The flow does not join two elements of the same process or sub-process."),
    "flow_twice": _l("Two flows lead to the same element."),
    "start_missing": _l("There is no start event."),
    "start_several": _l("There are several start events."),
    "end_missing": _l("There is no end event."),
    "way_in": _l("No flow may lead here."),
    "way_out": _l("No flow may lead away from an end."),
    "no_way_out": _l("No flow leads on from here."),
    "unreachable": _l("This can never be reached."),
    "no_way_to_end": _l("No end can be reached from here."),
    "several_out": _l("Several flows lead on from here. Put a gateway behind it."),
    "condition_misplaced": _l("Only flows out of an exclusive gateway have conditions."),
    "condition_missing": _l("Each flow but the default needs a condition."),
    "default_missing": _l("The gateway needs a default flow, for when no condition holds."),
    "default_unknown": _l("The default flow does not begin here."),
    "default_conditional": _l("The default flow has a condition."),
    "default_misplaced": _l("Only exclusive gateways have a default flow."),
    "expression_refused": _l("%(expression)s %(reason)s."),
    "step_missing": _l("Say which step the task is."),
    "step_unknown": _l("No step is called %(step)s."),
    "role_unknown": _l("No role is called %(role)s."),
    "who_unknown": _l("Nobody is known as %(who)s."),
    "nobody": _l("Nobody does this task: give its lane a role, or say who does it."),
    "limit_missing": _l("Say which time limit the task has, or none."),
    "limit_unknown": _l("No time limit is called %(limit)s."),
    "outcome_missing": _l("Say how the step %(step)s may end."),
    "outcome_unknown": _l("The step %(step)s cannot end with %(outcome)s."),
    "outcome_unfit": _l("The outcome %(outcome)s may only have letters, digits and _."),
    "outcome_twice": _l("The outcome %(outcome)s is listed twice."),
    "field_unfit": _l(
        "The field %(field)s may only have letters, digits and _, and not be outcome."
    ),
    "field_twice": _l("The field %(field)s is listed twice."),
    "field_type_unknown": _l("The field %(field)s has the unknown type %(type)s."),
    "field_options_missing": _l("The field %(field)s offers nothing to choose from."),
    "operation_missing": _l("Choose an operation."),
    "operation_unknown": _l("No operation is called %(operation)s."),
    "parameter_missing": _l("%(operation)s needs %(parameter)s."),
    "parameter_unknown": _l("%(operation)s knows no %(parameter)s."),
    "parameter_type": _l("%(parameter)s must be of the type %(type)s."),
    "call_missing": _l("Choose the process that is called."),
    "call_unknown": _l("No process %(process)s is deployed."),
    "call_recursive": _l("%(process)s leads back to this process."),
    "several_incomplete": _l("Say for which list it is called, and what its element is named."),
    "several_misplaced": _l("Only call activities are done several times."),
    "key_unfit": _l("%(key)s is not a name of data."),
}
"""The engine's own messages by their codes, so that the catalogues know them."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One reason why a diagram is refused: where, and why."""

    code: str
    element_id: str | None
    element_name: str | None
    facts: Mapping[str, Any]
    words: str

    @property
    def place(self) -> str:
        """Return the element's name as a person would look for it."""
        return self.element_name or self.element_id or _("The whole diagram")


def flaws(problems: Sequence[Problem]) -> list[Flaw]:
    """Word every problem of a diagram."""
    return [
        Flaw(each.code, each.element_id, each.element_name, each.facts, words_of(each))
        for each in problems
    ]


def words_of(problem: Problem) -> str:
    """Return why the gate refuses it, in the reader's language."""
    if problem.code == "too_large":
        most = f"{problem.facts['most'] / MEGABYTE:g}"
        return _("The file is larger than %(megabytes)s MB.", megabytes=most)
    return str(WORDS[problem.code]) % problem.facts
