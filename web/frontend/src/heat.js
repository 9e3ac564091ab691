// A process's picture with numbers on it: where items wait, or where they are stuck. Colour is
// one hue from light to dark, so that it can be told apart without seeing colours and in print;
// the number stands on the element, and a table beside says the same.
import { inLanguage, viewerIn } from "./parts/drawn.js";

const PLACE = { top: -12, left: 6 };

/** A number on an element: a link to the rows behind it where the reader may see them. */
function tag({ tag: words, title, href, hot }) {
  const element = document.createElement(href ? "a" : "span");
  element.className = hot ? "d-tag heat-tag hot" : "d-tag heat-tag";
  element.textContent = words;
  element.title = title;
  if (href) element.href = href;
  return element;
}

function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const known = viewer.get("elementRegistry");
  const overlays = viewer.get("overlays");
  for (const each of marks) {
    const element = known.get(each.id);
    if (!element) continue;
    canvas.addMarker(each.id, each.marker ?? `heat-${each.level}`);
    overlays.add(each.id, { position: PLACE, html: tag(each) });
    const picture = canvas.getGraphics(element);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = each.title;
    picture.prepend(title);
  }
  const links = new Map(marks.map(({ id, href }) => [id, href]));
  viewer.on("element.click", ({ element }) => {
    const href = links.get(element.id);
    if (href) window.location.assign(href);
  });
}

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
  const { xml, marks } = JSON.parse(document.getElementById(place.dataset.heat).textContent);
  const viewer = viewerIn(place, place.dataset.language);
  await viewer.importXML(inLanguage(xml, place.dataset.language));
  fit(viewer, place);
  mark(viewer, marks);
  for (const moment of ["resize", "beforeprint", "afterprint"]) {
    window.addEventListener(moment, () => fit(viewer, place));
  }
  document.dispatchEvent(new CustomEvent("duban:drawn"));
}

for (const place of document.querySelectorAll("[data-heat]")) draw(place);
