// The editor of diagrams 流程图编辑器: a draft is drawn, checked, tried and saved.
import { offer } from "./editor/draft/recovering.js";
import { buildModeler } from "./editor/modeler.js";
import { page } from "./editor/page.js";
import { cameFrom } from "./editor/parts/trail.js";
import { read } from "./editor/reader.js";
import { missed } from "./editor/words/translate.js";
import { saveFirst } from "./parts/saving/first.js";

const SMALL = "(max-width: 900px)";

async function draw() {
  const modeler = buildModeler();
  const saving = modeler.get("saving");
  const xml = await saving.load();
  await modeler.get("drawing").open(xml);
  modeler.get("zoomBox").show();
  offer(modeler, xml);
  saveFirst(saving, () => modeler.get("directEditing").complete());
  return modeler;
}

cameFrom();
const reads = page.readonly || window.matchMedia(SMALL).matches;
const modeler = await (reads ? read() : draw());
window.duban = { modeler, missed }; // for whoever looks from the console, and for the tests
document.documentElement.dataset.opened = "yes";
