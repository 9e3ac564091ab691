/** @jsxImportSource @bpmn-io/properties-panel/preact */
// The ways out of a gateway, or of a step with several: when each is taken, and the default.
import { usePanel } from "../context.js";
import { dataOf, is, isAny, nameOf, askedBy, outcomesOf } from "../diagram.js";
import { Deed, Link, Section, Against } from "../fields.jsx";
import { conditionWords } from "../condition_words.js";

const DECIDING = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"];

export const about = ({ businessObject }) =>
  is(businessObject, "bpmn:Gateway") ||
  (is(businessObject, "bpmn:Activity") && (businessObject.outgoing ?? []).length > 1);

export function Group() {
  const { businessObject, say } = usePanel();
  const flows = businessObject.outgoing ?? [];
  const decides = isAny(businessObject, [...DECIDING, "bpmn:Activity"]);
  const kind = businessObject.$type.replace("bpmn:", "");
  return (
    <Section title={say("ways")}>
      {is(businessObject, "bpmn:Gateway") && <p class="weak">{say(`gateway.${kind}`)}</p>}
      {flows.length === 0 && <p class="weak">{say("no_ways")}</p>}
      <ul class="ways">
        {flows.map((flow) => (
          <Way key={flow.id} flow={flow} decides={decides} />
        ))}
      </ul>
      <Against field="ways" />
    </Section>
  );
}

function Way({ flow, decides }) {
  const { businessObject, catalogue, editing, element, get, language, say } = usePanel();
  const target = nameOf(flow.targetRef, language) || flow.targetRef.id;
  const isDefault = businessObject.default === flow;
  const data = dataOf(businessObject, catalogue, language);
  const outcomes = askedBy(businessObject).flatMap((step) => outcomesOf(step, language));
  const condition = flow.conditionExpression?.body;
  const makeDefault = () =>
    editing.together(() => {
      editing.set(get("elementRegistry").get(flow.id), { conditionExpression: undefined });
      editing.set(element, { default: flow });
    });
  return (
    <li>
      <div class="row-x">
        <Link to={flow}>{nameOf(flow, language) || say("to", { name: target })}</Link>
        {isDefault && <span class="chip">{say("default_chip")}</span>}
        {decides && !isDefault && (
          <span class="push">
            <Deed bare onDo={makeDefault}>
              {say("make_default")}
            </Deed>
          </span>
        )}
      </div>
      {decides && (
        <p class="weak sm">
          {condition
            ? conditionWords(condition, data, outcomes, say)
            : say(isDefault ? "default_help" : "always")}
        </p>
      )}
    </li>
  );
}
