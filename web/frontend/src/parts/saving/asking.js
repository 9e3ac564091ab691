// How an editor asks the house.
const AGAIN = 3000;

/** What asks: like fetch, with what every request of an editor carries. */
export function asking(csrf) {
  return (address, { headers, ...options } = {}) =>
    fetch(address, {
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRF-Token": csrf, ...headers },
      ...options,
    });
}

/** Ask for what an editor can't do without, until it comes; `waits()` hears that it didn't yet. */
export async function insist(ask, waits) {
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer?.ok) return answer;
    waits();
    await new Promise((done) => setTimeout(done, AGAIN));
  }
}
