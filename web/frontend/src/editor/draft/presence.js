// Who else has this diagram open, and where; theirs is shown if nothing of one's own is lost.
import { Others } from "../../parts/saving/others.js";
import { ask, clock, page, place } from "../page.js";

const OPEN = "open";

export default class Presence {
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
    Object.assign(this, { canvas, drawing, elementRegistry, eventBus, selection, translate });
    this.marked = [];
    if (!page.addresses.presence) return;
    eventBus.once("import.done", () => {
      new Others({
        ask,
        address: page.addresses.presence,
        saving,
        line: place("others"),
        between: translate("; "),
        here: () => ({
          element: selection.get()[0]?.id ?? null,
          process: page.draft.process,
        }),
        says: (other) => this._says(other),
        shown: (others) => this._mark(others),
        ended: ({ state }) => state !== OPEN,
        newer: ({ saved_by: by }) => this._newer(saving, by),
      });
    });
  }

  _says({ name, since, element }) {
    const there = element && this.elementRegistry.get(element)?.businessObject;
    const where = (page.language === "en" && there?.get("name_en")) || there?.name;
    const parts = { name, time: clock(since), where };
    return where
      ? this.translate("{name} is editing “{where}”, too, since {time}", parts)
      : this.translate("{name} has this open, too, since {time}", parts);
  }

  _mark(others) {
    const ids = others.map(({ element }) => element).filter((id) => this.elementRegistry.get(id));
    for (const id of this.marked) {
      if (this.elementRegistry.get(id)) this.canvas.removeMarker(id, "ed-theirs");
    }
    for (const id of ids) this.canvas.addMarker(id, "ed-theirs");
    this.marked = ids;
  }

  async _newer(saving, by) {
    const xml = await saving.theirs();
    if (xml === null) return;
    const box = this.canvas.viewbox();
    await this.drawing.open(xml);
    this.canvas.viewbox(box);
    this.eventBus.fire("duban.taken", { by });
  }
}
