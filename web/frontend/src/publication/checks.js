// What stands in the way of sending a draft, and what should be looked at before.
import { blanks, fill, fillBlocks, leadTo } from "./blanks.js";
import { Filling, waits } from "./filling.js";
import { ask, page, piece, place, words } from "./page.js";
import { sectionAt, sections } from "./outline.js";

const PRAISE = /表扬|先进|较好/;

export class Checks {
  constructor(desk) {
    this.desk = desk;
    this.told = page.checks;
    for (const holder of [place("checks"), place("blocked")]) {
      holder.addEventListener("click", (event) => this.pressed(event));
    }
  }

  /** What is open: the blanks as they are now, then what the house has found. */
  get found() {
    const { paper } = this.desk;
    const all = sections(paper);
    const open = blanks(paper).map(({ label, at }) => ({
      severity: "error",
      lead: words("fill_there"),
      at,
      label,
      known: page.known.includes(label),
      standing: PRAISE.test(label) && Boolean(page.addresses.standing),
      words: words("not_filled", { where: sectionAt(all, at).words, label }),
    }));
    const told = this.told.filter(({ code }) => code !== "blank");
    return [...open, ...told.map((check) => ({ ...check, at: placeOf(paper, check.block) }))];
  }

  show() {
    const { found } = this;
    const key = JSON.stringify(found);
    if (key === this.key) return found.length;
    this.key = key;
    place("checks").replaceChildren(...found.map(lineOf));
    place("sound").hidden = found.length > 0;
    this.block(found.filter(({ severity }) => severity === "error"));
    return found.length;
  }

  /** Say above the figures what must be done first, and beside the button why it can't be pressed. */
  block(errors) {
    const note = place("blocked");
    note.hidden = errors.length === 0 || page.readonly;
    if (errors.length) note.replaceChildren(...lineOf(errors[0]).children);
    const send = place("send");
    if (!send) return;
    send.disabled = errors.length > 0;
    place("why").textContent = errors.length ? words("still_open", { number: errors.length }) : "";
  }

  pressed(event) {
    const button = event.target.closest("button[data-at]");
    if (!button) return;
    const at = Number(button.dataset.at);
    const blank = blanks(this.desk.paper).find((each) => each.at === at);
    if (button.matches("[data-standing]")) this.once(blank, (filling) => this.praise(filling));
    else if (button.matches("[data-known]")) this.once(blank, (filling) => this.know(filling));
    else leadTo(this.desk.view, at);
  }

  /** Fill a blank once, however often somebody presses; others are filled meanwhile. */
  async once(blank, fills) {
    const { view } = this.desk;
    if (waits(view, blank.at)) return;
    const filling = new Filling(view, blank);
    await fills(filling).finally(() => filling.end());
  }

  /** Write the best of the quarter where the blank is: those of the group that its section names. */
  async praise(filling) {
    const answer = await ask(page.addresses.standing).catch(() => null);
    const groups = answer?.ok ? await answer.json() : [];
    const { at } = filling;
    if (at === undefined) return;
    const here = sectionAt(sections(this.desk.paper), at).words;
    const meant = groups.filter(({ group }) => here.includes(group));
    const names = (meant.length ? meant : groups).flatMap((each) => each.names);
    if (names.length) fill(filling, names.join("、"));
    else this.say(words("no_standing"));
  }

  /** Put what the ledger knows by now where the blank is. */
  async know(filling) {
    const address = `${page.addresses.known}?${new URLSearchParams({ label: filling.label })}`;
    const answer = await ask(address).catch(() => null);
    const blocks = answer?.ok ? await answer.json() : [];
    if (filling.at === undefined) return;
    if (blocks.length) fillBlocks(filling, blocks);
    else this.say(words("not_known"));
  }

  say(text) {
    place("blocked").querySelector("[data-words]").textContent = text;
    this.key = null;
  }
}

/** Where a block of the house's content begins in the paper, behind title and addressee. */
function placeOf(paper, block) {
  if (block === null || block === undefined || block + 2 >= paper.childCount) return undefined;
  return paper.children.slice(0, block + 2).reduce((at, { nodeSize }) => at + nodeSize, 0);
}

function lineOf({
  severity,
  words: said,
  at,
  address,
  standing,
  known,
  lead = words("look_there"),
}) {
  const line = piece("check");
  line.classList.add(severity);
  line.querySelector(`[data-sign="${severity}"]`).hidden = false;
  line.querySelector("[data-words]").textContent = said;
  line.querySelector("[data-lead]").textContent = lead;
  for (const button of line.querySelectorAll("button")) {
    button.dataset.at = at;
    const fits = { lead: true, standing, known };
    const is = Object.keys(fits).find((name) => name in button.dataset);
    button.hidden = at === undefined || !fits[is];
  }
  const leaf = line.querySelector("[data-page]");
  leaf.hidden = !address;
  leaf.href = address ?? "";
  return line;
}
