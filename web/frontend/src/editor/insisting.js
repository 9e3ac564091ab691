// What the editor can't do without is asked for until it comes; meanwhile the page says so.
import { insist } from "../parts/saving/asking.js";
import { ask, place } from "./page.js";
import { translate } from "./words/translate.js";

/** Ask the house until it answers; where saving is said stands that something isn't here yet. */
export async function askUntil(...asked) {
  const line = place("saved");
  const before = line.textContent;
  const words = translate("Not everything is here yet. Trying again …");
  const answer = await insist(
    () => ask(...asked),
    () => {
      line.textContent = words;
    },
  );
  if (line.textContent === words) line.textContent = before;
  return answer;
}
