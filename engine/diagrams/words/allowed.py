"""The allow-list: the elements and attributes that a diagram may use, and where they stand."""

from typing import Final

from engine.diagrams.model import ACTIVITIES, Kind

BASE: Final = frozenset({"id", "name"})
LONE: Final = frozenset({"id"})
ACTIVITY: Final = BASE | {"default", "startQuantity", "completionQuantity", "isForCompensation"}
GATEWAY: Final = BASE | {"gatewayDirection"}
ATTRIBUTES: Final[dict[str, frozenset[str]]] = {
    "process": BASE | {"isExecutable", "isClosed", "processType"},
    "startEvent": BASE | {"isInterrupting", "parallelMultiple"},
    "endEvent": BASE,
    "boundaryEvent": BASE | {"attachedToRef", "cancelActivity", "parallelMultiple"},
    "intermediateCatchEvent": BASE | {"parallelMultiple"},
    "intermediateThrowEvent": BASE,
    "userTask": ACTIVITY | {"implementation"},
    "serviceTask": ACTIVITY | {"implementation"},
    "businessRuleTask": ACTIVITY | {"implementation"},
    "sendTask": ACTIVITY | {"implementation", "messageRef"},
    "receiveTask": ACTIVITY | {"implementation", "messageRef", "instantiate"},
    "callActivity": ACTIVITY | {"calledElement"},
    "subProcess": ACTIVITY | {"triggeredByEvent"},
    "exclusiveGateway": GATEWAY | {"default"},
    "inclusiveGateway": GATEWAY | {"default"},
    "parallelGateway": GATEWAY,
    "eventBasedGateway": GATEWAY | {"instantiate", "eventGatewayType"},
    "sequenceFlow": BASE | {"sourceRef", "targetRef", "isImmediate"},
    "conditionExpression": LONE,
    "eventDefinitionRef": frozenset(),
    "messageEventDefinition": LONE | {"messageRef"},
    "signalEventDefinition": LONE | {"signalRef"},
    "errorEventDefinition": LONE | {"errorRef"},
    "escalationEventDefinition": LONE | {"escalationRef"},
    "conditionalEventDefinition": LONE,
    "condition": LONE,
    "linkEventDefinition": BASE,
    "terminateEventDefinition": LONE,
    "timerEventDefinition": LONE,
    "timeDate": LONE,
    "timeDuration": LONE,
    "timeCycle": LONE,
    "multiInstanceLoopCharacteristics": LONE | {"isSequential", "behavior"},
    "loopCardinality": LONE,
    "completionCondition": LONE,
    "standardLoopCharacteristics": LONE | {"testBefore", "loopMaximum"},
    "loopCondition": LONE,
}
"""The attributes of the elements that run; those of all others say nothing to the engine."""
INERT: Final = frozenset(
    {
        "definitions",
        "collaboration",
        "participant",
        "laneSet",
        "childLaneSet",
        "lane",
        "flowNodeRef",
        "incoming",
        "outgoing",
        "extensionElements",
        "documentation",
        "message",
        "signal",
        "error",
        "escalation",
        "loopDataInputRef",
        "loopDataOutputRef",
        "inputDataItem",
        "outputDataItem",
        "textAnnotation",
        "text",
        "association",
        "group",
        "category",
        "categoryValue",
    }
)

BOOLEANS: Final = frozenset(
    {"cancelActivity", "isInterrupting", "triggeredByEvent", "isSequential", "testBefore"}
)
ONLY: Final = {
    "startQuantity": ("1", "quantity_unsupported"),
    "completionQuantity": ("1", "quantity_unsupported"),
    "isForCompensation": ("false", "compensation_unsupported"),
    "parallelMultiple": ("false", "event_several"),
    "behavior": ("All", "behavior_unsupported"),
    "isImmediate": ("true", "value_unsupported"),
    "instantiate": ("false", "instantiate_unsupported"),
    "eventGatewayType": ("Exclusive", "race_type_unsupported"),
}
"""Attributes that may be written, but only with the value that they have anyway."""

SCOPES: Final = frozenset({"process", "subProcess"})
EVENTS: Final = frozenset(
    {
        "startEvent",
        "endEvent",
        "boundaryEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
    }
)
DEFINITIONS: Final = frozenset(name for name in ATTRIBUTES if name.endswith("EventDefinition"))
TIMER: Final = frozenset({"timerEventDefinition"})
SEVERAL: Final = frozenset({"multiInstanceLoopCharacteristics"})
LOOPED: Final = frozenset(kind.value for kind in ACTIVITIES)
PLACES: Final[dict[str, frozenset[str]]] = {
    **{kind.value: SCOPES for kind in Kind},
    **dict.fromkeys(DEFINITIONS, EVENTS | {"definitions"}),
    **dict.fromkeys(("timeDate", "timeDuration", "timeCycle"), TIMER),
    **dict.fromkeys(("message", "signal", "error", "escalation"), frozenset({"definitions"})),
    **dict.fromkeys(
        (
            "loopCardinality",
            "completionCondition",
            "loopDataInputRef",
            "loopDataOutputRef",
            "inputDataItem",
            "outputDataItem",
        ),
        SEVERAL,
    ),
    "sequenceFlow": SCOPES,
    "process": frozenset({"definitions"}),
    "collaboration": frozenset({"definitions"}),
    "participant": frozenset({"collaboration"}),
    "laneSet": SCOPES,
    "lane": frozenset({"laneSet", "childLaneSet"}),
    "childLaneSet": frozenset({"lane"}),
    "flowNodeRef": frozenset({"lane"}),
    "conditionExpression": frozenset({"sequenceFlow"}),
    "eventDefinitionRef": EVENTS,
    "condition": frozenset({"conditionalEventDefinition"}),
    "multiInstanceLoopCharacteristics": LOOPED,
    "standardLoopCharacteristics": LOOPED,
    "loopCondition": frozenset({"standardLoopCharacteristics"}),
}
"""In what an element may stand; elsewhere nobody would read it."""
ONCE: Final = frozenset(
    {
        "extensionElements",
        "conditionExpression",
        "condition",
        "loopCondition",
        *(name for name, parents in PLACES.items() if parents is SEVERAL),
    }
)
"""What an element has once at most: only the first would be read."""

HINTED: Final = {
    "complexGateway": "complex_unsupported",
    "task": "task_untyped",
    "manualTask": "task_untyped",
    "scriptTask": "script_unsupported",
    "transaction": "transaction_unsupported",
    "adHocSubProcess": "ad_hoc_unsupported",
    "messageFlow": "message_flow_unsupported",
    "correlationKey": "correlation_unsupported",
    "correlationProperty": "correlation_unsupported",
    "correlationSubscription": "correlation_unsupported",
    "complexBehaviorDefinition": "behavior_unsupported",
    **dict.fromkeys(
        (
            "dataInputAssociation",
            "dataOutputAssociation",
            "ioSpecification",
            "dataInput",
            "dataOutput",
            "dataObject",
            "dataObjectReference",
            "dataStore",
            "dataStoreReference",
            "property",
        ),
        "data_unsupported",
    ),
}
"""Why some of the other elements aren't run, and what to draw instead."""
