/** @jsxImportSource @bpmn-io/properties-panel/preact */
// When a way is taken: a condition, or the way that is taken when no other is.
import { Condition } from "../condition.jsx";
import { usePanel } from "../context.js";
import { eventDefinitionOf, is, isAny } from "../diagram.js";
import { Section, Tick } from "../fields.jsx";

const ASKING = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:Activity"];

export const about = ({ businessObject }) =>
  (is(businessObject, "bpmn:SequenceFlow") && isAny(businessObject.sourceRef, ASKING)) ||
  isConditional(businessObject);

const isConditional = (businessObject) =>
  is(businessObject, "bpmn:Event") &&
  is(eventDefinitionOf(businessObject) ?? businessObject, "bpmn:ConditionalEventDefinition");

export function Group() {
  const { businessObject } = usePanel();
  return is(businessObject, "bpmn:SequenceFlow") ? <OfAWay /> : <OfAnEvent />;
}

function OfAWay() {
  const { businessObject, editing, element, get, say } = usePanel();
  const source = businessObject.sourceRef;
  const isDefault = source.default === businessObject;
  const text = businessObject.conditionExpression?.body ?? "";
  const toggle = (on) =>
    editing.together(() => {
      if (on) editing.set(element, { conditionExpression: undefined });
      editing.set(get("elementRegistry").get(source.id), {
        default: on ? businessObject : undefined,
      });
    });
  return (
    <Section title={say("when_taken")}>
      <Tick label={say("default_way")} checked={isDefault} onWrite={toggle} />
      {isDefault ? (
        <p class="under weak">{say("default_help")}</p>
      ) : (
        <Condition
          text={text}
          onWrite={(value) =>
            editing.set(element, { conditionExpression: editing.expression(value, businessObject) })
          }
        />
      )}
    </Section>
  );
}

function OfAnEvent() {
  const { businessObject, editing, element, say } = usePanel();
  const definition = eventDefinitionOf(businessObject);
  return (
    <Section title={say("happens_when")}>
      <Condition
        text={definition.condition?.body ?? ""}
        onWrite={(value) =>
          editing.setIn(element, definition, { condition: editing.expression(value, definition) })
        }
      />
    </Section>
  );
}
