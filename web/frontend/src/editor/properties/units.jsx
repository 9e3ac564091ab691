/** @jsxImportSource @bpmn-io/properties-panel/preact */
// Which units take part: none of its own, or the lead and co-units, each with its own.
import { usePanel } from "./context.js";
import { ChoiceLine } from "./fields.jsx";
import { roundsOf, useRounds } from "./rounds.js";

export function Units() {
  const { businessObject, say } = usePanel();
  const rounds = roundsOf(businessObject.loopCharacteristics);
  const write = useRounds();
  const options = ["once", "units", ...(["once", "units"].includes(rounds) ? [] : [rounds])];
  return (
    <ChoiceLine
      label={say("unit")}
      value={rounds}
      options={options.map((name) => ({ name, label: say(`unit_rule.${name}`) }))}
      onWrite={write}
    />
  );
}
