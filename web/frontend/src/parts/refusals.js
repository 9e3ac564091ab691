// What somebody typed stays where it is when the house refuses it or doesn't answer: that is told
// beside it, by a form in itself and by anything else in the corner, and takes nothing's place.
const KEEPS = "[data-keeps]";
const POLLS = "[data-polls]";
const WAITS = "[data-waits]";
const REFUSED = 400;
const SIGNED_OUT = 401;

const focused = new WeakMap();

const placeOf = (asker) => (asker.matches("form") ? asker : document.querySelector(".toast-dock"));

const told = (asker) => placeOf(asker).querySelector(":scope > [data-told]");

function tell(asker, note) {
  const before = told(asker);
  if (before?.textContent === note.textContent) return; // a screen reader says it once
  before?.remove();
  note.dataset.told = "";
  placeOf(asker).prepend(note);
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
    told(asker)?.remove();
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
  focused.get(ctx)?.focus();
});
