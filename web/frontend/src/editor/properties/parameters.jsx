/** @jsxImportSource @bpmn-io/properties-panel/preact */
// Parameters: those that are known are lines of their own, typed; others are rows.
import { usePanel } from "./context.js";
import { dataOf } from "./diagram.js";
import { extensionsOf } from "./editing.js";
import { Line, Rows, TextInput, Against } from "./fields.jsx";

export const rowsOfParameters = (businessObject) =>
  extensionsOf(businessObject, "duban:Parameter").map(({ name, value }) => ({ name, value }));

/** `known` are `{ name, label, type_label, required }`. */
export function Parameters({ known }) {
  const { businessObject, editing, element } = usePanel();
  const rows = rowsOfParameters(businessObject);
  const others = rows.filter((row) => !known.some((each) => each.name === row.name));
  const write = (next) => editing.setExtensions(element, "duban:Parameter", next);
  const set = (name, value) => {
    const at = rows.findIndex((row) => row.name === name);
    if (!value) write(rows.filter((row) => row.name !== name));
    else if (at < 0) write([...rows, { name, value }]);
    else write(rows.map((row, place) => (place === at ? { name, value } : row)));
  };
  return (
    <>
      <DataList />
      {known.map((each) => (
        <Parameter
          key={each.name}
          known={each}
          value={rows.find((row) => row.name === each.name)?.value}
          onWrite={(value) => set(each.name, value)}
        />
      ))}
      {others.length > 0 && (
        <ParameterRows
          rows={others}
          onWrite={(next) => write([...rows.filter((row) => !others.includes(row)), ...next])}
        />
      )}
      <Against field="parameters" />
    </>
  );
}

function Parameter({ known, value, onWrite }) {
  const { say } = usePanel();
  const name = known.required ? say("must", { name: known.label }) : known.label;
  return (
    <Line label={name} help={known.type_label}>
      {(tied) => <TextInput {...tied} value={value} list="pp-data" onWrite={onWrite} />}
    </Line>
  );
}

/** Free parameters: each has a name and what is computed for it. */
export function ParameterRows({ rows, onWrite }) {
  const { say } = usePanel();
  return (
    <Rows
      rows={rows}
      columns={[
        { name: "name", label: say("data_name"), lang: "en" },
        { name: "value", label: say("expression"), lang: "en", list: "pp-data" },
      ]}
      add={say("add_parameter")}
      fresh={() => ({ name: "", value: "" })}
      onWrite={onWrite}
    />
  );
}

/** The names of the data, offered where an expression is typed. */
export function DataList() {
  const { businessObject, catalogue, language } = usePanel();
  return (
    <datalist id="pp-data">
      {dataOf(businessObject, catalogue, language).map(({ name, label }) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </datalist>
  );
}
