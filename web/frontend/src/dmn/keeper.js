// Keeps what is typed: a moment after each change, and before the page is left.
import { page, place, words } from "./page.js";
import { showProblems } from "./problems.js";

const QUIET = 600;

export default class Keeper {
  constructor(tables, viewer) {
    this.tables = tables;
    this.viewer = viewer;
    this.revision = page.revision;
    this.timer = null;
    this.saving = Promise.resolve();
  }

  later() {
    clearTimeout(this.timer);
    this.say(words.saving);
    this.timer = setTimeout(() => this.now(), QUIET);
  }

  now() {
    clearTimeout(this.timer);
    this.timer = null;
    this.saving = this.saving.then(() => this.save());
    return this.saving;
  }

  async save() {
    if (this.lost) return;
    const { xml } = await this.tables.saveXML();
    try {
      const answer = await fetch(page.addresses.xml, {
        method: "PUT",
        body: xml,
        credentials: "same-origin",
        headers: {
          "Content-Type": "application/xml",
          "If-Match": `"${this.revision}"`,
          "X-CSRF-Token": page.csrf,
        },
      });
      const told = await answer.json();
      if (answer.status === 412) this.lost = true;
      if (this.lost) return this.say(words.moved);
      if (told.problems) showProblems(this.viewer, told.problems);
      if (!answer.ok) return this.say(words.unsaved);
      this.revision = told.revision;
      this.say(`${words.saved} ${told.saved_at}`);
    } catch {
      this.say(words.unsaved);
    }
  }

  /** A link out of the page is followed once what was typed is kept. */
  async before(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || this.timer === null) return;
    event.preventDefault();
    await this.now();
    window.location.assign(link.href);
  }

  say(text) {
    place("state").textContent = text;
  }
}
