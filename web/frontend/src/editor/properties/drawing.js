// What the panel draws itself: timers with what they do, the head's signature, taking back.
import { boundaryEventsOf, messageOf } from "./diagram.js";

const FOREVER = "P3650D";

/** What a timer of each kind is called, when it comes, and what it does. */
const TIMERS = {
  warning: { cycle: `R/due.warning/${FOREVER}`, does: "remind" },
  second_warning: { cycle: `R/due.second_warning/${FOREVER}`, does: "remind" },
  overdue: { cycle: "R/due.overdue/P1D", calls: "escalation", passes: "assignment" },
};
const GAP = 50;

/** Put a timer on the chosen activity, with what it does and an end: none of it ends the step. */
export function addTimer(panel, due) {
  const { catalogue, editing, element } = panel;
  const { cycle, does, calls, passes } = TIMERS[due];
  const names = catalogue.drawn;
  editing.together(() => {
    const event = attach(
      panel,
      element,
      "bpmn:TimerEventDefinition",
      boundaryEventsOf(element.businessObject).length,
    );
    const [definition] = event.businessObject.eventDefinitions;
    editing.set(event, { ...names[due], cancelActivity: false });
    editing.setIn(event, definition, { timeCycle: editing.expression(cycle, definition) });
    const type = does ? "bpmn:ServiceTask" : "bpmn:CallActivity";
    const deed = append(panel, event, type, {
      x: event.x,
      y: element.y + element.height + 2 * GAP,
    });
    editing.set(
      deed,
      does
        ? { ...names[`${due}_deed`], "duban:operation": does }
        : { ...names[`${due}_deed`], calledElement: calls, "duban:pass": passes },
    );
    append(panel, deed, "bpmn:EndEvent", {
      x: deed.x + deed.width + GAP,
      y: deed.y + deed.height / 2,
    });
  });
}

/** Let whoever did the chosen step take it back, until the next has opened it. */
export function allowTakingBack(panel, steps) {
  const { catalogue, editing, element, get } = panel;
  editing.together(() => {
    for (const step of steps) {
      if (boundaryEventsOf(step).some((event) => messageOf(event) === "withdraw")) continue;
      const shape = get("elementRegistry").get(step.id);
      const event = attach(
        panel,
        shape,
        "bpmn:MessageEventDefinition",
        boundaryEventsOf(step).length,
      );
      const [definition] = event.businessObject.eventDefinitions;
      editing.set(event, { ...catalogue.drawn.withdraw, cancelActivity: true });
      editing.refer(event, definition, "bpmn:Message", "withdraw", {
        naming: "name",
        as: "messageRef",
      });
      get("modeling").connect(event, element);
    }
  });
}

/** Don't let it be taken back any more. */
export function forbidTakingBack({ editing, get }, steps) {
  const shapes = steps
    .flatMap(boundaryEventsOf)
    .filter((event) => messageOf(event) === "withdraw")
    .map((event) => get("elementRegistry").get(event.id));
  editing.together(() => get("modeling").removeElements(shapes));
}

/** Put the head's signature behind the chosen step: signed it goes on, else it comes back. */
export function insertSignature(panel, stepName) {
  const { businessObject, catalogue, editing, element, get } = panel;
  const modeling = get("modeling");
  const step = catalogue.steps.find((each) => each.name === stepName);
  const names = catalogue.drawn;
  const [way] = businessObject.outgoing;
  const connection = get("elementRegistry").get(way.id);
  const target = connection.target;
  editing.together(() => {
    makeRoom(get, element, target);
    modeling.removeConnection(connection);
    const middle = element.y + element.height / 2;
    const task = append(panel, element, "bpmn:UserTask", {
      x: element.x + element.width + GAP,
      y: element.y,
    });
    editing.set(task, {
      ...step.names,
      "duban:step": stepName,
      "duban:who": "unit_head",
      "duban:limit": "due.limit",
    });
    editing.setExtensions(task, "duban:Outcome", step.outcomes);
    const gateway = append(panel, task, "bpmn:ExclusiveGateway", {
      x: task.x + task.width + GAP,
      y: middle,
    });
    editing.set(gateway, names.is_signed);
    const onward = modeling.connect(gateway, target);
    const back = modeling.connect(gateway, element);
    const signed = editing.expression('outcome == "sign"', onward.businessObject);
    editing.set(onward, { ...names.signed, conditionExpression: signed });
    editing.set(back, names.declined);
    editing.set(gateway, { default: back.businessObject });
  });
}

/** Move what stands to the right of an element further to the right. */
function makeRoom(get, element, target) {
  const wanted = 4 * GAP + 150;
  const free = target.x - (element.x + element.width);
  if (free >= wanted || target.x < element.x) return;
  const right = element.x + element.width;
  const moving = get("elementRegistry").filter(
    (each) =>
      each.parent === element.parent &&
      !each.waypoints &&
      !each.labelTarget &&
      !each.host &&
      each.x >= right,
  );
  get("modeling").moveElements(moving, { x: wanted - free, y: 0 });
}

/** An event on the lower edge of an activity, beside those that hang there already. */
function attach({ get }, host, eventDefinitionType, place) {
  const shape = get("elementFactory").createShape({
    type: "bpmn:BoundaryEvent",
    eventDefinitionType,
  });
  const x = host.x + Math.min(host.width - 18, 28 + place * GAP);
  return get("modeling").createShape(shape, { x, y: host.y + host.height }, host, { attach: true });
}

/** A new element that a flow leads to; an event or gateway is placed by its middle. */
function append({ get }, source, type, { x, y }) {
  const shape = get("elementFactory").createShape({ type });
  const tall = shape.height > 60;
  const position = { x: x + shape.width / 2, y: tall ? y + shape.height / 2 : y };
  const parent = (source.host ?? source).parent;
  return get("modeling").appendShape(source, shape, position, parent);
}
