"""What the gate says, in English; a host may word each code in other languages."""

from typing import Final

from engine.diagrams.soundness.messages import SOUNDNESS

MESSAGES: Final = {
    # The file
    "too_large": "The file is larger than %(megabytes)s MB.",
    "not_xml": "The file is not well-formed XML: line %(line)s, column %(column)s.",
    "doctype": "The file has a DOCTYPE. Remove it.",
    "not_bpmn": "The file is not a BPMN diagram.",
    "too_many": "The diagram has %(count)s elements; at most %(most)s are allowed.",
    "nested_deep": "Sub-processes are nested more than %(most)s deep. Call a process instead.",
    "process_missing": "The file has no process.",
    "process_several": "The file has several processes. Give each its own file.",
    "not_executable": "The process is not marked as executable.",
    "pool_several": "A diagram has one pool, and the pool holds the process.",
    # Ids and references
    "id_missing": "The %(element)s has no id.",
    "id_twice": "The id %(id)s is used twice.",
    "id_unfit": "The id %(id)s may only have letters, digits, _ and -, and begins with a letter.",
    "id_reserved": "The id %(id)s is reserved. Choose another.",
    "name_long": "The name has more than %(most)s characters.",
    "reference_dangling": "It refers to %(reference)s, which is not in the diagram.",
    "reference_crossed": (
        "It lists the flow %(reference)s, which joins others. Draw the flow again."
    ),
    "lane_twice": "%(reference)s stands in two lanes: nobody could tell who does it.",
    # Elements that are not run
    "element_unsupported": "%(element)s is not supported.",
    "element_misplaced": "%(element)s does not belong here: nothing would read it.",
    "element_twice": "%(element)s stands here twice: only one would be read.",
    "extension_unsupported": "%(element)s is not known, or not at this place.",
    "attribute_unsupported": "The attribute %(attribute)s is not supported here.",
    "value_unsupported": "%(attribute)s = %(value)s is not supported.",
    "complex_unsupported": "Complex gateways are not supported. Use an inclusive gateway.",
    "race_type_unsupported": (
        "Waiting for all of several events is not supported here. Put the events behind a "
        "parallel gateway."
    ),
    "instantiate_unsupported": (
        "A process does not begin here. Begin it with a start event, without the mark."
    ),
    "task_untyped": "Say what the task is: make it a user task or a service task.",
    "script_unsupported": "Scripts are never run. Use a service task with an operation.",
    "transaction_unsupported": (
        "Transactions are not supported. Use a sub-process with an error event on its boundary."
    ),
    "ad_hoc_unsupported": (
        "Ad-hoc sub-processes are not supported. Draw the order of the tasks in a sub-process."
    ),
    "compensation_unsupported": (
        "Compensation is not supported. Draw the steps that undo the work, behind an error or a "
        "gateway."
    ),
    "cancel_unsupported": (
        "Cancel events belong to transactions, which are not supported. Use an error event, and "
        "catch it on the boundary of a sub-process."
    ),
    "quantity_unsupported": (
        "Quantities of tokens are not supported. Draw a multi-instance task, or a gateway."
    ),
    "behavior_unsupported": (
        "A multi-instance task that throws events by itself is not supported. Throw them inside "
        "a multi-instance sub-process."
    ),
    "correlation_unsupported": (
        "Correlation keys of BPMN are not read. Write duban:correlation at the event."
    ),
    "message_flow_unsupported": (
        "A diagram has one pool, so it has no message flows. Name the message at the events."
    ),
    "data_unsupported": "Data objects are not supported. Data live in the forms.",
    # Events
    "event_unsupported": (
        "%(event)s is not supported here (%(element)s). Use one of: %(allowed)s."
    ),
    "event_missing": "Say what the event waits for: %(allowed)s.",
    "event_several": (
        "An event is about one thing only. Draw one event for each, behind an event-based or a "
        "parallel gateway."
    ),
    "start_event_unsupported": (
        "A process does not start by %(event)s. Draw a plain start; what starts a part of a "
        "running process is an event sub-process."
    ),
    "start_by_itself": (
        "Items are registered by people here: a process does not start by itself. Draw a plain "
        "start, or put the event behind it."
    ),
    "sub_start_event": (
        "A sub-process starts with a plain start when it is reached. Take the event off, or make "
        "it an event sub-process."
    ),
    "interrupting_misplaced": (
        "Only the start of an event sub-process may leave the rest running. Make this start "
        "interrupting."
    ),
    "error_interrupts": (
        "An error always interrupts. Make the event interrupting, or use an escalation."
    ),
    "error_unthrown": (
        "No error comes out of this. Put the event on a sub-process, a call activity or a "
        "service task."
    ),
    "escalation_unthrown": (
        "No escalation comes out of this. Put the event on a sub-process or a call activity."
    ),
    "event_sub_flow": (
        "An event sub-process has no flows: its start event starts it. Take the flows off."
    ),
    "event_sub_boundary": (
        "An event sub-process has no events on its boundary. Put a sub-process with the event "
        "into it."
    ),
    "event_sub_loop": (
        "An event sub-process is not done several times. Put a task with the mark into it."
    ),
    "caught_twice": "Another event here catches the same error or escalation. Draw one of them.",
    "message_missing": "Choose a message that has a name.",
    "signal_missing": "Choose a signal that has a name.",
    "code_missing": "Choose an error or escalation that has a code: somebody is to catch it.",
    "correlation_missing": (
        "Say to whom the message goes: duban:correlation names the key that the receiver waits "
        "with."
    ),
    "condition_unsaid": "Say for which condition the event waits.",
    "timer_incomplete": "A timer needs exactly one date, duration or cycle.",
    "timer_unreadable": "%(timer)s %(reason)s.",
    "due_unknown": "No due date is called %(due)s.",
    "link_unnamed": "A link needs a name: it leads to the link of the same name.",
    "link_lost": "No link called %(link)s is caught in this process or sub-process.",
    "link_unused": "No link called %(link)s leads here.",
    "link_twice": "Several links called %(link)s are caught. A link leads to one place.",
    "link_way_in": "No flow leads to the place where a link comes out. Draw it behind the link.",
    "link_way_out": "No flow leads on from a link. Draw it where the link comes out.",
    "host_missing": "The boundary event is not attached to an activity beside it.",
    "host_unfit": "Boundary events stand on tasks, sub-processes and call activities.",
    "race_few": "An event-based gateway needs two events at least. For one, draw no gateway.",
    "race_target": (
        "Behind an event-based gateway stand only messages, timers, signals, conditions, and "
        "receive tasks without a mark and without events on them."
    ),
    "race_shared": "Another flow leads to an event that this gateway waits for. Draw it twice.",
    "race_mixed": "Draw the messages behind this gateway all as events, or all as receive tasks.",
    # Flows
    "flow_dangling": "The flow does not join two elements of the same process or sub-process.",
    "flow_twice": "Two flows lead to the same element.",
    "start_missing": "There is no start event.",
    "start_several": "There are several start events. Draw one, and a gateway behind it.",
    "end_missing": "There is no end event.",
    "way_in": "No flow may lead here.",
    "way_out": "No flow may lead away from an end.",
    "no_way_out": "No flow leads on from here.",
    "unreachable": "This can never be reached.",
    "no_way_to_end": "No end can be reached from here.",
    "condition_misplaced": (
        "Flows out of events, parallel and event-based gateways have no conditions. Put an "
        "exclusive gateway behind it."
    ),
    "condition_missing": "Each flow but the default needs a condition.",
    "default_missing": "A default flow is needed, for when no condition holds.",
    "default_unknown": "The default flow does not begin here.",
    "default_conditional": "The default flow has a condition.",
    "default_idle": "No flow beside the default has a condition. Take the default mark off.",
    "default_misplaced": ("Only activities, exclusive and inclusive gateways have a default flow."),
    "expression_refused": "%(expression)s %(reason)s.",
    # Loops
    "loop_several": "An activity has one mark only: multi-instance or loop.",
    "several_incomplete": (
        "Say for which list it is done and what its element is named, or how many times."
    ),
    "output_incomplete": "Say in which list the results are kept, and what one result is named.",
    "count_unfit": "%(count)s is not a number of times: 0, 1, 2 …",
    "loop_endless": "Say while which condition it is done again, or how many times at most.",
    "most_unfit": "%(most)s is not a number of times: 1, 2, 3 …",
    # Steps
    "step_missing": "Say which step the task is.",
    "step_unknown": "No step is called %(step)s.",
    "role_unknown": "No role is called %(role)s.",
    "who_unknown": "Nobody is known as %(who)s.",
    "nobody": "Nobody does this task: give its lane a role, or say who does it.",
    "limit_missing": "Say which time limit the task has, or none.",
    "limit_unknown": "No time limit is called %(limit)s.",
    "outcome_missing": "Say how the step %(step)s may end.",
    "outcome_unknown": "The step %(step)s cannot end with %(outcome)s.",
    "outcome_unfit": "The outcome %(outcome)s may only have letters, digits and _.",
    "outcome_twice": "The outcome %(outcome)s is listed twice.",
    "field_unfit": "The field %(field)s may only have letters, digits and _, and not be outcome.",
    "field_twice": "The field %(field)s is listed twice.",
    "field_type_unknown": "The field %(field)s has the unknown type %(type)s.",
    "field_options_missing": "The field %(field)s offers nothing to choose from.",
    "field_options_uneven": "The field %(field)s has not one English word for each choice.",
    "field_condition_unfit": "The condition of the field %(field)s can't be read: it %(reason)s.",
    "field_condition_unknown": (
        "The condition of the field %(field)s asks for %(name)s, which no field before it writes."
    ),
    "field_columns_missing": "The table %(field)s needs columns: at least one, at most %(most)s.",
    "field_columns_misplaced": "Only a table has columns; %(field)s is none.",
    # Operations
    "operation_missing": "Choose an operation.",
    "operation_unknown": "No operation is called %(operation)s.",
    "parameter_missing": "%(operation)s needs %(parameter)s.",
    "parameter_unknown": "%(operation)s knows no %(parameter)s.",
    "parameter_type": "%(parameter)s must be of the type %(type)s.",
    "parameter_twice": "%(parameter)s stands here twice.",
    # Decisions
    "decision_unsaid": "Choose a decision.",
    "decision_unknown": "No decision %(decision)s is deployed.",
    # Calls
    "call_missing": "Choose the process that is called.",
    "call_unknown": "No process %(process)s is deployed.",
    "call_recursive": "%(process)s leads back to this process.",
    "key_unfit": "%(key)s is not a name of data.",
    # Warnings
    "name_missing": "It has no name: people will not know what it is.",
    "merge_implicit": (
        "Several branches of one parallel gateway lead here: it is done once for each. Join them "
        "first if it is to be done once."
    ),
    "definition_unused": "Nothing in the diagram refers to this %(element)s.",
    # Whether it comes to an end
    **SOUNDNESS,
}
