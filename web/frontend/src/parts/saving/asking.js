// How an editor asks the house.
const AGAIN = 3000;
const FAULT = 500;
const PASSING = [408, 429];
const POLL = { "X-Poll": "yes" }; // nobody asks again by hand: it keeps no session alive
const SIGNED_OUT = 401;

/** What asks: like fetch, with what every request of an editor carries. */
export function asking(csrf) {
  return (address, { headers, ...options } = {}) =>
    fetch(address, {
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRF-Token": csrf, ...headers },
      ...options,
    });
}

/**
 * Ask for what an editor can't do without and `read` it, until it has come.
 * `ask(headers)` asks once; `waits(state, parts)` hears why it hasn't come yet, as Autosave says it.
 */
export async function insist(ask, read, waits) {
  for (let headers = {}; ; headers = POLL) {
    const answer = await ask(headers).catch(() => null);
    const come = answer?.ok && (await read(answer).catch(() => null)); // a body may be lost, too
    if (come) return come;
    if (!answer || answer.ok || passes(answer.status)) {
      waits("loading");
      await new Promise((done) => setTimeout(done, AGAIN));
    } else {
      waits(...(await refusal(answer)));
      await heard(window, "focus"); // they may have signed in elsewhere
    }
    if (document.hidden) await heard(document, "visibilitychange");
  }
}

/** Whether another answer may come by itself. */
const passes = (status) => PASSING.includes(status) || status >= FAULT;

async function refusal(answer) {
  if (answer.status === SIGNED_OUT) return ["kept_out"];
  return ["withheld", { why: reason(answer, await answer.json().catch(() => ({}))) }];
}

/** Why the house refuses, in its words if it `told` any. */
export const reason = ({ status }, told) => told.detail ?? told.title ?? status;

const heard = (target, event) =>
  new Promise((done) => target.addEventListener(event, done, { once: true }));
