// Small helps of the steps' forms; every form does its work without them.
import { keepTyping, typedIn } from "./parts/saving/typing.js";
import { uploading } from "./parts/uploading.js";

const saved = document.getElementById("saved");
if (saved) keepTyping(saved);

// A slider and a number that say the same.
for (const slider of document.querySelectorAll("[data-mirrors]")) {
  const number = document.getElementById(slider.dataset.mirrors);
  slider.addEventListener("input", () => {
    number.value = slider.value;
  });
  const follow = () => {
    slider.value = number.value || 0;
  };
  number.addEventListener("input", follow);
  // Whatever was moved before this was heard; a slider corrects what it is born with.
  const born = slider.cloneNode();
  born.value = slider.defaultValue;
  if (number.value !== number.defaultValue) follow();
  else if (slider.value !== born.value) number.value = slider.value;
}

// A file is kept as soon as it is chosen, without "Add"; what was typed goes along and comes back,
// and nothing is typed or chosen while it is on its way.
document.addEventListener("submit", uploading);
for (const add of document.querySelectorAll("[data-uploads] ~ [name=upload]")) add.hidden = true;
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-uploads]")) return;
  const form = event.target.form;
  form.requestSubmit(form.querySelector("[name=upload]"));
});

// A field whose condition doesn't hold by what was typed so far isn't asked.
let asked = 0;
document.addEventListener("change", async (event) => {
  const place = event.target.closest("[data-asks]");
  if (!place) return;
  asked += 1;
  const turn = asked;
  const answer = await fetch(place.dataset.asks, {
    method: "POST",
    body: new URLSearchParams(typedIn(event.target.form)),
    headers: { Accept: "application/json" },
  }).catch(() => null);
  if (!answer?.ok) return;
  const { hidden } = await answer.json();
  if (turn !== asked) return; // more was typed meanwhile
  for (const field of place.querySelectorAll("[data-field]")) {
    field.hidden = hidden.includes(field.dataset.field);
  }
});

// "All of them" ticks the units of its group, and shows it.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-ticks]");
  if (!all) return;
  for (const tick of all.closest("details").querySelectorAll("[data-tick]")) {
    tick.checked = all.checked;
  }
});

// On a narrow screen what one has to know stands above the form: folded, but for its core.
const unfolds = document.querySelector("[data-unfolds]");
if (unfolds && window.matchMedia("(max-width: 980px)").matches) {
  const folded = unfolds.previousElementSibling;
  if (folded.querySelector(".more")) {
    folded.classList.add("folded");
    unfolds.hidden = false;
    unfolds.addEventListener("click", () => {
      folded.classList.remove("folded");
      unfolds.remove();
    });
  }
}
