// The diagram to be looked at only: on a small screen, or once the draft has ended.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import duban from "./duban.json";
import { askUntil } from "./insisting.js";
import { LOOK, TEXT } from "./look.js";
import { page, place } from "./page.js";
import names from "./view/names.js";
import ZoomBox from "./view/zoom.js";
import words from "./words/translate.js";

const NAMES = { bpmnRenderer: names.bpmnRenderer };
const ZOOM = { __init__: ["zoomBox"], zoomBox: ["type", ZoomBox] };

/** A viewer with the names in the reader's language. */
export function buildReader(container, more = []) {
  return new NavigatedViewer({
    container,
    additionalModules: [words, NAMES, ...more],
    bpmnRenderer: LOOK,
    moddleExtensions: { duban },
    textRenderer: TEXT,
  });
}

/** Show the draft as it is saved. */
export async function read() {
  place("editor").classList.add("reading");
  const viewer = buildReader(place("canvas"), [ZOOM]);
  const headers = { Accept: "application/xml" };
  await viewer.importXML(await askUntil(page.addresses.xml, (answer) => answer.text(), headers));
  viewer.get("zoomBox").show();
  return viewer;
}
