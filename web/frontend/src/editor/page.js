// What the page says to the editor, its places, and how the editor asks the house.
const told = JSON.parse(document.getElementById("editor-told").textContent);

/** `language` ("zh_CN" or "en"), `addresses`, `draft`, `parts`, and what `runs`. */
export const page = told;

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
