// The little menu beside an element: bpmn-js's own, with our way to add what follows.
import ContextPadProvider from "bpmn-js/lib/features/context-pad/ContextPadProvider";
import { is } from "bpmn-js/lib/util/ModelUtil";

import { icon } from "../palette/icons.js";

/** An entry with one of the palette's pictures. */
const entry = (picture) => `<div class="entry ed-pad" draggable="true">${icon(picture)}</div>`;

const NEVER = [
  "append.append-task",
  "append.intermediate-event",
  "append.compensation-activity",
  "append.gateway",
];

export default class Pad extends ContextPadProvider {
  static $inject = [...ContextPadProvider.$inject, "appendMenu"];

  constructor(...services) {
    super(...services);
    this._appendMenu = services.at(-1);
  }

  getContextPadEntries(element) {
    const entries = Object.entries(super.getContextPadEntries(element));
    const kept = Object.fromEntries(entries.filter(([name]) => !NEVER.includes(name)));
    return { ...this._append(element), ...this._open(element), ...kept };
  }

  _append(element) {
    const ends = is(element, "bpmn:EndEvent") || element.businessObject?.triggeredByEvent;
    if (element.type === "label" || !is(element, "bpmn:FlowNode") || ends) return {};
    const open = (event) => {
      this._appendMenu.open(element, { x: event.clientX + 12, y: event.clientY + 12 });
    };
    return {
      "append.menu": {
        group: "model",
        html: entry("add"),
        title: this._translate("Add behind"),
        action: { click: open },
      },
    };
  }

  _open(element) {
    if (!is(element, "bpmn:CallActivity") || !element.businessObject.calledElement) return {};
    return {
      open: {
        group: "model",
        html: entry("open"),
        title: this._translate("Open this part"),
        action: { click: () => this._eventBus.fire("duban.part.open", { element }) },
      },
    };
  }
}
