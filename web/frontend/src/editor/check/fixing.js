// Applies the fix that the house suggests, as one step that can be undone.
const TRUTHS = { true: true, false: false };

export default class Fixing {
  static $inject = ["elementRegistry", "marks", "modeling", "selection"];

  constructor(elementRegistry, marks, modeling, selection) {
    Object.assign(this, { elementRegistry, marks, modeling, selection });
  }

  apply({ element, property, value }) {
    const shape = this.marks.find(element);
    if (!shape) return;
    const owner = [shape.businessObject, shape.businessObject.processRef].find(
      (each) => each?.id === element,
    );
    this.modeling.updateModdleProperties(shape, owner, {
      [property]: this._meant(property, value),
    });
    this.selection.select(shape);
  }

  /** What is said by a word in the file is an element, or true or false, in the diagram. */
  _meant(property, value) {
    if (property === "default") return this.elementRegistry.get(value)?.businessObject;
    return TRUTHS[value] ?? value;
  }
}
