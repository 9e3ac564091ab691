// Times of day as a reader writes them.

/** What writes an instant, or now: "10:42" in a language ("zh_CN") and a time zone. */
export function clockOf({ language, zone }) {
  const day = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone };
  return (at) => new Date(at ?? Date.now()).toLocaleTimeString(language.replace("_", "-"), day);
}

/** What writes a day and a time of it, such as when something was typed. */
export function momentOf({ language, zone }) {
  const how = { dateStyle: "medium", timeStyle: "short", timeZone: zone };
  return (at) => at.toLocaleString(language.replace("_", "-"), how);
}
