// Tables without merged cells: walk by Tab, add and take away rows and columns.
import { TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

/** Where the selection is in a table: the table, its place, the row's and the cell's index. */
function here({ selection: { $head } }) {
  for (let depth = $head.depth; depth > 0; depth -= 1) {
    if ($head.node(depth).type !== schema.nodes.table) continue;
    const table = $head.node(depth);
    return {
      table,
      at: $head.before(depth),
      row: $head.index(depth),
      column: $head.index(depth + 1),
    };
  }
  return null;
}

/** Whether the selection is in a table. */
export const inTable = (state) => here(state) !== null;

const cell = (header = false) => schema.nodes.table_cell.create({ header });
const rowOf = (cells) => schema.nodes.table_row.create(null, cells);

/** An empty table under a head. */
function emptyTable(rows, columns) {
  const row = (header) => rowOf(Array.from({ length: columns }, () => cell(header)));
  return schema.nodes.table.create(
    null,
    Array.from({ length: rows }, (_, index) => row(index === 0)),
  );
}

/** Put the cursor into a cell. */
function into(tr, at, row, column) {
  const table = tr.doc.nodeAt(at);
  let place = at + 1;
  for (let index = 0; index < row; index += 1) place += table.child(index).nodeSize;
  place += 1;
  for (let index = 0; index < column; index += 1) place += table.child(row).child(index).nodeSize;
  return tr.setSelection(TextSelection.near(tr.doc.resolve(place + 1)));
}

/** Put an empty table where the cursor is, and the cursor into it. */
export function insertTable(state, dispatch) {
  const tr = state.tr.replaceSelectionWith(emptyTable(3, 3), false);
  let at = 0;
  tr.doc.forEach((node, place) => {
    if (node.type === schema.nodes.table && place <= tr.selection.head) at = place;
  });
  dispatch?.(into(tr, at, 0, 0).scrollIntoView());
  return true;
}

/** A command that writes the rows anew; `change(rows, where)` returns them and the new place. */
const changing = (change) => (state, dispatch) => {
  const found = here(state);
  if (!found) return false;
  const rows = found.table.children.map((row) => row.children);
  const [next, row, column] = change(rows, found);
  if (!dispatch) return true;
  const end = found.at + found.table.nodeSize;
  if (next.length === 0 || next[0].length === 0) {
    dispatch(state.tr.replaceWith(found.at, end, schema.nodes.paragraph.create()));
    return true;
  }
  const table = schema.nodes.table.create(null, next.map(rowOf));
  dispatch(
    into(state.tr.replaceWith(found.at, end, table), found.at, row, column).scrollIntoView(),
  );
  return true;
};

const without = (list, index) => list.filter((_, each) => each !== index);
const behind = (list, index, added) => [
  ...list.slice(0, index + 1),
  added,
  ...list.slice(index + 1),
];
const last = (list) => list.length - 1;

export const addRow = changing((rows, { row, column }) => [
  behind(
    rows,
    row,
    rows[0].map(() => cell()),
  ),
  row + 1,
  column,
]);

export const addColumn = changing((rows, { row, column }) => [
  rows.map((cells) => behind(cells, column, cell(cells[column].attrs.header))),
  row,
  column + 1,
]);

export const dropRow = changing((rows, { row, column }) => [
  without(rows, row),
  Math.min(row, last(rows) - 1),
  column,
]);

export const dropColumn = changing((rows, { row, column }) => [
  rows.map((cells) => without(cells, column)),
  row,
  Math.min(column, last(rows[0]) - 1),
]);

/** Tab: to the next cell, behind the last one a row is added; the other way without. */
export const walk = (step) => (state, dispatch) => {
  const found = here(state);
  if (!found) return false;
  const { table, at, row, column } = found;
  const width = table.child(0).childCount;
  const next = row * width + column + step;
  if (next < 0) return true;
  if (next >= table.childCount * width) return addRow(state, dispatch);
  dispatch?.(into(state.tr, at, Math.floor(next / width), next % width).scrollIntoView());
  return true;
};
