// A list of which some are chosen, folded away: what is chosen stands on it, and it closes
// when one goes elsewhere.

const chosen = (list) =>
  [...list.querySelectorAll("input:checked")].map((box) => box.parentElement.textContent.trim());

function tell(list) {
  list.querySelector("summary > span").textContent =
    chosen(list).join(list.dataset.several) || list.dataset.any;
}

const open = () => document.querySelectorAll("details.several[open]");

function leave({ target }) {
  for (const list of open()) if (!list.contains(target)) list.open = false;
}

document.addEventListener("change", ({ target }) => {
  const list = target.closest?.("details.several");
  if (list) tell(list);
});
document.addEventListener("pointerdown", leave);
document.addEventListener("focusin", leave);
document.addEventListener("keydown", ({ key, target }) => {
  const list = key === "Escape" && target.closest?.("details.several[open]");
  if (!list) return;
  list.open = false;
  list.querySelector("summary").focus();
});
