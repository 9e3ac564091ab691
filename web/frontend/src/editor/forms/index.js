// The fields of a step's own form, edited in place in the panel, with a preview beside it.
import { learn } from "../words/translate.js";
import { conditionLines } from "./conditions.js";
import { button, choiceLine, make, textLine, tick } from "./parts.js";
import Preview from "./preview.js";
import { renew } from "./renewing.js";
import { COLUMN_TYPES, freshKey, rowsOf, TYPES, writeRows } from "./rows.js";
import words from "./words.js";
import "../../styles/rooms/forms.css";

learn(words);

class FormFields {
  static $inject = ["editing", "eventBus", "translate", "config.duban"];

  constructor(editing, eventBus, translate, config) {
    this.editing = editing;
    this.eventBus = eventBus;
    this.t = translate;
    this.preview = new Preview(config, translate);
    this.unfolded = null;
  }

  about({ businessObject }) {
    return businessObject.get("duban:step") === "form";
  }

  /** Draw the fields of an element into a place of the panel, until they are taken away. */
  attach(container, element) {
    const draw = () => this.draw(container, element);
    const changed = ({ elements }) => {
      if (elements.includes(element)) draw();
    };
    this.eventBus.on("elements.changed", changed);
    this.attached = element;
    draw();
    return () => {
      this.eventBus.off("elements.changed", changed);
      container.replaceChildren();
      this.attached = null;
      setTimeout(() => this.attached !== element && this.preview.close());
    };
  }

  draw(container, element) {
    const rows = rowsOf(element);
    const focus = container.contains(document.activeElement) && document.activeElement.dataset.at;
    const { t } = this;
    const list = rows.map((_row, place) => this.field(element, rows, place));
    const types = Object.entries(TYPES).map(([type, name]) => [type, t(name)]);
    const add = choiceLine(t("Add a field"), "", [["", "…"], ...types], (type) => {
      const key = freshKey(rows, "field_");
      this.unfolded = key;
      writeRows(this.editing, element, [...rows, fresh(key, type, t(TYPES[type]))]);
    });
    const show = button(t("Preview"), t("Preview"), () => this.preview.show(rowsOf(element)), {
      className: "btn small",
    });
    const empty = make("p", { className: "weak sm" }, t("This step has no fields yet."));
    renew(container, [...(list.length ? list : [empty]), add, show]);
    container.querySelector(`[data-at="${focus}"]`)?.focus();
    this.preview.update(rows);
  }

  field(element, rows, place) {
    const { t } = this;
    const row = rows[place];
    const write = (change) =>
      this.write(
        element,
        rows.map((each, at) => (at === place ? { ...each, ...change } : each)),
      );
    const move = (to) => {
      const others = rows.filter((_each, at) => at !== place);
      this.write(element, [...others.slice(0, to), row, ...others.slice(to)]);
    };
    const name = row.label || row.key;
    const signs = make(
      "span",
      { className: "ff-signs" },
      button(`${t("Move up")}: ${name}`, "↑", () => move(place - 1), {
        disabled: place === 0,
        "data-at": `up-${row.key}`,
      }),
      button(`${t("Move down")}: ${name}`, "↓", () => move(place + 1), {
        disabled: place === rows.length - 1,
        "data-at": `down-${row.key}`,
      }),
      button(`${t("Remove")}: ${name}`, "×", () =>
        this.write(
          element,
          rows.filter((_each, at) => at !== place),
        ),
      ),
    );
    const summary = make(
      "summary",
      {},
      make("b", { lang: "zh-CN" }, name),
      make("span", { className: "weak sm" }, t(TYPES[row.type] ?? row.type)),
    );
    if (row.required === "true") summary.append(make("span", { className: "must" }, t("Required")));
    const details = make(
      "details",
      { className: "ff-field" },
      summary,
      signs,
      ...this.lines(row, rows, place, write),
    );
    // at the press: that it was toggled is told later, and it may be drawn anew before
    summary.onclick = ({ currentTarget }) => {
      this.unfolded = currentTarget.parentElement.open ? null : row.key;
    };
    details.open = this.unfolded === row.key;
    details.ontoggle = ({ currentTarget }) => {
      if (!currentTarget.isConnected) return; // it was only drawn to be renewed from
      if (currentTarget.open) this.unfold(row.key, currentTarget);
      else if (this.unfolded === row.key) this.unfolded = null;
    };
    return details;
  }

