// What isn't saved yet is kept on this computer, should the browser or the network go.
import { page } from "../page.js";

const KEY = `duban.draft.${page.draft.id}`;

/** Keep a text; a browser that has no room for it isn't worth stopping for. */
export function keep(xml, revision) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ xml, revision, at: new Date().toISOString() }));
  } catch {
    localStorage.removeItem(KEY);
  }
}

/** What was kept of this draft and never saved: `xml`, `revision`, `at`. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

export function forget() {
  localStorage.removeItem(KEY);
}
