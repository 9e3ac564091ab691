"""The words of the gate by their codes, so that the catalogues know them."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WORDS: Mapping[str, LazyString] = {
    "too_large": _l("The file is larger than %(megabytes)s MB."),
    "not_xml": _l("The file is not well-formed XML: line %(line)s, column %(column)s."),
    "doctype": _l("The file has a DOCTYPE. Remove it."),
    "not_bpmn": _l("The file is not a BPMN diagram."),
    "too_many": _l("The diagram has %(count)s elements; at most %(most)s are allowed."),
    "nested_deep": _l("Sub-processes are nested more than %(most)s deep. Call a process instead."),
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
    "reference_crossed": _l(
        "It lists the flow %(reference)s, which joins others. Draw the flow again."
    ),
    "lane_twice": _l("%(reference)s stands in two lanes: nobody could tell who does it."),
    "element_unsupported": _l("%(element)s is not supported."),
    "element_misplaced": _l("%(element)s does not belong here: nothing would read it."),
    "element_twice": _l("%(element)s stands here twice: only one would be read."),
    "extension_unsupported": _l("%(element)s is not known, or not at this place."),
    "attribute_unsupported": _l("The attribute %(attribute)s is not supported here."),
    "value_unsupported": _l("%(attribute)s = %(value)s is not supported."),
    "complex_unsupported": _l("Complex gateways are not supported. Use an inclusive gateway."),
    "race_type_unsupported": _l(
        "Waiting for all of several events is not supported here. Put the events behind a "
        "parallel gateway."
    ),
    "instantiate_unsupported": _l(
        "A process does not begin here. Begin it with a start event, without the mark."
    ),
    "task_untyped": _l("Say what the task is: make it a user task or a service task."),
    "script_unsupported": _l("Scripts are never run. Use a service task with an operation."),
    "transaction_unsupported": _l(
        "Transactions are not supported. Use a sub-process with an error event on its boundary."
    ),
    "ad_hoc_unsupported": _l(
        "Ad-hoc sub-processes are not supported. Draw the order of the tasks in a sub-process."
    ),
    "compensation_unsupported": _l(
        "Compensation is not supported. Draw the steps that undo the work, behind an error or a "
        "gateway."
    ),
    "cancel_unsupported": _l(
        "Cancel events belong to transactions, which are not supported. Use an error event, and "
        "catch it on the boundary of a sub-process."
    ),
    "quantity_unsupported": _l(
        "Quantities of tokens are not supported. Draw a multi-instance task, or a gateway."
    ),
    "behavior_unsupported": _l(
        "A multi-instance task that throws events by itself is not supported. Throw them inside a "
        "multi-instance sub-process."
    ),
    "correlation_unsupported": _l(
        "Correlation keys of BPMN are not read. Write duban:correlation at the event."
    ),
    "message_flow_unsupported": _l(
        "A diagram has one pool, so it has no message flows. Name the message at the events."
    ),
    "data_unsupported": _l("Data objects are not supported. Data live in the forms."),
    "event_unsupported": _l(
        "%(event)s is not supported here (%(element)s). Use one of: %(allowed)s."
    ),
    "event_missing": _l("Say what the event waits for: %(allowed)s."),
    "event_several": _l(
        "An event is about one thing only. Draw one event for each, behind an event-based or a "
        "parallel gateway."
    ),
    "start_event_unsupported": _l(
        "A process does not start by %(event)s. Draw a plain start; what starts a part of a "
        "running process is an event sub-process."
    ),
    "start_by_itself": _l(
        "Items are registered by people here: a process does not start by itself. Draw a plain "
        "start, or put the event behind it."
    ),
    "sub_start_event": _l(
        "A sub-process starts with a plain start when it is reached. Take the event off, or make "
        "it an event sub-process."
    ),
    "interrupting_misplaced": _l(
        "Only the start of an event sub-process may leave the rest running. Make this start "
        "interrupting."
    ),
    "error_interrupts": _l(
        "An error always interrupts. Make the event interrupting, or use an escalation."
    ),
    "error_unthrown": _l(
        "No error comes out of this. Put the event on a sub-process, a call activity or a "
        "service task."
    ),
    "escalation_unthrown": _l(
        "No escalation comes out of this. Put the event on a sub-process or a call activity."
    ),
    "event_sub_flow": _l(
        "An event sub-process has no flows: its start event starts it. Take the flows off."
    ),
    "event_sub_boundary": _l(
        "An event sub-process has no events on its boundary. Put a sub-process with the event "
        "into it."
    ),
    "event_sub_loop": _l(
        "An event sub-process is not done several times. Put a task with the mark into it."
    ),
    "caught_twice": _l(
        "Another event here catches the same error or escalation. Draw one of them."
    ),
    "message_missing": _l("Choose a message that has a name."),
    "signal_missing": _l("Choose a signal that has a name."),
    "code_missing": _l("Choose an error or escalation that has a code: somebody is to catch it."),
    "correlation_missing": _l(
        "Say to whom the message goes: duban:correlation names the key that the receiver waits "
        "with."
    ),
    "condition_unsaid": _l("Say for which condition the event waits."),
    "timer_incomplete": _l("A timer needs exactly one date, duration or cycle."),
    "timer_unreadable": _l("%(timer)s %(reason)s."),
    "due_unknown": _l("No due date is called %(due)s."),
    "link_unnamed": _l("A link needs a name: it leads to the link of the same name."),
    "link_lost": _l("No link called %(link)s is caught in this process or sub-process."),
    "link_unused": _l("No link called %(link)s leads here."),
    "link_twice": _l("Several links called %(link)s are caught. A link leads to one place."),
    "link_way_in": _l(
        "No flow leads to the place where a link comes out. Draw it behind the link."
    ),
    "link_way_out": _l("No flow leads on from a link. Draw it where the link comes out."),
    "host_missing": _l("The boundary event is not attached to an activity beside it."),
    "host_unfit": _l("Boundary events stand on tasks, sub-processes and call activities."),
    "race_few": _l("An event-based gateway needs two events at least. For one, draw no gateway."),
    "race_target": _l(
        "Behind an event-based gateway stand only messages, timers, signals, conditions, and "
        "receive tasks without a mark and without events on them."
    ),
    "race_shared": _l("Another flow leads to an event that this gateway waits for. Draw it twice."),
    "race_mixed": _l(
        "Draw the messages behind this gateway all as events, or all as receive tasks."
    ),
    "flow_dangling": _l("The flow does not join two elements of the same process or sub-process."),
    "flow_twice": _l("Two flows lead to the same element."),
    "start_missing": _l("There is no start event."),
    "start_several": _l("There are several start events. Draw one, and a gateway behind it."),
    "end_missing": _l("There is no end event."),
    "way_in": _l("No flow may lead here."),
    "way_out": _l("No flow may lead away from an end."),
    "no_way_out": _l("No flow leads on from here."),
    "unreachable": _l("This can never be reached."),
    "no_way_to_end": _l("No end can be reached from here."),
    "condition_misplaced": _l(
        "Flows out of events, parallel and event-based gateways have no conditions. Put an "
        "exclusive gateway behind it."
    ),
    "condition_missing": _l("Each flow but the default needs a condition."),
    "default_missing": _l("A default flow is needed, for when no condition holds."),
    "default_unknown": _l("The default flow does not begin here."),
    "default_conditional": _l("The default flow has a condition."),
    "default_idle": _l("No flow beside the default has a condition. Take the default mark off."),
    "default_misplaced": _l(
        "Only activities, exclusive and inclusive gateways have a default flow."
    ),
    "expression_refused": _l("%(expression)s %(reason)s."),
    "loop_several": _l("An activity has one mark only: multi-instance or loop."),
    "several_incomplete": _l(
        "Say for which list it is done and what its element is named, or how many times."
    ),
    "output_incomplete": _l(
        "Say in which list the results are kept, and what one result is named."
    ),
    "count_unfit": _l("%(count)s is not a number of times: 0, 1, 2 …"),
    "loop_endless": _l("Say while which condition it is done again, or how many times at most."),
    "most_unfit": _l("%(most)s is not a number of times: 1, 2, 3 …"),
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
    "field_options_uneven": _l("The field %(field)s has not one English word for each choice."),
    "field_condition_unfit": _l(
        "The condition of the field %(field)s can't be read: it %(reason)s."
    ),
    "field_condition_unknown": _l(
        "The condition of the field %(field)s asks for %(name)s, which no field before it writes."
    ),
    "field_columns_missing": _l(
        "The table %(field)s needs columns: at least one, at most %(most)s."
    ),
    "field_columns_misplaced": _l("Only a table has columns; %(field)s is none."),
    "operation_missing": _l("Choose an operation."),
    "operation_unknown": _l("No operation is called %(operation)s."),
    "parameter_missing": _l("%(operation)s needs %(parameter)s."),
    "parameter_unknown": _l("%(operation)s knows no %(parameter)s."),
    "parameter_type": _l("%(parameter)s must be of the type %(type)s."),
    "parameter_twice": _l("%(parameter)s stands here twice."),
    "decision_unsaid": _l("Choose a decision."),
    "decision_unknown": _l("No decision %(decision)s is deployed."),
    "call_missing": _l("Choose the process that is called."),
    "call_unknown": _l("No process %(process)s is deployed."),
    "call_recursive": _l("%(process)s leads back to this process."),
    "key_unfit": _l("%(key)s is not a name of data."),
    "name_missing": _l("It has no name: people will not know what it is."),
    "merge_implicit": _l(
        "Several branches of one parallel gateway lead here: it is done once for each. Join them "
        "first if it is to be done once."
    ),
    "definition_unused": _l("Nothing in the diagram refers to this %(element)s."),
    "deadlock": _l(
        "A token waits here for ever: nothing comes from %(missing)s any more. It comes to "
        "this so: %(path)s. Join by a parallel gateway only what a parallel gateway has split."
    ),
    "left_behind": _l(
        "A token stays behind here for ever, though other branches have ended: nothing comes "
        "from %(missing)s any more. It comes to this so: %(path)s. Let each branch come here "
        "just once, and lead none past it."
    ),
    "token_lost": _l(
        "The last token is lost in here before it reaches an end. It comes to this so: "
        "%(path)s. Draw a way on that is always taken."
    ),
    "endless": _l(
        "From here no end is reached, whatever happens. It comes to this so: %(path)s. Draw a "
        "way out."
    ),
    "livelock": _l(
        "This goes round without ever waiting: %(round)s. It comes to this so: %(path)s. Put a "
        "task or an event into the circle."
    ),
    "livelock_possible": _l(
        "This goes round without ever waiting, as long as its decisions say so: %(round)s. It "
        "comes to this so: %(path)s. Put a task or an event into the circle."
    ),
    "grows": _l(
        "Branches come here again and again without end: %(path)s. Join them before the flow "
        "leads back."
    ),
    "too_complex": _l(
        "The diagram is too complex to be checked. Move parts of it into processes of their "
        "own, and call them."
    ),
    "cuts_off": _l(
        "When this end is reached, what still goes on is cut off: %(others)s. It comes to this "
        "so: %(path)s. Draw a plain end if that is to be done first."
    ),
    "done_several": _l(
        "Several branches come here without being joined: it is done once for each. It comes "
        "to this so: %(path)s. Join them first if it is to be done once."
    ),
    "soundness_capped": _l(
        "Only the first %(count)s states of the process were looked at for dead ends. Those "
        "further on were not."
    ),
}

TERMS: Mapping[str, LazyString] = {
    "startEvent": _l("start event"),
    "endEvent": _l("end event"),
    "boundaryEvent": _l("boundary event"),
    "intermediateCatchEvent": _l("catching event"),
    "intermediateThrowEvent": _l("throwing event"),
    "eventSubProcess": _l("start of an event sub-process"),
    "task": _l("task"),
    "message": _l("message"),
    "timer": _l("timer"),
    "signal": _l("signal"),
    "conditional": _l("condition"),
    "error": _l("error"),
    "escalation": _l("escalation"),
    "link": _l("link"),
    "terminate": _l("terminate"),
}
"""What BPMN calls the parts of a diagram, and what people do."""
