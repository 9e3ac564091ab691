"""Why a due date is that day: the parts of the legal clock as sentences."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from web.moments import list_words, short_day, space, text_day

LIMITS: dict[str, LazyString] = {
    "instruction.flash": _l("Instruction, top urgent"),
    "instruction.urgent": _l("Instruction, very urgent"),
    "instruction.pressing": _l("Instruction, urgent"),
    "instruction.normal": _l("Instruction, normal"),
    "instruction.complex": _l("Instruction, complex"),
    "instruction.long_term": _l("Instruction, long-term"),
    "interim.weekly": _l("Weekly interim report"),
    "interim.monthly": _l("Monthly interim report"),
    "interim.quarterly": _l("Quarterly interim report"),
    "document": _l("Document"),
    "minutes": _l("Minutes of a meeting"),
    "decision.first_report": _l("First report on a meeting's decision"),
    "proposal": _l("Proposal"),
    "proposal.co_opinion": _l("Opinion of a co-unit on a proposal"),
    "proposal.redo": _l("Reply to a proposal anew"),
    "register": _l("Register"),
    "approve": _l("Approve opening"),
    "assign": _l("Assign"),
    "decompose": _l("Break down"),
    "resolve": _l("Settle what differs"),
    "acknowledge": _l("Acknowledge"),
    "object": _l("Object"),
    "object.proposal": _l("Object to a proposal"),
    "objection": _l("Decide on an objection"),
    "report": _l("Report"),
    "confirm": _l("Sign a report"),
    "review": _l("Review a report"),
    "endorse_change": _l("Sign a request for a change"),
    "advise_change": _l("Advise on a change"),
    "consent": _l("Consent to a change"),
    "instruct": _l("Leader's opinion on the result"),
    "revisit": _l("Revisit"),
    "conclusion.object": _l("Object to a revisit's conclusion"),
    "conclusion": _l("Decide on an objection to a conclusion"),
    "close": _l("Close"),
    "slip.blue": _l("Answer to a blue slip"),
    "slip.yellow": _l("Answer to a yellow slip"),
    "slip.red": _l("Answer to a red slip"),
    "approve_rung": _l("Approve a rung"),
    "hold_interview": _l("Interview"),
    "evidence": _l("Evidence of a suggestion"),
    "endorse_suggestion": _l("Examine a suggestion"),
    "approve_suggestion": _l("Leader's word on a suggestion"),
    "hand_over": _l("Hand over a suggestion"),
    "record_outcome": _l("Record an outcome"),
    "supervise": _l("Weekly supervision"),
    "acceptance": _l("Acceptance of a project"),
    "contact": _l("Contact before the reply"),
    "reply": _l("Reply to a proposal"),
    "review_reply": _l("Review a reply"),
    "sign_reply": _l("Sign a reply"),
    "rating": _l("Opinion of the proposers"),
    "promise": _l("Keep a promise"),
    "form": _l("Fill in a form"),
    "approve_issue": _l("Approve a publication"),
    "send_issue": _l("Issue a publication"),
    "mend_issue": _l("Revise a publication"),
    "read_issue": _l("Read a publication"),
    "decide_appeal": _l("Decide an appeal"),
    "approve_list": _l("Approve a list"),
}
"""The names of the limits; a name that isn't here is shown as it is."""

EVENTS: dict[str, LazyString] = {
    "opened": _l("the step opened"),
    "registered": _l("the item was registered"),
    "handed_over": _l("it was handed over"),
    "acknowledged": _l("the unit signed for it"),
    "closed": _l("the item was closed"),
}
"""What set a limit running."""

CAUSES: dict[str, LazyString] = {
    "objection": _l("while an objection was decided"),
    "change": _l("while a request for a change waited"),
    "review": _l("while the office reviewed a report"),
    "suspension": _l("while the item was suspended"),
}
"""During what a clock stood still."""

FESTIVALS: dict[str, LazyString] = {
    "元旦": _l("New Year"),
    "春节": _l("Spring Festival"),
    "清明节": _l("Tomb-Sweeping Day"),
    "劳动节": _l("Labour Day"),
    "端午节": _l("Dragon Boat Festival"),
    "中秋节": _l("Mid-Autumn Festival"),
    "国庆节": _l("National Day"),
}

