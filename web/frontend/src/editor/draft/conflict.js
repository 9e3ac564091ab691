// Somebody else saved meanwhile: take theirs, or keep one's own as a file and take theirs.
import { place } from "../page.js";
import { download } from "../files/download.js";
import { forget } from "./keeping.js";
import { clock } from "./saving.js";

export default class Conflict {
  static $inject = ["drawing", "eventBus", "saving", "translate"];

  constructor(drawing, eventBus, saving, translate) {
    Object.assign(this, { drawing, eventBus, saving, translate });
    this.dialog = place("conflict");
    eventBus.on("duban.conflict", (told) => this._ask(told));
    this.dialog.addEventListener("close", () => this._decide(this.dialog.returnValue));
  }

  _ask({ saved_by: name, saved_at: at }) {
    if (this.dialog.open) return;
    this.dialog.querySelector("[data-who]").textContent = this.translate(
      "{name} saved this diagram at {time}, after you had opened it.",
      { name: name ?? "", time: clock(at) },
    );
    this.dialog.returnValue = "";
    this.dialog.showModal();
  }

  async _decide(choice) {
    if (choice === "file") download(await this.drawing.text(), "bpmn");
    if (!choice) return;
    forget();
    await this.drawing.open(await this.saving.load());
    this.eventBus.fire("duban.taken");
  }
}
