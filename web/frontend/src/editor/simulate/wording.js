// The simulation writes English into the page: it is put into the reader's words as it comes.
import { page } from "../page.js";

const SPEED = /^Set animation speed = (\w+)$/;
const ROUND = /^(.+) (started|finished|canceled)$/;
const SCOPE = /^Focus process instance (.+)$/;
const LOG = [
  "Process",
  "SubProcess",
  "Service Task",
  "User Task",
  "Call Activity",
  "Business Rule Task",
  "Receive Task",
  "Send Task",
  "Exclusive Gateway",
  "Parallel Gateway",
  "Inclusive Gateway",
  "Start Event",
  "Intermediate Event",
  "Boundary Event",
  "End Event",
  "Finished",
  "No Entries",
  "Simulation Log",
  "Reset Simulation",
  "Pause Simulation",
  "Play Simulation",
  "Found unsupported elements",
  "Not supported",
];

export default class Wording {
  static $inject = ["canvas", "elementRegistry", "eventBus", "translate"];

  constructor(canvas, elementRegistry, eventBus, translate) {
    Object.assign(this, { elementRegistry, translate });
    this.watch = new MutationObserver((changes) => this._read(changes));
    const everything = { childList: true, subtree: true, attributeFilter: ["title"] };
    this.watch.observe(canvas.getContainer(), everything);
    eventBus.on("diagram.init", -1000, () => this._all(canvas.getContainer()));
  }

  _read(changes) {
    for (const { target, type, addedNodes } of changes) {
      if (type === "attributes") this._title(target);
      for (const added of addedNodes) if (added.nodeType === Node.ELEMENT_NODE) this._all(added);
    }
  }

  _all(added) {
    if (!added.closest("[class*=bts-]") && !added.querySelector("[class*=bts-]")) return;
    const titled = added.querySelectorAll("[title], [aria-label]");
    for (const element of [added, ...titled]) this._title(element);
    const walk = document.createTreeWalker(added, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) this._text(walk.currentNode);
  }

  _title(element) {
    if (!element.closest("[class*=bts-]")) return;
    for (const name of ["title", "aria-label"]) {
      const words = element.getAttribute(name);
      const said = words && this._said(words);
      if (said !== words) element.setAttribute(name, said);
    }
  }

  _text(node) {
    const words = node.data.trim();
    if (!LOG.includes(words) && !ROUND.test(words) && !this._name(words)) return;
    const said = this._said(words);
    if (said !== words) node.data = node.data.replace(words, said);
  }

  _said(words) {
    const speed = words.match(SPEED)?.[1];
    if (speed) return this.translate("Speed: {speed}", { speed: this.translate(speed) });
    const [, whose, came] = words.match(ROUND) ?? [];
    if (whose) return this.translate(`{name} ${came}`, { name: this._said(whose) });
    const scope = words.match(SCOPE)?.[1];
    if (scope) return this.translate("Follow token {scope}", { scope });
    return this._name(words) ?? (isChinese(words) ? words : this.translate(words));
  }

  /** An element's English name, to whoever reads English. */
  _name(words) {
    if (page.language !== "en" || !isChinese(words)) return undefined;
    const named = ({ businessObject }) => businessObject?.name === words;
    return this.elementRegistry.find(named)?.businessObject.get("name_en");
  }
}

const isChinese = (words) => /\p{Script=Han}/u.test(words);
