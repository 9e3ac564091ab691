/** @jsxImportSource @bpmn-io/properties-panel/preact */
// Before what a unit says leaves it: the signature of its head, and taking it back.
import { usePanel } from "../context.js";
import { is, nameOf, stepsBehind } from "../diagram.js";
import { allowTakingBack, forbidTakingBack, insertSignature, takenBackAt } from "../drawing.js";
import { Against, Link, Section, Tick } from "../fields.jsx";

/** What leaves a unit, and the step at which its head signs it. */
const SIGNED_BY = { report: "confirm", reply: "sign_reply" };

export const about = ({ businessObject }) => is(businessObject, "bpmn:UserTask");

export function Group() {
  const panel = usePanel();
  const { businessObject, language, say } = panel;
  const signature = SIGNED_BY[businessObject.get("duban:step")];
  const signed = signature && signatureBehind(businessObject, signature);
  const next = stepsBehind(businessObject);
  const back = next.filter(takenBackAt);
  const one = (businessObject.outgoing ?? []).length === 1;
  return (
    <Section title={say(signature ? "leaving_unit" : "after_sending")}>
      {signature && (
        <>
          <Tick
            label={say("signed_first")}
            checked={Boolean(signed)}
            disabled={Boolean(signed) || !one}
            onWrite={() => insertSignature(panel, signature)}
          />
          <p class="under weak">
            {signed ? (
              <>
                {say("signed_at")} <Link to={signed}>{nameOf(signed, language)}</Link>
              </>
            ) : (
              say(one ? "signed_help" : "signed_by_hand")
            )}
          </p>
        </>
      )}
      <Against field="signed" />
      <Tick
        label={say("taken_back")}
        checked={next.length > 0 && back.length === next.length}
        disabled={next.length === 0}
        onWrite={(on) => (on ? allowTakingBack(panel, next) : forbidTakingBack(panel, back))}
      />
      {next.length === 0 && <p class="under weak">{say("nothing_behind")}</p>}
    </Section>
  );
}

/** The step at which the head signs, before anybody outside the unit has it. */
function signatureBehind(businessObject, signature) {
  return stepsBehind(businessObject).find((step) => step.get("duban:step") === signature);
}
