// What was drawn and never saved, because the browser or the network went, is offered again.
import { page, place } from "../page.js";
import { translate } from "../words/translate.js";
import { forget, kept } from "./keeping.js";

/** Ask whether to take it up, if there is anything that isn't saved. */
export async function offer(modeler, xml) {
  const lost = kept();
  if (!lost || lost.xml === xml) {
    forget();
    return;
  }
  const dialog = place("recovery");
  const at = new Date(lost.at).toLocaleString(page.language.replace("_", "-"));
  dialog.querySelector("[data-when]").textContent = translate(
    "What you drew here until {time} was never saved.",
    { time: at },
  );
  dialog.addEventListener("close", () => decide(modeler, lost, dialog.returnValue), { once: true });
  dialog.showModal();
}

async function decide(modeler, lost, choice) {
  if (choice === "drop") forget();
  if (choice !== "take") return;
  const drawing = modeler.get("drawing");
  const saving = modeler.get("saving");
  await drawing.open(lost.xml);
  saving.revision = lost.revision;
  saving.changed();
}
