// The outline at the left: title, headings, annexes; what is still to be written is marked.
import { TextSelection } from "prosemirror-state";
import { blanks } from "./blanks.js";
import { headings } from "./numbers.js";
import { piece, place, words } from "./page.js";

/** The sections of a paper: what each is called, where it begins, what in it is to be written. */
export function sections(paper) {
  const first = paper.child(0).nodeSize + paper.child(1).nodeSize;
  const found = headings(paper).map(({ node, at, level, number }) => ({
    at,
    level,
    words: `${number}${level ? "" : "："}${node.textContent}`,
  }));
  const all = [{ at: 0, level: 0, words: words("title_line") }];
  if (found[0]?.at !== first) all.push({ at: first, level: 0, words: words("opening") });
  all.push(...found);
  for (const { at } of blanks(paper)) sectionAt(all, at).open = true;
  return all;
}

/** The section in which a place is. */
export const sectionAt = (all, at) => all.filter((each) => each.at <= at).pop();

/** Keeps the outline true. */
export class Outline {
  constructor(view) {
    this.view = view;
    this.list = place("outline");
    this.list.addEventListener("click", (event) => this.go(event));
  }

  show() {
    const { doc, selection } = this.view.state;
    const all = sections(doc);
    const here = sectionAt(all, selection.head);
    const key = JSON.stringify([all, here.at]);
    if (key === this.key) return;
    this.key = key;
    this.list.replaceChildren(...all.map((each) => line(each, each === here)));
  }

  go(event) {
    const link = event.target.closest("button");
    if (!link) return;
    const at = Number(link.dataset.at);
    const { state } = this.view;
    const selection = TextSelection.near(state.doc.resolve(at + 1));
    this.view.dispatch(state.tr.setSelection(selection));
    const node = this.view.nodeDOM(at);
    node.scrollIntoView({ block: "start" });
    this.view.focus();
  }
}

function line({ at, level, words: said, open }, here) {
  const item = piece("section");
  const link = item.querySelector("button");
  link.dataset.at = at;
  link.classList.add(`level-${level}`);
  link.querySelector("[data-words]").textContent = said;
  link.querySelector("[data-open]").hidden = !open;
  if (here) link.setAttribute("aria-current", "true");
  return item;
}
