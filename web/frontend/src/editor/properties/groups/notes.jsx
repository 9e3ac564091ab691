/** @jsxImportSource @bpmn-io/properties-panel/preact */
// What whoever reads the diagram should know: the documentation 说明, in both languages.
import { usePanel } from "../context.js";
import { is, isAny, spoken } from "../diagram.js";
import { Section, TextLine } from "../fields.jsx";

const SILENT = ["bpmn:TextAnnotation", "bpmn:Association", "bpmn:Group"];
const LANGUAGE = "xml:lang";

export const about = ({ businessObject }) => !isAny(businessObject, SILENT);

export function Group() {
  const { businessObject, editing, element, say } = usePanel();
  const shown = spoken(businessObject);
  const drawn = shown.get("documentation") ?? [];
  const english = drawn.find((each) => each.get(LANGUAGE) === "en");
  const chinese = drawn.find((each) => each !== english);

  const write = (old, language, text) => {
    const made = text && editing.create("bpmn:Documentation", { text, ...language }, shown);
    const others = drawn.filter((each) => each !== old);
    const documentation = [...others, ...(made ? [made] : [])];
    documentation.sort((one, other) => rank(one) - rank(other));
    editing.setIn(element, shown, { documentation });
  };
  return (
    <Section title={say("notes")}>
      <TextLine
        label={say("chinese")}
        lang="zh-CN"
        lines
        value={chinese?.text}
        onWrite={(text) => write(chinese, {}, text)}
      />
      <TextLine
        label="English"
        lang="en"
        lines
        value={english?.text}
        onWrite={(text) => write(english, { [LANGUAGE]: "en" }, text)}
      />
      {is(shown, "bpmn:Process") && <p class="weak xs">{say("process_id", { id: shown.id })}</p>}
    </Section>
  );
}

const rank = (documentation) => (documentation.get(LANGUAGE) === "en" ? 1 : 0);
