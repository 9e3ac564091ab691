// Words that the house has told a page.

/** What says the words of a name in the reader's language; `{part}` in them is filled. */
export const saying =
  (words) =>
  (name, parts = {}) =>
    words[name].replace(/{([^}]+)}/g, (whole, part) => parts[part] ?? whole);
