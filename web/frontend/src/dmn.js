// The editor of decision tables 决策表: dmn-js keeps the table, its cells are plain fields.
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "./styles/rooms/dmn.css";
import { settle } from "./dmn/cells.js";
import { page, place } from "./dmn/page.js";
import { showProblems } from "./dmn/problems.js";
import Rows from "./dmn/rows.js";
import { Saving } from "./dmn/saving.js";
import { Tables } from "./dmn/tables.js";
import { saveFirst } from "./parts/saving/first.js";

async function open() {
  const tables = new Tables({ container: place("editor") });
  const saving = new Saving(tables, (problems) => showProblems(viewer, problems));
  await tables.importXML(await saving.load());
  const viewer = tables.getActiveViewer();
  const stack = viewer.get("commandStack");
  const buttons = { undo: place("undo"), redo: place("redo") };
  const offer = () => {
    buttons.undo.disabled = !stack.canUndo();
    buttons.redo.disabled = !stack.canRedo();
  };
  viewer.on("commandStack.changed", ({ trigger }) => {
    offer();
    if (trigger !== "clear") saving.changed();
  });
  buttons.undo.addEventListener("click", () => stack.undo());
  buttons.redo.addEventListener("click", () => stack.redo());
  const rows = new Rows(viewer);
  place("add").addEventListener("click", () => rows.add());
  place("remove").addEventListener("click", () => rows.remove());
  place("aside").addEventListener("submit", () => saving.giveUp());
  offer();
  showProblems(viewer, page.problems);
  saveFirst(saving, settle);
  await saving.offer();
}

open();
