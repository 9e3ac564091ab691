// Remarks lean on a passage: what is selected goes along, and a press leads back to it.
import { TextSelection } from "prosemirror-state";
import { place } from "./page.js";

const LONGEST = 200;

export class Remarks {
  constructor(desk, tabs) {
    this.desk = desk;
    this.tabs = tabs;
    this.list = place("remarks");
    this.list.addEventListener("focusin", () => this.lean());
    this.list.addEventListener("click", (event) => {
      const quote = event.target.closest("[data-quote]");
      if (quote) this.find(quote.dataset.quote);
    });
    document.addEventListener("htmx:after:swap", () => this.count());
  }

  count() {
    this.tabs.count("remarks", this.list.querySelectorAll("[data-open]").length);
  }

  /** The passage that is selected is the one that is remarked on. */
  lean() {
    const field = this.list.querySelector("[name=quote]");
    const shown = this.list.querySelector("[data-leaning]");
    const { from, to } = this.desk.view.state.selection;
    const quote = this.desk.paper.textBetween(from, to, " ").trim().slice(0, LONGEST);
    if (!field || !quote) return;
    field.value = quote;
    shown.textContent = quote;
    shown.hidden = false;
  }

  find(quote) {
    const { view, paper } = this.desk;
    let found = null;
    paper.descendants((node, at) => {
      if (found || !node.isTextblock) return !found;
      const place = plain(node).indexOf(quote);
      if (place >= 0) found = [at + 1 + place, at + 1 + place + quote.length];
      return false;
    });
    if (!found) return;
    const [from, to] = found;
    const end = Math.min(to, paper.content.size);
    view.dispatch(
      view.state.tr.setSelection(TextSelection.create(paper, from, end)).scrollIntoView(),
    );
    view.focus();
  }
}

/** A block's text in which a figure or blank takes one place, as it does in the paper. */
const plain = (block) => block.textBetween(0, block.content.size, "", "￼");
