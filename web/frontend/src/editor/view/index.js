// How the diagram is looked at: names in the reader's language, zoom, minimap.
import minimap from "diagram-js-minimap";
import names from "./names.js";
import ZoomBox from "./zoom.js";

export default {
  __depends__: [minimap, names],
  __init__: ["zoomBox"],
  zoomBox: ["type", ZoomBox],
};