  /** One field is unfolded at a time: else the next change would fold the other one. */
  unfold(key, details) {
    this.unfolded = key;
    for (const each of details.parentElement.children) {
      if (each.open && each !== details) each.open = false;
    }
  }

  lines(row, rows, place, write) {
    const { t } = this;
    const text = (label, name, more) =>
      textLine(t(label), row[name], (value) => write({ [name]: value }), more);
    const types = Object.entries(TYPES).map(([type, name]) => [type, t(name)]);
    const rename = (key) => {
      this.unfolded = key;
      write({ key });
    };
    return [
      text("Chinese", "label", { lang: "zh-CN" }),
      text("English", "label_en", { lang: "en" }),
      choiceLine(t("Type"), row.type, types, (type) => write({ type })),
      textLine(t("Key"), row.key, rename, { lang: "en" }),
      ...(row.type === "choice" ? this.choices(row, write) : []),
      ...(row.type === "table" ? [this.columns(row, write)] : []),
      tick(t("Required"), row.required === "true", (on) => write({ required: on ? "true" : "" })),
      text("Help", "help", { lang: "zh-CN" }),
      text("Help in English", "help_en", { lang: "en" }),
      ...conditionLines(row, rows.slice(0, place), t, (visible_if) => write({ visible_if })),
    ];
  }

  choices(row, write) {
    const { t } = this;
    return [
      textLine(
        t("Choices, one after the other with |"),
        row.options,
        (options) => write({ options }),
        { lang: "zh-CN" },
      ),
      textLine(t("Choices in English"), row.options_en, (options_en) => write({ options_en }), {
        lang: "en",
      }),
    ];
  }

  columns(row, write) {
    const { t } = this;
    const change = (place, part) =>
      write({
        columns: row.columns.map((each, at) => (at === place ? { ...each, ...part } : each)),
      });
    const types = COLUMN_TYPES.map((type) => [type, t(TYPES[type])]);
    const drawn = row.columns.map((column, place) =>
      make(
        "fieldset",
        { className: "ff-column" },
        make("legend", {}, `${t("Column")} ${place + 1}`),
        textLine(t("Chinese"), column.label, (label) => change(place, { label }), {
          lang: "zh-CN",
        }),
        textLine(t("English"), column.label_en, (label_en) => change(place, { label_en }), {
          lang: "en",
        }),
        choiceLine(t("Type"), column.type, types, (type) => change(place, { type })),
        textLine(t("Key"), column.key, (key) => change(place, { key }), { lang: "en" }),
        ...(column.type === "choice" ? this.choices(column, (part) => change(place, part)) : []),
        tick(t("Required"), column.required === "true", (on) =>
          change(place, { required: on ? "true" : "" }),
        ),
        button(`${t("Remove")}: ${column.label || column.key}`, "×", () =>
          write({ columns: row.columns.filter((_each, at) => at !== place) }),
        ),
      ),
    );
    const add = button(
      t("Add a column"),
      t("Add a column"),
      () =>
        write({ columns: [...row.columns, column(freshKey(row.columns, "column_"), t("Column"))] }),
      { className: "btn small" },
    );
    return make("div", { className: "ff-columns" }, ...drawn, add);
  }

  write(element, rows) {
    writeRows(this.editing, element, rows);
  }
}

const column = (key, label) => ({
  key,
  type: "text",
  label,
  label_en: "",
  required: "",
  options: "",
  options_en: "",
});

const fresh = (key, type, label) => ({
  ...column(key, label),
  type,
  help: "",
  help_en: "",
  visible_if: "",
  columns: type === "table" ? [column("column_1", label)] : [],
});

export default { formFields: ["type", FormFields] };
