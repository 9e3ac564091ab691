"""Why something waits in the inbox, in one sentence."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from flask_babel import gettext as _
from flask_babel import ngettext

from web.moments import moment_of, short_day, space, text_day
from web.words import word
from web.words.ladder import suggested_word
from workflows.tables import Part, Rung, Source, Urgency

LONGEST_QUOTE = 60

Facts: TypeAlias = Mapping[str, Any]


class Why(Protocol):
    """A code and its facts."""

    kind: str
    facts: Facts


def because(why: Why, *, mine: bool = True) -> str:
    """Tell why something waits; ``mine`` says that the reader is who it waits for."""
    if why.kind == "to_acknowledge" and not mine:
        return _("Handed over; the unit hasn't acknowledged it yet.")
    tell = SENTENCES.get(why.kind)
    return tell(why.facts) if tell else ""


def quote(text: str) -> str:
    """Quote what somebody wrote, shortened to a line."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= LONGEST_QUOTE else f"{flat[:LONGEST_QUOTE]}…"
    return f"“{short}”" if short else ""


def _to_approve(facts: Facts) -> str:
    return _(
        "%(source)s, %(urgency)s: waits for the approval.",
        source=word(Source(facts["source"])),
        urgency=word(Urgency(facts["urgency"])).lower(),
    )


def _to_assign_again(facts: Facts) -> str:
    return _(
        "The leader gave a new instruction: assign it again, for round %(round)s.",
        round=facts["round"] + 1,
    )


def _to_acknowledge(facts: Facts) -> str:
    part = word(Part(facts["part"])).lower() if facts["part"] else ""
    if not facts["due_on"]:
        return _(
            "Assigned as %(part)s: acknowledge it, or object in time with the reason.", part=part
        )
    return _(
        "Assigned as %(part)s, due on %(day)s: acknowledge it, or object in time with the reason.",
        part=part,
        day=text_day(facts["due_on"]),
    )


def _objected(facts: Facts) -> str:
    return _("The unit says that it isn't theirs: %(reason)s", reason=quote(facts["reason"]))


def _to_report(facts: Facts) -> str:
    return _joined(_("Acknowledged; the first report is due."), _urged(facts))


def _returned(facts: Facts) -> str:
    said = _(
        "Report %(number)s was returned: %(reason)s",
        number=facts["number"],
        reason=quote(facts["reason"]),
    )
    return _joined(said, _urged(facts))


def _withdrawn(facts: Facts) -> str:
    return _("Report %(number)s was withdrawn: put it right and send it.", number=facts["number"])


def _declined(facts: Facts) -> str:
    return _(
        "The head didn't sign report %(number)s: %(reason)s",
        number=facts["number"],
        reason=quote(facts["reason"]),
    )


def _to_report_again(facts: Facts) -> str:
    said = _(
        "Report %(number)s said %(percent)s%%; the next one is due.",
        number=facts["number"],
        percent=facts["percent"],
    )
    return _joined(said, _urged(facts))


def _to_sign(facts: Facts) -> str:
    if "number" not in facts:
        return ""
    return _(
        "%(author)s's report %(number)s, %(percent)s%% done, waits for the signature.",
        author=facts["author"],
        number=facts["number"],
        percent=facts["percent"],
    )


def _to_review(facts: Facts) -> str:
    if "number" not in facts:
        return ""
    said = _(
        "%(author)s's report %(number)s, %(percent)s%% done, signed by %(signer)s on %(day)s.",
        author=facts["author"],
        number=facts["number"],
        percent=facts["percent"],
        signer=facts["signer"],
        day=short_day(moment_of(facts["signed_at"])),
    )
    return _joined(said, _before(facts))


def _change_asked(facts: Facts) -> str:
    reason = quote(str(facts.get("reason", "")))
    match facts.get("change"):
        case "adjust":
            return _(
                "The unit asks to adjust its target to %(target)s: %(reason)s",
                target=quote(facts["target"]),
                reason=reason,
            )
        case "cancel":
            return _("The unit asks to cancel its part: %(reason)s", reason=reason)
        case "extend":
            return _(
                "The unit asks to move the limit from %(old)s to %(new)s: %(reason)s",
                old=short_day(facts["old"]),
                new=short_day(facts["new"]),
                reason=reason,
            )
        case _:
            return _("The unit asks for a change.")


def _before(facts: Facts) -> str:
    """Tell how often it was returned and urged before."""
    times = []
    if facts["times_returned"]:
        times.append(ngettext("returned once", "returned %(num)d times", facts["times_returned"]))
    if facts["times_urged"]:
        times.append(ngettext("urged once", "urged %(num)d times", facts["times_urged"]))
    match times:
        case []:
            return ""
        case [one]:
            return _("Before: %(one)s.", one=one)
        case _:
            return _("Before: %(one)s and %(other)s.", one=times[0], other=times[1])


def _urged(facts: Facts) -> str:
    if not facts.get("times_urged"):
        return ""
    urged = ngettext("urged once", "urged %(num)d times", facts["times_urged"])
    return _("Before: %(one)s.", one=urged)


