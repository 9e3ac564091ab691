// Everything by keyboard alone.
import Connecting from "./connecting.js";
import Refocusing from "./refocusing.js";
import Shortcuts from "./shortcuts.js";
import Walking from "./walking.js";

export default {
  __init__: ["refocusing", "shortcuts", "walking"],
  connecting: ["type", Connecting],
  refocusing: ["type", Refocusing],
  shortcuts: ["type", Shortcuts],
  walking: ["type", Walking],
};
