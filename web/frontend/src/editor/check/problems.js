// What is wrong with the diagram: asked while it is drawn, listed below it, marked on it.
import { ask, page, place } from "../page.js";
import Fixing from "./fixing.js";

const PAUSE = 900;
const RANK = { error: 0, warning: 1, advice: 2 };
const SHAPES = {
  error: '<rect x="2" y="2" width="12" height="12" rx="1.5"/>',
  warning: '<path d="M8 1.4 15.2 14H.8Z"/>',
  advice: '<circle cx="8" cy="8" r="5.2"/>',
};
const WORDS = { error: "Must be changed", warning: "Warning", advice: "Advice" };
const TONES = { error: "red", warning: "yellow", advice: "blue" };

export default class Problems {
  static $inject = ["drawing", "eventBus", "injector", "marks", "translate"];

  constructor(drawing, eventBus, injector, marks, translate) {
    Object.assign(this, { drawing, eventBus, marks, translate });
    this.fixing = injector.instantiate(Fixing);
    this.rows = place("problems");
    this.counts = place("counts");
    this.found = [];
    this._asked = 0;
    for (const event of ["commandStack.changed", "import.done"]) {
      eventBus.on(event, () => this.soon());
    }
  }

  /** Ask again, once nothing has been drawn for a moment. */
  soon() {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.check(), PAUSE);
  }

  async check() {
    clearTimeout(this._timer);
    if (!page.addresses.check) return;
    this._asked += 1;
    const asked = this._asked;
    const headers = { "Content-Type": "application/xml" };
    const body = await this.drawing.text();
    const answer = await ask(page.addresses.check, { method: "POST", headers, body }).catch(
      () => null,
    );
    if (!answer?.ok || asked !== this._asked) return;
    const { problems } = await answer.json();
    this._show([...problems].sort((one, other) => RANK[one.severity] - RANK[other.severity]));
  }

  _show(problems) {
    this.found = problems;
    this.counts.replaceChildren(...this._counted());
    place("check-count").textContent = problems.filter(isError).length || "";
    this._draw(problems);
    this.rows.hidden = problems.length === 0;
    this.marks.show(problems);
    this.eventBus.fire("duban.checked", { problems });
  }

  /** The row of a problem stays as it is, and is pressed as it was, as long as the problem does. */
  _draw(problems) {
    const before = [...this.rows.children];
    const rows = problems.map((problem) => {
      const key = JSON.stringify([problem, this.marks.nameOf(problem)]);
      const at = before.findIndex((row) => row.dataset.key === key);
      return at < 0 ? this._row(problem, key) : before.splice(at, 1)[0];
    });
    for (const row of before) row.remove();
    rows.forEach((row, at) => {
      if (this.rows.children[at] !== row)
        this.rows.insertBefore(row, this.rows.children[at] ?? null);
    });
  }

  _counted() {
    const said = {
      error: "{count} must be changed",
      warning: "{count} warnings",
      advice: "{count} pieces of advice",
    };
    const shown = Object.keys(said)
      .map((severity) => [severity, this.found.filter((each) => each.severity === severity)])
      .filter(([, found]) => found.length)
      .map(([severity, { length: count }]) =>
        light(severity, this.translate(said[severity], { count })),
      );
    return shown.length ? shown : [light("ok", this.translate("No problems"))];
  }

  _row(problem, key) {
    const row = document.createElement("tr");
    row.dataset.key = key;
    row.dataset.problem = problem.code;
    row.dataset.severity = problem.severity;
    const name = button(this.marks.nameOf(problem), "link", () => this.marks.go(problem.element));
    const fix =
      problem.fix &&
      button(problem.fix.label, "btn small soft", () => this.fixing.apply(problem.fix));
    const hint =
      problem.hint &&
      button(this.translate("How to draw it"), "link", () => explain(row, problem.hint));
    row.append(
      cell(light(problem.severity, this.translate(WORDS[problem.severity]))),
      cell(name),
      cell(problem.text),
      cell(...[hint, fix].filter(Boolean)),
    );
    return row;
  }
}

/** Unfold how to draw it instead, below what is wrong. */
function explain(row, hint) {
  const text = row.cells[2];
  const open = text.querySelector("p");
  if (open) open.remove();
  else
    text.append(
      Object.assign(document.createElement("p"), { textContent: hint, className: "hint" }),
    );
}

const isError = ({ severity }) => severity === "error";

function light(severity, words) {
  const made = document.createElement("span");
  made.className = `light ${TONES[severity] ?? "green"}`;
  const shape = SHAPES[severity] ?? '<circle cx="8" cy="8" r="6.2"/>';
  made.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true">${shape}</svg><span></span>`;
  made.lastChild.textContent = words;
  return made;
}

function button(words, kind, press) {
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.className = kind;
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

function cell(...content) {
  const made = document.createElement("td");
  made.append(...content);
  return made;
}
