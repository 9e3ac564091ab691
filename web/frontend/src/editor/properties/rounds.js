// How often an activity is done, and what makes it so.
import { usePanel } from "./context.js";
import { is, refName } from "./diagram.js";

export const ROUNDS = ["once", "units", "list", "number", "loop"];
const UNITS = "units";
const SEVERAL = "bpmn:MultiInstanceLoopCharacteristics";
const FRESH = {
  units: { type: SEVERAL, items: UNITS, item: "assignment" },
  list: { type: SEVERAL, items: "leaders", item: "leader" },
  number: { type: SEVERAL, count: "2" },
  loop: { type: "bpmn:StandardLoopCharacteristics", most: 3 },
};

/** The name of how often it is done. */
export function roundsOf(loop) {
  if (!loop) return "once";
  if (is(loop, "bpmn:StandardLoopCharacteristics")) return "loop";
  if (!loop.loopDataInputRef) return "number";
  return refName(loop.loopDataInputRef) === UNITS ? "units" : "list";
}

/** What makes the chosen activity one that is done as often as is said. */
export function useRounds() {
  const { businessObject, editing, element } = usePanel();
  return (name) => {
    if (!FRESH[name]) return editing.set(element, { loopCharacteristics: undefined });
    const fresh = FRESH[name];
    const loop = editing.create(fresh.type, {}, businessObject);
    if (fresh.items) {
      loop.loopDataInputRef = { id: fresh.items };
      loop.inputDataItem = item(editing, "bpmn:DataInput", fresh.item, loop);
    }
    if (fresh.count) loop.loopCardinality = editing.expression(fresh.count, loop);
    if (fresh.most) loop.set("loopMaximum", fresh.most);
    return editing.set(element, { loopCharacteristics: loop });
  };
}

/** One element of a list, or one result. */
export const item = (editing, type, name, parent) => editing.create(type, { name }, parent);
