// The reader's diagram: drawn once it is on a page, marked with the way so far. It can be
// moved and zoomed, never changed. The list beside it says the same to whoever can't see it.
import { inLanguage, viewerIn } from "./parts/drawn.js";

const TAGS = { way: "d-tag ok", now: "d-tag now", wait: "d-tag red", "": "d-tag" };
const PLACES = {
  way: { top: -9, right: 12 },
  now: { top: -13, left: 8 },
  wait: { bottom: 10, left: -8 },
  "": { bottom: 10, right: 30 },
};

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
  const headers = { Accept: "application/json" };
  const answer = await fetch(place.dataset.diagram, { headers }).catch(() => null);
  if (!answer?.ok) return; // the list beside it says the same
  const { xml, marks } = await answer.json();
  const viewer = viewerIn(place, place.dataset.language);
  await viewer.importXML(inLanguage(xml, place.dataset.language));
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
