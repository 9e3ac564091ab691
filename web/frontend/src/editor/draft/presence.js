// Who else has this diagram open, and where; and whether somebody has saved it meanwhile.
import { ask, clock, page, place } from "../page.js";

const EVERY = 15_000;
const OPEN = "open";

export default class Others {
  static $inject = [
    "canvas",
    "drawing",
    "elementRegistry",
    "eventBus",
    "saving",
    "selection",
    "translate",
  ];

  constructor(canvas, drawing, elementRegistry, eventBus, saving, selection, translate) {
    Object.assign(this, {
      canvas,
      drawing,
      elementRegistry,
      eventBus,
      saving,
      selection,
      translate,
    });
    this.line = place("others");
    this.marked = [];
    if (!page.addresses.presence) return;
    setInterval(() => this.look(), EVERY);
    eventBus.once("import.done", () => {
      this.look();
    });
  }

  /** Tell where one is, and hear where the others are. */
  async look() {
    if (document.hidden) return;
    const element = this.selection.get()[0]?.id ?? null;
    const body = JSON.stringify({ element, process: page.draft.process });
    const headers = { "Content-Type": "application/json" };
    const answer = await ask(page.addresses.presence, { method: "POST", headers, body }).catch(
      () => null,
    );
    if (!answer?.ok) return;
    const { others, revision, saved_by: by, state } = await answer.json();
    if (state !== OPEN && !this.saving.unsaved) window.location.reload();
    this._show(others);
    if (`"${revision}"` !== this.saving.revision) await this._newer(by);
  }

  _show(others) {
    const said = others.map(({ name, since, element }) => {
      const there = element && this.elementRegistry.get(element)?.businessObject;
      const where = (page.language === "en" && there?.get("name_en")) || there?.name;
      const parts = { name, time: clock(since), where };
      return where
        ? this.translate("{name} is editing “{where}”, too, since {time}", parts)
        : this.translate("{name} has this open, too, since {time}", parts);
    });
    this.line.hidden = said.length === 0;
    this.line.querySelector("[data-words]").textContent = said.join(this.translate("; "));
    this._mark(others.map(({ element }) => element).filter((id) => this.elementRegistry.get(id)));
  }

  _mark(ids) {
    for (const id of this.marked) {
      if (this.elementRegistry.get(id)) this.canvas.removeMarker(id, "ed-theirs");
    }
    for (const id of ids) this.canvas.addMarker(id, "ed-theirs");
    this.marked = ids;
  }

  /** Theirs is newer: shown at once if nothing of one's own would be lost. */
  async _newer(by) {
    if (this.saving.unsaved || this.saving.busy) return;
    const box = this.canvas.viewbox();
    await this.drawing.open(await this.saving.load());
    this.canvas.viewbox(box);
    this.eventBus.fire("duban.taken", { by });
  }
}
