/** @jsxImportSource @bpmn-io/properties-panel/preact */
// The limit of a step: a rule of the table, the item's own, a time of its own, or none.
import { useEffect, useState } from "@bpmn-io/properties-panel/preact/hooks";
import { usePanel } from "../context.js";
import { is } from "../diagram.js";
import { Choice, ChoiceLine, Line, Section, Sentence, TextInput, Told } from "../fields.jsx";

export const about = ({ businessObject }) => is(businessObject, "bpmn:UserTask");

const WRITTEN = /^(\d+) (\w+)$/;
const OWN = "own";
const MARK = "\u0000";

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const limit = businessObject.get("duban:limit") ?? "";
  const rule = catalogue.limits.find((each) => each.name === limit);
  const written = WRITTEN.exec(limit);
  const write = (value) =>
    editing.set(element, { "duban:limit": value === OWN ? "5 working_days" : value });
  const rules = catalogue.limits.map(({ name, label, span }) => ({
    name,
    label: say("rule_and_span", { rule: label, span }),
  }));
  return (
    <Section title={say("limit")}>
      <ChoiceLine
        label={say("how_long")}
        field="limit"
        value={written ? OWN : limit}
        onWrite={write}
        options={[
          { name: OWN, label: say("own_time") },
          ...catalogue.own_limits,
          { name: "none", label: say("no_limit") },
          { label: say("rules"), options: rules, name: rule ? limit : undefined },
        ]}
      />
      {written && <Length number={written[1]} unit={written[2]} onWrite={write} />}
      <Begins limit={limit} rule={rule} written={written} />
      {(rule || written) && <Example limit={limit} />}
    </Section>
  );
}

function Length({ number, unit, onWrite }) {
  const { catalogue, say } = usePanel();
  return (
    <Line label={say("length")}>
      {(tied) => (
        <div class="in-row">
          <TextInput
            {...tied}
            class="form-control num"
            type="number"
            min="1"
            value={number}
            onWrite={(value) => Number(value) > 0 && onWrite(`${Number(value)} ${unit}`)}
          />
          <Choice
            aria-label={say("counted_in")}
            value={unit}
            options={catalogue.units}
            onWrite={(value) => onWrite(`${number} ${value}`)}
          />
        </div>
      )}
    </Line>
  );
}

/** From which event the clock runs, and what stops it. */
function Begins({ limit, rule, written }) {
  const { say } = usePanel();
  if (limit === "none") return <Sentence>{say("no_limit_help")}</Sentence>;
  if (rule) {
    return (
      <>
        <Told label={say("runs_from")}>{say("day_after", { event: rule.starts })}</Told>
        <Told label={say("stops")}>{rule.stops.join(say("comma")) || say("never_stops")}</Told>
        <p class="more">
          <a href={rule.address} target="_blank" rel="noreferrer">
            {say("change_rule")}
          </a>
        </p>
      </>
    );
  }
  if (written) {
    return (
      <>
        <Told label={say("runs_from")}>{say("from_opening")}</Told>
        <Told label={say("stops")}>{say("never_stops")}</Told>
      </>
    );
  }
  if (limit.startsWith("due.")) return <Sentence>{say("own_limit_help")}</Sentence>;
  return null;
}

/** Until when a step that began today would have time, as the legal clock counts. */
function Example({ limit }) {
  const { catalogue, say } = usePanel();
  const [told, setTold] = useState(null);
  useEffect(() => {
    let current = true;
    const address = `${catalogue.addresses.example}?${new URLSearchParams({ limit })}`;
    fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((example) => current && setTold(example))
      .catch(() => current && setTold(null));
    return () => {
      current = false;
    };
  }, [limit, catalogue]);
  if (!told) return null;
  const [before, after] = say("example", { day: MARK }).split(MARK);
  return (
    <Sentence>
      {before}
      <b>{told.day}</b>
      {after}
      <span class="why-day">{told.why}</span>
    </Sentence>
  );
}
