/** @jsxImportSource @bpmn-io/properties-panel/preact */
// What an event is about, and whether it ends what it hangs on.
import { usePanel } from "../context.js";
import { eventDefinitionOf, is, isAny, listed } from "../diagram.js";
import { Section, TextInput, TextLine, Line, Tick } from "../fields.jsx";
import { DataList, ParameterRows, rowsOfParameters } from "../parameters.jsx";

const TASKS = ["bpmn:SendTask", "bpmn:ReceiveTask"];
const THROWERS = ["bpmn:SendTask", "bpmn:ThrowEvent"];

export const about = ({ businessObject }) =>
  isAny(businessObject, TASKS) ||
  (is(businessObject, "bpmn:Event") &&
    (Boolean(eventDefinitionOf(businessObject)) || is(businessObject, "bpmn:BoundaryEvent")));

/** What each kind refers to: the type of the root, its attribute, and how it is named. */
const REFERRED = {
  message: { type: "bpmn:Message", as: "messageRef", naming: "name" },
  signal: { type: "bpmn:Signal", as: "signalRef", naming: "name" },
  error: { type: "bpmn:Error", as: "errorRef", naming: "errorCode" },
  escalation: { type: "bpmn:Escalation", as: "escalationRef", naming: "escalationCode" },
};

export function Group() {
  const { businessObject, say } = usePanel();
  const definition = eventDefinitionOf(businessObject) ?? businessObject;
  const kind = isAny(businessObject, TASKS) ? "message" : kindOf(definition);
  return (
    <>
      {REFERRED[kind] && (
        <Section title={say(`about.${kind}`)}>
          <Referred kind={kind} part={definition} />
          {kind === "message" && <Routed />}
        </Section>
      )}
      {kind === "link" && <LinkName definition={definition} />}
      {kind === "terminate" && (
        <Section title={say("kind.TerminateEvent")}>
          <p class="weak">{say("terminate_help")}</p>
        </Section>
      )}
      <Interrupting kind={kind} />
    </>
  );
}

const kindOf = (definition) =>
  definition.$type.replace("bpmn:", "").replace("EventDefinition", "").toLowerCase();

function Referred({ kind, part }) {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const { type, as, naming } = REFERRED[kind];
  const known = editing.roots(type).map((root) => root[naming] || root.name);
  const offered = kind === "message" ? catalogue.messages.map((each) => each.name) : [];
  const label = catalogue.messages.find((each) => each.name === part[as]?.name)?.label;
  const catches = !isAny(businessObject, THROWERS);
  const coded = kind === "error" || kind === "escalation";
  return (
    <>
      <datalist id="pp-roots">
        {[...new Set([...known, ...offered])].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextLine
        label={say(coded ? "code" : "name")}
        field={coded ? "code" : kind}
        lang="en"
        list="pp-roots"
        help={kind === "message" ? label : coded && catches ? say("catches_all") : undefined}
        value={part[as]?.[naming] || part[as]?.name}
        onWrite={(name) => editing.refer(element, part, type, name, { naming, as })}
      />
    </>
  );
}

/** To whom a message goes, and what it carries. */
function Routed() {
  const { businessObject, editing, element, say } = usePanel();
  const throws = isAny(businessObject, THROWERS);
  const set = (name) => (value) => editing.set(element, { [`duban:${name}`]: value });
  return (
    <>
      <DataList />
      <TextLine
        label={say("correlation")}
        lang="en"
        list="pp-data"
        help={say(throws ? "sent_to" : "heard_from")}
        value={businessObject.get("duban:correlation")}
        onWrite={set("correlation")}
      />
      {throws ? (
        <>
          <TextLine
            label={say("lives")}
            lang="en"
            help={say("lives_help")}
            value={businessObject.get("duban:ttl")}
            onWrite={set("ttl")}
          />
          <p class="lab">{say("carries")}</p>
          <ParameterRows
            rows={rowsOfParameters(businessObject)}
            onWrite={(rows) => editing.setExtensions(element, "duban:Parameter", rows)}
          />
        </>
      ) : (
        <Line label={say("takes")} help={say("takes_help")}>
          {(tied) => (
            <TextInput
              {...tied}
              lang="en"
              value={businessObject.get("duban:take")}
              onWrite={(text) => set("take")(listed(text).join(" "))}
            />
          )}
        </Line>
      )}
    </>
  );
}

function LinkName({ definition }) {
  const { editing, element, say } = usePanel();
  return (
    <Section title={say("about.link")}>
      <TextLine
        label={say("name")}
        field="link"
        help={say("link_help")}
        value={definition.name}
        onWrite={(name) => editing.setIn(element, definition, { name })}
      />
    </Section>
  );
}

/** Whether an event on a boundary, or the start of an event sub-process, ends the rest. */
function Interrupting({ kind }) {
  const { businessObject, editing, element, say } = usePanel();
  const attached = is(businessObject, "bpmn:BoundaryEvent");
  const triggers = is(businessObject, "bpmn:StartEvent") && businessObject.$parent.triggeredByEvent;
  if (!attached && !triggers) return null;
  const attribute = attached ? "cancelActivity" : "isInterrupting";
  return (
    <Section title={say("meanwhile")}>
      <Tick
        label={say("interrupts")}
        checked={businessObject[attribute] !== false}
        disabled={kind === "error"}
        onWrite={(on) => editing.set(element, { [attribute]: on })}
      />
      <p class="under weak">{say(businessObject[attribute] === false ? "goes_on" : "is_ended")}</p>
    </Section>
  );
}
