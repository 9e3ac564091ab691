// Saves the draft two seconds after the last change, and says how that went.
import { Autosave } from "../../parts/saving/autosave.js";
import { ask, clock, page, place } from "../page.js";
import { kept } from "./keeping.js";

/** What is said of it, by its state. */
export const WORDS = {
  unsaved: "Not saved yet",
  saving: "Saving …",
  saved: "Saved at {time}",
  settled: "Saved",
  loading: "Not everything is here yet. Trying again …",
  kept_out: "Not here yet: please sign in again",
  withheld: "Not here yet: {why}",
  offline: "Not saved: no connection. It is kept on this computer.",
  signed_out: "Not saved: please sign in again",
  moved: "Not saved: somebody else saved meanwhile",
  refused: "Not saved: {why}",
};

export default class Saving extends Autosave {
  static $inject = ["directEditing", "drawing", "eventBus", "translate"];

  constructor(directEditing, drawing, eventBus, translate) {
    super({
      amid: () => directEditing.isActive(),
      ask,
      clock,
      kept,
      addresses: { load: page.addresses.xml, save: page.addresses.save },
      line: place("saved"),
      type: "application/xml",
      text: () => drawing.text(),
      words: (state, parts) => translate(WORDS[state], parts),
      moved: (told) => eventBus.fire("duban.conflict", told),
      saved: ({ revision }) => eventBus.fire("duban.saved", { revision }),
    });
    eventBus.on("commandStack.changed", ({ trigger }) => {
      if (trigger !== "clear") this.changed();
    });
  }
}
