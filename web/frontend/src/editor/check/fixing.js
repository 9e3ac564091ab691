// Applies the fix that the house suggests, as one step that can be undone.
export default class Fixing {
  static $inject = ["elementRegistry", "modeling", "selection"];

  constructor(elementRegistry, modeling, selection) {
    Object.assign(this, { elementRegistry, modeling, selection });
  }

  apply({ element, property, value }) {
    const shape = this.elementRegistry.get(element);
    if (!shape) return;
    this.modeling.updateProperties(shape, { [property]: this._meant(property, value) });
    this.selection.select(shape);
  }

  /** What refers to another element, such as the default way, is given by its id. */
  _meant(property, value) {
    return property === "default" ? this.elementRegistry.get(value)?.businessObject : value;
  }
}
