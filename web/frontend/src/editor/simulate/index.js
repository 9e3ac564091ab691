// Token simulation under our own button, in the reader's words.
import simulation from "bpmn-js-token-simulation";
import Toggle from "./toggle.js";
import Wording from "./wording.js";

export default {
  __depends__: [simulation],
  __init__: ["wording"],
  neutralElementColors: ["value", null], // ours are neutral, and those of the page
  toggleMode: ["type", Toggle],
  wording: ["type", Wording],
};
