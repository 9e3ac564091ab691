// Switches between drawing and simulating; the library's own switch isn't shown.
import { TOGGLE_MODE_EVENT } from "bpmn-js-token-simulation/lib/util/EventHelper";
import { place } from "../page.js";

export default class Toggle {
  static $inject = ["canvas", "contextPad", "eventBus", "selection"];

  constructor(canvas, contextPad, eventBus, selection) {
    Object.assign(this, { canvas, contextPad, eventBus, selection });
    this.active = false;
    eventBus.on("import.parse.start", () => this.toggleMode(false));
  }

  toggleMode(active = !this.active) {
    if (active === this.active) return;
    this.active = active;
    this.canvas.getContainer().parentNode.classList.toggle("simulation", active);
    place("editor").classList.toggle("simulating", active);
    place("simulate").setAttribute("aria-pressed", String(active));
    if (active) this.contextPad.close();
    this.eventBus.fire(TOGGLE_MODE_EVENT, { active });
  }
}
