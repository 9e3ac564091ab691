// A form whose files are on their way holds still, and says so; whoever doesn't want to wait stops it.
const FILES = "[data-uploads]";

const isUpload = (form) =>
  [...form.querySelectorAll(FILES)].some((field) => field.files.length > 0);

function show(form, on) {
  form.toggleAttribute("data-uploading", on);
  for (const part of form.children) part.inert = on && !part.querySelector("[data-stops]");
}

function stop(form) {
  show(form, false);
  delete form.dataset.sent;
  for (const field of form.querySelectorAll(FILES)) field.value = "";
}

/** Hear that a form is sent. */
export function uploading({ target: form, defaultPrevented }) {
  if (!defaultPrevented && isUpload(form)) show(form, true);
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-stops]")) return;
  const { form } = target.closest("button");
  window.stop();
  stop(form);
  form.dispatchEvent(new Event("input")); // what was typed wasn't sent either
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-uploading]")) stop(form);
});
