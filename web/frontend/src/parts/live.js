// Polls stop while nobody looks at the page, and the title says what is new.
document.addEventListener("htmx:before:request", (event) => {
  if (document.hidden && event.target.matches("[data-polls]")) event.preventDefault();
});

// A poll that finds nobody signed in any more reloads, so that the sign-in page says why.
document.addEventListener("htmx:after:request", (event) => {
  const { response } = event.detail.ctx ?? {};
  if (response?.raw?.status === 401) window.location.reload();
});
