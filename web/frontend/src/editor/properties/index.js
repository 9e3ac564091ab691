// What is said about the chosen element, on the right side of the editor.
//
// An own panel over the modeling API: see docs/decisions.md. Each group in groups/ says of
// which elements it speaks (`about`) and shows its fields; every change is one command on the
// modeler's stack, so that undo takes it back whole. What the forms' editor shows of a step is
// its own: its service `formFields` has `about(element)` and `attach(container, element)`,
// which returns what takes it away again.
import Editing, { Together } from "./editing.js";
import PropertiesPanel from "./panel.jsx";

function register(commandStack) {
  commandStack.registerHandler("duban.together", Together);
}
register.$inject = ["commandStack"];

export default {
  __init__: [register, "propertiesPanel"],
  editing: ["type", Editing],
  propertiesPanel: ["type", PropertiesPanel],
};
