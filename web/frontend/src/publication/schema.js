// What a paper is made of: its title, whom it is sent to, then headings, text, tables, annexes.
import { Schema } from "prosemirror-model";
import { page } from "./page.js";

const INLINE = "(text | figure | blank)*";
export const LEVELS = [1, 2, 3, 4];

const line = (name) => ({
  content: "text*",
  marks: "",
  isolating: true,
  toDOM: () => ["div", { "data-line": name, class: `pub-${name}` }, 0],
  parseDOM: [{ tag: `div[data-line=${name}]` }],
});

const known = new Set(page.figures.map(({ name }) => name));

function figureFrom(dom) {
  const { figure: name, unit, value } = dom.dataset;
  return known.has(name) && { name, unit: unit ? Number(unit) : null, value };
}

export const schema = new Schema({
  nodes: {
    doc: { content: "title addressee block+" },
    title: line("title"),
    addressee: line("addressee"),
    paragraph: {
      group: "block",
      content: INLINE,
      toDOM: () => ["p", 0],
      parseDOM: [{ tag: "p" }, { tag: "li" }],
    },
    heading: {
      group: "block",
      content: INLINE,
      attrs: { level: { default: 1 } },
      defining: true,
      toDOM: ({ attrs: { level } }) => [`h${level + 1}`, { class: `pub-h${level}` }, 0],
      parseDOM: [
        ...LEVELS.map((level) => ({ tag: `h${level}.pub-h${level}`, attrs: { level } })),
        ...LEVELS.map((level) => ({ tag: `h${level + 1}.pub-h${level}`, attrs: { level } })),
        ...LEVELS.map((level) => ({ tag: `h${level}`, attrs: { level } })),
      ],
    },
    annex: {
      group: "block",
      content: "text*",
      defining: true,
      isolating: true,
      toDOM: () => ["div", { "data-line": "annex", class: "pub-annex" }, 0],
      parseDOM: [{ tag: "div[data-line=annex]" }],
    },
    table: {
      group: "block",
      content: "table_row+",
      isolating: true,
      toDOM: () => ["table", { role: "table" }, ["tbody", { role: "rowgroup" }, 0]],
      parseDOM: [{ tag: "table" }],
    },
    table_row: {
      content: "table_cell+",
      toDOM: () => ["tr", { role: "row" }, 0],
      parseDOM: [{ tag: "tr" }],
    },
    table_cell: {
      content: INLINE,
      attrs: { header: { default: false } },
      isolating: true,
      toDOM: ({ attrs: { header } }) =>
        header ? ["th", { role: "columnheader" }, 0] : ["td", { role: "cell" }, 0],
      parseDOM: [{ tag: "td" }, { tag: "th", attrs: { header: true } }],
    },
    text: { group: "inline" },
    figure: {
      group: "inline",
      inline: true,
      atom: true,
      draggable: true,
      attrs: { name: {}, unit: { default: null }, value: { default: "" } },
      toDOM: ({ attrs: { name, unit, value } }) => [
        "span",
        { class: "fig", "data-figure": name, "data-unit": unit, "data-value": value },
        value || "——",
      ],
      parseDOM: [{ tag: "span[data-figure]", getAttrs: figureFrom }],
      leafText: ({ attrs: { value } }) => value,
    },
    blank: {
      group: "inline",
      inline: true,
      atom: true,
      attrs: { label: { default: "" } },
      toDOM: ({ attrs: { label } }) => ["span", { class: "blank", "data-blank": label }, label],
      parseDOM: [{ tag: "span[data-blank]", getAttrs: (dom) => ({ label: dom.dataset.blank }) }],
    },
  },
});

const text = (words) => (words ? [{ type: "text", text: words }] : undefined);

/** The paper as the editor holds it, from what the house keeps: content, title and addressee. */
export function paperOf({ content, title, addressee }) {
  const blocks = (content.content ?? []).map((node) =>
    node.type === "annex" ? { type: "annex", content: text(node.attrs.title) } : node,
  );
  return schema.nodeFromJSON({
    type: "doc",
    content: [
      { type: "title", content: text(title) },
      { type: "addressee", content: text(addressee) },
      ...(blocks.length ? blocks : [{ type: "paragraph" }]),
    ],
  });
}

/** What the house keeps of a paper. */
export function keptOf(paper) {
  const [title, addressee, ...blocks] = paper.children;
  const content = blocks.map((node) =>
    node.type === schema.nodes.annex
      ? { type: "annex", attrs: { title: node.textContent } }
      : node.toJSON(),
  );
  return {
    title: title.textContent,
    addressee: addressee.textContent,
    content: { type: "doc", content },
  };
}
