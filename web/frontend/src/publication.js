// The editor of publications 通报与专报: a draft on sheets of A4, with the figures that make it.
import { saveFirst } from "./parts/saving/first.js";
import { Checks } from "./publication/checks.js";
import { selected } from "./publication/chips.js";
import { Desk } from "./publication/desk.js";
import { Figures } from "./publication/figures.js";
import { Inserting } from "./publication/inserting.js";
import { lookForOthers } from "./publication/others.js";
import { Outline } from "./publication/outline.js";
import { page, place } from "./publication/page.js";
import { Remarks } from "./publication/remarks.js";
import { Saving } from "./publication/saving.js";
import { Sheets } from "./publication/sheets.js";
import { Tabs } from "./publication/tabs.js";
import { breakTitle } from "./publication/titles.js";
import { Tools } from "./publication/tools.js";

const SMALL = "(max-width: 900px)";
if (window.matchMedia(SMALL).matches) page.readonly = true;

const rooms = {};
const desk = new Desk({
  does: {
    save: () => rooms.saving.save(),
    insert: (...given) => rooms.inserting.command(...given),
    opened: ({ name }) => {
      rooms.tabs.show("figures");
      rooms.figures.choose(name);
    },
  },
  changed: () => rooms.saving.changed(),
  moved: () => rooms.shown && show(),
});

rooms.tabs = new Tabs(place("tabs"));
rooms.saving = new Saving(desk, {
  told: (told) => hear(told),
  amid: () => rooms.inserting.box.open || desk.view.composing,
});
rooms.figures = new Figures(desk);
rooms.checks = new Checks(desk);
rooms.outline = new Outline(desk.view);
rooms.inserting = new Inserting(desk);
rooms.remarks = new Remarks(desk, rooms.tabs);
rooms.tools = new Tools(desk);
rooms.sheets = new Sheets(desk.view);
rooms.shown = true;

/** Show all round the paper what it says now. */
function show() {
  rooms.tabs.count("figures", rooms.figures.show());
  rooms.tabs.count("checks", rooms.checks.show());
  rooms.outline.show();
  rooms.tools.show();
  const figure = selected(desk.view.state);
  if (figure && figure.name !== rooms.figures.open) rooms.figures.choose(figure.name);
}

/** What the house says of what it was sent. */
function hear({ figures, checks, lines }) {
  if (lines) breakTitle(desk.view, lines);
  if (checks) rooms.checks.told = checks;
  if (figures) desk.told(figures);
  else show();
}

for (const button of document.querySelectorAll('[data-pub="insert"], [data-pub="insert-figure"]')) {
  button.addEventListener("click", () => rooms.inserting.open());
}
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-shows-dialog]");
  if (opener) document.getElementById(opener.dataset.showsDialog).showModal();
});
show();
if (!page.readonly) {
  saveFirst(rooms.saving);
  rooms.saving.offer();
  lookForOthers(desk, rooms.saving);
}
document.documentElement.dataset.opened = "yes";
