// What the editor can't do without is asked for until it comes; meanwhile the page says so.
import { insist } from "../parts/saving/asking.js";
import { WORDS } from "./draft/saving.js";
import { ask, place } from "./page.js";
import { translate } from "./words/translate.js";

/** Ask the house until it answers and is `read`; where saving is said stands why it isn't here. */
export async function askUntil(address, read, headers = {}) {
  const line = place("saved");
  const before = line.textContent;
  let words;
  const come = await insist(
    (more) => ask(address, { headers: { ...headers, ...more } }),
    read,
    (state, parts) => {
      words = translate(WORDS[state], parts);
      line.textContent = words;
    },
  );
  if (line.textContent === words) line.textContent = before;
  return come;
}
