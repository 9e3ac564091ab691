// The Modeler with everything that makes it ours.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css";
import "bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import Modeler from "bpmn-js/lib/Modeler";
import Bar from "./bar.js";
import check from "./check/index.js";
import draft from "./draft/index.js";
import duban from "./duban.json";
import files from "./files/index.js";
import forms from "./forms/index.js";
import keys from "./keys/index.js";
import { LOOK, TEXT } from "./look.js";
import offers from "./offers/index.js";
import { page, place } from "./page.js";
import { module as palette } from "./palette/palette.js";
import parts from "./parts/index.js";
import properties from "./properties/index.js";
import simulate from "./simulate/index.js";
import view from "./view/index.js";
import words from "./words/translate.js";

const bar = { __init__: ["bar"], bar: ["type", Bar] };

/** A Modeler in the page's canvas; what the page says is every module's `config.duban`. */
export function buildModeler() {
  return new Modeler({
    container: place("canvas"),
    additionalModules: [
      words,
      palette,
      offers,
      view,
      draft,
      check,
      files,
      parts,
      simulate,
      keys,
      bar,
      properties,
      forms,
    ],
    bpmnRenderer: LOOK,
    duban: page,
    minimap: { open: false },
    moddleExtensions: { duban },
    propertiesPanel: { parent: place("properties") },
    textRenderer: TEXT,
  });
}
