// What the panel draws itself: timers with what they do, the head's signature, taking back.
import { boundaryEventsOf, messageOf } from "./diagram.js";

const GAP = 50;
const [TOP, BOTTOM] = [0, 1];
const WITHDRAW = "withdraw";

/** When each comes, and what it does. */
const TIMERS = {
  warning: { cycle: "R/due.warning/P3650D", does: "remind" },
  second_warning: { cycle: "R/due.second_warning/P3650D", does: "remind" },
  overdue: { cycle: "R/due.overdue/P1D", calls: "escalation", passes: "assignment" },
};

/** Put a timer on the chosen activity, with what it does and an end: none of it ends the step. */
export function addTimer(panel, due) {
  const { catalogue, editing, element } = panel;
  const { cycle, does, calls, passes } = TIMERS[due];
  const names = catalogue.drawn[`${due}_deed`];
  editing.together(() => {
    const event = attach(panel, element, BOTTOM, {
      event: "Timer",
      beside: true,
      timer: { timeCycle: cycle },
      names: catalogue.drawn[due],
    });
    const type = does ? "bpmn:ServiceTask" : "bpmn:CallActivity";
    const below = { x: event.x, y: element.y + element.height + GAP };
    const deed = append(panel, event, { type, calls, names }, below);
    editing.set(deed, does ? { "duban:operation": does } : { "duban:pass": passes });
    const beside = { x: deed.x + deed.width + GAP, y: deed.y + deed.height / 2 - 18 };
    append(panel, deed, { type: "bpmn:EndEvent" }, beside);
  });
}

/** Let whoever did the chosen step take it back, until the next has opened it. */
export function allowTakingBack(panel, steps) {
  const { catalogue, editing, element, get } = panel;
  editing.together(() => {
    for (const step of steps.filter((each) => !takenBackAt(each))) {
      const shape = get("elementRegistry").get(step.id);
      const event = attach(panel, shape, TOP, {
        event: "Message",
        names: catalogue.drawn.withdraw,
      });
      const [definition] = event.businessObject.eventDefinitions;
      editing.refer(event, definition, "bpmn:Message", WITHDRAW, {
        naming: "name",
        as: "messageRef",
      });
      over(get, event, element, 28);
    }
  });
}

/** Don't let it be taken back any more. */
export function forbidTakingBack({ editing, element, get }, steps) {
  const events = steps.map(takenBackAt);
  const shapes = events.map((event) => get("elementRegistry").get(event.id));
  editing.together(() => {
    get("modeling").removeElements(shapes);
    editing.sweep(element, "bpmn:Message", "messageRef");
  });
}

/** The event by which what waits at a step is taken back, if it has one. */
export const takenBackAt = (step) =>
  boundaryEventsOf(step).find((event) => messageOf(event) === WITHDRAW);

/** Put the head's signature behind the chosen step: signed it goes on, else it comes back. */
export function insertSignature(panel, step) {
  const { businessObject, catalogue, editing, element, get } = panel;
  const modeling = get("modeling");
  const names = catalogue.drawn;
  const connection = get("elementRegistry").get(businessObject.outgoing[0].id);
  const { target } = connection;
  editing.together(() => {
    makeRoom(get, element, target);
    modeling.removeConnection(connection);
    const right = { x: element.x + element.width + GAP, y: element.y };
    const task = append(panel, element, { type: "bpmn:UserTask", step }, right);
    editing.set(task, { "duban:who": "unit_head", "duban:limit": "due.limit" });
    const beside = { x: task.x + task.width + GAP, y: task.y + task.height / 2 - 25 };
    const asked = { type: "bpmn:ExclusiveGateway", names: names.is_signed };
    const gateway = append(panel, task, asked, beside);
    const onward = modeling.connect(gateway, target);
    const back = over(get, gateway, element, 48);
    const signed = editing.expression('outcome == "sign"', onward.businessObject);
    editing.set(onward, { ...names.signed, conditionExpression: signed });
    editing.set(back, names.declined);
    editing.set(gateway, { default: back.businessObject });
  });
}

const ROOM = 4 * GAP + 150;

/** Move what stands to the right of an element further to the right. */
function makeRoom(get, element, target) {
  const right = element.x + element.width;
  const free = target.x - right;
  if (free >= ROOM || free < 0) return;
  const moves = (each) =>
    each.parent === element.parent && !each.waypoints && !each.host && each.x >= right;
  const moving = get("elementRegistry").filter((each) => moves(each) && !each.labelTarget);
  get("modeling").moveElements(moving, { x: ROOM - free, y: 0 });
}

/** A flow back, drawn over what lies between. */
function over(get, source, target, height) {
  const from = source.x + source.width / 2;
  const to = target.x + target.width / 2;
  const y = target.y - height;
  const waypoints = [
    { x: from, y: source.y },
    { x: from, y },
    { x: to, y },
    { x: to, y: target.y },
  ];
  return get("modeling").connect(source, target, { type: "bpmn:SequenceFlow", waypoints });
}

/** An event on an edge of an activity, beside those that hang there already. */
function attach({ catalogue, get }, host, edge, preset) {
  const [shape] = get("make").shapes({ type: "bpmn:BoundaryEvent", ...preset }, catalogue);
  const y = host.y + edge * host.height;
  const taken = (host.attachers ?? []).filter((each) => Math.abs(each.y + 18 - y) < 18);
  const x = host.x + Math.min(host.width - 18, 24 + taken.length * 42);
  return get("modeling").createShape(shape, { x, y }, host, { attach: true });
}

/** A new element that a flow leads to, at a place or as near to its right as there is room. */
function append({ catalogue, get }, source, preset, { x, y }) {
  const [shape] = get("make").shapes(preset, catalogue);
  const parent = (source.host ?? source).parent;
  const box = { x, y, width: shape.width, height: shape.height };
  while (isTaken(get, box, parent)) box.x += 20;
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const placed = get("modeling").createShape(shape, middle, parent);
  const type = "bpmn:SequenceFlow";
  const waypoints = source.host && below(source, placed);
  get("modeling").connect(source, placed, waypoints ? { type, waypoints } : { type });
  return placed;
}

/** Down from an event on a lower edge, each further one above those before, and into the top. */
function below(event, target) {
  const before = event.host.attachers.filter((each) => each.y === event.y && each.x < event.x);
  const [from, to] = [event, target].map((each) => each.x + each.width / 2);
  const y = target.y - 10 - 8 * before.length;
  return [
    { x: from, y: event.y + event.height },
    { x: from, y },
    { x: to, y },
    { x: to, y: target.y },
  ];
}

/** Whether something stands here, or nearly. */
function isTaken(get, box, parent) {
  const near = 10;
  const meets = (each) =>
    each.x < box.x + box.width + near &&
    box.x < each.x + each.width + near &&
    each.y < box.y + box.height + near &&
    box.y < each.y + each.height + near;
  const stands = (each) => each.parent === parent && !each.waypoints && !isLane(each);
  return Boolean(get("elementRegistry").find((each) => stands(each) && meets(each)));
}

const isLane = ({ type }) => type === "bpmn:Lane";
