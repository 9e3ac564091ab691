// Makes what was chosen: a shape with ids of its own and what the house wants said about it.

const TASK = { width: 100, height: 60 };
const TIMES = ["timeDate", "timeDuration", "timeCycle"];

export default class Make {
  static $inject = ["bpmnFactory", "elementFactory", "moddle"];

  constructor(bpmnFactory, elementFactory, moddle) {
    Object.assign(this, { bpmnFactory, elementFactory, moddle });
  }

  /** The shapes of a preset; the first one is what was asked for. */
  shapes(preset, catalogue) {
    if (preset.type === "bpmn:Participant") return [this.elementFactory.createParticipantShape()];
    const businessObject = this.bpmnFactory.create(preset.type, this._said(preset, catalogue));
    if (preset.step) this._outcomes(businessObject, preset, catalogue);
    const shape = this.elementFactory.createShape({
      type: preset.type,
      businessObject,
      isExpanded: preset.type === "bpmn:SubProcess",
      ...(/Task$|CallActivity$/.test(preset.type) ? TASK : {}),
      ...this._about(preset),
    });
    this._time(businessObject, preset);
    return [shape, ...this._inside(shape, preset)];
  }

  /** A free id that says what it is: `report`, `report_2` … */
  id(wanted) {
    let id = wanted;
    for (let number = 2; this.moddle.ids.assigned(id); number += 1) id = `${wanted}_${number}`;
    return id;
  }

  _said({ type, step, calls, names, triggered }, { steps, limits }) {
    const short = type.replace("bpmn:", "").replace(/^./, (first) => first.toLowerCase());
    const said = { id: this.id(step ?? calls ?? short), ...names };
    if (triggered) said.triggeredByEvent = true;
    if (calls) said.calledElement = calls;
    if (!step) return said;
    const known = steps.find(({ name }) => name === step);
    const limited = limits.some(({ name }) => name === step);
    return { ...said, ...known?.names, step, limit: limited ? step : "due.limit" };
  }

  _about({ event, beside }) {
    const about = {};
    if (event) about.eventDefinitionType = `bpmn:${event}EventDefinition`;
    if (beside) about.cancelActivity = false;
    return about;
  }

  _outcomes(businessObject, { step }, { steps }) {
    const outcomes = steps.find(({ name }) => name === step)?.outcomes;
    if (!outcomes?.length) return;
    const holder = this.bpmnFactory.create("bpmn:ExtensionElements", { values: [] });
    holder.$parent = businessObject;
    holder.values = outcomes.map((outcome) => {
      const made = this.moddle.create("duban:Outcome", outcome);
      made.$parent = holder;
      return made;
    });
    businessObject.extensionElements = holder;
  }

  _time(businessObject, { timer }) {
    if (!timer) return;
    const [definition] = businessObject.eventDefinitions;
    for (const name of TIMES.filter((each) => timer[each])) {
      const expression = this.bpmnFactory.create("bpmn:FormalExpression", { body: timer[name] });
      expression.$parent = definition;
      definition[name] = expression;
    }
  }

  /** A sub-process begins with a start; one beside the work with what it waits for. */
  _inside(shape, { type, triggered }) {
    if (type !== "bpmn:SubProcess") return [];
    const start = this.elementFactory.createShape({
      type: "bpmn:StartEvent",
      x: 40,
      y: 82,
      parent: shape,
      ...(triggered ? { eventDefinitionType: "bpmn:MessageEventDefinition" } : {}),
    });
    Object.assign(shape, { x: 0, y: 0 });
    return [start];
  }
}
