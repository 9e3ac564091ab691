// From element to element by keyboard: an arrow begins, Tab goes on, Escape lets go.
import { place } from "../page.js";
import { beside, inOrder } from "./order.js";

const ARROW = /^Arrow/;

export default class Walking {
  static $inject = ["canvas", "elementRegistry", "eventBus", "keyboard", "selection", "translate"];

  constructor(canvas, elementRegistry, eventBus, keyboard, selection, translate) {
    Object.assign(this, { canvas, elementRegistry, selection, translate });
    this.live = place("live");
    eventBus.on("diagram.init", () => this._name());
    keyboard.addListener(3000, ({ keyEvent }) => this._key(keyEvent));
    eventBus.on("selection.changed", ({ newSelection }) => this._tell(newSelection));
    eventBus.on("elements.changed", () => this._tell(selection.get()));
  }

  /** The drawing is one stop for whoever can't see it: it tells what is chosen. */
  _name() {
    const drawing = place("canvas").querySelector("svg");
    drawing.setAttribute("role", "application");
    drawing.setAttribute("aria-label", place("canvas").getAttribute("aria-label"));
  }

  _key(event) {
    const chosen = this.selection.get();
    if (event.ctrlKey || event.metaKey || event.target.closest("button, a")) return undefined;
    if (event.key === "Tab" && chosen.length) return this._along(chosen[0], event.shiftKey);
    if (!ARROW.test(event.key)) return undefined;
    if (chosen.length === 0) return this._go(inOrder(this.elementRegistry)[0]);
    if (!event.altKey || chosen.length !== 1) return undefined;
    return this._go(beside(chosen[0], event.key, this.elementRegistry)) ?? true;
  }

  /** The next one; behind the last one Tab leaves the canvas. */
  _along(element, back) {
    const order = inOrder(this.elementRegistry);
    return this._go(order[order.indexOf(element.labelTarget ?? element) + (back ? -1 : 1)]);
  }

  _go(element) {
    if (!element) {
      this.selection.select(null);
      return undefined;
    }
    this.selection.select(element);
    this.canvas.scrollToElement(element, 60);
    return true;
  }

  _tell([element]) {
    if (!element) return;
    const owner = element.businessObject;
    const name = owner.name ?? owner.text ?? this.translate("without a name");
    const kind = this.translate(owner.$type.replace("bpmn:", ""));
    this.live.textContent = this.translate("{name}, {kind}", { name, kind });
  }
}
