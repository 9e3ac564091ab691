// Blanks: what somebody has to write; typing over one fills it in.
import { NodeSelection, Plugin, TextSelection } from "prosemirror-state";
import { schema } from "./schema.js";

/** Every blank of a paper: its `label`, and where it is. */
export function blanks(paper) {
  const found = [];
  paper.descendants((node, at) => {
    if (node.type === schema.nodes.blank) found.push({ label: node.attrs.label, at });
  });
  return found;
}

/** Put words in the place of a blank that waits for them; lead behind them if it is awaited. */
export function fill({ view, at, awaited }, text) {
  const tr = view.state.tr.replaceWith(at, at + 1, schema.text(text));
  if (awaited) tr.setSelection(TextSelection.create(tr.doc, at + text.length));
  put(view, tr, awaited);
}

/** Put what the house wrote in its place: words into its line, else whole blocks. */
export function fillBlocks({ view, at, awaited }, blocks) {
  const { doc, tr } = view.state;
  const made = blocks.map((block) => schema.nodeFromJSON(block));
  const [only] = made;
  if (made.length === 1 && only.type === schema.nodes.paragraph) {
    tr.replaceWith(at, at + 1, only.content);
  } else {
    const line = doc.resolve(at);
    tr.replaceWith(line.before(), line.after(), made);
  }
  put(view, tr, awaited);
}

/** Whoever has gone on meanwhile keeps the caret, and the page stays where it is. */
function put(view, tr, awaited) {
  view.dispatch(awaited ? tr.scrollIntoView() : tr);
  if (awaited) view.focus();
}

/** Lead to a place; a blank there is ready to be typed over. */
export function leadTo(view, at) {
  const { doc, tr } = view.state;
  const isBlank = doc.nodeAt(at)?.type === schema.nodes.blank;
  const selection = isBlank
    ? NodeSelection.create(doc, at)
    : TextSelection.near(doc.resolve(at + 1));
  view.dispatch(tr.setSelection(selection).scrollIntoView());
  view.focus();
}

const onBlank = ({ selection }) =>
  selection instanceof NodeSelection && selection.node.type === schema.nodes.blank;

/** An input method writes where the blank was: it would be confused by a box that is selected. */
export const typedOver = new Plugin({
  props: {
    handleDOMEvents: {
      compositionstart(view) {
        if (onBlank(view.state)) view.dispatch(view.state.tr.deleteSelection());
        return false;
      },
    },
  },
});
