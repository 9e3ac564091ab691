// "/" searches; j and k walk through the rows of a list, Enter opens the one in focus.
const typing = (target) => target.matches("input, textarea, select, [contenteditable]");

function step(forward) {
  const links = [...document.querySelectorAll("[data-walk] [data-row] a.title")];
  if (links.length === 0) return;
  const here = links.findIndex((link) =>
    link.closest("[data-row]").contains(document.activeElement),
  );
  const next = here < 0 ? 0 : Math.min(Math.max(here + (forward ? 1 : -1), 0), links.length - 1);
  links[next].focus();
  links[next].closest("[data-row]").scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  }
  if (event.key === "j" || event.key === "k") step(event.key === "j");
});
