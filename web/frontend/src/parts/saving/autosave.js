// Saves a draft two seconds after the last change, and says how that went.
import { insist, reason } from "./asking.js";
import { typing } from "./lines.js";

const PAUSE = 2000;
const AGAIN = 10_000;
const FAULT = 500;

export class Autosave {
  /**
   * `ask`, `kept` and `clock` are the editor's; `addresses` has `load` and `save`; `type` is the
   * type of what is sent, `text()` writes it. `words(state, parts)` says how it went, on `line`;
   * `moved(told)` hears that somebody else has saved meanwhile, `saved(told)` that it went well,
   * and `refused(told)`, where there is one, what the house has against it; `amid()`, where there
   * is one, whether somebody is amid something that would be lost, and is no change yet.
   */
  constructor(editor) {
    Object.assign(this, editor);
    window.addEventListener("beforeunload", (event) => {
      if (this.held && !this.givenUp) event.preventDefault();
    });
  }

  /** Whether something is being sent at this moment. */
  get busy() {
    return Boolean(this._running);
  }

  /** Whether the house hasn't everything that was changed. */
  get pending() {
    return Boolean(this.unsaved) || this.busy;
  }

  /** Whether something would be lost if the page went now, or another text came. */
  get held() {
    return this.pending || typing() || Boolean(this.amid?.());
  }

  /** Return what is saved; what was changed and isn't saved is given up. */
  async load() {
    clearTimeout(this._timer);
    let says = this.unsaved;
    const { text, revision } = await insist(
      (headers) => this.ask(this.addresses.load, { headers: { Accept: this.type, ...headers } }),
      read,
      (...why) => {
        says = true;
        this._say(...why);
      },
    );
    this.revision = revision;
    this.unsaved = false;
    if (says) this._say("settled");
    return text;
  }

  /** Open what is saved instead of one's own; until it is there, nothing is written in the room. */
  async give(room, open) {
    const { activeElement } = document;
    room.inert = true;
    await open(await this.load());
    this.kept.forget();
    room.inert = false;
    if (document.activeElement === document.body) activeElement.focus({ preventScroll: true });
  }

  /** Return what somebody else has saved; nothing if there is something of one's own by then. */
  async theirs() {
    const answer = await this.ask(this.addresses.load, { headers: { Accept: this.type } });
    if (!answer.ok) return null;
    const { text, revision } = await read(answer);
    if (this.held) return null;
    this.revision = revision;
    return text;
  }

  /** Something was changed: it is kept here at once, and saved soon. */
  changed() {
    this.unsaved = true;
    this._say("unsaved");
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.save(), PAUSE);
    clearTimeout(this._keeper);
    this._keeper = setTimeout(async () => {
      const text = this.pending && (await this.text());
      if (this.pending) this.kept.keep(text, this.revision);
    }, PAUSE / 8);
  }

  /** What isn't saved is given up: the draft itself goes. */
  giveUp() {
    clearTimeout(this._timer);
    clearTimeout(this._keeper);
    this.givenUp = true;
    this.unsaved = false;
    this.kept.forget();
  }

  /** Save now what isn't saved; whoever goes on from the draft waits for that. */
  async save() {
    while (this._running) await this._running; // of two who wait, one saves
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
    const body = await this._written();
    this._say("saving");
    try {
      const headers = { "Content-Type": this.type, "If-Match": this.revision };
      const answer = await this.ask(this.addresses.save, { method: "PUT", headers, body });
      return await this._answered(answer, body);
    } catch {
      return this._failed(body, "offline");
    }
  }

  /** Write what is to be sent; what changes from here on, even meanwhile, is unsaved again. */
  async _written() {
    this.unsaved = false;
    try {
      return await this.text();
    } catch (fault) {
      this.unsaved = true;
      throw fault;
    }
  }

  async _answered(answer, body) {
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return this._saved(told);
    if (answer.status === 412) {
      this.kept.keep(body, this.revision);
      this.unsaved = true;
      this._say("moved");
      this.moved(told);
      return false;
    }
    if (answer.status === 401) return this._failed(body, "signed_out");
    this.refused?.(told);
    const why = reason(answer, told);
    return this._failed(body, "refused", { why, again: answer.status >= FAULT });
  }

  _saved(told) {
    this.revision = `"${told.revision}"`;
    if (!this.unsaved) this.kept.forget();
    this._say(this.unsaved ? "unsaved" : "saved", { time: this.clock(told.saved_at) });
    this.saved(told);
    return true;
  }

  _failed(body, state, { why, again = true } = {}) {
    this.kept.keep(body, this.revision);
    this.unsaved = true;
    this._say(state, { why });
    if (again) this._timer = setTimeout(() => this.save(), AGAIN);
    return false;
  }

  _say(state, parts) {
    this.line.textContent = this.words(state, parts);
    this.line.title = this.line.textContent;
    this.line.dataset.saved = String(!this.unsaved && state !== "saving");
  }
}

/** Read what is saved, and its revision: the one without the other isn't worth having. */
async function read(answer) {
  return { text: await answer.text(), revision: answer.headers.get("ETag") ?? "" };
}
