// Conditions as rows and as text, both ways. Rows are joined by one word, all or any:
// `{ joined: "and" | "or", rows: [{ datum, operator, value }] }`. What rows can't say stays text.

const TOKENS =
  /\s*(?:("(?:[^"\\]|\\["\\])*"|'(?:[^'\\]|\\['\\])*')|(\d+(?:\.\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(==|!=|<=|>=|<|>|\(|\)|\[|\]|,|-))/uy;
const WORDS = new Set(["and", "or", "not", "in", "is", "if", "else", "True", "False", "None"]);
const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">="]);
const MIRRORED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

class Unsayable extends Error {}

function tokens(text) {
  const found = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.trimEnd().length) {
    const match = TOKENS.exec(text);
    if (!match) throw new Unsayable();
    const [, quoted, number, word, sign] = match;
    if (quoted) found.push({ kind: "value", value: unquoted(quoted) });
    else if (number) found.push({ kind: "value", value: Number(number) });
    else if (word === "True" || word === "False") {
      found.push({ kind: "value", value: word === "True" });
    } else if (word && !WORDS.has(word)) found.push({ kind: "name", name: word });
    else found.push({ kind: "sign", sign: word ?? sign });
  }
  return found;
}

const unquoted = (text) => text.slice(1, -1).replace(/\\(["'\\])/g, "$1");

class Reader {
  constructor(text) {
    this.tokens = tokens(text);
    this.at = 0;
  }

  get next() {
    return this.tokens[this.at];
  }

  /** Take the next token if it is this sign. */
  take(sign) {
    if (this.next?.sign !== sign) return false;
    this.at += 1;
    return true;
  }

  must(sign) {
    if (!this.take(sign)) throw new Unsayable();
  }

  all() {
    const rows = [this.row()];
    const joined = this.next?.sign === "or" ? "or" : "and";
    while (this.take(joined)) rows.push(this.row());
    if (this.next) throw new Unsayable();
    return { joined, rows };
  }

  row() {
    if (this.take("not")) return { datum: this.name(), operator: "no", value: "" };
    if (this.next?.name === "len") return this.counted();
    if (this.next?.kind === "name") return this.about(this.name());
    return this.reversed(this.value());
  }

  name() {
    const { next } = this;
    if (next?.kind !== "name") throw new Unsayable();
    this.at += 1;
    return next.name;
  }

  value() {
    const minus = this.take("-");
    const { next } = this;
    if (next?.kind !== "value" || (minus && typeof next.value !== "number")) throw new Unsayable();
    this.at += 1;
    return minus ? -next.value : next.value;
  }

  /** What is said of a name: nothing more, a comparison, or that it is one of several. */
  about(datum) {
    const sign = this.next?.sign;
    if (COMPARISONS.has(sign)) {
      this.at += 1;
      return { datum, operator: sign, value: this.value() };
    }
    const not = this.take("not");
    if (this.take("in")) return { datum, operator: not ? "not in" : "in", value: this.values() };
    if (not) throw new Unsayable();
    return { datum, operator: "yes", value: "" };
  }

  /** A value first: it is contained in a list, or compared the other way round. */
  reversed(value) {
    const sign = this.next?.sign;
    if (COMPARISONS.has(sign)) {
      this.at += 1;
      return { datum: this.name(), operator: MIRRORED[sign], value };
    }
    const not = this.take("not");
    this.must("in");
    return { datum: this.name(), operator: not ? "lacks" : "has", value };
  }

  counted() {
    this.at += 1;
    this.must("(");
    const datum = this.name();
    this.must(")");
    const sign = this.next?.sign;
    if (!COMPARISONS.has(sign)) throw new Unsayable();
    this.at += 1;
    const value = this.value();
    if (value === 0 && sign === ">") return { datum, operator: "filled", value: "" };
    if (value === 0 && sign === "==") return { datum, operator: "empty", value: "" };
    return { datum, operator: `len ${sign}`, value };
  }

  values() {
    const close = this.take("[") ? "]" : ")";
    if (close === ")") this.must("(");
    const found = [];
    while (!this.take(close)) {
      found.push(this.value());
      if (!this.take(",")) {
        this.must(close);
        break;
      }
    }
    return found;
  }
}

/** The rows that say what a text says, or null where rows can't. */
export function rowsOf(text) {
  if (!text?.trim()) return { joined: "and", rows: [] };
  try {
    return new Reader(text).all();
  } catch (error) {
    if (error instanceof Unsayable) return null;
    throw error;
  }
}

/** A value as the expressions write it. */
export function written(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  return `"${String(value).replace(/[\\"]/g, "\\$&")}"`;
}

const severally = (values) => {
  const all = [values].flat().map(written);
  return all.length === 1 ? `(${all[0]},)` : `(${all.join(", ")})`;
};

function rowText({ datum, operator, value }) {
  switch (operator) {
    case "yes":
      return datum;
    case "no":
      return `not ${datum}`;
    case "in":
    case "not in":
      return `${datum} ${operator} ${severally(value)}`;
    case "has":
      return `${written(value)} in ${datum}`;
    case "lacks":
      return `${written(value)} not in ${datum}`;
    case "filled":
      return `len(${datum}) > 0`;
    case "empty":
      return `len(${datum}) == 0`;
    default:
      return operator.startsWith("len ")
        ? `len(${datum}) ${operator.slice(4)} ${written(value)}`
        : `${datum} ${operator} ${written(value)}`;
  }
}

/** The text that says what the rows say. */
export const textOf = ({ joined, rows }) => rows.map(rowText).join(` ${joined} `);

const NUMERIC = ["==", "!=", ">", ">=", "<", "<="];
const OPERATORS = {
  bool: ["yes", "no"],
  list: ["has", "lacks", "filled", "empty", "len ==", "len >", "len <"],
  int: NUMERIC,
  float: NUMERIC,
};

/** What can be asked of data of a type. */
export const operatorsOf = (type) => OPERATORS[type] ?? ["==", "!=", "in", "not in"];

/** Whether an operator compares with a value, and with how many. */
export const takes = (operator) => {
  if (["yes", "no", "filled", "empty"].includes(operator)) return "nothing";
  return operator === "in" || operator === "not in" ? "several" : "one";
};

/** A typed text as a value of the wanted type. */
export function typedValue(text, { type, operator }) {
  const numeric = operator.startsWith("len ") || type === "int" || type === "float";
  return numeric && text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
}

/** A row after its datum or operator was changed: what doesn't fit any more begins anew. */
export function fitted(row, datum) {
  const allowed = operatorsOf(datum.type);
  const operator = allowed.includes(row.operator) ? row.operator : allowed[0];
  const first = datum.values?.[0]?.name ?? "";
  const wanted = takes(operator);
  if (wanted === "nothing") return { datum: datum.name, operator, value: "" };
  const given = [row.value].flat().filter((value) => value !== "" && value !== undefined);
  const known = datum.values?.length
    ? given.filter((value) => datum.values.some((each) => each.name === value))
    : given;
  const numeric = operator.startsWith("len ") || datum.type === "int" || datum.type === "float";
  const value = known.length ? known : [numeric ? 0 : first];
  return { datum: datum.name, operator, value: wanted === "several" ? value : value[0] };
}
