/** @jsxImportSource @bpmn-io/properties-panel/preact */
// Names: in Chinese and in English.
import { usePanel } from "../context.js";
import { is, isAny, spoken } from "../diagram.js";
import { Section, TextLine } from "../fields.jsx";

export const about = ({ businessObject }) => !is(businessObject, "bpmn:Association");

export function Group() {
  const { businessObject, editing, element, say } = usePanel();
  const shown = spoken(businessObject);
  const noted = is(shown, "bpmn:TextAnnotation");
  const isProcess = shown !== businessObject;

  const write = (properties) => {
    if (!isProcess) return editing.set(element, properties);
    return editing.together(() => {
      editing.setIn(element, shown, properties);
      const pool = poolOf(businessObject);
      if (pool && "name" in properties) renamePool(editing, element, pool, properties.name);
    });
  };
  return (
    <Section title={say(noted ? "note_text" : "names")}>
      <TextLine
        label={say("chinese")}
        field="name"
        lang="zh-CN"
        lines={noted}
        value={noted ? shown.text : shown.name}
        onWrite={(value) => write(noted ? { text: value } : { name: value })}
      />
      <TextLine
        label="English"
        field="name_en"
        lang="en"
        lines={noted}
        value={shown.get("duban:name_en")}
        onWrite={(value) => write({ "duban:name_en": value })}
      />
    </Section>
  );
}

/** The pool that shows the process: it is called as the process is. */
function poolOf(businessObject) {
  return isAny(businessObject, ["bpmn:Participant"])
    ? businessObject
    : businessObject.participants?.[0];
}

function renamePool(editing, element, pool, name) {
  if (pool === element.businessObject) editing.set(element, { name });
  else editing.setIn(element, pool, { name });
}
