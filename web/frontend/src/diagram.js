// The reader's diagram: drawn once it is on a page, marked with the way so far. It can be
// moved and zoomed, never changed. The list beside it says the same to whoever can't see it.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const DUBAN = "urn:duban:bpmn:1";
const TAGS = { way: "d-tag ok", now: "d-tag now", wait: "d-tag red", "": "d-tag" };
const PLACES = {
  way: { top: -9, right: 12 },
  now: { top: -13, left: 8 },
  wait: { bottom: 10, left: -8 },
  "": { bottom: 10, right: 30 },
};

const LABEL = 106; // what an English label takes, where a Chinese one takes two signs

/** The diagram's own English names, where the reader reads English. */
function inEnglish(xml) {
  const drawn = new DOMParser().parseFromString(xml, "text/xml");
  const named = [...drawn.getElementsByTagName("*")].filter((element) =>
    element.hasAttributeNS(DUBAN, "name_en"),
  );
  for (const element of named) {
    const name = element.getAttributeNS(DUBAN, "name_en");
    element.setAttribute("name", name);
    for (const pool of drawn.querySelectorAll("participant")) {
      if (pool.getAttribute("processRef") === element.id) pool.setAttribute("name", name);
    }
  }
  for (const note of drawn.getElementsByTagNameNS(BPMN, "textAnnotation")) {
    const [text] = note.getElementsByTagNameNS(BPMN, "text");
    if (text && note.hasAttribute("name")) text.textContent = note.getAttribute("name");
    note.removeAttribute("name");
  }
  for (const bounds of drawn.querySelectorAll("BPMNLabel > Bounds")) widen(bounds);
  return new XMLSerializer().serializeToString(drawn);
}

function widen(bounds) {
  const [x, width] = ["x", "width"].map((name) => Number(bounds.getAttribute(name)));
  if (width >= LABEL) return;
  bounds.setAttribute("x", x - (LABEL - width) / 2);
  bounds.setAttribute("width", LABEL);
}

function tag(words, kind) {
  const element = document.createElement("div");
  element.className = TAGS[kind];
  element.textContent = words;
  return element;
}

function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const known = viewer.get("elementRegistry");
  const overlays = viewer.get("overlays");
  for (const { id, mark: kind, tag: words } of marks) {
    if (!known.get(id)) continue;
    if (kind) canvas.addMarker(id, kind);
    if (words) overlays.add(id, { position: PLACES[kind], html: tag(words, kind) });
  }
}

/** As high as the whole diagram needs at this width, within what a screen can show. */
function fit(viewer, place) {
  const canvas = viewer.get("canvas");
  if (!window.matchMedia("print").matches) {
    const { inner } = canvas.viewbox();
    const wanted = (place.offsetWidth * inner.height) / inner.width + 24;
    place.style.height = `${Math.round(Math.min(Math.max(wanted, 300), 640))}px`;
  }
  canvas.resized();
  canvas.zoom("fit-viewport", "auto");
}

async function draw(place) {
  if (place.dataset.drawn || place.offsetWidth === 0) return;
  place.dataset.drawn = "yes";
  const answer = await fetch(place.dataset.diagram, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { xml, marks } = await answer.json();
  const english = place.dataset.language === "en";
  const viewer = new NavigatedViewer({
    container: place,
    bpmnRenderer: {
      defaultFillColor: "var(--dia-fill)",
      defaultStrokeColor: "var(--dia-line)",
      defaultLabelColor: "var(--dia-text)",
    },
    textRenderer: {
      defaultStyle: {
        fontFamily: getComputedStyle(document.body).fontFamily,
        fontSize: english ? 13 : 16,
        lineHeight: 1.25,
      },
      externalStyle: { fontSize: english ? 12 : 14 },
    },
  });
  await viewer.importXML(english ? inEnglish(xml) : xml);
  mark(viewer, marks);
  fit(viewer, place);
  window.addEventListener("beforeprint", () => fit(viewer, place));
  window.addEventListener("afterprint", () => fit(viewer, place));
  place.closest("section").classList.add("drawn");
  document.dispatchEvent(new CustomEvent("duban:drawn"));
}

function drawAll() {
  for (const place of document.querySelectorAll("[data-diagram]")) draw(place);
}

drawAll();
document.addEventListener("htmx:after:swap", drawAll);
window.addEventListener("resize", drawAll);
