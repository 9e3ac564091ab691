// What the page says to the editor, and its places.
export const page = JSON.parse(document.getElementById("table-told").textContent);

/** The element of the page with this `data-table` name. */
export const place = (name) => document.querySelector(`[data-table="${name}"]`);

/** The columns of the page in their order: `side`, `name`, `label`, `type`, `values`. */
export const { columns, words } = page;
