// The bar above the canvas: back and forth, check, simulate, files, and the ways on.
import { place } from "./page.js";

export default class Bar {
  static $inject = ["commandStack", "eventBus", "injector"];

  constructor(commandStack, eventBus, injector) {
    Object.assign(this, { commandStack, injector });
    const get = (name) => injector.get(name);
    const deeds = {
      undo: () => commandStack.undo(),
      redo: () => commandStack.redo(),
      check: () => this._problems(),
      simulate: () => get("toggleMode").toggleMode(),
      "export-bpmn": () => get("exporting").bpmn(),
      "export-svg": () => get("exporting").svg(),
      "export-png": () => get("exporting").png(),
      import: () => place("file").click(),
      keys: () => place("help").showModal(),
      fold: () => place("editor").classList.toggle("folded"),
    };
    for (const [name, deed] of Object.entries(deeds)) {
      place(name)?.addEventListener("click", deed);
    }
    for (const link of document.querySelectorAll("[data-saved-first]")) {
      link.addEventListener("click", (event) => this._leave(event));
    }
    eventBus.on("commandStack.changed", () => this._can());
    eventBus.on("duban.checked", ({ problems }) => this._found(problems));
    this._can();
  }

  _can() {
    place("undo").disabled = !this.commandStack.canUndo();
    place("redo").disabled = !this.commandStack.canRedo();
  }

  _problems() {
    place("editor").classList.remove("folded");
    this.injector.get("problems").check();
    place("problems").querySelector("button")?.focus();
  }

  /** What must be changed first is shown instead of a page that would refuse it. */
  _found(problems) {
    const wrong = problems.some(({ severity }) => severity === "error");
    place("deploy")?.setAttribute("aria-disabled", String(wrong));
  }

  /** A way that is barred leads to what bars it. */
  _leave(event) {
    if (event.currentTarget.getAttribute("aria-disabled") !== "true") return;
    event.preventDefault();
    this._problems();
  }
}
