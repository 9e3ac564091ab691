// When a field is shown: "only if that field is this value", with the text beside.
import { askable } from "./rows.js";
import { choiceLine, textLine } from "./parts.js";

const PLAIN = /^(\w+) (==|!=) "([^"\\]*)"$/;
const TRUTH = /^(not )?(\w+)$/;
const BY_HAND = "?";

function read(text) {
  if (!text) return { key: "" };
  const [, key, sign, value] = text.match(PLAIN) ?? [];
  if (key) return { key, sign, value };
  const [, not, own] = text.match(TRUTH) ?? [];
  return own ? { key: own, sign: "==", value: not ? "false" : "true" } : { key: BY_HAND };
}

function written({ key, sign, value }, field) {
  if (!key) return "";
  if (field?.type === "yes_no") return (value === "true") === (sign === "==") ? key : `not ${key}`;
  return `${key} ${sign} "${value}"`;
}

function valuesOf(field, t) {
  if (field.type === "yes_no")
    return [
      ["true", t("Yes")],
      ["false", t("No")],
    ];
  const options = field.options.split("|").map((each) => each.trim());
  return options.filter(Boolean).map((each) => [each, each]);
}

/** The lines that say when a field is shown; only fields before it can be asked. */
export function conditionLines(row, before, t, write) {
  const known = read(row.visible_if);
  const fields = before.filter((each) => askable(each) && ["yes_no", "choice"].includes(each.type));
  const asked = fields.find(({ key }) => key === known.key);
  const choices = [
    ["", t("always")],
    ...fields.map(({ key, label }) => [key, label || key]),
    [BY_HAND, t("written by hand")],
  ];
  const chosen = asked || known.key === "" ? known.key : BY_HAND;
  const lines = [
    choiceLine(t("Shown if"), chosen, choices, (key) => {
      const field = fields.find((each) => each.key === key);
      if (key === BY_HAND) return write(row.visible_if || `${before[0]?.key ?? "x"} == ""`);
      const [first] = field ? valuesOf(field, t) : [["", ""]];
      return write(written({ key, sign: "==", value: first?.[0] ?? "" }, field));
    }),
  ];
  if (asked) {
    const change = (part) => write(written({ ...known, ...part }, asked));
    const signs = [
      ["==", t("is")],
      ["!=", t("is not")],
    ];
    lines.push(
      choiceLine("", known.sign, signs, (sign) => change({ sign })),
      choiceLine("", known.value, valuesOf(asked, t), (value) => change({ value })),
    );
  }
  if (chosen) lines.push(textLine(t("Condition"), row.visible_if, write, { lang: "en" }));
  return lines;
}
