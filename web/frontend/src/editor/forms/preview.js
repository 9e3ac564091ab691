// The form as its step's page will ask it, drawn by the house, while it is edited.
import { make } from "./parts.js";
import { toldRows } from "./rows.js";

const QUIET = 250;

export default class Preview {
  constructor(config, translate) {
    this.config = config;
    this.t = translate;
    this.timer = null;
    this.asked = 0;
  }

  get open() {
    return Boolean(this.dialog?.open);
  }

  /** Show it beside the panel; what is typed into it only tries the conditions. */
  show(rows) {
    if (!this.dialog) this.build();
    this.rows = rows;
    this.dialog.show();
    this.draw();
  }

  /** The fields have changed. */
  update(rows) {
    this.rows = rows;
    if (this.open) this.later();
  }

  close() {
    this.dialog?.close();
  }

  build() {
    const title = this.t("Preview of the form");
    this.form = make("form", { className: "ff-form", novalidate: "" });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", () => this.later());
    const close = make("button", { type: "button", className: "btn small" }, this.t("Close"));
    close.addEventListener("click", () => this.close());
    const head = make(
      "header",
      {},
      make("b", {}, title),
      make("span", { className: "push" }),
      close,
    );
    const hint = make(
      "p",
      { className: "sec sm ff-hint" },
      this.t("Try it: what you type isn't kept."),
    );
    this.dialog = make("dialog", { className: "ff-preview" }, head, hint, this.form);
    this.dialog.setAttribute("aria-label", title);
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    document.body.append(this.dialog);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), QUIET);
  }

  typed() {
    return [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
  }

  async draw() {
    this.asked += 1;
    const own = this.asked;
    const typed = this.typed();
    const answer = await fetch(this.config.addresses?.form_preview ?? "/diagrams/forms/preview", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": this.config.csrf },
      body: JSON.stringify({ fields: toldRows(this.rows), typed }),
    });
    if (!answer.ok || own !== this.asked) return;
    if (String(this.typed()) !== String(typed)) return this.later(); // somebody types on
    const focus = document.activeElement?.id;
    this.form.innerHTML = await answer.text();
    if (focus) this.form.querySelector(`#${CSS.escape(focus)}`)?.focus();
  }
}
