// The tools above the sheet: write or look, the type area's corners, zoom, back and forth, blocks.
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import { toBlock } from "./keys.js";
import { page, place } from "./page.js";
import { schema } from "./schema.js";
import { addColumn, addRow, dropColumn, dropRow, inTable } from "./tables.js";

const ZOOMS = [50, 60, 70, 82, 100, 120, 150];
const USUAL = 82;
const KEY = "duban.publication.view";

export class Tools {
  constructor(desk) {
    this.desk = desk;
    this.ground = place("desk");
    this.view = { zoom: USUAL, corners: true, ...remembered() };
    const press = (name, deed) => place(name)?.addEventListener("click", deed);
    press("write", () => this.mode(true));
    press("look", () => this.mode(false));
    press("corners", () => this.set({ corners: !this.view.corners }));
    press("larger", () => this.zoom(1));
    press("smaller", () => this.zoom(-1));
    press("usual", () => this.set({ zoom: USUAL }));
    const runs = { undo, redo, addRow, addColumn, dropRow, dropColumn };
    for (const [name, command] of Object.entries(runs)) press(name, () => this.run(command));
    place("block")?.addEventListener("change", ({ target }) =>
      this.run(toBlock(Number(target.value))),
    );
    this.set({});
    this.mode(desk.writable);
  }

  run(command) {
    const { view } = this.desk;
    command(view.state, view.dispatch);
    view.focus();
  }

  mode(writable) {
    this.desk.let(writable);
    this.ground.classList.toggle("looking", !writable && !page.readonly);
    place("write")?.setAttribute("aria-pressed", String(writable));
    place("look")?.setAttribute("aria-pressed", String(!writable));
    this.show();
  }

  zoom(step) {
    const here = ZOOMS.findIndex((each) => each >= this.view.zoom);
    this.set({ zoom: ZOOMS[Math.min(Math.max(here + step, 0), ZOOMS.length - 1)] });
  }

  set(change) {
    this.view = { ...this.view, ...change };
    this.ground.style.setProperty("--zoom", this.view.zoom / 100);
    this.ground.classList.toggle("corners", this.view.corners);
    place("corners").setAttribute("aria-pressed", String(this.view.corners));
    place("usual").textContent = `${this.view.zoom}%`;
    localStorage.setItem(KEY, JSON.stringify(this.view));
  }

  /** Offer what can be done where the cursor is. */
  show() {
    const { state } = this.desk.view;
    const { writable } = this.desk;
    const can = (name, able) => {
      const tool = place(name);
      if (tool) tool.disabled = !(able && writable);
    };
    can("undo", undoDepth(state));
    can("redo", redoDepth(state));
    const { type, attrs } = state.selection.$from.parent;
    const isBlock = type === schema.nodes.paragraph || type === schema.nodes.heading;
    can("block", isBlock);
    can("insert", true);
    const block = place("block");
    if (block) block.value = isBlock ? String(attrs.level ?? 0) : "";
    const tables = place("tables");
    if (tables) tables.hidden = !(inTable(state) && writable);
  }
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
