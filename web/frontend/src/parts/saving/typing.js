// What is typed into a step is kept by itself: soon after a pause, and at the latest when they go.
const PAUSE = 2000;
const LONGEST = 10_000;
const AGAIN = 10_000;
const SIGNED_OUT = 401;
const FAULT = 500;

/** What stands in a form, without its files. */
export function typedIn(form) {
  const typed = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") typed.append(name, value);
  }
  return typed;
}

/** Keep what is typed into the form round a line, which asks for it and says how that went. */
export function keepTyping(line) {
  const form = line.closest("form");
  const keeping = new Keeping(form, line);
  for (const moment of ["input", "change"]) form.addEventListener(moment, () => keeping.typed());
  if ([...form.elements].some(isChanged)) keeping.typed();
}

/** Whether something was typed before anybody listened. */
const isChanged = ({ defaultValue, name, value, type }) =>
  name && type !== "file" && defaultValue !== undefined && value !== defaultValue;

class Keeping {
  constructor(form, line) {
    Object.assign(this, { form, line, changes: 0, kept: 0 });
    // Asked with what stands there now, though it may go later:
    line.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
      ctx.changes = this.changes;
    });
    line.addEventListener("htmx:finally:request", ({ detail }) => this.answered(detail.ctx));
    form.addEventListener("submit", () => this.forget()); // all of it goes along
    window.addEventListener("pagehide", () => this.leave());
  }

  get pending() {
    return this.changes > this.kept;
  }

  typed() {
    this.changes += 1;
    this.since ??= Date.now();
    this.ask(Math.min(PAUSE, this.since + LONGEST - Date.now()));
  }

  ask(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.since = null;
      if (this.pending) this.line.dispatchEvent(new Event("keep"));
    }, pause);
  }

  answered({ status, response, changes }) {
    if (status === "swapped") {
      this.kept = Math.max(this.kept, changes);
      return;
    }
    this.line.textContent = this.line.dataset.unkept;
    const code = response?.status ?? FAULT;
    if (code >= FAULT || code === SIGNED_OUT) this.ask(AGAIN);
  }

  forget() {
    clearTimeout(this.timer);
    this.since = null;
    this.kept = this.changes;
  }

  /** Send what isn't kept along with whoever goes; nobody hears how that went. */
  leave() {
    if (!this.pending) return;
    if (navigator.sendBeacon(this.line.dataset.leaving, typedIn(this.form))) this.forget();
  }
}
