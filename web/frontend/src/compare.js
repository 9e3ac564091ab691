// Two versions of a diagram side by side: they move together, and what differs is marked.
// The sentences below say the same; one picks an element here and there at once.
import { inLanguage, viewerIn } from "./parts/drawn.js";

const PADDING = 24;

const told = JSON.parse(document.getElementById("compare-told").textContent);
const places = [...document.querySelectorAll("[data-side]")];
const lines = [...document.querySelectorAll("[data-about]")];
const words = Object.fromEntries(
  [...document.querySelectorAll("[data-mark-word]")].map((one) => [
    one.dataset.markWord,
    one.textContent,
  ]),
);

function tag(mark) {
  const element = document.createElement("div");
  element.className = `d-tag cmp-tag ${mark}`;
  element.textContent = words[mark];
  return element;
}

function placeOf(element) {
  if (!element.waypoints) return { top: -12, left: 8 };
  const middle = element.waypoints[Math.floor((element.waypoints.length - 1) / 2)];
  const next = element.waypoints[Math.floor((element.waypoints.length - 1) / 2) + 1];
  const [left, top] = ["x", "y"].map(
    (axis) =>
      (middle[axis] + next[axis]) / 2 - Math.min(...element.waypoints.map((point) => point[axis])),
  );
  return { top: top - 10, left: left - 20 };
}

function mark(viewer, side) {
  const canvas = viewer.get("canvas");
  const known = viewer.get("elementRegistry");
  const overlays = viewer.get("overlays");
  for (const one of told.marks) {
    const element = known.get(one.id);
    if (one.side !== side || !element) continue;
    canvas.addMarker(one.id, `cmp-${one.mark}`);
    if (element.waypoints && one.mark === "moved") continue;
    overlays.add(one.id, { position: placeOf(element), html: tag(one.mark) });
  }
}

/** Whatever one of them shows, the other shows as well. */
function together(viewers) {
  let following = false;
  for (const viewer of viewers) {
    viewer.on("canvas.viewbox.changed", ({ viewbox }) => {
      if (following) return;
      following = true;
      const { x, y, width, height } = viewbox;
      for (const other of viewers) {
        if (other !== viewer) other.get("canvas").viewbox({ x, y, width, height });
      }
      following = false;
    });
  }
}

function pick(viewers, id) {
  for (const viewer of viewers) {
    const canvas = viewer.get("canvas");
    for (const each of viewer.get("elementRegistry").getAll()) {
      canvas.removeMarker(each.id, "cmp-picked");
    }
    if (viewer.get("elementRegistry").get(id)) canvas.addMarker(id, "cmp-picked");
  }
  for (const line of lines) line.classList.toggle("picked", line.dataset.about === id);
}

function show(viewers, id) {
  const seen = [...viewers].reverse().find((viewer) => viewer.get("elementRegistry").get(id));
  const canvas = seen?.get("canvas");
  if (!canvas || canvas.getRootElement().id === id) return;
  if (canvas.zoom() < 0.6) canvas.zoom(0.8, "auto");
  canvas.scrollToElement(id, { top: 80, bottom: 80, left: 120, right: 120 });
}

/** Only as high as the wider of the two needs, so that the sentences are in sight. */
function fit(viewers) {
  const boxes = viewers.map((viewer) => viewer.get("canvas").viewbox().inner);
  const wanted = Math.max(
    ...boxes.map((inner) => (places[0].offsetWidth * inner.height) / inner.width),
  );
  const height = `${Math.round(Math.min(Math.max(wanted + PADDING * 2, 240), 520))}px`;
  for (const place of places) place.style.height = height;
  for (const viewer of viewers) viewer.get("canvas").resized();
  const widest = boxes.indexOf(boxes.reduce((a, b) => (a.width >= b.width ? a : b)));
  viewers[widest].get("canvas").zoom("fit-viewport", "auto");
}

async function open() {
  const viewers = await Promise.all(
    places.map(async (place) => {
      const viewer = viewerIn(place, told.language);
      await viewer.importXML(inLanguage(told[place.dataset.side], told.language));
      mark(viewer, place.dataset.side);
      return viewer;
    }),
  );
  together(viewers);
  fit(viewers);
  for (const viewer of viewers) {
    viewer.on("element.click", ({ element }) => {
      const id = element.labelTarget?.id ?? element.id;
      pick(viewers, id);
      const line = lines.find((one) => one.dataset.about === id);
      line?.closest("details")?.setAttribute("open", "");
      line?.scrollIntoView({ block: "nearest" });
    });
  }
  for (const line of lines) {
    line.querySelector("button").addEventListener("click", () => {
      pick(viewers, line.dataset.about);
      show(viewers, line.dataset.about);
    });
  }
  window.addEventListener("beforeprint", () => fit(viewers));
  window.addEventListener("afterprint", () => fit(viewers));
  document.querySelector("[data-compare]").classList.add("drawn");
}

open();
