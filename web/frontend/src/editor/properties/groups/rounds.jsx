/** @jsxImportSource @bpmn-io/properties-panel/preact */
// How often an activity is done: once, by each unit, for each of a list, so many times, in a loop.
import { Condition } from "../condition.jsx";
import { usePanel } from "../context.js";
import { dataOf, is, refName } from "../diagram.js";
import { item, ROUNDS, roundsOf, useRounds } from "../rounds.js";
import { ChoiceLine, Section, Sentence, TextLine, Tick } from "../fields.jsx";

export const about = ({ businessObject }) =>
  is(businessObject, "bpmn:Activity") && !businessObject.triggeredByEvent;

export function Group() {
  const { businessObject, say } = usePanel();
  const loop = businessObject.loopCharacteristics;
  const kind = roundsOf(loop);
  const write = useRounds();
  return (
    <Section title={say("rounds")}>
      <ChoiceLine
        label={say("how_often")}
        field="rounds"
        value={kind}
        options={ROUNDS.map((name) => ({
          name,
          label: say(`rounds.${name}`),
        }))}
        onWrite={write}
      />
      {kind !== "once" && kind !== "loop" && <Several loop={loop} kind={kind} />}
      {kind === "loop" && <Loop loop={loop} />}
      {kind === "units" && <Sentence>{say("units_help")}</Sentence>}
    </Section>
  );
}

function Several({ loop, kind }) {
  const { businessObject, catalogue, editing, element, language, say } = usePanel();
  const lists = dataOf(businessObject, catalogue, language).filter(({ type }) => type === "list");
  const set = (properties) => editing.setIn(element, loop, properties);
  const itemName = loop.inputDataItem?.name ?? "";
  const results = refName(loop.loopDataOutputRef);
  const setList = (name) =>
    editing.together(() => {
      set({ loopDataInputRef: { id: name } });
      const called = lists.find((each) => each.name === name)?.element || itemName || "item";
      editing.setIn(element, loop.inputDataItem, { name: called });
    });
  return (
    <>
      {kind === "number" && (
        <TextLine
          label={say("number")}
          lang="en"
          value={loop.loopCardinality?.body}
          onWrite={(text) => set({ loopCardinality: editing.expression(text, loop) })}
        />
      )}
      {kind === "list" && (
        <ChoiceLine
          label={say("list")}
          value={refName(loop.loopDataInputRef)}
          options={lists}
          onWrite={setList}
        />
      )}
      {kind !== "number" && (
        <TextLine
          label={say("element_name")}
          lang="en"
          value={itemName}
          onWrite={(name) => editing.setIn(element, loop.inputDataItem, { name })}
        />
      )}
      <ChoiceLine
        label={say("order")}
        value={loop.isSequential ? "sequential" : "parallel"}
        options={["parallel", "sequential"].map((name) => ({ name, label: say(`order.${name}`) }))}
        onWrite={(name) => set({ isSequential: name === "sequential" })}
      />
      <Results loop={loop} results={results} />
      <Condition
        label={say("done_early")}
        field="rounds"
        text={loop.completionCondition?.body ?? ""}
        onWrite={(text) => set({ completionCondition: editing.expression(text, loop) })}
      />
    </>
  );
}

/** The list of what each round has written. */
function Results({ loop, results }) {
  const { editing, element, say } = usePanel();
  const written = loop.outputDataItem?.name;
  const write = (list, one) =>
    editing.setIn(element, loop, {
      loopDataOutputRef: list ? { id: list } : undefined,
      outputDataItem: list ? item(editing, "bpmn:DataOutput", one, loop) : undefined,
    });
  return (
    <>
      <TextLine
        label={say("results")}
        lang="en"
        help={say("results_help")}
        value={results}
        onWrite={(list) => write(list, written || "outcome")}
      />
      {results && (
        <TextLine
          label={say("one_result")}
          lang="en"
          value={written}
          onWrite={(one) => write(results, one)}
        />
      )}
    </>
  );
}

function Loop({ loop }) {
  const { editing, element, say } = usePanel();
  const set = (properties) => editing.setIn(element, loop, properties);
  return (
    <>
      <TextLine
        label={say("most")}
        inputMode="numeric"
        value={loop.loopMaximum === undefined ? "" : String(loop.loopMaximum)}
        onWrite={(text) => set({ loopMaximum: Number.parseInt(text, 10) || undefined })}
      />
      <Tick
        label={say("asks_first")}
        checked={Boolean(loop.testBefore)}
        onWrite={(on) => set({ testBefore: on || undefined })}
      />
      <Condition
        label={say("while")}
        field="rounds"
        text={loop.loopCondition?.body ?? ""}
        onWrite={(text) => set({ loopCondition: editing.expression(text, loop) })}
      />
    </>
  );
}
