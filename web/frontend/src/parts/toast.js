// A toast counts its seconds down and goes: those in which the page is seen, once it stands. It
// waits while somebody points at it.
function countDown(toast) {
  const left = toast.querySelector("[data-left]");
  let seconds = Number(toast.dataset.toast);
  const words = left.textContent;
  const tick = setInterval(() => {
    if (document.hidden || toast.matches(":hover, :focus-within")) return;
    seconds -= 1;
    left.textContent = words.replace(/\d+/, seconds);
    if (seconds > 0) return;
    clearInterval(tick);
    toast.remove();
  }, 1000);
}

function begin() {
  for (const toast of document.querySelectorAll("[data-toast]")) countDown(toast);
}

if (document.readyState === "complete") begin();
else window.addEventListener("load", begin);
