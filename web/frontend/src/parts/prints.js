// "Print" in a menu.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-prints]")) window.print();
});
