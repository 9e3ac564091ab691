// How an editor asks the house.

/** What asks: like fetch, with what every request of an editor carries. */
export function asking(csrf) {
  return (address, { headers, ...options } = {}) =>
    fetch(address, {
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRF-Token": csrf, ...headers },
      ...options,
    });
}
