// The menu of a palette's "more": the rest of a group, to be searched.
import { icon } from "./icons.js";

const MORE = "duban-more";

export default class More {
  static $inject = ["canvas", "popupMenu", "injector", "translate"];

  constructor(canvas, popupMenu, injector, translate) {
    Object.assign(this, { canvas, popupMenu, injector, translate });
    this.presets = [];
    popupMenu.registerProvider(MORE, this);
  }

  getPopupMenuEntries() {
    const entries = {};
    for (const preset of this.presets) entries[preset.id] = this._entry(preset);
    return entries;
  }

  _entry(preset) {
    const placing = () => this.injector.get("placing");
    return {
      label: preset.text ?? this.translate(preset.label),
      imageHtml: icon(preset.icon),
      action: {
        click: (event) => (event.detail ? placing().drag(event, preset) : placing().put(preset)),
        dragstart: (event) => placing().drag(event, preset),
      },
    };
  }

  /** Open it beside the button that was pressed. */
  open(button, title, presets) {
    this.presets = presets;
    const { right, top } = button.getBoundingClientRect();
    this.popupMenu.open(
      this.canvas.getRootElement(),
      MORE,
      { x: right, y: top },
      {
        title: this.translate(title),
        width: "280px",
        search: true,
      },
    );
  }
}
