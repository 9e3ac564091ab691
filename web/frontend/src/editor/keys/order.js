// In which order the elements are read: along the flow from the start, then what stands beside.
import { is } from "bpmn-js/lib/util/ModelUtil";

const isDrawn = (element) => element.parent && !element.labelTarget;
const byPlace = (one, other) => one.y - other.y || one.x - other.x;

/** Every element of the page in reading order. */
export function inOrder(registry) {
  const all = registry.filter(isDrawn);
  const seen = new Set();
  const visit = (element) => {
    if (seen.has(element)) return;
    seen.add(element);
    for (const inside of startsIn(element)) visit(inside);
    for (const attached of element.attachers ?? []) visit(attached);
    for (const flow of element.outgoing ?? []) {
      seen.add(flow);
      visit(flow.target);
    }
  };
  const nodes = all.filter((element) => is(element, "bpmn:FlowNode"));
  const starts = nodes.filter((element) => is(element, "bpmn:StartEvent")).sort(byPlace);
  for (const element of [...starts, ...nodes.sort(byPlace)]) visit(element);
  for (const element of all) seen.add(element);
  return [...seen].filter(isDrawn);
}

const startsIn = (element) =>
  (element.children ?? []).filter((child) => is(child, "bpmn:StartEvent") && isDrawn(child));

/** The nearest element in the direction of an arrow. */
export function beside(element, key, registry) {
  const [x, y] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[
    key
  ];
  const here = middle(element);
  let best = null;
  for (const other of registry.filter((each) => is(each, "bpmn:FlowNode") && isDrawn(each))) {
    if (other === element) continue;
    const there = middle(other);
    const ahead = (there.x - here.x) * x + (there.y - here.y) * y;
    const aside = Math.abs((there.x - here.x) * y) + Math.abs((there.y - here.y) * x);
    const far = ahead + 2 * aside;
    if (ahead > 8 && (!best || far < best.far)) best = { other, far };
  }
  return best?.other;
}

const middle = ({ x, y, width = 0, height = 0, waypoints: [first] = [] }) =>
  first ?? { x: x + width / 2, y: y + height / 2 };
