// The Modeler with everything that makes it ours.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";
import Modeler from "bpmn-js/lib/Modeler";
import duban from "./duban.json";
import forms from "./forms/index.js";
import { page, place } from "./page.js";
import properties from "./properties/index.js";

const LOOK = {
  defaultFillColor: "var(--dia-fill)",
  defaultStrokeColor: "var(--dia-line)",
  defaultLabelColor: "var(--dia-text)",
};

/** A Modeler in the page's canvas; `duban` is told to every module as `config.duban`. */
export function buildModeler() {
  return new Modeler({
    container: place("canvas"),
    additionalModules: [properties, forms],
    bpmnRenderer: LOOK,
    duban: page,
    moddleExtensions: { duban },
    propertiesPanel: { parent: place("properties") },
  });
}
