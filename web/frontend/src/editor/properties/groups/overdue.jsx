/** @jsxImportSource @bpmn-io/properties-panel/preact */
// What happens as the limit comes near and passes: the timers on the step, or around it.
import { usePanel } from "../context.js";
import { boundaryEventsOf, eventDefinitionOf, is, isAny, isOfAPart, nameOf } from "../diagram.js";
import { addTimer } from "../drawing.js";
import { Against, Deed, Link, Section, Told } from "../fields.jsx";
import { readTimer } from "../timers.js";
import { timerWords } from "../timer_words.js";

const HOSTS = ["bpmn:UserTask", "bpmn:SubProcess", "bpmn:CallActivity"];
const WARNED = ["warning", "second_warning", "overdue"];
const ORDER = [...WARNED, "interim"];

export const about = ({ businessObject }) =>
  isAny(businessObject, HOSTS) && !businessObject.triggeredByEvent;

export function Group() {
  const panel = usePanel();
  const { businessObject, catalogue, language, say } = panel;
  const timers = [...timersAround(businessObject)];
  const hosts = new Set(timers.map(({ host }) => host));
  const around = [...hosts].filter((host) => host !== businessObject);
  const drawn = timers.map(({ timer }) => timer.due);
  const missing = isOfAPart(businessObject, catalogue)
    ? WARNED.filter((due) => !drawn.includes(due))
    : [];
  return (
    <Section title={say("overdue")}>
      {timers.map(({ event, timer }) => (
        <Told key={event.id} label={labelOf(timer, catalogue, say)}>
          <What event={event} timer={timer} />
        </Told>
      ))}
      {around.map((host) => (
        <p class="weak sm" key={host.id}>
          {say("drawn_at")} <Link to={host}>{nameOf(host, language) || host.id}</Link>
        </p>
      ))}
      {timers.length === 0 && <p class="weak">{say("no_timers")}</p>}
      <Against field="overdue" />
      {missing.length > 0 && (
        <div class="deeds">
          {missing.map((due) => (
            <Deed key={due} onDo={() => addTimer(panel, due)}>
              {say(`add_${due}`)}
            </Deed>
          ))}
        </div>
      )}
    </Section>
  );
}

/** The timers on an element and on the sub-processes around it, in the order in which they come. */
function* timersAround(businessObject) {
  const found = [];
  for (let host = businessObject; is(host, "bpmn:Activity"); host = host.$parent) {
    for (const event of boundaryEventsOf(host)) {
      const definition = eventDefinitionOf(event);
      if (is(definition ?? event, "bpmn:TimerEventDefinition")) {
        found.push({ event, host, timer: readTimer(definition) });
      }
    }
  }
  yield* found.sort((one, other) => place(one) - place(other));
}

/** Those with a place of their own come first. */
const place = ({ timer }) => (ORDER.includes(timer.due) ? ORDER.indexOf(timer.due) : ORDER.length);

/** When it comes: so much of the time left, overdue, or as the timer says. */
function labelOf(timer, catalogue, say) {
  const percent = catalogue.warn_at[timer.due];
  if (percent !== undefined) return say("left", { percent });
  if (timer.due === "overdue") return say("once_overdue");
  const due = catalogue.due_dates.find((each) => each.name === timer.due);
  return due?.label ?? timerWords(timer, catalogue, say);
}

/** What it does: which light, and the elements that follow. */
function What({ event, timer }) {
  const { language, say } = usePanel();
  const next = (event.outgoing ?? []).map((flow) => flow.targetRef).filter(Boolean);
  const light = { warning: "turns_yellow", overdue: "turns_red" }[timer.due];
  const stays = event.cancelActivity === false;
  return (
    <>
      {say(light ?? "goes_to")}{" "}
      {next.length === 0 && <Link to={event}>{nameOf(event, language)}</Link>}
      {next.map((each) => (
        <Link key={each.id} to={each}>
          {nameOf(each, language) || each.id}
        </Link>
      ))}
      {timer.due === "overdue" && say(stays ? "still_due" : "ends_step")}
    </>
  );
}
