// Somebody else saved meanwhile: take theirs, or keep one's own as a file and take theirs.
import { askWhose } from "../../parts/saving/asked.js";
import { download } from "../files/download.js";
import { clock, place } from "../page.js";

export default class Conflict {
  static $inject = ["drawing", "eventBus", "saving", "translate"];

  constructor(drawing, eventBus, saving, translate) {
    Object.assign(this, { drawing, eventBus, saving });
    eventBus.on("duban.conflict", ({ saved_by: name, saved_at: at }) => {
      const words = translate("{name} saved this diagram at {time}, after you had opened it.", {
        name: name ?? "",
        time: clock(at),
      });
      askWhose(place("conflict"), words, (choice) => this._decide(choice));
    });
  }

  async _decide(choice) {
    if (choice === "file") download(await this.drawing.text(), "bpmn");
    await this.saving.give(place("editor"), (xml) => this.drawing.open(xml));
    this.eventBus.fire("duban.taken");
  }
}