Part: TypeAlias = dict[str, Any]


def span_words(number: int, unit: str) -> str:
    """Say a length of time: 15 natural days, 3 working days."""
    match unit:
        case "same_day":
            return _("the same day")
        case "working_days":
            return ngettext("%(num)d working day", "%(num)d working days", number)
        case "months":
            return ngettext("%(num)d month", "%(num)d months", number)
        case _:
            return ngettext("%(num)d natural day", "%(num)d natural days", number)


def limit_words(name: str) -> str:
    """Return a limit's name in the reader's language."""
    return str(LIMITS.get(name, name))


def why_words(parts: Sequence[Part]) -> str:
    """Tell in one short text why a due date is that day."""
    moved = any(part["kind"] == "moved" for part in parts)
    sentences = [SENTENCES[part["kind"]]({**part, "stays": not moved}) for part in parts]
    return space().join(sentence for sentence in sentences if sentence)


def stop_cause(cause: str) -> str:
    """Tell during what a clock stands still."""
    return str(CAUSES.get(cause, cause))


def moved_because(facts: Mapping[str, Any]) -> str:
    """Tell why a limit moved: its clock stood still, or the calendar or a rule was changed."""
    match facts.get("because"):
        case "period":
            return _("how often is reported was changed")
        case "rule":
            return _("the rule “%(limit)s” was changed", limit=limit_words(facts["rule"]))
        case "calendar":
            return _("the calendar of %(year)s was changed", year=facts["year"])
        case _:
            return _("the clock stood still %(cause)s", cause=stop_cause(facts["cause"]))


def is_provisional(parts: Sequence[Part] | None) -> bool:
    """Say whether a due date was reckoned without an official calendar."""
    return any(part["kind"] == "provisional" for part in parts or ())


def due_words(parts: Sequence[Part] | None, due_on: date | None) -> str:
    """Tell why a due date is that day; one of an old ledger may have no reason."""
    if due_on is None:
        return ""
    return why_words(parts) if parts else _("The day was taken over as it stood.")


def festival(name: str) -> str:
    """Return a festival's name in the reader's language; a local one stays as it is."""
    return str(FESTIVALS.get(name, name))


def _limit(part: Part) -> str:
    span = span_words(part["number"], part["unit"])
    if not part["name"]:
        return _("The limit is %(span)s.", span=span)
    return _("%(limit)s: %(span)s.", limit=limit_words(part["name"]), span=span)


def _start(part: Part) -> str:
    if part["on"] == part["first"]:
        return _("It began on %(day)s and is due the same day.", day=text_day(part["on"]))
    if part.get("event") in EVENTS:
        return _(
            "It began on %(day)s, when %(event)s; counting starts the day after, %(first)s.",
            day=short_day(part["on"]),
            event=EVENTS[part["event"]],
            first=text_day(part["first"]),
        )
    return _(
        "It began on %(day)s; counting starts the day after, %(first)s.",
        day=short_day(part["on"]),
        first=text_day(part["first"]),
    )


def _holiday(part: Part) -> str:
    if part["first"] == part["last"]:
        return _(
            "%(day)s is %(name)s and doesn't count.",
            day=text_day(part["first"]),
            name=festival(part["name"]),
        )
    return _(
        "%(first)s to %(last)s is %(name)s and doesn't count.",
        first=short_day(part["first"]),
        last=short_day(part["last"]),
        name=festival(part["name"]),
    )


def _makeup(part: Part) -> str:
    days = list_words([text_day(day) for day in part["days"]])
    return _("%(days)s is worked instead and counts.", days=days)


def _end(part: Part) -> str:
    if part["unit"] == "same_day":
        return ""
    day, span = text_day(part["on"]), span_words(part["count"], part["unit"])
    if part["working"]:
        return _("Counting %(span)s leads to %(day)s, a working day.", span=span, day=day)
    if part["stays"]:
        return _(
            "Counting %(span)s leads to %(day)s, not a working day; it isn't moved.",
            span=span,
            day=day,
        )
    return _("Counting %(span)s leads to %(day)s, not a working day.", span=span, day=day)


def _moved(part: Part) -> str:
    return _("So it moves to the next working day, %(day)s.", day=text_day(part["to"]))


