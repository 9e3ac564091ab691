// What somebody typed stays where it is when the house refuses it or doesn't answer: that is told
// beside it, by a form in itself and by anything else in the corner, and takes nothing's place.
const KEEPS = "[data-keeps]";
const POLLS = "[data-polls]";
const WAITS = "[data-waits]";
const REFUSED = 400;
const SIGNED_OUT = 401;

const focused = new WeakMap();
const notes = new WeakMap();
const askers = new WeakMap();

const placeOf = (asker) => (asker.matches("form") ? asker : document.querySelector(".toast-dock"));

/** Tell an asker, once however often and by how many it is heard. */
function tell(asker, note) {
  const said = [...placeOf(asker).querySelectorAll(":scope > [data-told]")];
  const same = said.find(({ textContent }) => textContent === note.textContent);
  if (same && same === notes.get(asker)) return;
  settle(asker);
  notes.set(asker, same ?? note);
  askers.set(notes.get(asker), new Set([asker, ...(askers.get(same) ?? [])]));
  if (same) return;
  note.dataset.told = "";
  note.querySelector("[data-kept]")?.toggleAttribute("hidden", !asker.matches(KEEPS));
  placeOf(asker).prepend(note);
}

/** Nothing stands against an asker any more; its note goes unless it is somebody else's, too. */
function settle(asker) {
  const note = notes.get(asker);
  if (!note) return;
  notes.delete(asker);
  askers.get(note).delete(asker);
  if (askers.get(note).size === 0) note.remove();
}

/** The note that the house answered with; whatever else answered isn't the house. */
function noteIn(text) {
  const answer = document.createElement("template");
  answer.innerHTML = text;
  return answer.content.querySelector(".note") ?? unanswered();
}

const unanswered = () =>
  document.getElementById("unanswered").content.firstElementChild.cloneNode(true);

document.addEventListener("htmx:after:request", (event) => {
  const { response, sourceElement: asker, text } = event.detail.ctx;
  if (response.status < REFUSED) {
    settle(asker);
    return;
  }
  // A poll that finds nobody signed in any more reloads, so that the sign-in page says why.
  if (asker.matches(POLLS)) {
    if (response.status === SIGNED_OUT) window.location.reload();
    return;
  }
  if (response.status !== SIGNED_OUT && !asker.matches(KEEPS)) return;
  event.preventDefault(); // nothing is swapped
  tell(asker, noteIn(text));
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx && !ctx.sourceElement.matches(POLLS)) tell(ctx.sourceElement, unanswered());
});

// Whoever signs in in another tab comes back to a page that has nothing against them.
document.addEventListener("click", ({ target }) => {
  if (target.closest("a")) target.closest("[data-told]")?.remove();
});

// Nothing is typed over an answer that is on its way to the same place.
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches(WAITS)) return;
  if (ctx.target.contains(document.activeElement)) focused.set(ctx, document.activeElement);
  ctx.target.inert = true;
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (!ctx.sourceElement.matches(WAITS)) return;
  ctx.target.inert = false;
  if (document.activeElement === document.body) focused.get(ctx)?.focus();
});
