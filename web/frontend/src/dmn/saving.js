// The draft of a table on its way between the page and the house.
import { askWhose, offerKept } from "../parts/saving/asked.js";
import { Autosave } from "../parts/saving/autosave.js";
import { momentOf } from "../parts/saving/clock.js";
import { handOver } from "../parts/saving/file.js";
import { ask, kept, page, place, say } from "./page.js";

const XML = "application/xml";
const moment = momentOf(page);

/** Saves the table that is open; `told` hears what the house has against it. */
export class Saving extends Autosave {
  constructor(tables, told) {
    super({
      amid: () => Boolean(document.querySelector(".several[open]")),
      ask,
      clock: (at) => at ?? "", // the house writes it as its reader does
      kept,
      addresses: { load: page.addresses.xml, save: page.addresses.xml },
      line: place("state"),
      type: XML,
      text: async () => (await tables.saveXML()).xml,
      words: (state, parts) => say(`is_${state}`, parts),
      moved: (whose) => this._whose(whose),
      saved: ({ problems }) => told(problems),
      refused: ({ problems }) => problems && told(problems),
    });
    this.tables = tables;
  }

  /** Somebody else saved meanwhile: their table, or one's own as a file and then theirs. */
  _whose({ saved_by: name, saved_at: at }) {
    const said = say("moved_by", { name: name ?? "", time: at ?? "" });
    askWhose(place("conflict"), said, async (choice) => {
      if (choice === "file")
        handOver(new Blob([await this.text()], { type: XML }), `${page.name}.dmn`);
      this.giveUp();
      window.location.reload(); // with what the house has against theirs
    });
  }

  /** What was changed here and never saved is offered again. */
  async offer() {
    offerKept(place("recovery"), kept, {
      current: await this.text(),
      words: (at) => say("never_saved", { time: moment(at) }),
      take: async (lost) => {
        await this.tables.importXML(lost.text);
        this.revision = lost.revision;
        this.changed();
      },
    });
  }
}
