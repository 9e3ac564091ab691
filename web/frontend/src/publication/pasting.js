// What is pasted becomes plain parts of a paper: Word's forms, colours and typed numbers go.
import { Fragment, Slice } from "prosemirror-model";
import { Plugin } from "prosemirror-state";
import { schema } from "./schema.js";

const CLUTTER = /<!--[\s\S]*?-->|<(style|script|xml|o:p)\b[\s\S]*?<\/\1>|<\/?(o|w|v|m):[^>]*>/gi;
const LONGEST = 40;
const NUMBERS = [
  /^[一二三四五六七八九十]+、\s*/,
  /^（[一二三四五六七八九十]+）\s*/,
  /^\d{1,2}[.．]\s*(?!\d)/,
  /^（\d{1,2}）\s*/,
];

/** The level that a typed number gives a line, or 0 where it is part of running text. */
function levelOf(text) {
  if (text.length > LONGEST || /[。；]$/.test(text)) return 0;
  return NUMBERS.findIndex((number) => number.test(text)) + 1;
}

/** A block without what the paper does by itself: its indent, and a heading's typed number. */
function tidied(block) {
  const { heading, paragraph } = schema.nodes;
  if (block.type !== paragraph && block.type !== heading) return squared(block);
  const text = block.textContent.replace(/^\s+/, "");
  const level = levelOf(text) || (block.type === heading ? block.attrs.level : 0);
  const typed = NUMBERS.find((number) => number.test(text))?.exec(text)[0] ?? "";
  const indent = block.textContent.length - text.length;
  const content = block.content.cut(begin(block, indent + (level ? typed.length : 0)));
  return level ? heading.create({ level }, content) : paragraph.create(null, content);
}

/** How far the block's first characters reach; figures and blanks stay. */
function begin(block, characters) {
  const first = block.firstChild;
  return first?.isText ? Math.min(characters, first.nodeSize) : 0;
}

/** A table whose rows are all as wide as the widest. */
function squared(block) {
  const { table, table_cell: cell } = schema.nodes;
  if (block.type !== table) return block;
  const width = Math.max(...block.children.map((row) => row.childCount));
  const rows = block.children.map((row) => {
    const missing = Array.from({ length: width - row.childCount }, () => cell.create());
    return row.copy(row.content.append(Fragment.from(missing)));
  });
  return block.copy(Fragment.from(rows));
}

function tidy(slice) {
  const blocks = slice.content.content;
  if (blocks.some((block) => block.isInline)) return slice;
  const full = blocks.filter(
    (block) => block.content.size || block.type !== schema.nodes.paragraph,
  );
  const alone = full.length === 1 && slice.openStart > 0;
  if (alone) return slice;
  return new Slice(Fragment.from(full.map(tidied)), slice.openStart, slice.openEnd);
}

/** Cells hold words alone, and one that spans several leaves the others empty. */
function plainCells(html) {
  const page = new DOMParser().parseFromString(html.replace(CLUTTER, ""), "text/html");
  for (const cell of page.querySelectorAll("td, th")) {
    if (!cell.querySelector("[data-figure]")) cell.textContent = cell.textContent.trim();
    for (let more = cell.colSpan - 1; more > 0; more -= 1) cell.after(page.createElement("td"));
  }
  return page.body.innerHTML;
}

export const pasting = new Plugin({
  props: {
    transformPastedHTML: plainCells,
    transformPasted: tidy,
  },
});
