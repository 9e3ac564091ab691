// Rows come behind the one that somebody is at, and go.
import { place } from "./page.js";

export default class Rows {
  constructor(viewer) {
    this.viewer = viewer;
    this.at = null;
    const note = ({ target }) => {
      this.at = target.closest("[data-row-id]")?.dataset.rowId ?? null;
    };
    place("editor").addEventListener("focusin", note, true); // dmn-js lets it come no further
  }

  get all() {
    return this.viewer.get("sheet").getRoot().rows;
  }

  get current() {
    return this.all.find(({ id }) => id === this.at);
  }

  add() {
    const actions = this.viewer.get("editorActions");
    const row = this.current;
    const made = row ? actions.trigger("addRuleBelow", { rule: row }) : actions.trigger("addRule");
    this.focus(made);
  }

  remove() {
    const row = this.current;
    if (!row) return;
    const number = this.all.indexOf(row);
    this.viewer.get("editorActions").trigger("removeRule", { rule: row });
    this.focus(this.all[Math.min(number, this.all.length - 1)]);
  }

  /** Go to a row once it is drawn, unless somebody has gone elsewhere by then. */
  focus(row) {
    this.at = row?.id ?? null;
    const from = [document.activeElement, document.body];
    requestAnimationFrame(() => {
      if (!row || !from.includes(document.activeElement)) return;
      const cell = document.querySelector(`[data-element-id="${row.cells[0].id}"]`);
      cell?.querySelector("select, input, summary")?.focus();
    });
  }
}
