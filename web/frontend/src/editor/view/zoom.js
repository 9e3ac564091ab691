// The zoom box: smaller, how large, larger, all of it.
import { place } from "../page.js";

export default class ZoomBox {
  static $inject = ["canvas", "eventBus", "zoomScroll"];

  constructor(canvas, eventBus, zoomScroll) {
    const box = place("zoom");
    const said = box.querySelector("[data-zoom=actual]");
    const deeds = {
      out: () => zoomScroll.stepZoom(-1),
      in: () => zoomScroll.stepZoom(1),
      actual: () => canvas.zoom(1, "auto"),
      fit: () => canvas.zoom("fit-viewport", "auto"),
    };
    box.addEventListener("click", ({ target }) => {
      deeds[target.closest("[data-zoom]")?.dataset.zoom]?.();
    });
    eventBus.on("canvas.viewbox.changed", () => {
      said.textContent = `${Math.round(canvas.zoom() * 100)}%`;
    });
    window.addEventListener("resize", () => canvas.resized());
  }
}
