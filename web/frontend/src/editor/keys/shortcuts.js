// The keys of the canvas beyond bpmn-js's own, and the list of them all under "?".
import { is } from "bpmn-js/lib/util/ModelUtil";
import { place } from "../page.js";

/** What the list says: the keys, and what they do. */
const LIST = [
  ["→", "Choose the first element"],
  ["Tab", "The next element"],
  ["Shift Tab", "The element before"],
  ["Alt ↑ ↓ ← →", "The element in that direction"],
  ["↑ ↓ ← →", "Move what is chosen"],
  ["Esc", "Choose nothing; Tab then leaves the diagram"],
  ["N", "Go to the palette"],
  ["A", "Add behind what is chosen"],
  ["C", "Connect to …"],
  ["E", "Rename"],
  ["R", "Change into …"],
  ["O", "Open this part"],
  ["Enter", "Go to the properties"],
  ["Delete", "Remove"],
  ["Ctrl Z", "Undo"],
  ["Ctrl Y", "Redo"],
  ["Ctrl C", "Copy"],
  ["Ctrl V", "Paste"],
  ["Ctrl A", "Choose everything"],
  ["Ctrl F", "Find by name"],
  ["Ctrl S", "Save now"],
  ["Ctrl +", "Larger"],
  ["Ctrl −", "Smaller"],
  ["Ctrl 0", "As large as it is"],
  ["T", "Simulate"],
  ["P", "Go to the problems"],
  ["?", "This list"],
];

export default class Shortcuts {
  static $inject = [
    "canvas",
    "connecting",
    "editorActions",
    "eventBus",
    "injector",
    "keyboard",
    "selection",
    "translate",
  ];

  constructor(
    canvas,
    connecting,
    editorActions,
    eventBus,
    injector,
    keyboard,
    selection,
    translate,
  ) {
    Object.assign(this, {
      canvas,
      connecting,
      editorActions,
      eventBus,
      injector,
      selection,
      translate,
    });
    this.dialog = place("help");
    this._list();
    keyboard.addListener(2000, ({ keyEvent }) => this._key(keyEvent));
    document.addEventListener("keydown", (event) => this._anywhere(event));
    canvas.getContainer().addEventListener("keydown", leaveToButton, true);
  }

  _key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const deed = {
      n: () => this._focus("palette", "button[tabindex='0']"),
      p: () => this._focus("problems", "button"),
      enter: () => this._focus("properties", "input, select, textarea, button, a"),
      f2: () => this.editorActions.trigger("directEditing"),
      escape: () => this._letGo(),
      ...this._ofOne(),
    }[event.key.toLowerCase()];
    return deed ? (deed() ?? true) : undefined;
  }

  /** What can be done to the one element that is chosen. */
  _ofOne() {
    const [element, ...others] = this.selection.get();
    if (!element || others.length || this._simulates()) return {};
    const flows = is(element, "bpmn:FlowNode") && !is(element, "bpmn:EndEvent");
    return {
      ...(flows
        ? { a: () => this.injector.get("appendMenu").open(element, this._at(element)) }
        : {}),
      ...(element.waypoints ? {} : { c: () => this.connecting.open(element, this._at(element)) }),
      r: () => this._replace(element),
      o: () => this.eventBus.fire("duban.part.open", { element }),
    };
  }

  _replace(element) {
    const menu = this.injector.get("popupMenu");
    if (menu.isEmpty(element, "bpmn-replace")) return;
    menu.open(element, "bpmn-replace", this._at(element), {
      title: this.translate("Change element"),
      width: "300px",
      search: true,
    });
  }

  /** Where a menu opens beside an element: in the window's terms. */
  _at(element) {
    const { x, y, width, height } = this.canvas.getAbsoluteBBox(element);
    const { left, top } = this.canvas.getContainer().getBoundingClientRect();
    return { x: left + x + width + 8, y: top + y + height / 2 };
  }

  _focus(name, what) {
    place(name).querySelector(what)?.focus();
  }

  _letGo() {
    if (this.injector.get("dragging").context()) return undefined;
    this.selection.select(null);
    return true;
  }

  _simulates() {
    return this.injector.get("toggleMode").active;
  }

  /** Keys that also hold beside the canvas, unless somebody types. */
  _anywhere(event) {
    const { key, target } = event;
    if (key === "?" && !target.matches("input, textarea, select, [contenteditable]")) {
      this.dialog.showModal();
    } else if (
      key === "Escape" &&
      target.closest("[data-editor=palette], [data-editor=properties]")
    ) {
      this.canvas.focus();
    }
  }

  _list() {
    const rows = LIST.map(([keys, words]) => {
      const row = document.createElement("div");
      const said = Object.assign(document.createElement("dd"), {
        textContent: this.translate(words),
      });
      const term = document.createElement("dt");
      for (const key of keys.split(" ")) {
        term.append(
          Object.assign(document.createElement("kbd"), { textContent: key, className: "kbd" }),
        );
      }
      row.append(term, said);
      return row;
    });
    this.dialog.querySelector("dl").replaceChildren(...rows);
  }
}

/** A button on the canvas is pressed by its own keys: the drawing doesn't hear of them. */
function leaveToButton(event) {
  if (["Enter", " "].includes(event.key) && event.target.closest("button, a")) {
    event.stopPropagation();
  }
}
