/** @jsxImportSource @bpmn-io/properties-panel/preact */
// What a user task is: its step type, which brings its page, its rules and its record.
import { usePanel } from "../context.js";
import { is } from "../diagram.js";
import { ChoiceLine, Section, Told } from "../fields.jsx";
import { setStep } from "../steps.js";

export const about = ({ businessObject }) => is(businessObject, "bpmn:UserTask");

export function Group() {
  const panel = usePanel();
  const { businessObject, catalogue, say } = panel;
  const step = catalogue.steps.find((each) => each.name === businessObject.get("duban:step"));
  const written = (step?.writes ?? []).map(
    (name) => catalogue.data.find((datum) => datum.name === name)?.label ?? name,
  );
  return (
    <Section title={say("what")}>
      <ChoiceLine
        label={say("step_type")}
        field="step"
        value={businessObject.get("duban:step")}
        options={catalogue.steps}
        onWrite={(name) => setStep(panel, name)}
      />
      {written.length > 0 && <Told label={say("writes")}>{written.join(say("comma"))}</Told>}
    </Section>
  );
}
