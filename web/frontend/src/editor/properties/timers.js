// What a timer waits for, as parts that can be chosen and as BPMN writes it, both ways.

export const UNITS = ["minutes", "hours", "days", "weeks", "months", "years"];
const LETTERS = { minutes: "M", hours: "H", days: "D", weeks: "W", months: "M", years: "Y" };
const CLOCK = new Set(["minutes", "hours"]);
const DURATION = /^P(?:T(\d+)([MH])|(\d+)([DWMY]))$/;
const DUE = /^due\.(\w+)$/;
const CYCLE = /^R(\d*)(?:\/([^/]+))?\/([^/]+)$/;
const FOREVER = "P3650D";
/** The turn of a cycle that only comes again when its date moves. */

/** `{ number, unit }` of a duration with one part, else null. */
function spanOf(text) {
  const match = DURATION.exec(text ?? "");
  if (!match) return null;
  const [, clock, clockLetter, days, letter] = match;
  const units = UNITS.filter((unit) => CLOCK.has(unit) === Boolean(clock));
  const unit = units.find((each) => LETTERS[each] === (clockLetter ?? letter));
  return { number: Number(clock ?? days), unit };
}

const spanText = ({ number, unit }) => `P${CLOCK.has(unit) ? "T" : ""}${number}${LETTERS[unit]}`;

/** What a timer definition says: `{ kind, … }`, or `{ kind: "text", tag, text }`. */
export function readTimer(definition) {
  for (const tag of ["timeDate", "timeDuration", "timeCycle"]) {
    const text = definition?.[tag]?.body?.trim();
    if (text !== undefined) return READERS[tag](text) ?? { kind: "text", tag, text };
  }
  return { kind: "" };
}

const READERS = {
  timeDate(text) {
    const due = DUE.exec(text);
    return due ? { kind: "due", due: due[1], again: "once" } : { kind: "moment", moment: text };
  },
  timeDuration(text) {
    const span = spanOf(text);
    return span && { kind: "after", span };
  },
  timeCycle(text) {
    const match = CYCLE.exec(text);
    if (!match) return null;
    const [, times, first, turn] = match;
    const due = first && DUE.exec(first);
    if (first && (!due || times)) return null;
    if (due && turn === FOREVER) return { kind: "due", due: due[1], again: "moved" };
    const span = spanOf(turn);
    if (!span && !/^[A-Za-z]\w*$/.test(turn)) return null;
    const every = span ? { span } : { key: turn };
    if (due) return { kind: "due", due: due[1], again: span ? "every" : "key", ...every };
    return span && { kind: "every", span, times };
  },
};

/** `{ tag, text }` as BPMN writes what was chosen. */
export function timerText(timer) {
  switch (timer.kind) {
    case "due":
      return dueText(timer);
    case "after":
      return { tag: "timeDuration", text: spanText(timer.span) };
    case "every":
      return { tag: "timeCycle", text: `R${timer.times ?? ""}/${spanText(timer.span)}` };
    case "moment":
      return { tag: "timeDate", text: timer.moment };
    default:
      return { tag: timer.tag ?? "timeDuration", text: timer.text ?? "" };
  }
}

function dueText({ due, again, span, key }) {
  if (again === "once") return { tag: "timeDate", text: `due.${due}` };
  const turn = { moved: FOREVER, key, every: span && spanText(span) }[again];
  return { tag: "timeCycle", text: `R/due.${due}/${turn}` };
}

/** A timer of another kind, with what a reader would begin with. */
export function freshTimer(kind, due) {
  return {
    due: { kind, due, again: "once" },
    after: { kind, span: { number: 1, unit: "days" } },
    every: { kind, span: { number: 1, unit: "days" }, times: "" },
    moment: { kind, moment: `${new Date().toISOString().slice(0, 10)}T09:00:00` },
    text: { kind, tag: "timeDuration", text: "" },
  }[kind];
}
