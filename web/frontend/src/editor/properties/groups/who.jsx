/** @jsxImportSource @bpmn-io/properties-panel/preact */
// Who does a step: the lane's role, or a rule that finds somebody.
import { usePanel } from "../context.js";
import { is, laneOf } from "../diagram.js";
import { ChoiceLine, Section, Sentence } from "../fields.jsx";
import { Units } from "../units.jsx";

const OF_UNITS = ["handler", "unit_head"];

export const about = ({ businessObject }) => is(businessObject, "bpmn:UserTask");

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const role = laneOf(businessObject)?.get("duban:role");
  const label = catalogue.roles.find((each) => each.name === role)?.label;
  const own = businessObject.get("duban:who");
  const rule = catalogue.who.find((each) => each.name === (own || role));
  const leader = !own && role === "leader";
  return (
    <Section title={say("who")}>
      <ChoiceLine
        label={say("post")}
        field="who"
        value={own}
        options={catalogue.who}
        empty={label ? say("as_the_lane", { role: label }) : say("nobody_yet")}
        onWrite={(value) => editing.set(element, { "duban:who": value })}
      />
      {OF_UNITS.includes(rule?.role) && <Units />}
      <Sentence>{leader ? say("leader_of_item") : (rule?.sentence ?? say("who_help"))}</Sentence>
    </Section>
  );
}
