// The menu of what may follow an element: everything of the palette, to be searched.
import { catalogue } from "../catalogue.js";
import {
  AUTOMATIC,
  BRANCHES,
  ENDS,
  EVENTS,
  OTHER_PARTS,
  otherSteps,
  PARTS,
  SCOPES,
  STEPS,
  TIMES,
} from "./presets.js";
import { icon } from "../palette/icons.js";

export const APPEND = "duban-append";

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
    const groups = {
      Steps: [...STEPS, ...otherSteps(this.known), ...AUTOMATIC],
      Branches: BRANCHES,
      "Shared parts": [...PARTS, ...OTHER_PARTS, ...SCOPES],
      "Start and end": ENDS.slice(1),
      Time: TIMES,
      Others: EVENTS,
    };
    const entries = {};
    for (const [name, presets] of Object.entries(groups)) {
      const group = { id: name, name: this.translate(name) };
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
