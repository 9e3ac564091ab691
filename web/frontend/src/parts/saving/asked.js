// What a draft's dialogs ask: somebody saved meanwhile; something was never saved.

/** Ask which of the two goes on: `decide("theirs")`, or `decide("file")` to keep one's own. */
export function askWhose(dialog, words, decide) {
  if (dialog.open) return;
  dialog.querySelector("[data-who]").textContent = words;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue && decide(dialog.returnValue), {
    once: true,
  });
  dialog.showModal();
}

/** Offer what was kept and never saved, if it isn't what is there; `take` goes on with it. */
export function offerKept(dialog, kept, { current, words, take }) {
  const lost = kept.get();
  if (!lost || lost.text === current) {
    kept.forget();
    return;
  }
  dialog.querySelector("[data-when]").textContent = words(new Date(lost.at));
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "drop") kept.forget();
    else if (dialog.returnValue === "take") take(lost);
    else dialog.showModal(); // Esc decides nothing, and the next change would be kept over it
  });
  dialog.showModal();
}
