// What the page says to the editor: its addresses and labels, and the places that it fills.
const told = document.getElementById("editor-told");

/** `addresses`, `language` ("zh_CN" or "en"), `csrf`, and what else the page tells. */
export const page = JSON.parse(told.textContent);

/** The element of the page with this `data-editor` name. */
export const place = (name) => document.querySelector(`[data-editor="${name}"]`);

/** Ask the house: like fetch, with what every request of the editor carries. */
export function ask(address, { headers, ...options } = {}) {
  return fetch(address, {
    credentials: "same-origin",
    headers: { Accept: "application/json", "X-CSRF-Token": page.csrf, ...headers },
    ...options,
  });
}
