// What may be drawn where: the gate's own list, as the page tells it.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { page } from "../page.js";

const { elements, events, hosts, interrupting } = page.runs;

/** "bpmn:TimerEventDefinition" as the gate calls it: "timer". */
const subject = (type) =>
  type ? type.replace("bpmn:", "").replace("EventDefinition", "").toLowerCase() : "none";
const named = (type) => type.replace("bpmn:", "").replace(/^./, (first) => first.toLowerCase());

/** At which of the gate's positions an event of this type stands. */
function positionOf(type, scope) {
  if (type !== "bpmn:StartEvent" || !is(scope, "bpmn:SubProcess")) return named(type);
  return scope.triggeredByEvent ? "eventSubProcess" : "subProcess";
}

function eventRuns(target, { scope, host }) {
  const about = subject(target.eventDefinitionType);
  if (!events[positionOf(target.type, scope)]?.includes(about)) return false;
  if (target.type === "bpmn:BoundaryEvent" && host && !hosts[about].includes(host)) return false;
  const beside = target.isInterrupting === false || target.cancelActivity === false;
  return !(beside && interrupting.includes(about));
}

/** Whether the gate lets in a `target` as bpmn-js's menus describe one, at the element's place. */
export function runs(target, element) {
  const owner = element.businessObject;
  const host = element.host ? named(element.host.type) : undefined;
  if (/Event$/.test(target.type)) return eventRuns(target, { scope: owner.$parent, host });
  return elements.includes(named(target.type));
}

/** Whether an event of an element may be switched between interrupting and not. */
export function mayGoOnBeside(element) {
  const [about] = element.businessObject.get("eventDefinitions");
  return !interrupting.includes(subject(about?.$type));
}
