// Saves the draft two seconds after the last change, and says how that went.
import { ask, page, place } from "../page.js";
import { forget, keep } from "./keeping.js";

const PAUSE = 2000;
const AGAIN = 10_000;
const FAULT = 500;
const XML = "application/xml";

export default class Saving {
  static $inject = ["drawing", "eventBus", "translate"];

  constructor(drawing, eventBus, translate) {
    Object.assign(this, { drawing, eventBus, translate });
    this.line = place("saved");
    eventBus.on("commandStack.changed", ({ trigger }) => {
      if (trigger !== "clear") this.changed();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
  }

  /** Return what is saved; what was drawn and isn't saved is given up. */
  async load() {
    const answer = await ask(page.addresses.xml, { headers: { Accept: XML } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    this.revision = answer.headers.get("ETag") ?? "";
    if (this.unsaved) {
      this.unsaved = false;
      this._say("Saved");
    }
    return answer.text();
  }

  /** Something was drawn: it is kept here at once, and saved soon. */
  changed() {
    this.unsaved = true;
    this._say("Not saved yet");
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.save(), PAUSE);
    clearTimeout(this._keeper);
    this._keeper = setTimeout(async () => {
      if (this.unsaved) keep(await this.drawing.text(), this.revision);
    }, PAUSE / 8);
  }

  /** Save now what isn't saved; whoever deploys or tries it waits for that. */
  async save() {
    if (this._running) await this._running;
    if (!this.unsaved) return true;
    this._running = this._put();
    try {
      return await this._running;
    } finally {
      this._running = null;
    }
  }

  async _put() {
    clearTimeout(this._timer);
    const body = await this.drawing.text();
    this.unsaved = false;
    this._say("Saving …");
    try {
      const headers = { "Content-Type": XML, "If-Match": this.revision };
      const answer = await ask(page.addresses.save, { method: "PUT", headers, body });
      return await this._answered(answer, body);
    } catch {
      return this._failed(body, "Not saved: no connection. It is kept on this computer.");
    }
  }

  async _answered(answer, body) {
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return this._saved(told);
    if (answer.status === 412) {
      keep(body, this.revision);
      this.unsaved = true;
      this._say("Not saved: somebody else saved meanwhile");
      this.eventBus.fire("duban.conflict", told);
      return false;
    }
    if (answer.status === 401) return this._failed(body, "Not saved: please sign in again");
    const why = told.detail ?? told.title ?? answer.status;
    return this._failed(body, "Not saved: {why}", { why, again: answer.status >= FAULT });
  }

  _saved({ revision, saved_at: at }) {
    this.revision = `"${revision}"`;
    if (!this.unsaved) forget();
    this._say("Saved at {time}", { time: clock(at) });
    this.eventBus.fire("duban.saved", { revision });
    return true;
  }

  _failed(body, words, { why, again = true } = {}) {
    keep(body, this.revision);
    this.unsaved = true;
    this._say(words, { why });
    if (again) this._timer = setTimeout(() => this.save(), AGAIN);
    return false;
  }

  _say(words, parts) {
    this.line.textContent = this.translate(words, parts);
    this.line.title = this.line.textContent;
    this.line.dataset.saved = String(!this.unsaved);
  }
}

/** "10:42" in the reader's language. */
export function clock(at) {
  const day = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: page.zone };
  return new Date(at ?? Date.now()).toLocaleTimeString(page.language.replace("_", "-"), day);
}
