// Beside which field a problem of the check is shown; any other stands at the panel's head.
const FIELDS = {
  name: ["name_missing", "name_long"],
  step: ["step_missing", "step_unknown"],
  who: ["nobody", "who_unknown", "role_unknown"],
  limit: ["limit_missing", "limit_unknown", "no_limit"],
  name_en: ["no_english"],
  overdue: ["no_escalation"],
  signed: ["unsigned"],
  outcomes: ["outcome_missing", "outcome_unfit", "outcome_twice", "outcome_unknown"],
  operation: ["operation_missing", "operation_unknown"],
  parameters: ["parameter_missing", "parameter_unknown", "parameter_type", "parameter_twice"],
  decision: ["decision_unsaid", "decision_unknown"],
  called: ["call_missing", "call_unknown", "call_recursive"],
  condition: ["condition_missing", "condition_misplaced", "condition_unsaid", "expression_refused"],
  ways: ["default_missing", "default_unknown", "default_conditional", "default_idle"],
  timer: ["timer_incomplete", "timer_unreadable", "due_unknown"],
  message: ["message_missing", "correlation_missing"],
  signal: ["signal_missing"],
  code: ["code_missing"],
  link: ["link_unnamed", "link_lost", "link_unused", "link_twice"],
  rounds: [
    "several_incomplete",
    "output_incomplete",
    "count_unfit",
    "loop_endless",
    "most_unfit",
    "loop_several",
  ],
  form: ["field_unfit", "field_twice", "field_type_unknown", "field_options_missing"],
};
const BY_CODE = new Map(
  Object.entries(FIELDS).flatMap(([field, codes]) => codes.map((code) => [code, field])),
);

/** The field of the panel that a problem is about, if it is about one. */
export const fieldOf = (code) => BY_CODE.get(code);
