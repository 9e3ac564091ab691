// Blanks that wait for their words: where each is by now, and whether its reader still waits there.
import { Plugin, PluginKey } from "prosemirror-state";
import { schema } from "./schema.js";

const key = new PluginKey("filling");

/** Follows them through all that is written meanwhile. */
export const filling = new Plugin({
  key,
  state: {
    init: () => new Map(),
    apply(tr, before) {
      const { begins, ends } = tr.getMeta(key) ?? {};
      const now = new Map();
      for (const [one, at] of before) {
        const { pos, deletedAfter } = tr.mapping.mapResult(at);
        if (one !== ends && !deletedAfter) now.set(one, pos);
      }
      return begins ? now.set(begins.one, begins.at) : now;
    },
  },
});

/** Whether the blank at this place waits already. */
export const waits = (view, at) => [...key.getState(view.state).values()].includes(at);

export class Filling {
  constructor(view, { label, at }) {
    Object.assign(this, { view, label, focus: document.activeElement });
    this.selection = view.state.selection;
    this.tell({ begins: { one: this, at } });
  }

  /** Where the blank is by now, if it still is one. */
  get at() {
    const { state } = this.view;
    const at = key.getState(state).get(this);
    const node = at === undefined ? null : state.doc.nodeAt(at);
    return node?.type === schema.nodes.blank && node.attrs.label === this.label ? at : undefined;
  }

  /** Whether whoever pressed does nothing else by now; the button itself may be drawn anew. */
  get awaited() {
    const { activeElement } = document;
    const stays = activeElement === this.focus || activeElement === document.body;
    return stays && this.selection.eq(this.view.state.selection);
  }

  end() {
    this.tell({ ends: this });
  }

  tell(what) {
    this.view.dispatch(this.view.state.tr.setMeta(key, what));
  }
}
