// What can be drawn, in the palette's order: each entry is made by make.js.
import { page } from "../page.js";

const step = (name, label = "") => ({
  id: `step-${name}`,
  icon: name,
  label,
  type: "bpmn:UserTask",
  step: name,
});

export const STEPS = [
  step("report", "Report"),
  step("confirm", "Sign"),
  step("review", "Review"),
  step("assign", "Assign"),
  step("form", "Own form"),
];

export const AUTOMATIC = [
  { id: "automatic", icon: "automatic", label: "Automatic step", type: "bpmn:ServiceTask" },
  { id: "table", icon: "table", label: "Decided by a table", type: "bpmn:BusinessRuleTask" },
  { id: "send", icon: "send", label: "Send a message", type: "bpmn:SendTask" },
  { id: "receive", icon: "receive", label: "Wait for a message", type: "bpmn:ReceiveTask" },
];

export const BRANCHES = [
  { id: "choice", icon: "choice", label: "Choose a way", type: "bpmn:ExclusiveGateway" },
  { id: "parallel", icon: "parallel", label: "In parallel", type: "bpmn:ParallelGateway" },
  { id: "inclusive", icon: "inclusive", label: "One or several", type: "bpmn:InclusiveGateway" },
  { id: "race", icon: "race", label: "Whatever comes first", type: "bpmn:EventBasedGateway" },
];

const timer = (id, label, timeCycle, names) => ({
  id,
  icon: id,
  label,
  type: "bpmn:BoundaryEvent",
  event: "Timer",
  beside: true,
  timer: { timeCycle },
  names,
});

export const TIMES = [
  timer("warning", "Due soon", "R/due.warning/P3650D", {
    name: "临近时限",
    name_en: "Limit near",
  }),
  timer("overdue", "Overdue", "R/due.overdue/P1D", { name: "逾期", name_en: "Overdue" }),
  {
    id: "wait",
    icon: "wait",
    label: "Wait for a day",
    type: "bpmn:IntermediateCatchEvent",
    event: "Timer",
    timer: { timeDate: "due.limit" },
  },
];

/** A call of a process; what it is called, the page knows in both languages. */
const part = ({ id, label, names }) => ({
  id: `part-${id}`,
  icon: "part",
  text: label,
  type: "bpmn:CallActivity",
  calls: id,
  names,
});

const SHARED = ["escalation", "revisit"];
const parts = page.parts.map(part);

export const PARTS = parts.filter(({ calls }) => SHARED.includes(calls));
export const OTHER_PARTS = parts.filter(({ calls }) => !SHARED.includes(calls));

export const SCOPES = [
  { id: "sub", icon: "sub", label: "Sub-process", type: "bpmn:SubProcess" },
  {
    id: "beside",
    icon: "beside",
    label: "Sub-process beside the work",
    type: "bpmn:SubProcess",
    triggered: true,
  },
];

export const ENDS = [
  { id: "start", icon: "start", label: "Start", type: "bpmn:StartEvent" },
  { id: "end", icon: "end", label: "End", type: "bpmn:EndEvent" },
  {
    id: "terminate",
    icon: "terminate",
    label: "End everything",
    type: "bpmn:EndEvent",
    event: "Terminate",
  },
];

export const BESIDE = [
  { id: "pool", icon: "pool", label: "Pool", type: "bpmn:Participant" },
  { id: "note", icon: "note", label: "Note", type: "bpmn:TextAnnotation" },
  { id: "group", icon: "group", label: "Group", type: "bpmn:Group" },
];

/** Step types that have no place of their own in the palette. */
export function otherSteps({ steps }) {
  const shown = STEPS.map((each) => each.step);
  return steps
    .filter(({ name }) => !shown.includes(name))
    .map(({ name, label }) => ({ ...step(name), icon: "step", text: label }));
}

const SAID = {
  boundaryEvent: ["BoundaryEvent", "boundary event"],
  intermediateCatchEvent: ["IntermediateCatchEvent", "intermediate catch event"],
  intermediateThrowEvent: ["IntermediateThrowEvent", "intermediate throw event"],
  endEvent: ["EndEvent", "end event"],
};
const upper = (word) => word.replace(/^./, (first) => first.toUpperCase());

/** Every event that the gate lets in, as bpmn-js calls it. */
function events() {
  const { events: allowed, interrupting } = page.runs;
  const made = [];
  for (const [position, [type, words]] of Object.entries(SAID)) {
    for (const about of allowed[position].filter((each) => each !== "none")) {
      const event = {
        id: `${about}-${type}`,
        icon: "message",
        label: `${upper(about)} ${words}`,
        type: `bpmn:${type}`,
        event: upper(about),
      };
      made.push(event);
      if (position !== "boundaryEvent" || interrupting.includes(about)) continue;
      const beside = `${event.label} (non-interrupting)`;
      made.push({ ...event, id: `${event.id}-beside`, label: beside, beside: true });
    }
  }
  return made;
}

export const EVENTS = events();
