// The panel's figures: those of the text, what each means, the rows behind it, what has changed.
import { ask, page, piece, place, words } from "./page.js";
import { figuresIn, selectNext } from "./chips.js";

const FIRST = 5;

/** The figures of a paper in their order, each once. */
export function used(paper, figures) {
  const names = new Set(figuresIn(paper).map(({ name }) => name));
  return [...names].map((name) => figures.find((each) => each.name === name)).filter(Boolean);
}

export class Figures {
  constructor(desk) {
    this.desk = desk;
    this.list = place("figures");
    this.list.addEventListener("click", (event) => this.pressed(event));
    this.rows = new Map();
    this.open = null;
  }

  show() {
    const found = used(this.desk.paper, this.desk.figures);
    const key = JSON.stringify([found, this.open]);
    if (key === this.key) return found.length;
    this.key = key;
    this.list.replaceChildren(...found.map((each) => this.line(each)));
    const [, ...again] = this.list.querySelectorAll("[data-changed]:not([hidden]) form");
    for (const form of again) form.hidden = true; // how to take another snapshot is said once
    place("no-figures").hidden = found.length > 0;
    return found.length;
  }

  line(figure) {
    const line = piece("figure");
    const put = (name, text) => {
      const part = line.querySelector(`[data-${name}]`);
      part.textContent = text;
      part.hidden = !text;
    };
    line.dataset.name = figure.name;
    put("label", figure.label);
    put("value", figure.value);
    put("definition", figure.why_not || figure.definition);
    const changed = line.querySelector("[data-changed]");
    changed.hidden = !figure.changed;
    if (figure.changed) put("now", words("now", figure.changed));
    const button = line.querySelector("button");
    const isOpen = figure.name === this.open;
    button.setAttribute("aria-expanded", String(isOpen));
    line.classList.toggle("on", isOpen);
    if (isOpen) this.unfold(line, figure.name);
    return line;
  }

  pressed(event) {
    const button = event.target.closest("button[aria-expanded]");
    if (!button) return;
    const { name } = button.closest("[data-name]").dataset;
    this.choose(this.open === name ? null : name);
    if (this.open) selectNext(this.desk.view, name);
    this.list.querySelector(`[data-name="${name}"] button`)?.focus();
  }

  /** Open one figure's rows, and close the others'. */
  choose(name) {
    this.open = name;
    this.show();
    if (name)
      this.list.querySelector(`[data-name="${name}"]`)?.scrollIntoView({ block: "nearest" });
  }

  async unfold(line, name) {
    const rows = line.querySelector("[data-rows]");
    rows.hidden = false;
    if (!this.rows.has(name)) {
      const answer = await ask(page.addresses.rows.replace("NAME", name)).catch(() => null);
      if (answer?.ok) this.rows.set(name, await answer.json());
    }
    const told = this.rows.get(name);
    if (!told) return rows.replaceChildren(said("p", words("no_rows_now")));
    const lines = told.rows.slice(0, FIRST).map(rowOf);
    const all = document.createElement("a");
    all.href = told.all;
    all.className = "all";
    all.textContent = words(told.count ? "all_rows" : "no_rows", { number: told.count });
    rows.replaceChildren(...lines, all);
  }

  /** The rows were those of another snapshot. */
  forget() {
    this.rows.clear();
    this.key = null;
  }
}

function rowOf({ number, title, address }) {
  const row = document.createElement(address ? "a" : "div");
  if (address) row.href = address;
  row.className = "row";
  row.append(said("span", number, "docno"), said("span", title, "clip"));
  row.title = title;
  return row;
}

function said(tag, text, name = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = name;
  return element;
}
