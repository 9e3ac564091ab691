/** @jsxImportSource @bpmn-io/properties-panel/preact */
// A call: which process is called, what it is given, and what is taken back once it has ended.
import { usePanel } from "../context.js";
import { dataOf, is, listed } from "../diagram.js";
import { extensionsOf } from "../editing.js";
import { Choice, ChoiceLine, Deed, Remove, Rows, Section } from "../fields.jsx";
import { DataList } from "../parameters.jsx";
import { Units } from "../units.jsx";

export const about = ({ businessObject }) => is(businessObject, "bpmn:CallActivity");

export function Group() {
  const { businessObject, catalogue, editing, element, get, say } = usePanel();
  const called = catalogue.processes.find((each) => each.id === businessObject.calledElement);
  const processes = catalogue.processes.map(({ id, label }) => ({ name: id, label }));
  const mapped = (type) =>
    extensionsOf(businessObject, type).map(({ target, source }) => ({ target, source }));
  return (
    <>
      <Section title={say("called")}>
        <ChoiceLine
          label={say("process")}
          field="called"
          value={businessObject.calledElement}
          options={processes}
          help={say("newest_help")}
          onWrite={(value) => editing.set(element, { calledElement: value })}
        />
        <Units />
        {called && (
          <Deed onDo={() => get("eventBus").fire("duban.part.open", { element })}>
            {say("open_part")}
          </Deed>
        )}
      </Section>
      <Section title={say("given")}>
        <DataList />
        <Passed />
        <Rows
          rows={mapped("duban:In")}
          columns={[
            { name: "target", label: say("its_data"), lang: "en" },
            { name: "source", label: say("computed_here"), lang: "en", list: "pp-data" },
          ]}
          add={say("add_given")}
          fresh={() => ({ target: "", source: "" })}
          onWrite={(rows) => editing.setExtensions(element, "duban:In", rows)}
        />
      </Section>
      <Section title={say("taken")}>
        <datalist id="pp-called">
          {(called?.data ?? []).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Rows
          rows={mapped("duban:Out")}
          columns={[
            { name: "target", label: say("our_data"), lang: "en" },
            { name: "source", label: say("computed_there"), lang: "en", list: "pp-called" },
          ]}
          add={say("add_taken")}
          fresh={() => ({ target: called?.data[0] ?? "", source: called?.data[0] ?? "" })}
          onWrite={(rows) => editing.setExtensions(element, "duban:Out", rows)}
        />
      </Section>
    </>
  );
}

/** The data that are given under the same name. */
function Passed() {
  const { businessObject, catalogue, editing, element, language, say } = usePanel();
  const passed = listed(businessObject.get("duban:pass"));
  const data = dataOf(businessObject, catalogue, language);
  const write = (names) => editing.set(element, { "duban:pass": names.join(" ") });
  const label = (name) => data.find((each) => each.name === name)?.label ?? name;
  return (
    <div class="chips">
      {passed.map((name) => (
        <span class="pill" key={name}>
          {label(name)}
          <Remove
            label={`${say("remove")} ${label(name)}`}
            onDo={() => write(passed.filter((each) => each !== name))}
          />
        </span>
      ))}
      <Choice
        aria-label={say("pass_too")}
        value=""
        empty={say("pass_too")}
        options={data.filter(({ name }) => !passed.includes(name))}
        onWrite={(name) => name && write([...passed, name])}
      />
    </div>
  );
}
