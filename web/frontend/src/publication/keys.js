// What the keys do in a paper.
import {
  baseKeymap,
  chainCommands,
  createParagraphNear,
  exitCode,
  liftEmptyBlock,
  setBlockType,
  splitBlock,
} from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { TextSelection } from "prosemirror-state";
import { LEVELS, schema } from "./schema.js";
import { walk } from "./tables.js";

const { addressee, annex, heading, paragraph, title } = schema.nodes;
const LINES = [title, addressee, annex];

/** Make what the selection is in a heading of this level, or text with 0. */
export const toBlock = (level) =>
  level ? setBlockType(heading, { level }) : setBlockType(paragraph);

/** Enter in a line of its own leads to the line behind it; a new one only behind an annex. */
function leaveLine(state, dispatch) {
  const { $head } = state.selection;
  if (!LINES.includes($head.parent.type) || $head.depth !== 1) return false;
  const behind = $head.after();
  const next = state.doc.resolve(behind).nodeAfter;
  const tr = state.tr;
  if ($head.parent.type === annex || !next?.isTextblock) tr.insert(behind, paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, behind + 1)).scrollIntoView());
  return true;
}

/** Enter behind a heading begins a paragraph; in the middle of one it is cut in two. */
function leaveHeading(state, dispatch) {
  const { $head, empty } = state.selection;
  const ends =
    empty && $head.parent.type === heading && $head.parentOffset === $head.parent.content.size;
  if (!ends) return false;
  const tr = state.tr.insert($head.after(), paragraph.create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, $head.after() + 1)).scrollIntoView());
  return true;
}

/** An empty cell, or one's beginning, isn't joined with the one before. */
const stays = () => true;

/** Backspace at a heading's beginning makes it text again. */
function unhead(state, dispatch) {
  const { $head, empty } = state.selection;
  if (!empty || $head.parentOffset || $head.parent.type !== heading) return false;
  return setBlockType(paragraph)(state, dispatch);
}

/** The keys of a paper: `save` keeps it, `insert` offers what may be put in. */
export function keys({ save, insert }) {
  const levels = Object.fromEntries(
    [0, ...LEVELS].map((level) => [`Mod-Alt-${level}`, toBlock(level)]),
  );
  return [
    keymap({
      ...levels,
      "Mod-s": () => {
        save();
        return true;
      },
      "Mod-z": undo,
      "Mod-y": redo,
      "Mod-Shift-z": redo,
      "Mod-b": stays, // the form of a paper is the house's, not its writer's
      "Mod-i": stays,
      "Mod-u": stays,
      "/": insert,
      Tab: walk(1),
      "Shift-Tab": walk(-1),
      Backspace: unhead,
      Enter: chainCommands(
        leaveLine,
        leaveHeading,
        exitCode,
        createParagraphNear,
        liftEmptyBlock,
        splitBlock,
      ),
    }),
    keymap(baseKeymap),
  ];
}
