// Every word of the editor in the reader's language; what has no Chinese is remembered.
import library from "bpmn-js-i18n/translations/zn.js";
import { page } from "../page.js";
import english from "./en.js";
import own from "./zh.js";

const chinese = page.language === "zh_CN";
const words = chinese ? { ...library, ...own } : { ...english };

/** The words that were asked for and have no Chinese: a test wants none. */
export const missed = new Set();

/** Let a part of the editor bring its own words: English to Chinese, and English put better. */
export function learn(zh, en = {}) {
  Object.assign(words, chinese ? zh : en);
}

/** Say it in the reader's language; `{name}` in it is filled from `parts`. */
export function translate(template, parts = {}) {
  const known = words[template];
  if (known === undefined && chinese && /\p{Letter}/u.test(template)) missed.add(template);
  return (known ?? template).replace(/{([^}]+)}/g, (whole, name) => parts[name] ?? whole);
}

export default { translate: ["value", translate] };
