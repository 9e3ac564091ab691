// The draft on its way between the page and the house.
import { offerKept, askWhose } from "../parts/saving/asked.js";
import { Autosave } from "../parts/saving/autosave.js";
import { momentOf } from "../parts/saving/clock.js";
import { handOver } from "../parts/saving/file.js";
import { ask, kept, page, place, words } from "./page.js";
import { keptOf } from "./schema.js";

const moment = momentOf(page);

/** Saves the paper of a desk; `told` hears what the house says of it, `amid` is Autosave's. */
export class Saving extends Autosave {
  constructor(desk, { told, amid }) {
    super({
      amid,
      ask,
      clock: (at) => at ?? "", // the house writes it as its reader does
      kept,
      addresses: { load: page.addresses.content, save: page.addresses.content },
      line: place("saved"),
      type: "application/json",
      text: () => JSON.stringify(keptOf(desk.paper)),
      words: (state, parts) => words(`is_${state}`, parts),
      moved: (whose) => this.whose(whose),
      saved: told,
    });
    this.desk = desk;
    this.revision = `"${page.publication.revision}"`;
  }

  /** Somebody else saved meanwhile: their text, or one's own as a file and then theirs. */
  whose({ saved_by: name, saved_at: at }) {
    const said = words("moved_by", { name: name ?? "", time: at ?? "" });
    askWhose(place("conflict"), said, async (choice) => {
      if (choice === "file") {
        const paper = this.desk.paper.textBetween(0, this.desk.paper.content.size, "\n");
        handOver(new Blob([paper], { type: "text/plain" }), `${page.publication.title}.txt`);
      }
      await this.give(place("desk").parentElement, (text) => this.desk.open(JSON.parse(text)));
    });
  }

  /** What was typed here and never saved is offered again. */
  offer() {
    offerKept(place("recovery"), kept, {
      current: this.text(),
      words: (at) => words("never_saved", { time: moment(at) }),
      take: (lost) => {
        this.desk.open(JSON.parse(lost.text));
        this.revision = lost.revision;
        this.changed();
      },
    });
  }
}
