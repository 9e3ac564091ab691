// The editor of diagrams 流程图编辑器: a draft is drawn, checked, tried and saved.
import { offer } from "./editor/draft/recovering.js";
import { buildModeler } from "./editor/modeler.js";
import { missed } from "./editor/words/translate.js";

const modeler = buildModeler();
window.duban = { modeler, missed }; // for whoever looks from the console, and for the tests

async function open() {
  const xml = await modeler.get("saving").load();
  await modeler.get("drawing").open(xml);
  modeler.get("zoomBox").show();
  document.documentElement.dataset.opened = "yes";
  await offer(modeler, xml);
}

open();
