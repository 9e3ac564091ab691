// Shared parts opened in place: the called process lies over the draft, to be looked at,
// with the way back in the bar and the way to its own draft beside it.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { ask, page, place } from "../page.js";
import { fit } from "../view/zoom.js";
import { buildReader } from "../reader.js";
import { leaveFrom } from "./trail.js";

export default class Opening {
  static $inject = ["canvas", "eventBus", "saving", "translate"];

  constructor(canvas, eventBus, saving, translate) {
    Object.assign(this, { canvas, eventBus, saving, translate });
    this.layer = place("part");
    this.crumbs = place("crumbs");
    this.way = [];
    eventBus.on("duban.part.open", ({ element }) => {
      this.open(element.businessObject);
    });
    eventBus.on("element.dblclick", 2000, ({ element }) => {
      if (!is(element, "bpmn:CallActivity") || element.labelTarget) return undefined;
      this.open(element.businessObject);
      return false;
    });
    this.crumbs.addEventListener("click", ({ target }) => {
      const at = target.closest("[data-crumb]")?.dataset.crumb;
      if (at !== undefined) this._back(Number(at));
    });
    this.layer.querySelector("form").addEventListener("submit", (event) => this._leave(event));
    this.layer.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this._back(this.way.length - 1);
    });
  }

  /** Show the process that a call activity calls. */
  async open({ calledElement }) {
    const part = page.parts.find(({ id }) => id === calledElement);
    if (!part) return;
    this.way.push(part);
    await this._show(part);
  }

  async _show({ label, xml: address, draft }) {
    this.viewer?.destroy();
    this.layer.hidden = false;
    this.layer.querySelector("[data-part-name]").textContent = label;
    this.layer.querySelector("form").action = draft;
    this._tell();
    const viewer = buildReader(this.layer.querySelector("[data-part-canvas]"));
    this.viewer = viewer;
    viewer.on("element.dblclick", ({ element }) => {
      if (is(element, "bpmn:CallActivity")) this.open(element.businessObject);
    });
    this.layer.querySelector("[data-part-canvas] svg").focus();
    const xml = await textOf(address);
    if (this.viewer !== viewer) return; // somebody has gone on, or back
    if (xml === null) {
      this.layer.querySelector("[data-part-name]").textContent = this.translate(
        "{name}: can't be opened now",
        { name: label },
      );
      return;
    }
    await viewer.importXML(xml);
    if (this.viewer === viewer) fit(viewer.get("canvas"));
  }

  /** To the part's own draft; what was drawn here is saved first. */
  async _leave(event) {
    event.preventDefault();
    const form = event.target;
    leaveFrom();
    if (await this.saving.save()) form.submit();
  }

  /** Go back to a level: 0 is the draft itself. */
  _back(level) {
    this.way.length = level;
    if (level > 0) {
      this._show(this.way[level - 1]);
      return;
    }
    this.viewer?.destroy();
    this.viewer = null;
    this.layer.hidden = true;
    this._tell();
    this.canvas.focus();
  }

  /** "Instruction / Each unit": every level but the last leads back. */
  _tell() {
    const levels = [page.draft.label, ...this.way.map(({ label }) => label)];
    this.crumbs.replaceChildren(
      ...levels.flatMap((label, at) => {
        const last = at === levels.length - 1;
        const made = document.createElement(last ? "h1" : "button");
        made.textContent = label;
        if (!last) Object.assign(made.dataset, { crumb: at });
        const slash = Object.assign(document.createElement("span"), { textContent: "/" });
        slash.className = "weak";
        return last ? [made] : [made, slash];
      }),
    );
  }
}

/** What the house has at an address, or null. */
async function textOf(address) {
  const answer = await ask(address, { headers: { Accept: "application/xml" } }).catch(() => null);
  return answer?.ok ? answer.text() : null;
}
