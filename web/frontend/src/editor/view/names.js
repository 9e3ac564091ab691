// Who reads English sees the diagram's English names, and writes them.
import BpmnRenderer from "bpmn-js/lib/draw/BpmnRenderer";
import LabelEditingProvider from "bpmn-js/lib/features/label-editing/LabelEditingProvider";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { page } from "../page.js";

const LABEL = 106;
const ENGLISH = page.language === "en";

/** The attribute of an element in which its words stand. */
const wordsIn = (owner) => (is(owner, "bpmn:TextAnnotation") ? "text" : "name");

/** Do something while an element is called by its English name. */
function inEnglish(element, work) {
  const owner = element.businessObject;
  const english = owner?.get?.("name_en") || owner?.processRef?.get("name_en");
  if (!ENGLISH || !english) return work();
  const property = wordsIn(owner);
  const chinese = owner[property];
  owner[property] = english;
  try {
    return work();
  } finally {
    owner[property] = chinese;
  }
}

/** Room for an English label where the Chinese one took two signs. */
function widened(label, draw) {
  const narrow = label.width;
  if (narrow >= LABEL) return draw();
  label.width = LABEL;
  try {
    const drawn = draw();
    drawn.setAttribute("transform", `translate(${(narrow - LABEL) / 2} 0)`);
    return drawn;
  } finally {
    label.width = narrow;
  }
}

/** A step that a person does is the rule and needs no picture: the last three paths. */
function hidePerson(parent) {
  const paths = [...parent.children].filter(({ tagName }) => tagName === "path");
  for (const path of paths.slice(-3)) path.remove();
}

class Renderer extends BpmnRenderer {
  drawShape(parent, element, ...rest) {
    const draw = () => inEnglish(element, () => super.drawShape(parent, element, ...rest));
    const drawn = ENGLISH && element.labelTarget ? widened(element, draw) : draw();
    if (is(element, "bpmn:UserTask") && !element.labelTarget) hidePerson(parent);
    return drawn;
  }

  drawConnection(parent, element, ...rest) {
    return inEnglish(element, () => super.drawConnection(parent, element, ...rest));
  }
}
Renderer.$inject = BpmnRenderer.$inject;

class LabelEditing extends LabelEditingProvider {
  activate(element) {
    return inEnglish(element, () => super.activate(element));
  }

  update(element, text, ...rest) {
    const owner = element.businessObject;
    if (!ENGLISH || is(owner, "bpmn:Participant") || !owner[wordsIn(owner)]) {
      super.update(element, text, ...rest);
      return;
    }
    this._modeling.updateProperties(element, { name_en: text || undefined });
  }
}
LabelEditing.$inject = LabelEditingProvider.$inject;

export default {
  bpmnRenderer: ["type", Renderer],
  labelEditingProvider: ["type", LabelEditing],
};
