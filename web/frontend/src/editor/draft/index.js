// The draft on its way between the page and the house.
import Conflict from "./conflict.js";
import Drawing from "./drawing.js";
import Presence from "./presence.js";
import References from "./references.js";
import Saving from "./saving.js";

export default {
  __init__: ["conflict", "others", "references", "saving"],
  bpmnDiOrdering: ["value", null], // what is drawn keeps its place in the file
  conflict: ["type", Conflict],
  drawing: ["type", Drawing],
  others: ["type", Presence],
  references: ["type", References],
  saving: ["type", Saving],
};
