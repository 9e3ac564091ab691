// What isn't saved yet is kept on this computer, should the browser or the network go.
export class Kept {
  /** `key` is the draft's own: "duban.draft.12". */
  constructor(key) {
    this.key = key;
  }

  /** Keep a text; a browser that has no room for it isn't worth stopping for. */
  keep(text, revision) {
    try {
      const at = new Date().toISOString();
      localStorage.setItem(this.key, JSON.stringify({ text, revision, at }));
    } catch {
      this.forget();
    }
  }

  /** What was kept of this draft and never saved: `text`, `revision`, `at`. */
  get() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }
}
