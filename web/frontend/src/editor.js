// The editor of diagrams 流程图编辑器: a draft is drawn, checked, tried and saved.
import { buildModeler } from "./editor/modeler.js";
import { ask, page } from "./editor/page.js";

async function open() {
  const answer = await ask(page.addresses.xml, { headers: { Accept: "application/xml" } });
  const modeler = buildModeler();
  await modeler.importXML(await answer.text());
  modeler.get("canvas").zoom("fit-viewport", "auto");
}

open();
