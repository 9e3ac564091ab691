// Switches between drawing and simulating; the library's own switch isn't shown.
import { TOGGLE_MODE_EVENT } from "bpmn-js-token-simulation/lib/util/EventHelper";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { place } from "../page.js";

const SEEN_FROM = 0.5; // smaller than that the library shows neither buttons nor tokens
const NEAR = 0.6;
const MARGIN = 120;

export default class Toggle {
  static $inject = ["canvas", "contextPad", "elementRegistry", "eventBus", "selection"];

  constructor(canvas, contextPad, elementRegistry, eventBus, selection) {
    Object.assign(this, { canvas, contextPad, elementRegistry, eventBus, selection });
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
    if (active && this.canvas.zoom() < SEEN_FROM) this._near();
  }

  /** Come so near that the button at the start is seen. */
  _near() {
    const start = this.elementRegistry.find((each) => is(each, "bpmn:StartEvent"));
    this.canvas.zoom(NEAR);
    if (start) this.canvas.scrollToElement(start, MARGIN);
  }
}
