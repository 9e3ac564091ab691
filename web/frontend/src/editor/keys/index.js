// Everything by keyboard alone.
import Connecting from "./connecting.js";
import Shortcuts from "./shortcuts.js";
import Walking from "./walking.js";

export default {
  __init__: ["shortcuts", "walking"],
  connecting: ["type", Connecting],
  shortcuts: ["type", Shortcuts],
  walking: ["type", Walking],
};
