// The zoom box: smaller, how large, larger, all of it.
import { place } from "../page.js";

const MARGIN = 24;

export default class ZoomBox {
  static $inject = ["canvas", "eventBus", "injector", "zoomScroll"];

  constructor(canvas, eventBus, injector, zoomScroll) {
    Object.assign(this, { canvas, eventBus, injector });
    const box = place("zoom");
    const said = box.querySelector("[data-zoom=actual]");
    const deeds = {
      out: () => zoomScroll.stepZoom(-1),
      in: () => zoomScroll.stepZoom(1),
      actual: () => canvas.zoom(1, "auto"),
      fit: () => this.show(),
    };
    box.addEventListener("click", ({ target }) => {
      deeds[target.closest("[data-zoom]")?.dataset.zoom]?.();
    });
    eventBus.on("canvas.viewbox.changed", () => {
      said.textContent = `${Math.round(canvas.zoom() * 100)}%`;
    });
    new ResizeObserver(() => this._resized()).observe(place("canvas"));
  }

  /** Show all of it, also when there is more or less room, until the reader looks elsewhere. */
  show() {
    fit(this.canvas);
    this.shown = JSON.stringify(this.canvas.viewbox());
  }

  /** A menu that is open would close: it comes first. */
  _resized() {
    if (this.injector.get("popupMenu", false)?.isOpen()) {
      this.eventBus.once("popupMenu.close", () => {
        setTimeout(() => this._resized());
      });
      return;
    }
    const untouched = this.shown === JSON.stringify(this.canvas.viewbox());
    this.canvas.resized();
    if (untouched) this.show();
  }
}

/** Show all of the diagram with some air around it, never larger than it is. */
export function fit(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scales = ["width", "height"].map((side) => (outer[side] - 2 * MARGIN) / inner[side]);
  const scale = Math.min(1, ...scales);
  if (scale <= 0) return; // a window that is folded away has no room; it will say when it has
  const [width, height] = [outer.width / scale, outer.height / scale];
  const x = inner.x - (width - inner.width) / 2;
  const y = inner.y - (height - inner.height) / 2;
  canvas.viewbox({ x, y, width, height });
}
