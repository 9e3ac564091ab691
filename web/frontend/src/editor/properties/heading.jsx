/** @jsxImportSource @bpmn-io/properties-panel/preact */
// The head of the panel: what kind of thing is chosen, in whose lane, and what is wrong with it.
import { usePanel } from "./context.js";
import { is, laneOf, nameOf, spoken } from "./diagram.js";
import { Flaws } from "./fields.jsx";
import { fieldOf } from "./flaws.js";
import { kindOf } from "./kinds.js";

export function Heading() {
  const { businessObject, catalogue, language, problems, say } = usePanel();
  const shown = spoken(businessObject);
  const kind = kindOf(businessObject);
  const step = catalogue.steps.find((each) => each.name === businessObject.get?.("duban:step"));
  const lane = is(businessObject, "bpmn:FlowNode") ? laneOf(businessObject) : null;
  const loose = problems.filter((problem) => !fieldOf(problem.code));
  return (
    <header>
      <div class="row-x">
        <span class="chip now">{step ? say("step_kind", { step: step.label }) : say(kind)}</span>
        {lane && <span class="weak xs push">{nameOf(lane, language)}</span>}
      </div>
      <h2>{nameOf(shown, language) || say(kind)}</h2>
      <Flaws flaws={loose} />
    </header>
  );
}
