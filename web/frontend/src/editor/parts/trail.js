// From a part that was opened in place to its own draft, and back to where one came from.
import { page, place } from "../page.js";

const TRAIL = "duban.trail";

/** Remember where one leaves from. */
export function leaveFrom() {
  const here = { label: page.draft.label, address: window.location.pathname };
  sessionStorage.setItem(TRAIL, JSON.stringify(here));
}

/** Show the way back, if one has just come from another draft. */
export function cameFrom() {
  const before = JSON.parse(sessionStorage.getItem(TRAIL));
  if (!before || new URL(document.referrer || "http:/").pathname !== before.address) return;
  const link = Object.assign(document.createElement("a"), { href: before.address });
  link.className = "sec";
  link.textContent = before.label;
  const slash = Object.assign(document.createElement("span"), { textContent: "/" });
  slash.className = "weak";
  place("crumbs").before(link, slash);
}
