// The fields of a step as plain rows, and rows as what stands in the diagram.
import { is } from "bpmn-js/lib/util/ModelUtil";

const ATTRIBUTES = ["key", "type", "label", "label_en", "required", "options", "options_en"];
const OF_FIELDS = [...ATTRIBUTES, "help", "help_en", "visible_if"];

/** The types of fields, and those that a column may have; conditions look at `ASKABLE`. */
export const TYPES = {
  text: "Text",
  long_text: "Long text",
  number: "Number",
  date: "Date",
  yes_no: "Yes or no",
  choice: "Choice",
  unit: "Unit",
  person: "Person",
  file: "File",
  table: "Table",
};
export const COLUMN_TYPES = ["text", "number", "date", "yes_no", "choice"];
const UNASKABLE = ["long_text", "file", "table"];

export const askable = ({ type }) => !UNASKABLE.includes(type);

const plain = (element, names) =>
  Object.fromEntries(names.map((name) => [name, element.get(name) ?? ""]));

/** The fields that an element draws. */
export function rowsOf(element) {
  const values = element.businessObject.extensionElements?.get("values") ?? [];
  return values
    .filter((value) => is(value, "duban:Field"))
    .map((field) => ({
      ...plain(field, OF_FIELDS),
      type: field.get("type") || "text",
      columns: (field.get("columns") ?? []).map((column) => ({
        ...plain(column, ATTRIBUTES),
        type: column.get("type") || "text",
      })),
    }));
}

/** Write rows as the fields of an element, as one command. */
export function writeRows(editing, element, rows) {
  const made = rows.map(({ columns, ...row }) => ({
    ...row,
    ...(row.type === "table" && columns.length
      ? { columns: columns.map((column) => editing.create("duban:Column", said(column))) }
      : {}),
  }));
  editing.setExtensions(element, "duban:Field", made);
}

const said = (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ""));

/** A key that no other row has. */
export function freshKey(rows, start) {
  for (let number = rows.length + 1; ; number += 1) {
    if (!rows.some(({ key }) => key === `${start}${number}`)) return `${start}${number}`;
  }
}

/** Rows as the house's preview takes them. */
export const toldRows = (rows) =>
  rows.map(({ columns, required, ...row }) => ({
    ...row,
    required: required === "true",
    columns: columns.map(({ required: must, ...column }) => ({
      ...column,
      required: must === "true",
    })),
  }));
