"""The story of an item in sentences: who did what, with the kind's colour and icon."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

TALES: dict[str, LazyString] = {
    "registered": _l("%(who)s registered the item"),
    "amended": _l("%(who)s amended the registration"),
    "fast_track": _l("The fast track was used, without approval"),
    "approved": _l("%(who)s approved opening the item"),
    "refused": _l("%(who)s refused to open the item"),
    "returned_to_register": _l("%(who)s returned the registration"),
    "numbered": _l("The item got its number"),
    "assigned": _l("%(who)s assigned it to %(unit)s"),
    "acknowledged": _l("%(who)s acknowledged for %(unit)s"),
    "objected": _l("%(who)s objected for %(unit)s"),
    "objection_decided": _l("%(who)s decided on the objection of %(unit)s"),
    "reported": _l("%(who)s reported for %(unit)s"),
    "confirmed": _l("%(who)s signed the report of %(unit)s"),
    "declined": _l("%(who)s didn't sign the report of %(unit)s"),
    "accepted": _l("%(who)s accepted the report of %(unit)s"),
    "returned": _l("%(who)s returned the report of %(unit)s"),
    "interim_due": _l("An interim report of %(unit)s was asked for"),
    "reminded": _l("%(unit)s was reminded of the limit"),
    "unacknowledged": _l("%(unit)s hadn't acknowledged in time and was reminded"),
    "urged": _l("%(who)s urged %(unit)s"),
    "urge_read": _l("%(who)s opened the urge"),
    "extend_asked": _l("%(who)s asked to extend the limit of %(unit)s"),
    "adjust_asked": _l("%(who)s asked to adjust the target of %(unit)s"),
    "cancel_asked": _l("%(who)s asked to cancel the part of %(unit)s"),
    "extend_consented": _l("%(who)s consented to the extension of %(unit)s"),
    "adjust_consented": _l("%(who)s consented to the adjustment of %(unit)s"),
    "cancel_consented": _l("%(who)s consented to cancelling the part of %(unit)s"),
    "extend_declined": _l("%(who)s declined the extension of %(unit)s"),
    "adjust_declined": _l("%(who)s declined the adjustment of %(unit)s"),
    "cancel_declined": _l("%(who)s declined to cancel the part of %(unit)s"),
    "change_lapsed": _l("The request of %(unit)s lapsed: its part has ended"),
    "change_endorsed": _l("%(who)s signed the request of %(unit)s"),
    "change_advised": _l("%(who)s passed the request of %(unit)s on to the leader"),
    "unit_added": _l("%(who)s added %(unit)s"),
    "unit_withdrawn": _l("%(who)s withdrew %(unit)s"),
    "unit_replaced": _l("%(who)s handed the part of %(unit)s to another unit"),
    "escalated": _l("%(unit)s was escalated to the next rung"),
    "rung_read": _l("%(who)s opened the rung of the ladder for %(unit)s"),
    "interviewed": _l("%(who)s recorded the interview of the head of %(unit)s"),
    "handed_over": _l("%(who)s handed a suggestion about %(unit)s to the competent organ"),
    "concluded": _l("%(who)s recorded what the competent organ did about %(unit)s"),
    "clock_stopped": _l("The clock of %(unit)s stands still"),
    "clock_resumed": _l("The clock of %(unit)s goes on"),
    "limit_moved": _l("The limit of %(unit)s moved"),
    "step_moved": _l("The limit of a step moved"),
    "report_moved": _l("The next interim report of %(unit)s moved"),
    "period_moved": _l("The next interim report of %(unit)s moved"),
    "visit_moved": _l("The day until which the visit is made moved"),
    "answer_moved": _l("The day until which %(unit)s answers a slip moved"),
    "result_presented": _l("%(who)s read the result: no new instruction"),
    "instructed": _l("%(who)s gave a new instruction on the result"),
    "revisit_asked": _l("%(who)s asked for a revisit"),
    "revisit_drawn": _l("The sample was drawn"),
    "solved": _l("%(who)s revisited: really solved"),
    "unsolved": _l("%(who)s revisited: not solved"),
    "action_planned": _l("%(who)s planned a supervision action"),
    "action_done": _l("%(who)s recorded a supervision action"),
    "action_called_off": _l("%(who)s called a supervision action off"),
    "visit_planned": _l("%(who)s planned a visit"),
    "conclusion_objected": _l("%(who)s objected to the conclusion for %(unit)s"),
    "conclusion_upheld": _l(
        "%(who)s upheld the objection of %(unit)s: the conclusion is set aside"
    ),
    "conclusion_kept": _l("%(who)s kept the conclusion against the objection of %(unit)s"),
    "reopened": _l("The item was re-opened under its number"),
    "closed": _l("%(who)s closed the item"),
    "withdrawn": _l("%(who)s withdrew a submission"),
    "imported": _l("%(who)s imported it from a ledger"),
    "project_planned": _l("%(who)s wrote down the year's plan"),
    "node_claimed": _l("%(who)s says for %(unit)s that a milestone is reached"),
    "node_done": _l("%(who)s found a milestone reached"),
    "node_returned": _l("%(who)s returned a milestone to %(unit)s"),
    "node_moved": _l("%(who)s moved a milestone"),
    "node_added": _l("%(who)s added a milestone"),
    "supervised": _l("%(who)s supervised the week"),
    "project_passed": _l("%(who)s accepted the project"),
    "project_reworked": _l("%(who)s sent the project back for rework"),
    "photographed": _l("%(who)s kept a photograph of the site"),
    "meeting_decided": _l("The weekly meeting decided; %(who)s recorded it"),
    "meeting_done": _l("%(who)s carried a meeting's decision out"),
    "form_filled": _l("%(who)s filled in a form"),
    "handed_at_meeting": _l("%(who)s handed it over at the session's meeting"),
    "contacted": _l("%(who)s talked with the proposers for %(unit)s"),
    "opinion_given": _l("%(who)s gave the opinion of %(unit)s"),
    "reply_drafted": _l("%(who)s drafted the reply of %(unit)s"),
    "reply_accepted": _l("%(who)s accepted the reply of %(unit)s and its disclosure"),
    "reply_returned": _l("%(who)s returned the reply of %(unit)s"),
    "reply_declined": _l("%(who)s didn't sign the reply of %(unit)s"),
    "reply_issued": _l("%(unit)s issued its reply"),
    "reply_redone": _l("%(unit)s has to reply anew: a proposer is dissatisfied"),
    "links_made": _l("%(who)s made the proposers' links"),
    "links_sent": _l("%(who)s had links sent to the proposers"),
    "link_withdrawn": _l("%(who)s withdrew a proposer's link"),
    "rated": _l("A proposer rated the reply of %(unit)s"),
    "ratings_late": _l("Proposers haven't rated the reply of %(unit)s in time"),
    "ratings_settled": _l("%(who)s let the case go on by the ratings"),
    "promise_back": _l("What %(unit)s promised came back"),
    "promise_kept": _l("%(who)s told that %(unit)s kept its promise"),
    "promise_open": _l("%(who)s told that the promise of %(unit)s isn't kept yet"),
    "decomposed": _l("%(who)s broke the decision down"),
    "difference_settled": _l("%(who)s settled what the instructions differ in"),
    "difference_referred": _l("%(who)s asked the principal leader to settle what differs"),
    "planned": _l("%(who)s wrote the plan of supervision"),
    "look_alike_answered": _l("%(who)s said what a look-alike is"),
    "joined": _l("%(who)s joined another matter to it"),
    "delegated": _l("%(who)s gave a step to a colleague"),
    "given_back": _l("%(who)s gave a step back"),
    "taken_back": _l("%(who)s took a step back"),
    "retried": _l("%(who)s tried again what had failed"),
    "skipped": _l("%(who)s let it go on behind what had failed"),
    "moved": _l("%(who)s moved it to another step"),
    "suspended": _l("%(who)s suspended it"),
    "resumed": _l("%(who)s let it go on"),
    "supervisor_changed": _l("%(who)s let another supervisor look after it"),
}

TURNS = {
    "project_accepted": ("passed", "project_passed", "project_reworked"),
    "revisited": ("solved", "solved", "unsolved"),
    "conclusion_decided": ("upheld", "conclusion_upheld", "conclusion_kept"),
}
"""The fact that tells how a kind turned out, and the sentences for yes and for no."""

PINS = {
    "node_done": "green",
    "project_accepted": "green",
    "node_returned": "yellow",
    "node_moved": "yellow",
    "approved": "green",
    "accepted": "green",
    "closed": "green",
    "objected": "yellow",
    "conclusion_objected": "yellow",
    "declined": "yellow",
    "returned": "yellow",
    "returned_to_register": "yellow",
    "reminded": "yellow",
    "unacknowledged": "yellow",
    "limit_moved": "yellow",
    "urged": "yellow",
    "reopened": "yellow",
    "skipped": "yellow",
    "moved": "yellow",
    "suspended": "yellow",
    "refused": "red",
    "escalated": "red",
    "reply_accepted": "green",
    "reply_issued": "green",
    "reply_returned": "yellow",
    "reply_declined": "yellow",
    "ratings_late": "yellow",
    "promise_back": "yellow",
    "reply_redone": "red",
    "interviewed": "red",
}
"""The colour of a kind's pin in the timeline; every other pin is plain."""


