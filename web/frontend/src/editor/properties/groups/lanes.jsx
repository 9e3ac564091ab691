/** @jsxImportSource @bpmn-io/properties-panel/preact */
// A lane: whose it is.
import { usePanel } from "../context.js";
import { is } from "../diagram.js";
import { ChoiceLine, Section, Sentence } from "../fields.jsx";

export const about = ({ businessObject }) => is(businessObject, "bpmn:Lane");

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const role = businessObject.get("duban:role");
  const known = catalogue.who.find((each) => each.name === role);
  return (
    <Section title={say("who")}>
      <ChoiceLine
        label={say("post")}
        field="who"
        value={role}
        options={catalogue.roles}
        empty={say("no_role")}
        onWrite={(value) => editing.set(element, { "duban:role": value })}
      />
      <Sentence>{known?.sentence || say("lane_help")}</Sentence>
    </Section>
  );
}
