// What the page says to the editor, its places, and how it asks the house.
import { asking } from "../parts/saving/asking.js";
import { Kept } from "../parts/saving/kept.js";
import { saying } from "../parts/saying.js";

export const page = JSON.parse(document.getElementById("table-told").textContent);

/** The element of the page with this `data-table` name. */
export const place = (name) => document.querySelector(`[data-table="${name}"]`);

/** The columns of the page in their order: `side`, `name`, `label`, `type`, `values`. */
export const { columns, words } = page;

/** The words of this name in the reader's language; `{name}` in them is filled from `parts`. */
export const say = saying(words);

/** Ask the house: like fetch, with what every request of the editor carries. */
export const ask = asking(page.csrf);

/** What isn't saved yet, on this computer. */
export const kept = new Kept(`duban.table.${page.draft.id}`);