class Line(Protocol):
    """What a sentence needs of a line of the story."""

    @property
    def kind(self) -> str:
        """What happened."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is known about it."""

    @property
    def person(self) -> str | None:
        """Who did it, if anybody."""

    @property
    def unit(self) -> str | None:
        """Whose part it is about, if it is about one."""


def tale(line: Line) -> Markup:
    """Tell in one sentence what happened; the name of whoever did it stands out."""
    who = Markup("<b>{}</b>").format(line.person or _("The system"))
    sentence = str(TALES.get(_variant(line), line.kind))
    return Markup(sentence) % {"who": who, "unit": _unit(line)}  # noqa: S704 - our own words


def pin(kind: str) -> str:
    """Return the colour of a kind's pin."""
    return PINS.get(kind, "")


def _variant(line: Line) -> str:
    """Return which sentence tells it: some kinds turn out one way or the other."""
    match line.kind:
        case "change_asked":
            return f"{line.facts['change']}_asked"
        case "change_decided" if line.facts["decision"] == "lapsed":
            return "change_lapsed"
        case "change_decided":
            return f"{line.facts['change']}_{line.facts['decision']}"
        case "limit_moved" if line.facts.keys() & {"what", "step"}:
            return f"{line.facts.get('what', 'step')}_moved"
        case kind if kind in TURNS:
            fact, yes, no = TURNS[kind]
            return yes if line.facts[fact] else no
        case kind:
            return kind


def _unit(line: Line) -> str:
    """Name the unit that it is about, or the first of several."""
    if line.unit:
        return line.unit
    match line.facts.get("units"):
        case [one]:
            return str(one["unit"])
        case [first, *others]:
            return ngettext(
                "%(first)s and one more unit",
                "%(first)s and %(num)d more units",
                len(others),
                first=first["unit"],
            )
        case _:
            return _("the unit")
