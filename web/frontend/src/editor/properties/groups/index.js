// The groups of the panel in their order; each says of which elements it speaks.
import * as calls from "./calls.jsx";
import * as conditions from "./conditions.jsx";
import * as decisions from "./decisions.jsx";
import * as events from "./events.jsx";
import * as forms from "./forms.jsx";
import * as lanes from "./lanes.jsx";
import * as leaving from "./leaving.jsx";
import * as limits from "./limits.jsx";
import * as names from "./names.jsx";
import * as notes from "./notes.jsx";
import * as operations from "./operations.jsx";
import * as outcomes from "./outcomes.jsx";
import * as overdue from "./overdue.jsx";
import * as rounds from "./rounds.jsx";
import * as steps from "./steps.jsx";
import * as timers from "./timers.jsx";
import * as ways from "./ways.jsx";
import * as who from "./who.jsx";

const ALL = {
  names,
  lanes,
  steps,
  who,
  calls,
  operations,
  decisions,
  limits,
  overdue,
  outcomes,
  leaving,
  forms,
  conditions,
  timers,
  events,
  ways,
  rounds,
  notes,
};

export const GROUPS = Object.entries(ALL).map(([id, { about, Group }]) => ({ id, about, Group }));
