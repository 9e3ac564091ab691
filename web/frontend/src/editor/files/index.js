// Diagrams as files: brought in and taken out.
import Exporting from "./exporting.js";
import Importing from "./importing.js";

export default {
  __init__: ["importing"],
  exporting: ["type", Exporting],
  importing: ["type", Importing],
};
