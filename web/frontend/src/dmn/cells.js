// A cell as a plain field: a list where the column has its values, a number, a yes or no.
import { is } from "dmn-js-shared/lib/util/ModelUtil";
import { Component, createComponentVNode, createVNode } from "inferno";
import { Cell } from "table-js/lib/components";
import { columns, words } from "./page.js";

const COMPONENT = 2;
const ELEMENT = 1;
const NO_CHILDREN = 1;
const TEXT = /^"((?:[^"\\]|\\.)*)"$/;
const FIRST = 2000;
const SETTLED = "duban:settled";

const quoted = (value) => JSON.stringify(value);
const worded = (column, text) =>
  text
    .split(",")
    .map((part) => {
      const [, value] = part.trim().match(TEXT) ?? [];
      return column.values.find(([known]) => known === value)?.[1] ?? part.trim();
    })
    .join("、");

function option(value, label) {
  const element = document.createElement("option");
  element.value = value;
  element.textContent = label;
  return element;
}

/** The choices of a column, and what stands in the cell if it is none of them. */
function choices(column, text) {
  const nothing = column.side === "input" ? ["-", words.any] : ["", ""];
  const own =
    column.type === "boolean"
      ? [
          ["true", words.yes],
          ["false", words.no],
        ]
      : column.values.map(([value, label]) => [quoted(value), label]);
  const all = [nothing, ...own];
  const known = all.some(([value]) => value === text) || (text === "" && column.side === "input");
  return known ? all : [...all, [text, worded(column, text)]];
}

/** The values that a cell names, if it is no more than a list of them. */
function named(column, text) {
  const parts = text === "" || text === "-" ? [] : text.split(",").map((part) => part.trim());
  const values = parts.map((part) => part.match(TEXT)?.[1]);
  return values.every((value) => column.values.some(([known]) => known === value)) ? values : null;
}

/** A list of which several can be chosen: none is any. */
function severalOf(column, values, label, change) {
  const list = document.createElement("details");
  list.className = "several";
  list.dataset.any = words.any;
  list.dataset.several = words.comma;
  const summary = document.createElement("summary");
  summary.setAttribute("aria-label", label);
  summary.append(document.createElement("span"));
  const choice = document.createElement("div");
  choice.className = "several-list";
  choice.tabIndex = -1; // a press beside a box stays in the list
  for (const [value, word] of column.values) {
    const line = document.createElement("label");
    const box = document.createElement("input");
    line.className = "row-x";
    box.className = "form-check-input";
    box.type = "checkbox";
    box.value = value;
    box.checked = values.includes(value);
    line.append(box, word);
    choice.append(line);
  }
  list.append(summary, choice);
  const chosen = () => [...choice.querySelectorAll("input:checked")];
  summary.firstChild.textContent =
    chosen()
      .map((box) => box.parentElement.textContent)
      .join(words.comma) || words.any;
  const text = () =>
    chosen()
      .map((box) => quoted(box.value))
      .join(", ") || "-";
  let written = text();
  const write = () => {
    const now = text();
    if (now === written) return;
    written = now;
    change(now);
  };
  list.addEventListener(SETTLED, write);
  list.addEventListener("toggle", () => list.open || write());
  list.addEventListener("focusout", ({ relatedTarget }) => list.contains(relatedTarget) || write());
  return list;
}

function fieldOf(column, text, label, change) {
  const values = column.several ? named(column, text) : null;
  if (values) return severalOf(column, values, label, change);
  const listed = column.type === "boolean" || column.values.length > 0;
  const field = document.createElement(listed ? "select" : "input");
  if (listed) field.append(...choices(column, text).map((each) => option(...each)));
  else field.inputMode = column.type === "number" ? "decimal" : "text";
  field.value = text || (column.side === "input" ? "-" : "");
  field.setAttribute("aria-label", label);
  field.autocomplete = "off";
  field.addEventListener("change", () => change(field.value.trim()));
  return field;
}

/** Write what is ticked in a list that is open still. */
export function settle() {
  const open = document.querySelector(".dt-cell details.several[open]");
  open?.dispatchEvent(new Event(SETTLED));
}

class PlainCell extends Component {
  constructor(props, context) {
    super(props, context);
    this.holder = null;
    this.draw = this.draw.bind(this);
    this.hold = (element) => {
      this.holder = element;
    };
  }

  componentDidMount() {
    this.context.changeSupport.onElementsChanged(this.props.cell.id, this.draw);
    this.draw();
  }

  componentDidUpdate() {
    this.draw();
  }

  componentWillUnmount() {
    this.context.changeSupport.offElementsChanged(this.props.cell.id, this.draw);
  }

  draw() {
    const { cell, row, col, rowIndex } = this.props;
    const { businessObject } = cell;
    const column = columns[row.cells.indexOf(cell)];
    const label = `${rowIndex + 1}, ${column?.label ?? col.id}`;
    const held = this.holder.contains(document.activeElement);
    const modeling = this.context.injector.get("modeling");
    const change = (text) => modeling.editCell(businessObject, text);
    this.holder.replaceChildren(fieldOf(column, businessObject.text ?? "", label, change));
    if (held) this.holder.firstChild.focus();
  }

  render() {
    const { cell, row, col, rowIndex, colIndex } = this.props;
    return createComponentVNode(COMPONENT, Cell, {
      className: is(cell, "dmn:UnaryTests") ? "input-cell" : "output-cell",
      elementId: cell.id,
      coords: `${rowIndex}:${colIndex}`,
      "data-row-id": row.id,
      "data-col-id": col.id,
      children: createVNode(ELEMENT, "div", "dt-cell", null, NO_CHILDREN, null, null, this.hold),
    });
  }
}

function PlainCells(components) {
  components.onGetComponent("cell", FIRST, ({ cellType }) =>
    cellType === "rule" ? PlainCell : undefined,
  );
}
PlainCells.$inject = ["components"];

export default { __init__: ["plainCells"], plainCells: ["type", PlainCells] };
