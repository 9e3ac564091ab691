// What kind of thing an element is: the name of its word in the catalogue.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { eventDefinitionOf } from "./diagram.js";

/** Such as `kind.UserTask`, or `kind.TimerEvent` for an event that is about something. */
export function kindOf(businessObject) {
  const definition = is(businessObject, "bpmn:Event") && eventDefinitionOf(businessObject);
  if (definition) return `kind.${local(definition).replace("EventDefinition", "Event")}`;
  if (is(businessObject, "bpmn:SubProcess") && businessObject.triggeredByEvent) {
    return "kind.EventSubProcess";
  }
  if (is(businessObject, "bpmn:Collaboration") || is(businessObject, "bpmn:Participant")) {
    return "kind.Process";
  }
  return `kind.${local(businessObject)}`;
}

const local = (element) => element.$type.replace("bpmn:", "");
