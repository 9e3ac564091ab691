/** @jsxImportSource @bpmn-io/properties-panel/preact */
// Which units take part: none of its own, or the lead and co-units, each with its own.
import { usePanel } from "./context.js";
import { isOfAPart } from "./diagram.js";
import { ChoiceLine, Told } from "./fields.jsx";
import { roundsOf, useRounds } from "./rounds.js";

export function Units() {
  const { businessObject, catalogue, say } = usePanel();
  const rounds = roundsOf(businessObject.loopCharacteristics);
  const write = useRounds();
  if (rounds === "once" && isOfAPart(businessObject, catalogue)) {
    return <Told label={say("unit")}>{say("unit_rule.part")}</Told>;
  }
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
