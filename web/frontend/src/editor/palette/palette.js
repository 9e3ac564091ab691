// The palette: what can be drawn, in words, to be dragged, pressed, or reached by keyboard.
// It stands beside the canvas in place of diagram-js's own, whose service it also is.
import { catalogue } from "../catalogue.js";
import { GROUPS } from "../offers/groups.js";
import { place } from "../page.js";
import { icon } from "./icons.js";
import More from "./more.js";

export default class Palette {
  static $inject = ["eventBus", "injector", "translate", "more"];

  constructor(eventBus, injector, translate, more) {
    Object.assign(this, { injector, translate, more });
    this.root = place("palette");
    this.root.addEventListener("keydown", (event) => this._walk(event));
    eventBus.on("diagram.init", () => this._draw());
    eventBus.on("tool-manager.update", ({ tool }) => this._press(tool));
  }

  // What diagram-js and the simulation ask of a palette.
  registerProvider() {}
  _update() {}

  _draw() {
    const groups = GROUPS.map(({ title, shown, more, rest }) =>
      this._group(title, [...this._all(shown), ...(more ? [this._rest(more, rest)] : [])]),
    );
    this.root.replaceChildren(...this._group("Tools", this._tools()), ...groups.flat());
    this._press("select");
  }

  _tools() {
    const tool = (name, picture, label, start) =>
      this._button({ id: name, icon: picture, label }, start, { tool: name });
    const get = (name) => this.injector.get(name);
    return [
      tool("select", "select", "Select", () => get("dragging").cancel()),
      tool("global-connect", "connect", "Connect", (event) => get("globalConnect").start(event)),
      tool("lasso", "lasso", "Select an area", (event) =>
        get("lassoTool").activateSelection(event),
      ),
      tool("space", "space", "Make room", (event) => get("spaceTool").activateSelection(event)),
      tool("hand", "hand", "Move the page", (event) => get("handTool").activateHand(event)),
    ];
  }

  _all(presets) {
    return presets.map((preset) => {
      const button = this._button(preset, (event) => this._choose(event, preset));
      button.draggable = true;
      button.addEventListener("dragstart", (event) => {
        event.preventDefault();
        this.injector.get("placing").drag(event, preset);
      });
      return button;
    });
  }

  /** A press of the mouse takes it along; a key puts it where it belongs. */
  _choose(event, preset) {
    const placing = this.injector.get("placing");
    if (event.detail === 0) placing.put(preset);
    else placing.drag(event, preset);
  }

  _rest(label, presets) {
    const entry = { id: label.toLowerCase().replace(" ", "-"), icon: "more", label };
    const button = this._button(entry, async () =>
      this.more.open(button, label, presets(await catalogue)),
    );
    button.setAttribute("aria-haspopup", "menu");
    return button;
  }

  _group(title, buttons) {
    const heading = document.createElement("h2");
    heading.textContent = this.translate(title);
    return [heading, ...buttons];
  }

  _button({ id, icon: picture, label, text }, press, { tool } = {}) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.entry = id;
    if (tool) button.dataset.tool = tool;
    button.tabIndex = -1;
    button.innerHTML = icon(picture);
    button.append(text ?? this.translate(label));
    button.addEventListener("click", press);
    return button;
  }

  _press(tool) {
    for (const button of this.root.querySelectorAll("[data-tool]")) {
      const pressed = button.dataset.tool === (tool ?? "select");
      button.setAttribute("aria-pressed", String(pressed));
      if (button.dataset.tool === "select") button.tabIndex = 0;
    }
  }

  /** One stop for Tab, arrows within: as in every toolbar. */
  _walk(event) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.root.querySelectorAll("button")];
    const here = buttons.indexOf(document.activeElement);
    const next = buttons[(here + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }
}

export const module = {
  __init__: ["palette"],
  more: ["type", More],
  palette: ["type", Palette],
  paletteProvider: ["value", null],
};
