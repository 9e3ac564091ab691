// What can be drawn, and the menus that offer it.
import AppendMenu from "./append.js";
import Make from "./make.js";
import ReplaceMenu from "./menu.js";
import Pad from "./pad.js";
import Placing from "./placing.js";

export default {
  appendMenu: ["type", AppendMenu],
  contextPadProvider: ["type", Pad],
  make: ["type", Make],
  placing: ["type", Placing],
  replaceMenuProvider: ["type", ReplaceMenu],
};
