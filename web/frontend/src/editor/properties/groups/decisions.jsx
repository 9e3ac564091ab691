/** @jsxImportSource @bpmn-io/properties-panel/preact */
// A business rule task: which decision table it asks, with what, and where the answer goes.
import { usePanel } from "../context.js";
import { is } from "../diagram.js";
import { ChoiceLine, Section, TextLine } from "../fields.jsx";
import { Parameters } from "../parameters.jsx";

export const about = ({ businessObject }) => is(businessObject, "bpmn:BusinessRuleTask");

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const id = businessObject.get("duban:decision");
  const decision = catalogue.decisions.find((each) => each.id === id);
  const inputs = Object.entries(decision?.inputs ?? {}).map(([name, type]) => ({
    name,
    label: name,
    type_label: type,
    required: true,
  }));
  const tables = catalogue.decisions.map((each) => ({ name: each.id, label: each.label }));
  return (
    <Section title={say("decision")}>
      <ChoiceLine
        label={say("table")}
        field="decision"
        value={id}
        options={tables}
        help={tables.length === 0 ? say("no_tables") : undefined}
        onWrite={(value) => editing.set(element, { "duban:decision": value })}
      />
      <Parameters known={inputs} />
      <TextLine
        label={say("answer_to")}
        lang="en"
        help={say("answer_help")}
        value={businessObject.get("duban:writes")}
        onWrite={(value) => editing.set(element, { "duban:writes": value })}
      />
    </Section>
  );
}
