/** @jsxImportSource @bpmn-io/properties-panel/preact */
// The form of a step: its fields are edited by the forms' editor, in the place that it gets here.
import { useLayoutEffect, useRef } from "@bpmn-io/properties-panel/preact/hooks";
import { usePanel } from "../context.js";
import { Section } from "../fields.jsx";

export const about = (element, { get }) => Boolean(get("formFields")?.about(element));

export function Group() {
  const { element, get, say } = usePanel();
  const place = useRef(null);
  useLayoutEffect(() => get("formFields").attach(place.current, element), [element, get]);
  return (
    <Section title={say("form")}>
      <div ref={place} />
    </Section>
  );
}