def _joined(*sentences: str) -> str:
    return space().join(sentence for sentence in sentences if sentence)


def _approve_rung(facts: Facts) -> str:
    if "rung" not in facts:
        return ""
    return _(
        "%(rung)s, drafted by the ladder: %(num)s working days overdue.",
        rung=word(Rung(facts["rung"])),
        num=facts["days_overdue"],
    )


def _hold_interview(facts: Facts) -> str:
    if "rung" not in facts:
        return ""
    return _(
        "The director approved the interview: %(num)s working days overdue.",
        num=facts["days_overdue"],
    )


def _evidence(facts: Facts) -> str:
    if "suggested" not in facts:
        return ""
    kind = suggested_word(facts["suggested"])
    if facts["returned"]:
        return _(
            "%(kind)s of %(whom)s came back: %(reason)s",
            kind=kind,
            whom=facts["whom"],
            reason=quote(facts["returned"]),
        )
    return _("%(kind)s of %(whom)s is suggested: give the evidence.", kind=kind, whom=facts["whom"])


def _suggested(facts: Facts) -> str:
    if "suggested" not in facts:
        return ""
    kind = suggested_word(facts["suggested"])
    return _("Suggested: %(kind)s of %(whom)s.", kind=kind, whom=facts["whom"])


def _with_organ(facts: Facts) -> str:
    return _joined(
        _suggested(facts), _("With %(organ)s.", organ=facts["organ"]) if facts.get("organ") else ""
    )


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "to_register_again": lambda _facts: _("It came back: put the registration right and send it."),
    "to_approve": _to_approve,
    "to_assign": lambda _facts: _("Approved and numbered: assign it to the units."),
    "to_assign_fast": lambda _facts: _(
        "Numbered on the fast track, without approval: assign it to the units."
    ),
    "to_assign_reopened": lambda _facts: _(
        "The revisit found it unsolved: re-opened under its number, assign it again."
    ),
    "to_assign_again": _to_assign_again,
    "to_decompose": lambda _facts: _(
        "Approved and numbered: break it down, each task with leader, unit, person and limit."
    ),
    "to_decompose_fast": lambda _facts: _(
        "Numbered on the fast track, without approval: break it down at once."
    ),
    "to_decompose_again": lambda _facts: _(
        "It goes on for another round: break down what is still to be done."
    ),
    "to_resolve": lambda _facts: _("The leaders' instructions differ: say which holds."),
    "to_acknowledge": _to_acknowledge,
    "objected": _objected,
    "to_report": _to_report,
    "returned": _returned,
    "withdrawn": _withdrawn,
    "declined": _declined,
    "to_report_again": _to_report_again,
    "to_sign": _to_sign,
    "to_review": _to_review,
    "change_asked": _change_asked,
    "result_ready": lambda _facts: _(
        "Every unit's report is accepted: say whether there is a new instruction."
    ),
    "revisit_asked": lambda _facts: _("A revisit was asked for: see whether it is really solved."),
    "revisit_sampled": lambda facts: _(
        "Drawn in sample no. %(number)s of closed items: see whether it is really solved.",
        number=facts["sample"],
    ),
    "revisit_rectified": lambda _facts: _(
        "The last visit found it unsolved: see whether it was put right."
    ),
    "conclusion": lambda _facts: _(
        "A unit objects to what a visit concluded; somebody who wasn't there decides."
    ),
    "revisit_drawn": lambda facts: _(
        "Drawn for a revisit (seed %(seed)s): see whether it is really solved.", seed=facts["seed"]
    ),
    "approve_rung": _approve_rung,
    "hold_interview": _hold_interview,
    "evidence": _evidence,
    "endorse_suggestion": _suggested,
    "approve_suggestion": _suggested,
    "hand_over": _suggested,
    "record_outcome": _with_organ,
    "week_over": lambda facts: (
        _("A week has gone: see how the project stands; problems reported: %(problems)s", **facts)
        if facts.get("problems")
        else _("A week has gone: see how the project stands.")
    ),
    "to_accept_project": lambda _facts: _(
        "Every unit's report is accepted: see whether the project is, milestone by milestone."
    ),
    "to_contact": lambda _facts: _(
        "Before the reply, talk with the proposers and record how, when and what was said."
    ),
    "to_opinion": lambda _facts: _("The lead unit replies for all: give it your unit's opinion."),
    "to_reply": lambda _facts: _("The talk is recorded: draft the reply, with its class."),
    "to_reply_again": lambda _facts: _("The office returned the draft: put it right."),
    "to_review_reply": lambda _facts: _(
        "A unit drafted its reply: review it and its disclosure together."
    ),
    "to_sign_reply": lambda _facts: _("The office accepted the reply: sign it, and it goes out."),
    "to_satisfaction": lambda _facts: _(
        "The reply is out: see how the proposers take it, then let the case go on."
    ),
    "to_promise": lambda _facts: _("What the reply promised comes back: say how it stands."),
    "to_close": lambda _facts: _("Every step is done: strike it off the ledger."),
}
