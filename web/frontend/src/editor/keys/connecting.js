// Connects without a mouse: a menu of everything that the chosen element may lead to.
import { inOrder } from "./order.js";

const CONNECT = "duban-connect";

export default class Connecting {
  static $inject = ["elementRegistry", "modeling", "popupMenu", "rules", "selection", "translate"];

  constructor(elementRegistry, modeling, popupMenu, rules, selection, translate) {
    Object.assign(this, { elementRegistry, modeling, popupMenu, rules, selection, translate });
    popupMenu.registerProvider(CONNECT, this);
  }

  getPopupMenuEntries(source) {
    const entries = {};
    for (const target of inOrder(this.elementRegistry)) {
      const allowed =
        target !== source && this.rules.allowed("connection.create", { source, target });
      if (!allowed || target.waypoints) continue;
      const owner = target.businessObject;
      entries[target.id] = {
        label: owner.name || owner.text || this.translate(owner.$type.replace("bpmn:", "")),
        description: target.id,
        action: () => this._connect(source, target, allowed),
      };
    }
    return entries;
  }

  _connect(source, target, allowed) {
    this.selection.select(this.modeling.connect(source, target, allowed));
  }

  open(source, position) {
    this.popupMenu.open(source, CONNECT, position, {
      title: this.translate("Connect to other element"),
      width: "300px",
      search: true,
    });
  }
}
