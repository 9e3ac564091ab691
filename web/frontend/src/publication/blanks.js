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

/** Put words in the place of a blank. */
export function fill(view, at, text) {
  const { state } = view;
  if (state.doc.nodeAt(at)?.type !== schema.nodes.blank) return;
  const tr = state.tr.replaceWith(at, at + 1, schema.text(text));
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + text.length)).scrollIntoView());
  view.focus();
}

/** Put what the house wrote in the place of a blank: words into its line, else whole blocks. */
export function fillBlocks(view, at, blocks) {
  const { doc, tr } = view.state;
  const made = blocks.map((block) => schema.nodeFromJSON(block));
  const [only] = made;
  if (made.length === 1 && only.type === schema.nodes.paragraph) {
    view.dispatch(tr.replaceWith(at, at + 1, only.content).scrollIntoView());
  } else {
    const line = doc.resolve(at);
    view.dispatch(tr.replaceWith(line.before(), line.after(), made).scrollIntoView());
  }
  view.focus();
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
