// A file of one's own becomes what is drawn; one step back shows what was there before.
import { place } from "../page.js";

export default class Importing {
  static $inject = ["drawing", "saving", "translate", "zoomBox"];

  constructor(drawing, saving, translate, zoomBox) {
    Object.assign(this, { drawing, saving, translate, zoomBox });
    this.input = place("file");
    this.input.addEventListener("change", () => this._take(this.input.files[0]));
  }

  async _take(file) {
    this.input.value = "";
    if (!file) return;
    const before = await this.drawing.text();
    try {
      await this.drawing.open(await file.text());
    } catch {
      await this.drawing.open(before);
      place("note").textContent = this.translate("{name} isn't a BPMN diagram.", file);
      return;
    }
    this.zoomBox.show();
    this.saving.changed();
  }
}
