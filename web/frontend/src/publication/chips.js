// Figures in the text: their values come from the house, a press opens their rows.
import { NodeSelection, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { schema } from "./schema.js";

const key = new PluginKey("chips");

/** Every figure of a paper: `name`, `unit`, its `value` as it stands there, and where it is. */
export function figuresIn(paper) {
  const found = [];
  paper.descendants((node, at) => {
    if (node.type === schema.nodes.figure) found.push({ ...node.attrs, at });
  });
  return found;
}

/** Put the values that the house told into the text; nothing to undo, nothing to save. */
export function put(view, figures) {
  const told = new Map(figures.filter(({ unit }) => !unit).map((each) => [each.name, each]));
  const tr = view.state.tr.setMeta("addToHistory", false).setMeta(key, told);
  for (const { name, unit, value, at } of figuresIn(tr.doc)) {
    const now = told.get(name);
    if (!unit && now && now.value !== value) tr.setNodeAttribute(at, "value", now.value);
  }
  view.dispatch(tr.setMeta("told", true));
}

/** Select the figure of this name that comes next after the selection; false if there is none. */
export function selectNext(view, name) {
  const places = figuresIn(view.state.doc).filter((each) => each.name === name);
  if (places.length === 0) return false;
  const { from } = view.state.selection;
  const { at } = places.find((each) => each.at > from) ?? places[0];
  const selection = NodeSelection.create(view.state.doc, at);
  view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
  return true;
}

/** The figure that is selected, or null. */
export function selected({ selection }) {
  const { node } = selection;
  return node?.type === schema.nodes.figure ? node.attrs : null;
}

function stale(paper, told) {
  const changed = figuresIn(paper).filter(({ name, unit }) => !unit && told.get(name)?.changed);
  const marks = changed.map(({ at }) => Decoration.node(at, at + 1, { class: "stale" }));
  return DecorationSet.create(paper, marks);
}

/** Marks what has changed since the snapshot; `opened(attrs)` hears which figure was pressed. */
export const chips = (opened) =>
  new Plugin({
    key,
    state: {
      init: () => ({ told: new Map(), marks: DecorationSet.empty }),
      apply(tr, old) {
        const told = tr.getMeta(key) ?? old.told;
        if (!tr.docChanged && told === old.told) return old;
        return { told, marks: stale(tr.doc, told) };
      },
    },
    props: {
      decorations(state) {
        return key.getState(state).marks;
      },
      handleClickOn(view, _, node, at) {
        if (node.type !== schema.nodes.figure && node.type !== schema.nodes.blank) return false;
        view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
        if (node.type === schema.nodes.figure) opened(node.attrs);
        return true;
      },
    },
  });
