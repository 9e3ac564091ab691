// What the page says to the editor, its places, and how the editor asks the house.
import { asking } from "../parts/saving/asking.js";
import { clockOf } from "../parts/saving/clock.js";

const told = JSON.parse(document.getElementById("editor-told").textContent);

/** `language` ("zh_CN" or "en"), `addresses`, `draft`, `parts`, and what `runs`. */
export const page = told;

/** The element of the page with this `data-editor` name. */
export const place = (name) => document.querySelector(`[data-editor="${name}"]`);

/** Ask the house: like fetch, with what every request of the editor carries. */
export const ask = asking(page.csrf);

/** "10:42" in the reader's language. */
export const clock = clockOf(page);
