// Small helps of forms: show a password, send a form when something in it is chosen.
document.addEventListener("click", (event) => {
  const eye = event.target.closest("[data-shows]");
  if (!eye) return;
  const field = document.getElementById(eye.dataset.shows);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  eye.setAttribute("aria-pressed", String(!shown));
});

document.addEventListener("change", (event) => {
  event.target.closest("[data-sends]")?.form?.requestSubmit();
});

// A form is sent once, however often somebody presses.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post" || event.defaultPrevented) return; // .method may be a field
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
