/** @jsxImportSource @bpmn-io/properties-panel/preact */
// What a service task does by itself, and with what.
import { usePanel } from "../context.js";
import { is } from "../diagram.js";
import { extensionsOf } from "../editing.js";
import { ChoiceLine, Section, Sentence, Told } from "../fields.jsx";
import { Parameters, rowsOfParameters } from "../parameters.jsx";

export const about = ({ businessObject }) => is(businessObject, "bpmn:ServiceTask");

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const name = businessObject.get("duban:operation");
  const operation = catalogue.operations.find((each) => each.name === name);
  const written = (operation?.writes ?? []).map(
    (each) => catalogue.data.find((datum) => datum.name === each)?.label ?? each,
  );
  return (
    <Section title={say("by_itself")}>
      <ChoiceLine
        label={say("operation")}
        field="operation"
        value={name}
        options={catalogue.operations}
        onWrite={(value) => choose({ businessObject, catalogue, editing, element }, value)}
      />
      {operation?.outside && <Sentence>{say("outside")}</Sentence>}
      {(operation?.parameters.length > 0 ||
        extensionsOf(businessObject, "duban:Parameter").length > 0) && (
        <Parameters known={operation?.parameters ?? []} />
      )}
      {written.length > 0 && <Told label={say("writes")}>{written.join(say("comma"))}</Told>}
    </Section>
  );
}

/** Name another operation: parameters that it doesn't know go. */
function choose({ businessObject, catalogue, editing, element }, name) {
  const known = catalogue.operations.find((each) => each.name === name)?.parameters ?? [];
  const kept = rowsOfParameters(businessObject).filter((row) =>
    known.some((each) => each.name === row.name),
  );
  editing.together(() => {
    editing.set(element, { "duban:operation": name });
    if (extensionsOf(businessObject, "duban:Parameter").length !== kept.length) {
      editing.setExtensions(element, "duban:Parameter", kept);
    }
  });
}
