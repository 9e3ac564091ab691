// The panel's words: all of them come from the house, in the reader's language.

/** Put facts into a sentence such as "%(day)s is the limit". */
export function filled(sentence, facts) {
  return sentence.replace(/%\((\w+)\)s|%%/g, (_all, name) => (name ? (facts[name] ?? "") : "%"));
}

/** A function that says a word of the catalogue by its name. */
export function speaker(words) {
  return (name, facts) => filled(words[name] ?? name, facts ?? {});
}