def _clamped(part: Part) -> str:
    return _(
        "That month has no day %(wanted)s, so its last day counts, %(day)s.",
        wanted=part["wanted"],
        day=short_day(part["on"]),
    )


def _stopped(part: Part) -> str:
    told = {
        "cause": CAUSES.get(part["cause"], part["cause"]),
        "first": short_day(part["from"]),
        "last": short_day(part["to"]),
        "span": span_words(part["days"], part["unit"]),
        "day": text_day(part["on"]),
    }
    if not part["days"]:
        return _(
            "The clock stood still %(cause)s, from %(first)s to %(last)s; no further day was lost.",
            **told,
        )
    if part["working"]:
        return _(
            "The clock stood still %(cause)s, from %(first)s to %(last)s: %(span)s. So the limit "
            "moves to %(day)s, a working day.",
            **told,
        )
    return _(
        "The clock stood still %(cause)s, from %(first)s to %(last)s: %(span)s. So the limit "
        "moves to %(day)s, not a working day.",
        **told,
    )


def _recounted(part: Part) -> str:
    told = {
        "on": short_day(part["on"]),
        "before": short_day(part["from"]),
        "day": text_day(part["to"]),
    }
    if part["because"] == "period":
        return _(
            "On %(on)s it was changed how often is reported, and with it this day: from "
            "%(before)s to %(day)s.",
            **told,
        )
    if part["because"] == "rule":
        return _(
            "On %(on)s the rule was changed, and with it this limit: from %(before)s to %(day)s.",
            **told,
        )
    return _(
        "On %(on)s the calendar was changed, and with it this limit: from %(before)s to %(day)s.",
        **told,
    )


def _interim(part: Part) -> str:
    if "since" not in part:
        return _("An interim report is due on %(day)s.", day=text_day(part["on"]))
    return _(
        "%(limit)s: every %(span)s from %(since)s, when it was handed over; the next is due on "
        "%(day)s.",
        limit=limit_words(part["name"]),
        span=span_words(part["number"], part["unit"]),
        since=short_day(part["since"]),
        day=text_day(part["on"]),
    )


def _chosen(part: Part) -> str:
    if part["working"]:
        return _("%(day)s was set by hand.", day=text_day(part["on"]))
    return _("%(day)s was set by hand; it isn't a working day.", day=text_day(part["on"]))


def provisional_words(years: Sequence[int]) -> str:
    """Say that a day may still move."""
    told = list_words([str(year) for year in years])
    return _("The holidays of %(years)s aren't published yet: this day is provisional.", years=told)


def _provisional(part: Part) -> str:
    return provisional_words(part["years"])


def _extended(part: Part) -> str:
    return _(
        "An extension was asked for on %(asked)s and consented to on %(decided)s: "
        "from %(before)s to %(day)s.",
        asked=short_day(part["asked"]),
        decided=short_day(part["decided"]),
        before=short_day(part["from"]),
        day=text_day(part["to"]),
    )


def _doubled(part: Part) -> str:
    return _(
        "All extensions together add as much as there was at first: from %(begun)s to %(first)s, "
        "and as long again to %(day)s.",
        begun=short_day(part["from"]),
        first=short_day(part["first"]),
        day=text_day(part["on"]),
    )


def _added(part: Part) -> str:
    return ngettext(
        "One day on which the clock stood still is added: %(day)s.",
        "%(num)d days on which the clock stood still are added: %(day)s.",
        part["days"],
        day=text_day(part["on"]),
    )


def _reassigned(part: Part) -> str:
    return _(
        "It was handed to another unit on %(day)s; the clock kept running.",
        day=short_day(part["on"]),
    )


SENTENCES: dict[str, Callable[[Part], str]] = {
    "limit": _limit,
    "start": _start,
    "holiday": _holiday,
    "makeup": _makeup,
    "end": _end,
    "moved": _moved,
    "stopped": _stopped,
    "recounted": _recounted,
    "interim": _interim,
    "doubled": _doubled,
    "added": _added,
    "clamped": _clamped,
    "chosen": _chosen,
    "provisional": _provisional,
    "extended": _extended,
    "reassigned": _reassigned,
}
