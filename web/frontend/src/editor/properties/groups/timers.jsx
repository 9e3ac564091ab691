/** @jsxImportSource @bpmn-io/properties-panel/preact */
// When a timer happens: on a day of the case, after a time, again and again, or at a moment.
import { usePanel } from "../context.js";
import { dataOf, eventDefinitionOf, is } from "../diagram.js";
import { Choice, ChoiceLine, Line, Section, Sentence, TextInput, TextLine } from "../fields.jsx";
import { timerWords } from "../timer_words.js";
import { freshTimer, readTimer, timerText, UNITS } from "../timers.js";

const KINDS = ["due", "after", "every", "moment"];
const AGAIN = ["once", "moved", "every", "key"];
const ZONE = "Asia/Shanghai";

export const about = ({ businessObject }) =>
  is(businessObject, "bpmn:Event") &&
  is(eventDefinitionOf(businessObject) ?? businessObject, "bpmn:TimerEventDefinition");

export function Group() {
  const { businessObject, catalogue, editing, element, say } = usePanel();
  const definition = eventDefinitionOf(businessObject);
  const timer = readTimer(definition);
  const write = (next) => {
    const { tag, text } = timerText(next);
    const zoned = next.kind === "moment" && !businessObject.get("duban:zone");
    editing.together(() => {
      editing.setIn(element, definition, {
        timeDate: undefined,
        timeDuration: undefined,
        timeCycle: undefined,
        [tag]: editing.expression(text, definition),
      });
      if (zoned) editing.set(element, { "duban:zone": ZONE });
    });
  };
  const kinds = timer.kind === "text" ? [...KINDS, "text"] : KINDS;
  return (
    <Section title={say("when")}>
      <ChoiceLine
        label={say("timer_kind")}
        field="timer"
        value={timer.kind}
        options={kinds.map((name) => ({ name, label: say(`timer.${name}`) }))}
        onWrite={(kind) => write(freshTimer(kind, catalogue.due_dates[0].name))}
      />
      <Parts timer={timer} onWrite={write} />
      {timer.kind && <Sentence>{timerWords(timer, catalogue, say)}</Sentence>}
    </Section>
  );
}

function Parts({ timer, onWrite }) {
  const { say } = usePanel();
  const change = (part) => onWrite({ ...timer, ...part });
  switch (timer.kind) {
    case "due":
      return <Due timer={timer} onChange={change} />;
    case "after":
      return (
        <Span label={say("how_long")} span={timer.span} onWrite={(span) => change({ span })} />
      );
    case "every":
      return (
        <>
          <Span label={say("turn")} span={timer.span} onWrite={(span) => change({ span })} />
          <TextLine
            label={say("times")}
            help={say("times_help")}
            value={timer.times}
            onWrite={(times) => change({ times: times.replace(/\D/g, "") })}
          />
        </>
      );
    case "moment":
      return <Moment timer={timer} onChange={change} />;
    case "text":
      return (
        <TextLine
          label={say("as_text")}
          lang="en"
          value={timer.text}
          onWrite={(text) => change({ text })}
        />
      );
    default:
      return null;
  }
}

function Due({ timer, onChange }) {
  const { businessObject, catalogue, language, say } = usePanel();
  const again = (name) =>
    onChange({
      again: name,
      span: timer.span ?? { number: 1, unit: "days" },
      key: timer.key ?? "interim_period",
    });
  return (
    <>
      <ChoiceLine
        label={say("which_day")}
        value={timer.due}
        options={catalogue.due_dates}
        onWrite={(due) => onChange({ due })}
      />
      <ChoiceLine
        label={say("how_often")}
        value={timer.again}
        options={AGAIN.map((name) => ({ name, label: say(`again.${name}`) }))}
        onWrite={again}
      />
      {timer.again === "every" && (
        <Span label={say("turn")} span={timer.span} onWrite={(span) => onChange({ span })} />
      )}
      {timer.again === "key" && (
        <ChoiceLine
          label={say("data_name")}
          value={timer.key}
          options={dataOf(businessObject, catalogue, language).filter(({ type }) => type === "str")}
          onWrite={(key) => onChange({ key })}
        />
      )}
    </>
  );
}

function Span({ label, span, onWrite }) {
  const { say } = usePanel();
  return (
    <Line label={label}>
      {(tied) => (
        <div class="in-row">
          <TextInput
            {...tied}
            class="form-control num"
            type="number"
            min="1"
            value={String(span.number)}
            onWrite={(text) => onWrite({ ...span, number: Number.parseInt(text, 10) || 1 })}
          />
          <Choice
            aria-label={say("counted_in")}
            value={span.unit}
            options={UNITS.map((name) => ({ name, label: say(`unit.${name}`) }))}
            onWrite={(unit) => onWrite({ ...span, unit })}
          />
        </div>
      )}
    </Line>
  );
}

function Moment({ timer, onChange }) {
  const { businessObject, editing, element, say } = usePanel();
  return (
    <>
      <Line label={say("moment")}>
        {(tied) => (
          <input
            {...tied}
            type="datetime-local"
            class="form-control"
            value={timer.moment.slice(0, 16)}
            onChange={(event) => onChange({ moment: `${event.currentTarget.value}:00` })}
          />
        )}
      </Line>
      <TextLine
        label={say("zone")}
        lang="en"
        value={businessObject.get("duban:zone")}
        onWrite={(zone) => editing.set(element, { "duban:zone": zone })}
      />
    </>
  );
}
