// Polls stop while nobody looks at the page.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.target.matches("[data-polls]")) event.preventDefault();
});
