// What can be drawn, in groups: the palette shows the first of each, menus all of them.
import {
  AUTOMATIC,
  BESIDE,
  BRANCHES,
  ENDS,
  EVENTS,
  OTHER_PARTS,
  otherSteps,
  PARTS,
  SCOPES,
  STEPS,
  TIMES,
} from "./presets.js";

const [automatic, ...others] = AUTOMATIC;

/** `shown` in the palette; `rest` behind `more`, as the catalogue says; `beside` the flow. */
export const GROUPS = [
  {
    title: "Steps",
    shown: [...STEPS, automatic],
    more: "More steps",
    rest: (catalogue) => [...otherSteps(catalogue), ...others],
  },
  { title: "Branches", shown: BRANCHES },
  { title: "Time", shown: TIMES, more: "More events", rest: () => EVENTS },
  {
    title: "Shared parts",
    shown: [...PARTS, ...SCOPES],
    more: "More parts",
    rest: () => OTHER_PARTS,
  },
  { title: "Start and end", shown: ENDS },
  { title: "Others", shown: BESIDE, beside: true },
];
