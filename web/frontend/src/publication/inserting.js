// "/" or a button offers what may be put in: figures, a blank, a table, an annex, a heading.
import { TextSelection } from "prosemirror-state";
import { leadTo } from "./blanks.js";
import { toBlock } from "./keys.js";
import { piece, place, words } from "./page.js";
import { LEVELS, schema } from "./schema.js";
import { insertTable } from "./tables.js";

const { annex, blank, figure } = schema.nodes;

export class Inserting {
  constructor(desk) {
    this.desk = desk;
    this.box = place("inserting");
    this.field = this.box.querySelector("input");
    this.list = this.box.querySelector("[role=listbox]");
    this.field.addEventListener("input", () => this.offer());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("close", () => this.left());
    this.box.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
      else if (event.target === this.box) this.box.close();
    });
  }

  /** A command for "/": where text stands, not in the title and not in the middle of a word. */
  get command() {
    return (state) => {
      const { $from, empty } = state.selection;
      const before = $from.parent.textBetween(0, $from.parentOffset, "", "").slice(-1);
      if (!empty || !$from.parent.type.contentMatch.matchType(figure) || /[\w/:]/.test(before)) {
        return false;
      }
      this.open({ typed: "/" });
      return true;
    };
  }

  /** Ask what to put in; whoever typed the sign and then thinks better of it has typed it. */
  open({ typed = "" } = {}) {
    if (!this.desk.writable) return;
    this.typed = typed;
    this.done = false;
    this.field.value = "";
    this.box.showModal();
    this.stand();
    this.offer();
  }

  /** Below the cursor, or above where there is no room. */
  stand() {
    const { left, bottom, top } = this.desk.view.coordsAtPos(this.desk.view.state.selection.from);
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const below = bottom + 6 + height < window.innerHeight;
    const x = Math.min(Math.max(left, 8), window.innerWidth - width - 8);
    this.box.style.left = `${x}px`;
    this.box.style.top = `${Math.max(8, below ? bottom + 6 : top - height - 6)}px`;
  }

  get all() {
    const { figures } = this.desk;
    return [
      ...figures.map((each) => ({
        label: each.label,
        more: each.value,
        hint: each.definition,
        key: each.name,
        does: () => this.put(figure.create({ name: each.name, value: each.value })),
      })),
      ...LEVELS.map((level) => ({
        label: words(`level_${level}`),
        hint: `Ctrl+Alt+${level}`,
        key: `heading ${level}`,
        does: (view) => toBlock(level)(view.state, view.dispatch),
      })),
      {
        label: words("table"),
        key: "table",
        does: ({ state, dispatch }) => insertTable(state, dispatch),
      },
      { label: words("annex_line"), key: "annex", does: (view) => addAnnex(view) },
      { label: words("blank"), hint: words("blank_hint"), key: "blank", does: () => this.leave() },
    ];
  }

  offer() {
    const asked = this.field.value.trim().toLowerCase();
    const all = this.all;
    const fitting = all.filter(({ label, key }) => `${label} ${key}`.toLowerCase().includes(asked));
    this.found = [...new Set([...fitting, all.at(-1)])]; // a blank may be called anything
    this.list.replaceChildren(...this.found.map(optionOf));
    this.point(0);
  }

  point(index) {
    this.at = Math.min(Math.max(index, 0), this.found.length - 1);
    [...this.list.children].forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === this.at));
    });
    const option = this.list.children[this.at];
    this.field.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.point(this.at + step);
    else if (event.key === "Enter") this.take(this.at);
    else return;
    event.preventDefault();
  }

  take(index) {
    const chosen = this.found[index];
    if (!chosen) return;
    this.done = true;
    this.box.close();
    chosen.does(this.desk.view);
    this.desk.view.focus();
  }

  left() {
    const { view } = this.desk;
    if (!this.done && this.typed) view.dispatch(view.state.tr.insertText(this.typed));
    view.focus();
  }

  put(node) {
    const { view } = this.desk;
    const tr = view.state.tr.replaceSelectionWith(node, false);
    view.dispatch(tr.scrollIntoView());
  }

  /** Leave a blank, named by what is asked. */
  leave() {
    const { view } = this.desk;
    const at = view.state.selection.from;
    this.put(blank.create({ label: this.field.value.trim() || words("to_fill") }));
    leadTo(view, at);
  }
}

/** An annex stands behind everything else. */
function addAnnex(view) {
  const end = view.state.doc.content.size;
  const tr = view.state.tr.insert(end, [annex.create(), schema.nodes.paragraph.create()]);
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)).scrollIntoView());
}

function optionOf({ label, more = "", hint = "" }, index) {
  const option = piece("option");
  option.id = `insert-${index}`;
  option.dataset.index = index;
  option.querySelector("[data-label]").textContent = label;
  option.querySelector("[data-more]").textContent = more;
  option.querySelector("[data-hint]").textContent = hint;
  return option;
}
