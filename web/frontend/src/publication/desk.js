// The desk: the paper as it lies there, to be written or only looked at.
import "prosemirror-view/style/prosemirror.css";
import "prosemirror-gapcursor/style/gapcursor.css";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { typedOver } from "./blanks.js";
import { chips, put } from "./chips.js";
import { filling } from "./filling.js";
import { keys } from "./keys.js";
import { numbering } from "./numbers.js";
import { page, place, words } from "./page.js";
import { pasting } from "./pasting.js";
import { paperOf } from "./schema.js";
import { leading } from "./sheets.js";
import { titles } from "./titles.js";

export class Desk {
  /**
   * `does` are the deeds that keys and presses lead to: `save`, `insert`, `opened(figure)`;
   * `changed()` hears that something was written, `moved()` that the paper or the place is another.
   */
  constructor({ does, changed, moved }) {
    this.writable = !page.readonly;
    this.figures = page.figures;
    this.plugins = [
      ...keys(does),
      history(),
      numbering,
      chips(does.opened),
      typedOver,
      filling,
      pasting,
      leading,
      titles,
      gapCursor(),
      dropCursor(),
    ];
    this.view = new EditorView(place("paper"), {
      state: this.stateOf(page.publication),
      editable: () => this.writable,
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": words("paper"),
        spellcheck: "false",
      },
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(tr));
        if (tr.docChanged && !tr.getMeta("told")) changed();
        moved();
      },
    });
    put(this.view, this.figures);
  }

  get paper() {
    return this.view.state.doc;
  }

  stateOf(kept) {
    return EditorState.create({ doc: paperOf(kept), plugins: this.plugins });
  }

  /** Show another text; what was written before can't come back by undoing. */
  open(kept) {
    this.view.updateState(this.stateOf(kept));
    this.told(this.figures);
  }

  /** Put the figures' values as the house tells them into the text. */
  told(figures) {
    this.figures = figures;
    put(this.view, figures);
  }

  /** Let the paper be written, or only looked at. */
  let(writable) {
    this.writable = writable;
    this.view.setProps({});
  }
}
