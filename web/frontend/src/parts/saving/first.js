// Ways on from a draft: whoever takes one finds what was written last.
import { isLine } from "./lines.js";

const changed = () => new Event("change", { bubbles: true });

/**
 * Links wait until everything is saved, and so do forms marked `data-saved-first`; Ctrl+S saves.
 * A marked link isn't followed where that fails; any other asks before something is lost.
 * `settle()` writes what is being typed where no field says so itself, such as on a canvas.
 */
export function saveFirst(saving, settle = () => {}) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && saving.pending && leads(event, link)) follow(event, link, saving);
  });
  // Heard on the way down: what is sent once only isn't sent yet while it waits.
  document.addEventListener("submit", (event) => send(event, saving), { capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (isLine(event.target)) event.target.dispatchEvent(changed());
    settle();
    saving.save();
  });
}

/** Whether a press on a link leads away from the page, here and now. */
function leads(event, link) {
  if (event.defaultPrevented || event.button !== 0) return false;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return false;
  if (link.target || link.hasAttribute("download")) return false;
  return link.href.split("#")[0] !== window.location.href.split("#")[0];
}

async function follow(event, link, saving) {
  event.preventDefault();
  const saved = await saving.save();
  if (saved || !link.hasAttribute("data-saved-first")) window.location.assign(link.href);
}

async function send(event, saving) {
  const form = event.target;
  if (!form.matches("[data-saved-first]")) return;
  if (saving.pending) {
    event.preventDefault();
    event.stopPropagation();
    if (await saving.save()) form.requestSubmit(event.submitter);
    return;
  }
  const revision = form.elements.namedItem("revision");
  if (revision) revision.value = saving.revision.replaceAll('"', "");
}
