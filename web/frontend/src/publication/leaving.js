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
  for (const form of document.querySelectorAll("form[data-saved-first]")) {
    form.addEventListener("submit", async (event) => {
      const revision = form.elements.namedItem("revision");
      if (saving.unsaved || saving.busy) {
        event.preventDefault();
        if (await saving.save()) form.requestSubmit();
        return;
      }
      if (revision) revision.value = saving.revision.replaceAll('"', "");
    });
  }
  if (!page.readonly) {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      saving.save();
    });
  }
}
