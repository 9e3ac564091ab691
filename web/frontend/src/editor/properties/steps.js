// Making a user task a step of a type: with its outcomes, its limit and a name.
import { extensionsOf } from "./editing.js";

/** Make the chosen task a step of this type; what was said of it before stays where it fits. */
export function setStep({ businessObject, catalogue, editing, element }, name) {
  const step = catalogue.steps.find((each) => each.name === name);
  const limit = catalogue.limits.find((each) => each.name === name);
  const properties = { "duban:step": name };
  if (!businessObject.get("duban:limit")) properties["duban:limit"] = limit ? name : "none";
  if (!businessObject.name && step) {
    Object.assign(properties, step.names);
  }
  editing.together(() => {
    editing.set(element, properties);
    const kept = outcomesThatFit(businessObject, step);
    if (kept) editing.setExtensions(element, "duban:Outcome", kept);
  });
}

function outcomesThatFit(businessObject, step) {
  const drawn = extensionsOf(businessObject, "duban:Outcome").map(plain);
  if (!step?.outcomes) return null;
  const fitting = drawn.filter(({ value }) => step.outcomes.some((each) => each.value === value));
  return fitting.length ? fitting : step.outcomes;
}

/** An outcome as a plain row. */
export const plain = ({ value, label, label_en }) => ({ value, label, label_en });
