// The menu of what may follow an element: everything of the palette, to be searched.
import { catalogue } from "../catalogue.js";
import { icon } from "../palette/icons.js";
import { GROUPS } from "./groups.js";

const APPEND = "duban-append";

export default class AppendMenu {
  static $inject = ["popupMenu", "placing", "translate"];

  constructor(popupMenu, placing, translate) {
    Object.assign(this, { popupMenu, placing, translate });
    this.known = { steps: [] };
    catalogue.then((known) => {
      this.known = known;
    });
    popupMenu.registerProvider(APPEND, this);
  }

  getPopupMenuEntries(element) {
    const entries = {};
    for (const { title, shown, rest = () => [] } of GROUPS.filter(({ beside }) => !beside)) {
      const group = { id: title, name: this.translate(title) };
      const presets = [...shown, ...rest(this.known)].filter(({ id }) => id !== "start");
      for (const preset of presets) entries[preset.id] = this._entry(element, preset, group);
    }
    return entries;
  }

  _entry(element, preset, group) {
    const follow = () => this.placing.behind(element, preset);
    return {
      label: preset.text ?? this.translate(preset.label),
      imageHtml: icon(preset.icon),
      group,
      action: {
        click: follow,
        dragstart: (event) => this.placing.drag(event, preset, element),
      },
    };
  }

  /** Open it beside an element. */
  open(element, position) {
    this.popupMenu.open(element, APPEND, position, {
      title: this.translate("Add behind"),
      width: "300px",
      search: true,
    });
  }
}
