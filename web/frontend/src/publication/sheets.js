// Sheets of A4 behind the text: what doesn't fit on one is led over its edge to the next.
import { piece, place, words } from "./page.js";

/** Lays as many sheets as the text needs, each time that it grows or shrinks. */
export class Sheets {
  constructor(text) {
    this.text = text;
    this.under = place("sheets");
    this.edges = place("edges");
    this.lay(1);
    new ResizeObserver(() => this.measure()).observe(text);
  }

  /** How far it is from one sheet's type area to the next one's. */
  get step() {
    const [first, second] = this.under.children;
    return second.offsetTop - first.offsetTop;
  }

  measure() {
    const end = this.text.offsetTop + this.text.offsetHeight;
    this.lay(Math.max(1, Math.ceil(end / this.step)));
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
