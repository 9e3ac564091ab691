/** @jsxImportSource @bpmn-io/properties-panel/preact */
// The small parts of the panel: a group, a line with its control, and what stands beside them.
import { useLayoutEffect, useRef, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { usePanel } from "./context.js";
import { fieldOf } from "./flaws.js";

let lines = 0;

/** An id that no other line has: preact's own begin anew with each drawing of the panel. */
function freshId() {
  lines += 1;
  return `pp-${lines}`;
}

/** A group of lines with a title. */
export function Section({ title, children }) {
  const { readonly } = usePanel();
  return (
    <fieldset disabled={readonly}>
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

/** A line: what it is called, its control, and what the house has against its value. */
export function Line({ label, field, children, wide, help }) {
  const [id] = useState(freshId);
  const flaws = useFlaws(field);
  const refused = flaws.some(({ severity }) => severity === "error");
  const told = flaws.length > 0 || help ? `${id}-told` : undefined;
  return (
    <div class={`f${wide ? " wide" : ""}${refused ? " bad" : ""}`}>
      <label for={id}>{label}</label>
      {children({ id, "aria-invalid": refused || undefined, "aria-describedby": told })}
      {told && (
        <div class="told" id={told}>
          {help && <p class="weak">{help}</p>}
          <Flaws flaws={flaws} />
        </div>
      )}
    </div>
  );
}

/** What the check has against one field of the element. */
function useFlaws(field) {
  const { problems } = usePanel();
  return field ? problems.filter((problem) => fieldOf(problem.code) === field) : [];
}

/** The words of some problems. */
export function Flaws({ flaws }) {
  return flaws.map(({ code, severity, text }) => (
    <p class={`why ${severity}`} key={code + text}>
      {text}
    </p>
  ));
}

/** What the check has against a part of the panel that is more than one line. */
export function Against({ field }) {
  return <Flaws flaws={useFlaws(field)} />;
}

/**
 * A text that is written when it is left, or at Enter; Escape gives up what was typed.
 * A `long` one has several rows, one of `lines` may have several lines.
 */
export function TextInput({ value = "", onWrite, long, lines, ...rest }) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  // with the drawing, not after the painting: by then somebody may have typed
  useLayoutEffect(() => {
    sent.current = value;
    setTyped(value);
  }, [value]);
  const write = ({ currentTarget }) => {
    const text = currentTarget.value.trim();
    if (text === sent.current) return;
    sent.current = text;
    onWrite(text);
  };
  const keys = (event) => {
    const goesOn = lines ? !event.ctrlKey : long && event.shiftKey;
    if (event.key === "Enter" && !goesOn && !event.isComposing) {
      event.preventDefault();
      write(event);
    } else if (event.key === "Escape") {
      setTyped(sent.current);
      event.stopPropagation();
    }
  };
  const Tag = long || lines ? "textarea" : "input";
  return (
    <Tag
      class="form-control"
      {...rest}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={write}
      onBlur={write}
      onKeyDown={keys}
    />
  );
}

/** A choice; a value that isn't among the options stays, and is shown as it is. */
export function Choice({ value, options, onWrite, empty, ...rest }) {
  const current = value ?? "";
  const known = options.some((option) => option.name === current);
  return (
    <select
      class="form-select"
      {...rest}
      value={current}
      onChange={(event) => onWrite(event.currentTarget.value)}
    >
      {(empty !== undefined || !current) && <option value="">{empty ?? ""}</option>}
      {current && !known && <option value={current}>{current}</option>}
      {options.map((option) =>
        option.options ? (
          <optgroup key={option.label} label={option.label}>
            {option.options.map((each) => (
              <option key={each.name} value={each.name}>
                {each.label}
              </option>
            ))}
          </optgroup>
        ) : (
          <option key={option.name} value={option.name}>
            {option.label}
          </option>
        ),
      )}
    </select>
  );
}

export function TextLine({ label, field, help, ...input }) {
  return (
    <Line label={label} field={field} help={help} wide={input.long || input.lines}>
      {(tied) => <TextInput {...tied} {...input} />}
    </Line>
  );
}

export function ChoiceLine({ label, field, help, ...choice }) {
  return (
    <Line label={label} field={field} help={help}>
      {(tied) => <Choice {...tied} {...choice} />}
    </Line>
  );
}

/** A box to tick, with its words behind it. */
export function Tick({ label, checked, onWrite, disabled }) {
  return (
    <label class="row-x tick">
      <input
        type="checkbox"
        class="form-check-input"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onWrite(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** A line that only tells. */
export function Told({ label, children }) {
  return (
    <div class="f said">
      <span class="lab">{label}</span>
      <span>{children}</span>
    </div>
  );
}

/** A sentence with a line beside it, such as an example. */
export function Sentence({ children }) {
  return <p class="sentence">{children}</p>;
}

/** A way to another element of the diagram. */
export function Link({ to, children }) {
  const { get } = usePanel();
  const go = (event) => {
    event.preventDefault();
    const shape = get("elementRegistry").get(to.id);
    if (!shape) return;
    get("selection").select(shape);
    get("canvas").scrollToElement(shape, 80);
  };
  return (
    <a href={`#${to.id}`} onClick={go}>
      {children}
    </a>
  );
}

/** A button among the lines. */
export function Deed({ onDo, children, label, bare }) {
  return (
    <button
      type="button"
      class={`btn small ${bare ? "bare" : "soft"}`}
      aria-label={label}
      onClick={onDo}
    >
      {children}
    </button>
  );
}

/**
 * A list of small rows: each with its inputs and a way to take it out, and one way to add.
 * `columns` are `{ name, label, type?, options? }`.
 */
export function Rows({ rows, columns, onWrite, add, fresh }) {
  const { say } = usePanel();
  const change = (at, name, value) =>
    onWrite(rows.map((row, place) => (place === at ? { ...row, [name]: value } : row)));
  return (
    <div class="rows">
      {rows.map((row, at) => (
        <div class="row-of" key={at}>
          {columns.map((column) => (
            <Cell
              key={column.name}
              column={column}
              value={row[column.name]}
              onWrite={(value) => change(at, column.name, value)}
            />
          ))}
          <Remove
            label={`${say("remove")} ${row[columns[0].name] ?? ""}`}
            onDo={() => onWrite(rows.filter((_row, place) => place !== at))}
          />
        </div>
      ))}
      <Deed bare onDo={() => onWrite([...rows, fresh(rows)])}>
        {add}
      </Deed>
    </div>
  );
}

function Cell({ column, value, onWrite }) {
  const shared = { "aria-label": column.label, value, onWrite };
  if (column.options) return <Choice {...shared} options={column.options} />;
  return <TextInput {...shared} placeholder={column.label} lang={column.lang} list={column.list} />;
}

export function Remove({ label, onDo }) {
  return (
    <button type="button" class="icon-btn" aria-label={label} title={label} onClick={onDo}>
      <svg viewBox="0 0 24 24" class="ic s" aria-hidden="true">
        <path d="M6 6 18 18M18 6 6 18" />
      </svg>
    </button>
  );
}
