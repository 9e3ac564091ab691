/** @jsxImportSource @bpmn-io/properties-panel/preact */
// How a step may end: its buttons, in both languages.
import { usePanel } from "../context.js";
import { is } from "../diagram.js";
import { extensionsOf } from "../editing.js";
import { Rows, Section, TextInput, Against } from "../fields.jsx";
import { plain } from "../steps.js";

export const about = ({ businessObject }) => is(businessObject, "bpmn:UserTask");

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const step = catalogue.steps.find((each) => each.name === businessObject.get("duban:step"));
  const drawn = extensionsOf(businessObject, "duban:Outcome").map(plain);
  const write = (rows) => editing.setExtensions(element, "duban:Outcome", rows);
  return (
    <Section title={say("buttons")}>
      {step?.outcomes ? (
        <Known drawn={drawn} known={step.outcomes} onWrite={write} />
      ) : (
        <Rows
          rows={drawn}
          columns={[
            { name: "label", label: say("chinese"), lang: "zh-CN" },
            { name: "label_en", label: "English", lang: "en" },
            { name: "value", label: say("outcome_value"), lang: "en" },
          ]}
          add={say("add_button")}
          fresh={(rows) => ({ value: unused(rows), ...button(catalogue) })}
          onWrite={write}
        />
      )}
      <Against field="outcomes" />
    </Section>
  );
}

/** The ways out that a step type knows: each is offered or not. */
function Known({ drawn, known, onWrite }) {
  const { say } = usePanel();
  const all = [
    ...drawn,
    ...known.filter(({ value }) => !drawn.some((each) => each.value === value)),
  ];
  const isDrawn = (outcome) => drawn.some((each) => each.value === outcome.value);
  const toggle = (outcome, on) =>
    onWrite(on ? [...drawn, outcome] : drawn.filter((each) => each.value !== outcome.value));
  const rename = (outcome, change) =>
    onWrite(drawn.map((each) => (each.value === outcome.value ? { ...each, ...change } : each)));
  return all.map((outcome) => (
    <div class="row-of buttons" key={outcome.value}>
      <input
        type="checkbox"
        class="form-check-input"
        aria-label={say("offer", { outcome: outcome.label })}
        checked={isDrawn(outcome)}
        onChange={(event) => toggle(outcome, event.currentTarget.checked)}
      />
      <TextInput
        aria-label={`${outcome.value}, ${say("chinese")}`}
        lang="zh-CN"
        disabled={!isDrawn(outcome)}
        value={outcome.label}
        onWrite={(label) => rename(outcome, { label })}
      />
      <TextInput
        aria-label={`${outcome.value}, English`}
        lang="en"
        disabled={!isDrawn(outcome)}
        value={outcome.label_en}
        onWrite={(label_en) => rename(outcome, { label_en })}
      />
    </div>
  ));
}

/** What a new button says, in both languages. */
const button = ({ drawn: { new_button: names } }) => ({
  label: names.name,
  label_en: names.name_en,
});

/** A value that no other row has. */
function unused(rows) {
  for (let number = rows.length + 1; ; number += 1) {
    const value = rows.length ? `done_${number}` : "done";
    if (!rows.some((row) => row.value === value)) return value;
  }
}
