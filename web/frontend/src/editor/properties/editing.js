// How the panel changes a diagram: each deed is one command, and is undone as one.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { everythingIn } from "./scopes.js";

/** A command that consists of others: what `work` does is undone together. */
export class Together {
  preExecute({ work }) {
    work();
  }
}

const NOTHING = undefined;

/** What isn't said isn't written: an empty text takes the attribute away. */
const said = (value) => (value === "" || value === null ? NOTHING : value);

export default class Editing {
  static $inject = ["bpmnFactory", "canvas", "commandStack", "make", "modeling"];

  constructor(bpmnFactory, canvas, commandStack, make, modeling) {
    Object.assign(this, { bpmnFactory, canvas, commandStack, make, modeling });
  }

  /** Do several things that are undone as one. */
  together(work) {
    this.commandStack.execute("duban.together", { work });
  }

  /** Set attributes of an element; an empty one is taken away. */
  set(element, properties) {
    const entries = Object.entries(properties).map(([name, value]) => [name, said(value)]);
    this.modeling.updateProperties(element, Object.fromEntries(entries));
  }

  /** Set attributes of something inside an element, such as its timer. */
  setIn(element, part, properties) {
    const entries = Object.entries(properties).map(([name, value]) => [name, said(value)]);
    this.modeling.updateModdleProperties(element, part, Object.fromEntries(entries));
  }

  create(type, properties, parent) {
    const made = this.bpmnFactory.create(type, properties);
    made.$parent = parent;
    return made;
  }

  /** An expression, or nothing if there is no text. */
  expression(text, parent) {
    return text ? this.create("bpmn:FormalExpression", { body: text }, parent) : NOTHING;
  }

  // -- what stands in an element's extensions -------------------------------------------

  /** Write a list of extension elements of one type, in their place among the others. */
  setExtensions(element, type, rows) {
    const owner = element.businessObject;
    const old = owner.extensionElements;
    const values = old?.get("values") ?? [];
    const others = values.filter((value) => !is(value, type));
    const at = values.findIndex((value) => is(value, type));
    const place = at < 0 ? others.length : at;
    const holder = old ?? this.create("bpmn:ExtensionElements", { values: [] }, owner);
    const made = rows.map((row) => this.create(type, clean(row), holder));
    const all = [...others.slice(0, place), ...made, ...others.slice(place)];
    if (old) {
      const left = all.length ? old : NOTHING;
      this.together(() => {
        this.setIn(element, old, { values: all });
        if (!left) this.set(element, { extensionElements: NOTHING });
      });
    } else if (all.length) {
      holder.values = all;
      this.set(element, { extensionElements: holder });
    }
  }

  // -- what stands at the root of the file ----------------------------------------------

  definitions() {
    let found = this.canvas.getRootElement().businessObject;
    while (found.$parent) found = found.$parent;
    return found;
  }

  /** The messages, signals, errors or escalations of the file. */
  roots(type) {
    return this.definitions()
      .get("rootElements")
      .filter((root) => is(root, type));
  }

  /** Let a part of an element refer to the root of this name, which is made if need be. */
  refer(element, part, type, name, { naming = "name", as }) {
    const definitions = this.definitions();
    const known = this.roots(type).find((root) => root[naming] === name);
    this.together(() => {
      let root = known;
      if (name && !root) {
        root = this.create(
          type,
          { id: this._rootId(type, name), name, [naming]: name },
          definitions,
        );
        const rootElements = [root, ...definitions.get("rootElements")];
        this.setIn(element, definitions, { rootElements });
      }
      this.setIn(element, part, { [as]: name ? root : NOTHING });
      this.sweep(element, type, as);
    });
  }

  /** A free id that says what it is, such as `message_withdraw`. */
  _rootId(type, name) {
    return this.make.id(`${type.replace("bpmn:", "").toLowerCase()}_${name.replace(/\W/g, "_")}`);
  }

  /** Take the roots of a type out that nothing refers to any more. */
  sweep(element, type, as) {
    const definitions = this.definitions();
    const all = definitions.get("rootElements");
    const used = new Set(
      all
        .filter((root) => is(root, "bpmn:Process"))
        .flatMap((process) => [...everythingIn(process)])
        .flatMap((each) => [each, ...(each.eventDefinitions ?? [])])
        .map((each) => each[as]),
    );
    const rootElements = all.filter((root) => !is(root, type) || used.has(root));
    if (rootElements.length < all.length) this.setIn(element, definitions, { rootElements });
  }
}

/** Leave out what a row doesn't say. */
function clean(row) {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => said(value) !== NOTHING));
}

/** The extension elements of one type, as plain rows. */
export function extensionsOf(businessObject, type) {
  const values = businessObject.extensionElements?.get("values") ?? [];
  return values.filter((value) => is(value, type));
}
