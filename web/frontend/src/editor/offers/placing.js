// Puts what was chosen onto the page without a mouse: behind what is selected, else in the middle.
import { getNewShapePosition } from "bpmn-js/lib/features/auto-place/BpmnAutoPlaceUtil";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { getMid } from "diagram-js/lib/layout/LayoutUtil";
import { catalogue } from "../catalogue.js";
import { place } from "../page.js";

const STEP = 20;
const BEFORE = 2000; // before the library has its say about where a shape goes

export default class Placing {
  static $inject = [
    "autoPlace",
    "canvas",
    "create",
    "elementRegistry",
    "eventBus",
    "make",
    "modeling",
    "selection",
    "translate",
  ];

  constructor(
    autoPlace,
    canvas,
    create,
    elementRegistry,
    eventBus,
    make,
    modeling,
    selection,
    translate,
  ) {
    Object.assign(this, {
      autoPlace,
      canvas,
      create,
      elementRegistry,
      make,
      modeling,
      selection,
      translate,
    });
    eventBus.on("autoPlace", BEFORE, ({ shape, source }) => this._beside(source, shape));
  }

  /** Let it hang at the pointer until it is dropped; `source` is what it is drawn behind. */
  async drag(event, preset, source) {
    this.create.start(event, this.make.shapes(preset, await catalogue), source ? { source } : {});
  }

  /** Put it behind `source` and connect it; an event of a boundary onto its boundary. */
  async behind(source, preset) {
    const [shape, ...inside] = this.make.shapes(preset, await catalogue);
    if (is(shape, "bpmn:BoundaryEvent")) return this._onto(source, shape);
    const placed = this.autoPlace.append(source, shape);
    for (const child of inside) this._into(placed, child);
    return placed;
  }

  /** Put it where the selection says, or in the middle of what is seen. */
  async put(preset) {
    const chosen = this.selection.get();
    if (chosen.length === 1 && this._leads(chosen[0], preset)) {
      return this.behind(chosen[0], preset);
    }
    const shapes = this.make.shapes(preset, await catalogue);
    if (is(shapes[0], "bpmn:BoundaryEvent")) return this._nowhere();
    const [placed] = this.modeling.createElements(shapes, this._free(shapes[0]), this._scope());
    this.selection.select(placed);
    return placed;
  }

  /** The middle of what is seen, or below it where nothing stands yet. */
  _free(shape) {
    const seen = this.canvas.viewbox();
    const middle = { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2 };
    while (this._isTaken(middle, shape)) middle.y += STEP;
    return middle;
  }

  /** Behind `source` as the library would, but on top of nothing while the lane has room. */
  _beside(source, shape) {
    const usual = getNewShapePosition(source, shape, this.elementRegistry);
    if (!usual) return undefined;
    const lane = this._lane(getMid(source));
    const fits = ({ y }) =>
      !lane || (y - shape.height / 2 > lane.y && y + shape.height / 2 < lane.y + lane.height);
    for (let away = 0; away < (lane?.height ?? 20 * STEP); away += STEP) {
      for (const y of [usual.y + away, usual.y - away]) {
        const position = { x: usual.x, y };
        if (fits(position) && !this._isTaken(position, shape)) return position;
      }
    }
    return usual;
  }

  _isTaken({ x, y }, { width, height }) {
    return this.elementRegistry
      .filter((each) => is(each, "bpmn:FlowNode") && each.parent && !each.labelTarget)
      .some(
        (other) =>
          !is(other, "bpmn:BoundaryEvent") &&
          Math.abs(getMid(other).x - x) < (other.width + width) / 2 &&
          Math.abs(getMid(other).y - y) < (other.height + height) / 2,
      );
  }

  _lane({ x, y }) {
    return this.elementRegistry
      .filter((each) => is(each, "bpmn:Lane"))
      .filter((lane) => x > lane.x && x < lane.x + lane.width)
      .filter((lane) => y > lane.y && y < lane.y + lane.height)
      .sort((one, other) => one.height - other.height)[0];
  }

  _leads(element, { type }) {
    if (type === "bpmn:BoundaryEvent") return is(element, "bpmn:Activity");
    const flows = is(element, "bpmn:FlowNode") && !is(element, "bpmn:EndEvent");
    return flows && !["bpmn:StartEvent", "bpmn:Participant", "bpmn:Group"].includes(type);
  }

  _nowhere() {
    place("live").textContent = this.translate("Choose the step that it hangs on first");
    return null;
  }

  _onto(host, shape) {
    const taken = host.attachers?.length ?? 0;
    const position = { x: host.x + host.width - 24 - taken * 42, y: host.y + host.height };
    const placed = this.modeling.createShape(shape, position, host, { attach: true });
    this.selection.select(placed);
    return placed;
  }

  _into(scope, child) {
    const position = { x: scope.x + 58, y: getMid(scope).y };
    this.modeling.createShape(child, position, scope);
  }

  /** The pool, if there is one: the process itself else. */
  _scope() {
    const root = this.canvas.getRootElement();
    return root.children.find((child) => is(child, "bpmn:Participant")) ?? root;
  }
}
