// Ways on from the draft: whoever takes one finds what was written last.
import { page } from "./page.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-shows-dialog]");
  if (opener) document.getElementById(opener.dataset.showsDialog).showModal();
});

/** Links and forms marked so wait until everything is saved. */
export function saveFirst(saving) {
  for (const way of document.querySelectorAll("a[data-saved-first]")) {
    way.addEventListener("click", async (event) => {
      if (!saving.unsaved && !saving.busy) return;
      event.preventDefault();
      if (await saving.save()) window.location.assign(way.href);
    });
  }
  // Heard on the way down: what is sent once only isn't sent yet while it waits.
  document.addEventListener("submit", (event) => wait(event, saving), { capture: true });
  if (!page.readonly) {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      saving.save();
    });
  }
}

async function wait(event, saving) {
  const form = event.target;
  if (!form.matches("[data-saved-first]")) return;
  if (saving.unsaved || saving.busy) {
    event.preventDefault();
    event.stopPropagation();
    if (await saving.save()) form.requestSubmit();
    return;
  }
  const revision = form.elements.namedItem("revision");
  if (revision) revision.value = saving.revision.replaceAll('"', "");
}
