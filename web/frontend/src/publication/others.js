// Who else has this draft open; theirs is shown if nothing of one's own is lost.
import { clockOf } from "../parts/saving/clock.js";
import { Others } from "../parts/saving/others.js";
import { ask, page, place, words } from "./page.js";

/** Look after the others at a draft that is written on a desk. */
export function lookForOthers(desk, saving) {
  const clock = clockOf(page);
  return new Others({
    ask,
    address: page.addresses.presence,
    saving,
    line: place("others"),
    between: words("between"),
    says: ({ name, since }) => words("also_open", { name, time: clock(since) }),
    ended: ({ ended }) => ended,
    newer: async ({ saved_by: name, saved_at: at }) => {
      const text = await saving.theirs();
      if (text === null) return;
      desk.open(JSON.parse(text));
      place("saved").textContent = words("taken_from", { name, time: clock(at) });
    },
  });
}
