// The editor of decision tables 决策表: dmn-js keeps the table, its cells are plain fields.
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "./styles/rooms/dmn.css";
import Keeper from "./dmn/keeper.js";
import { page, place } from "./dmn/page.js";
import { showProblems } from "./dmn/problems.js";
import Rows from "./dmn/rows.js";
import { Tables } from "./dmn/tables.js";

async function open() {
  const answer = await fetch(page.addresses.xml, { headers: { Accept: "application/xml" } });
  const tables = new Tables({ container: place("editor") });
  await tables.importXML(await answer.text());
  const viewer = tables.getActiveViewer();
  const keeper = new Keeper(tables, viewer);
  const stack = viewer.get("commandStack");
  const buttons = { undo: place("undo"), redo: place("redo") };
  const offer = () => {
    buttons.undo.disabled = !stack.canUndo();
    buttons.redo.disabled = !stack.canRedo();
  };
  viewer.on("commandStack.changed", () => {
    offer();
    keeper.later();
  });
  buttons.undo.addEventListener("click", () => stack.undo());
  buttons.redo.addEventListener("click", () => stack.redo());
  const rows = new Rows(viewer);
  place("add").addEventListener("click", () => rows.add());
  place("remove").addEventListener("click", () => rows.remove());
  offer();
  showProblems(viewer, page.problems);
  document.addEventListener("click", (event) => keeper.before(event));
}

open();
