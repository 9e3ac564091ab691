// What was drawn and never saved, because the browser or the network went, is offered again.
import { offerKept } from "../../parts/saving/asked.js";
import { page, place } from "../page.js";
import { translate } from "../words/translate.js";
import { kept } from "./keeping.js";

/** Ask whether to take it up, if there is anything that isn't saved. */
export function offer(modeler, xml) {
  offerKept(place("recovery"), kept, {
    current: xml,
    words: (at) =>
      translate("What you drew here until {time} was never saved.", {
        time: at.toLocaleString(page.language.replace("_", "-")),
      }),
    take: (lost) => takeUp(modeler, lost),
  });
}

async function takeUp(modeler, lost) {
  const saving = modeler.get("saving");
  await modeler.get("drawing").open(lost.text);
  saving.revision = lost.revision;
  saving.changed();
}
