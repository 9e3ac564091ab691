// The title's lines as the house breaks them; while the title is written the browser does.
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { page } from "./page.js";

const key = new PluginKey("titles");

function marks(paper, lines) {
  if (paper.firstChild.textContent !== lines.join("")) return DecorationSet.empty;
  let at = 1;
  const found = lines.map((line) => {
    at += line.length;
    return Decoration.inline(at - line.length, at, { class: "pub-line" });
  });
  return DecorationSet.create(paper, found);
}

export const titles = new Plugin({
  key,
  state: {
    init: (_, { doc }) => ({
      lines: page.lines,
      marks: marks(doc, page.lines),
    }),
    apply(tr, old) {
      const lines = tr.getMeta(key) ?? old.lines;
      if (!tr.docChanged && lines === old.lines) return old;
      return { lines, marks: marks(tr.doc, lines) };
    },
  },
  props: {
    decorations: (state) => key.getState(state).marks,
  },
});

/** Break the title as the house has told. */
export function breakTitle(view, lines) {
  view.dispatch(view.state.tr.setMeta(key, lines));
}
