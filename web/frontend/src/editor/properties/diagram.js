// What the panel has to know of a diagram: names, ways, scopes, and the data that flow in it.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { extensionsOf } from "./editing.js";
import { everythingIn } from "./scopes.js";

export { is, isAny };

/** The businessObject whose names and notes a shape shows: a pool stands for its process. */
export function spoken(businessObject) {
  if (is(businessObject, "bpmn:Participant")) return businessObject.processRef ?? businessObject;
  if (!is(businessObject, "bpmn:Collaboration")) return businessObject;
  return businessObject.participants?.[0]?.processRef ?? businessObject;
}

/** The process in which something stands. */
function processOf(businessObject) {
  let found = spoken(businessObject);
  while (found && !is(found, "bpmn:Process")) found = found.$parent;
  return found;
}

/** What an element is called in the reader's language. */
export function nameOf(businessObject, language) {
  const english = businessObject.get("duban:name_en");
  const name = businessObject.name;
  return (language === "en" ? english || name : name || english) || "";
}

/** The lane in which an element stands: its own, or that of the sub-process around it. */
export function laneOf(businessObject) {
  for (let found = businessObject; found; found = found.$parent) {
    if (!found.$parent?.laneSets) continue;
    const lanes = found.$parent.laneSets.flatMap((set) => [...lanesIn(set)]);
    const lane = lanes.filter((each) => each.flowNodeRef?.includes(found)).pop();
    if (lane) return lane;
  }
  return null;
}

function* lanesIn(laneSet) {
  for (const lane of laneSet.lanes ?? []) {
    yield lane;
    if (lane.childLaneSet) yield* lanesIn(lane.childLaneSet);
  }
}

/** The events on the boundary of an element. */
export function boundaryEventsOf(businessObject) {
  const siblings = businessObject.$parent?.flowElements ?? [];
  return siblings.filter(
    (each) => is(each, "bpmn:BoundaryEvent") && each.attachedToRef === businessObject,
  );
}

export const eventDefinitionOf = (businessObject) => businessObject.eventDefinitions?.[0];

/** The name of the message that an event or task is about. */
export function messageOf(businessObject) {
  const definition = eventDefinitionOf(businessObject) ?? businessObject;
  return definition.messageRef?.name;
}

/** The nearest user tasks before an element, whose outcome it can ask for. */
function stepsBefore(businessObject) {
  return nearest([businessObject], (each) => (each.incoming ?? []).map((flow) => flow.sourceRef));
}

/** The user tasks to which an element leads at once, through nothing but gateways. */
export function stepsBehind(businessObject) {
  const onward = (each) => (each.outgoing ?? []).map((flow) => flow.targetRef);
  const begins = (each) => each === businessObject || is(each, "bpmn:Gateway");
  return nearest([businessObject], (each) => (begins(each) ? onward(each) : []));
}

function nearest(begin, step) {
  const found = [];
  const seen = new Set(begin);
  let row = begin.flatMap(step);
  while (row.length) {
    const next = [];
    for (const each of row) {
      if (!each || seen.has(each)) continue;
      seen.add(each);
      if (is(each, "bpmn:UserTask")) found.push(each);
      else next.push(...step(each));
    }
    row = next;
  }
  return found;
}

/** The user tasks whose outcome a condition on a flow, or of an element, sees. */
export function askedBy(businessObject) {
  const source = is(businessObject, "bpmn:SequenceFlow")
    ? businessObject.sourceRef
    : businessObject;
  return is(source, "bpmn:UserTask") ? [source] : stepsBefore(source);
}

const UNIT = "assignment";

/** Whether a unit's part is being handled here: by whoever calls this process, or in a round. */
export function isOfAPart(businessObject, catalogue) {
  const process = processOf(businessObject);
  if (catalogue.processes.find(({ id }) => id === process?.id)?.given.includes(UNIT)) return true;
  for (let each = businessObject; is(each, "bpmn:Activity"); each = each.$parent) {
    if (each.loopCharacteristics?.inputDataItem?.name === UNIT) return true;
  }
  return false;
}

const FIELD_TYPES = { number: "float", yes_no: "bool" };

/** The data of a diagram: what the catalogue knows, and what this process itself writes. */
export function dataOf(businessObject, catalogue, language) {
  const known = new Map(catalogue.data.map((datum) => [datum.name, datum]));
  const add = (name, rest) => {
    if (name && !known.has(name)) known.set(name, { name, label: name, type: "str", ...rest });
  };
  const process = processOf(businessObject);
  const given = catalogue.processes.find(({ id }) => id === process?.id)?.given ?? [];
  for (const name of given) add(name, {});
  for (const each of process ? everythingIn(process) : []) {
    for (const field of extensionsOf(each, "duban:Field"))
      add(field.key, aboutField(field, language));
    for (const out of extensionsOf(each, "duban:Out")) add(out.target, {});
    for (const name of listed(each.get("duban:take"))) add(name, {});
    for (const name of listed(each.get("duban:pass"))) add(name, {});
    if (is(each, "bpmn:BusinessRuleTask")) add(each.get("duban:writes"), {});
    const loop = each.loopCharacteristics;
    if (loop?.loopDataOutputRef) add(refName(loop.loopDataOutputRef), aboutResults(each, language));
    if (loop?.inputDataItem) add(loop.inputDataItem.name, {});
  }
  return [...known.values()];
}

function aboutField(field, language) {
  const options = (field.options ?? "").split("|").map((each) => each.trim());
  return {
    label: (language === "en" && field.label_en) || field.label || field.key,
    type: FIELD_TYPES[field.type] ?? "str",
    values: options.filter(Boolean).map((name) => ({ name, label: name })),
  };
}

/** A list of results holds what each round wrote: with a step, one of its outcomes. */
function aboutResults(businessObject, language) {
  return { type: "list", values: outcomesOf(businessObject, language) };
}

/** The outcomes of a user task, as values with labels. */
export function outcomesOf(businessObject, language) {
  return extensionsOf(businessObject, "duban:Outcome").map((outcome) => ({
    name: outcome.value,
    label: (language === "en" && outcome.label_en) || outcome.label || outcome.value,
  }));
}

/** The names in an attribute that lists them. */
export const listed = (text) => (text ?? "").split(/[\s,]+/).filter(Boolean);

/** The name of the data that a loop refers to: bpmn-moddle keeps a plain text or a stub. */
export const refName = (reference) => reference?.id ?? reference ?? "";
