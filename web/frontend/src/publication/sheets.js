// Sheets of A4 behind the text: what doesn't fit on one is led over its edge to the next.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { piece, place, words } from "./page.js";
import { schema } from "./schema.js";

const key = new PluginKey("sheets");
const NEAR = 2;

/** Lets every annex begin on a sheet of its own: how far each is led down. */
export const leading = new Plugin({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (tr, old) => tr.getMeta(key) ?? old.map(tr.mapping, tr.doc),
  },
  props: {
    decorations: (state) => key.getState(state),
  },
});

/** Lays as many sheets as the text needs, each time that it grows or shrinks. */
export class Sheets {
  constructor(view) {
    this.view = view;
    this.text = view.dom;
    this.under = place("sheets");
    this.edges = place("edges");
    this.lay(1);
    new ResizeObserver(() => this.measure()).observe(this.text);
  }

  /** How far it is from one sheet's type area to the next one's. */
  get step() {
    const [first, second] = this.under.children;
    return second.offsetTop - first.offsetTop;
  }

  measure() {
    if (this.lead()) return; // which makes the text another, and so is measured again
    const end = this.text.offsetTop + this.text.offsetHeight;
    this.lay(Math.max(1, Math.ceil(end / this.step)));
  }

  /** Lead each annex to the next sheet's beginning; say whether anything moved. */
  lead() {
    const { step } = this;
    const marks = [];
    let moved = false;
    this.view.state.doc.forEach((node, at) => {
      if (moved || node.type !== schema.nodes.annex) return;
      const line = this.view.nodeDOM(at);
      const led = Number.parseFloat(line.style.marginTop) || 0;
      const top = this.text.offsetTop + line.offsetTop - led;
      const over = top % step;
      const wanted = over > NEAR && step - over > NEAR ? step - over : 0;
      moved = Math.abs(wanted - led) > NEAR;
      const style = `margin-top: ${moved ? wanted : led}px`;
      marks.push(Decoration.node(at, at + node.nodeSize, { style }));
    });
    if (!moved) return false;
    const { tr, doc } = this.view.state;
    this.view.dispatch(tr.setMeta(key, DecorationSet.create(doc, marks)));
    return true;
  }

  /** One sheet more than is seen lies there, so that the next edge is known. */
  lay(number) {
    if (number === this.number) return;
    this.number = number;
    const fill = (holder, name) => {
      while (holder.children.length > number + 1) holder.lastElementChild.remove();
      while (holder.children.length < number + 1) holder.append(piece(name));
    };
    fill(this.under, "sheet");
    [...this.under.children].forEach((sheet, index) => {
      sheet.querySelector("[data-number]").textContent = `— ${index + 1} —`;
      sheet.classList.toggle("beyond", index === number);
    });
    this.edges.replaceChildren();
    for (let index = 0; index <= number; index += 1) this.edges.append(...edge());
    place("pages").textContent = words("pages", { number });
  }
}

/** The lines of a type area, beside which text stands, and the gap below, beside which none does. */
function edge() {
  return ["pub-lines", "pub-gap"].map((name) => {
    const part = document.createElement("i");
    part.className = name;
    return part;
  });
}
