// Rows that share an action are chosen by their boxes; the bar and the dialog say how many.
const boxes = () => [...document.querySelectorAll("[data-chooses]")];
const chosen = () => boxes().filter((box) => box.checked);

function tell() {
  const number = chosen().length;
  for (const words of document.querySelectorAll("[data-chosen]")) {
    const { one, many } = words.dataset;
    words.textContent = number === 1 ? one : many.replace("{number}", number);
  }
  for (const bar of document.querySelectorAll("[data-batch]")) bar.hidden = number === 0;
  for (const box of boxes()) box.closest("[data-row]").classList.toggle("sel", box.checked);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-chooses]")) tell();
});

document.addEventListener("click", (event) => {
  const urges = event.target.closest("[data-urges]");
  if (urges) {
    const only = urges.dataset.urges;
    if (only) for (const box of boxes()) box.checked = box.value === only;
    tell();
    document.getElementById("urging").showModal();
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  if (event.target.closest("[data-chooses-all]")) {
    for (const box of boxes()) box.checked = true;
    tell();
  }
  if (event.target.closest("[data-unchooses]")) {
    for (const box of boxes()) box.checked = false;
    tell();
  }
});

tell();
