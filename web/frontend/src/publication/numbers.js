// The headings' numbers as official papers write them: 一、（一）1.（1）; and the annexes'.
import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { page } from "./page.js";
import { schema } from "./schema.js";

const DIGITS = "〇一二三四五六七八九";

/** 1 to 99 in Chinese. */
export function chinese(number) {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  if (tens === 0) return DIGITS[ones];
  return `${tens > 1 ? DIGITS[tens] : ""}十${ones ? DIGITS[ones] : ""}`;
}

const STYLES = [
  (number) => `${chinese(number)}、`,
  (number) => `（${chinese(number)}）`,
  (number) => `${number}.`,
  (number) => `（${number}）`,
];

/** What begins a heading of this level. */
const numbered = (level, number) => STYLES[level - 1](number);

/** Every heading and annex of a paper: `node`, `at`, its `number` in words, its `level`. */
export function headings(paper) {
  const counts = [0, 0, 0, 0];
  const annexes = paper.children.filter(({ type }) => type === schema.nodes.annex).length;
  let annex = 0;
  const found = [];
  paper.forEach((node, at) => {
    if (node.type === schema.nodes.annex) {
      annex += 1;
      counts.fill(0);
      found.push({ node, at, level: 0, number: `附件${annexes > 1 ? annex : ""}` });
    }
    if (node.type !== schema.nodes.heading) return;
    const { level } = node.attrs;
    counts[level - 1] += 1;
    counts.fill(0, level);
    found.push({ node, at, level, number: numbered(level, counts[level - 1]) });
  });
  return found;
}

function marks(paper) {
  const numbers = headings(paper).map(({ node, at, number }) =>
    Decoration.node(at, at + node.nodeSize, { "data-number": number }),
  );
  const empty = [];
  paper.forEach((node, at, index) => {
    if (index > 1 || node.content.size) return;
    const holder = page.words[node.type.name];
    empty.push(
      Decoration.node(at, at + node.nodeSize, { class: "pub-empty", "data-holder": holder }),
    );
  });
  return DecorationSet.create(paper, [...numbers, ...empty]);
}

/** Shows the numbers, and what an empty title or addressee is for. */
export const numbering = new Plugin({
  state: {
    init: (_, { doc }) => marks(doc),
    apply: (tr, old) => (tr.docChanged ? marks(tr.doc) : old),
  },
  props: {
    decorations(state) {
      return this.getState(state);
    },
  },
});
