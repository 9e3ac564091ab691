// A timer as a reader says it.

const labelIn = (list, name) => list.find((each) => each.name === name)?.label ?? name;

const spanWords = ({ number, unit }, say) =>
  say(number === 1 ? `span.${unit}.1` : `span.${unit}`, { number });

/** Such as "the first day overdue, then every day". */
export function timerWords(timer, catalogue, say) {
  switch (timer.kind) {
    case "due": {
      const day = labelIn(catalogue.due_dates, timer.due);
      if (timer.again === "once") return day;
      if (timer.again === "moved") return say("again_when_moved", { day });
      const span =
        timer.again === "key" ? labelIn(catalogue.data, timer.key) : spanWords(timer.span, say);
      return say("then_every", { day, span });
    }
    case "after":
      return say("after", { span: spanWords(timer.span, say) });
    case "every":
      return timer.times
        ? say("every_times", { span: spanWords(timer.span, say), times: timer.times })
        : say("every", { span: spanWords(timer.span, say) });
    case "moment":
      return say("at_moment", { moment: timer.moment });
    default:
      return timer.text || say("no_timer");
  }
}
