// Marks on the elements that have problems: their number in the list, and a coloured edge.
import { page } from "../page.js";

const EDGES = { error: "ed-bad", warning: "ed-weak", advice: "ed-advice" };
const PLACE = { top: -12, right: 10 };

export default class Marks {
  static $inject = ["canvas", "elementRegistry", "overlays", "selection", "translate"];

  constructor(canvas, elementRegistry, overlays, selection, translate) {
    Object.assign(this, { canvas, elementRegistry, overlays, selection, translate });
    this.edges = [];
  }

  show(problems) {
    this.overlays.remove({ type: "duban-problem" });
    for (const [id, edge] of this.edges) {
      if (this.elementRegistry.get(id)) this.canvas.removeMarker(id, edge);
    }
    this.edges = [];
    const seen = new Set();
    problems.forEach((problem, at) => {
      const shape = this.elementRegistry.get(problem.element);
      if (!shape || seen.has(problem.element)) return;
      seen.add(problem.element);
      this._mark(shape, problem, at + 1);
    });
  }

  _mark(shape, { element, severity, text }, number) {
    this.canvas.addMarker(element, EDGES[severity]);
    this.edges.push([element, EDGES[severity]]);
    if (shape === this.canvas.getRootElement()) return;
    const badge = document.createElement("div");
    badge.className = `ed-badge ${severity}`;
    badge.textContent = number;
    badge.title = text;
    const position = shape.waypoints ? { top: 0, left: 0 } : PLACE;
    this.overlays.add(element, "duban-problem", { position, html: badge });
  }

  /** The shape of an id; that of a process is its pool, or the page. */
  find(id) {
    const ofPool = ({ businessObject }) => businessObject?.processRef?.id === id;
    return this.elementRegistry.get(id) ?? this.elementRegistry.find(ofPool);
  }

  /** What an element is called in the reader's language, as the list says it. */
  nameOf({ element, name }) {
    const owner = this.elementRegistry.get(element)?.businessObject;
    if (!owner) return name || this.translate("The diagram");
    const english = page.language === "en" && owner.get("name_en");
    const kind = this.translate(owner.$type.replace("bpmn:", ""));
    return english || name || this.translate("{kind} without a name", { kind });
  }

  /** Show an element of the list on the canvas, chosen. */
  go(id) {
    const shape = this.find(id);
    if (!shape) return;
    this.canvas.scrollToElement(shape, { top: 80, right: 80, bottom: 80, left: 80 });
    this.selection.select(shape === this.canvas.getRootElement() ? [] : shape);
    this.canvas.focus();
  }
}
