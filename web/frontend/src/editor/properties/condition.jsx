/** @jsxImportSource @bpmn-io/properties-panel/preact */
// A condition built from data and values, with its text beside it: either can be changed.
import { fitted, operatorsOf, rowsOf, takes, textOf, typedValue } from "./conditions.js";
import { usePanel } from "./context.js";
import { askedBy, dataOf, outcomesOf } from "./diagram.js";
import { Choice, Deed, Line, Remove, TextInput } from "./fields.jsx";

const OUTCOME = "outcome";
const YES_NO = new Set(["yes", "no"]);

export function Condition({ text, onWrite, label, field = "condition" }) {
  const { businessObject, catalogue, language, say } = usePanel();
  const data = withOutcomes(dataOf(businessObject, catalogue, language), businessObject, language);
  const found = rowsOf(text);
  return (
    <div class="condition">
      {label && <p class="lab">{label}</p>}
      {found ? (
        <Builder found={found} data={data} onWrite={onWrite} />
      ) : (
        <p class="weak">{say("only_text")}</p>
      )}
      <Line label={say("as_text")} field={field} wide>
        {(tied) => (
          <TextInput
            {...tied}
            long
            class="form-control code"
            lang="en"
            value={text}
            onWrite={onWrite}
          />
        )}
      </Line>
    </div>
  );
}

/** The outcome can be what the buttons of the steps before can say. */
function withOutcomes(data, businessObject, language) {
  const values = new Map();
  for (const step of askedBy(businessObject)) {
    for (const outcome of outcomesOf(step, language)) values.set(outcome.name, outcome);
  }
  return data.map((each) =>
    each.name === OUTCOME ? { ...each, values: [...values.values()] } : each,
  );
}

function Builder({ found, data, onWrite }) {
  const { say } = usePanel();
  const { joined, rows } = found;
  const write = (next) => onWrite(textOf({ joined, rows: next }));
  const datumOf = (name) =>
    data.find((each) => each.name === name) ?? { name, label: name, type: "str" };
  const fresh = () => fitted({}, data.find((each) => each.values?.length) ?? datumOf(OUTCOME));
  return (
    <>
      {rows.length > 1 && (
        <Choice
          aria-label={say("joined")}
          value={joined}
          options={["and", "or"].map((name) => ({ name, label: say(`joined.${name}`) }))}
          onWrite={(word) => onWrite(textOf({ joined: word, rows }))}
        />
      )}
      {rows.map((row, at) => (
        <Row
          key={at}
          row={row}
          datum={datumOf(row.datum)}
          data={data}
          onWrite={(changed) => write(rows.map((each, place) => (place === at ? changed : each)))}
          onRemove={() => write(rows.filter((_row, place) => place !== at))}
        />
      ))}
      <Deed bare onDo={() => write([...rows, fresh()])}>
        {say("add_condition")}
      </Deed>
    </>
  );
}

function Row({ row, datum, data, onWrite, onRemove }) {
  const { say } = usePanel();
  const operators = operatorsOf(datum.type);
  const known = operators.includes(row.operator) ? operators : [...operators, row.operator];
  return (
    <div class="asked">
      <Choice
        aria-label={say("data_name")}
        value={row.datum}
        options={data}
        onWrite={(name) =>
          onWrite(
            fitted(
              row,
              data.find((each) => each.name === name),
            ),
          )
        }
      />
      <Remove label={say("remove_condition")} onDo={onRemove} />
      <Choice
        aria-label={say("comparison")}
        value={row.operator}
        options={known.map((name) => ({ name, label: say(wordOf(name, datum)) }))}
        onWrite={(operator) => onWrite(fitted({ ...row, operator }, datum))}
      />
      <Value row={row} datum={datum} onWrite={(value) => onWrite({ ...row, value })} />
    </div>
  );
}

/** Numbers are compared in other words than texts. */
function wordOf(operator, { type }) {
  if (YES_NO.has(operator) && type !== "bool") return `op.${operator}_any`;
  return `op.${operator}`;
}

function Value({ row, datum, onWrite }) {
  const { say } = usePanel();
  const wanted = takes(row.operator);
  if (wanted === "nothing") return null;
  const values = row.operator.startsWith("len ") ? [] : (datum.values ?? []);
  if (wanted === "several") return <Several row={row} values={values} onWrite={onWrite} />;
  if (values.length) {
    return (
      <Choice
        aria-label={say("value")}
        value={String(row.value)}
        options={values}
        onWrite={onWrite}
      />
    );
  }
  return (
    <TextInput
      aria-label={say("value")}
      value={String(row.value)}
      onWrite={(text) => onWrite(typedValue(text, { ...datum, operator: row.operator }))}
    />
  );
}

/** One of several: boxes to tick where the values are known, else a text with commas. */
function Several({ row, values, onWrite }) {
  const { say } = usePanel();
  const chosen = [row.value].flat();
  if (!values.length) {
    return (
      <TextInput
        aria-label={say("values")}
        value={chosen.join(", ")}
        onWrite={(text) => onWrite(text.split(/[,，、]\s*/).filter(Boolean))}
      />
    );
  }
  const others = chosen.filter((name) => !values.some((each) => each.name === name));
  const all = [...values, ...others.map((name) => ({ name, label: name }))];
  const toggle = (name, on) => {
    const next = all
      .map((each) => each.name)
      .filter((each) => (each === name ? on : chosen.includes(each)));
    if (next.length) onWrite(next);
  };
  return (
    <div class="several">
      {all.map(({ name, label }) => (
        <label class="row-x tick" key={name}>
          <input
            type="checkbox"
            class="form-check-input"
            checked={chosen.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
