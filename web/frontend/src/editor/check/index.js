// Checked while drawing.
import Marks from "./marks.js";
import Problems from "./problems.js";

export default {
  __init__: ["problems"],
  marks: ["type", Marks],
  problems: ["type", Problems],
};
