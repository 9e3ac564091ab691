// A condition as a reader says it; what rows can't say is shown as its text.
import { rowsOf, takes } from "./conditions.js";

export function conditionWords(text, data, outcomes, say) {
  const found = rowsOf(text);
  if (!found) return text;
  const words = found.rows.map((row) => rowWords(row, data, outcomes, say));
  return words.join(say(`joins.${found.joined}`));
}

function rowWords({ datum: name, operator, value }, data, outcomes, say) {
  const datum = data.find((each) => each.name === name) ?? { label: name, type: "str" };
  const values = name === "outcome" ? outcomes : (datum.values ?? []);
  const label = (one) => values.find((each) => each.name === one)?.label ?? String(one);
  const word = say(
    datum.type !== "bool" && /^(yes|no)$/.test(operator) ? `op.${operator}_any` : `op.${operator}`,
  );
  const told = [value].flat().map(label).join(say("comma"));
  const facts = { datum: datum.label, operator: word, value: told };
  return say(takes(operator) === "nothing" ? "asked" : "compared", facts);
}
