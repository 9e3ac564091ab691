// Who else has a draft open, and whether somebody has saved it meanwhile.
const EVERY = 15_000;

export class Others {
  /**
   * `ask` and `address` are the editor's, `saving` its Autosave, `line` where it is said;
   * `here()` tells where one is, `says(other)` what is said of somebody, `between` what parts
   * them; `shown(others)` marks where they are, `ended(told)` says that the draft went on its
   * way, `newer(told)` opens what somebody else has saved.
   */
  constructor(editor) {
    Object.assign(this, { here: () => ({}), shown: () => {} }, editor);
    setInterval(() => this.look(), EVERY);
    this.look();
  }

  /** Tell where one is, and hear where the others are. */
  async look() {
    if (document.hidden) return;
    const before = this.saving.revision;
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(this.here());
    const answer = await this.ask(this.address, { method: "POST", headers, body }).catch(
      () => null,
    );
    if (!answer?.ok) return;
    const told = await answer.json();
    if (this.ended(told) && !this.saving.held) window.location.reload();
    this.line.hidden = told.others.length === 0;
    this.line.querySelector("[data-words]").textContent = told.others
      .map((other) => this.says(other))
      .join(this.between);
    this.shown(told.others);
    if (this.saving.revision !== before || this.saving.held) return;
    if (`"${told.revision}"` !== before) await this.newer(told);
  }
}
