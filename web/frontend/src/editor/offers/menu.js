// What an element may be changed into: bpmn-js's own menu, less what the engine doesn't run.
import ReplaceMenuProvider from "bpmn-js/lib/features/popup-menu/ReplaceMenuProvider";
import { mayGoOnBeside, runs } from "./runs.js";

const NEVER = ["toggle-participant-multiplicity", "toggle-is-collection", "toggle-adhoc"];

export default class ReplaceMenu extends ReplaceMenuProvider {
  static $inject = ReplaceMenuProvider.$inject;

  _createEntries(target, options) {
    return super._createEntries(
      target,
      options.filter((option) => runs(option.target, target)),
    );
  }

  getPopupMenuHeaderEntries(target) {
    const entries = super.getPopupMenuHeaderEntries(target);
    const refused = [...NEVER, ...(beside(target) ? [] : ["toggle-non-interrupting"])];
    return Object.fromEntries(Object.entries(entries).filter(([name]) => !refused.includes(name)));
  }
}

const beside = (target) => !/Event$/.test(target.type) || mayGoOnBeside(target);
