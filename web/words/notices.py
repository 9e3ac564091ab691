"""Notices in the reader's words: what happened, and what to do about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from engine import Title
from web.moments import space, text_day
from web.words import accounts as account_words
from web.words import method_word, name_of, step_name, word
from web.words import targets as target_words
from web.words.moves import day_name
from web.words.settings import WORDS as SETTING_WORDS
from web.words.settings import value_words
from web.words.tables import NAMES as TABLE_NAMES
from web.words.whys import moved_because, provisional_words
from workflows.account_changes import NOTICE as ACCOUNT_CHANGED
from workflows.tables import AccountDeed, Rung

Facts: TypeAlias = Mapping[str, Any]


class Told(Protocol):
    """What the words need of a notice."""

    kind: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice's heading, its text, and how serious its colour is."""

    title: str
    text: str
    tone: str = ""


TITLES: dict[str, LazyString] = {
    "assigned": _l("Assigned to your unit"),
    "objection_decided": _l("Your objection was decided"),
    "change_decided": _l("Your request for a change was decided"),
    "item_cancelled": _l("The item was cancelled with the leader's consent"),
    "unit_withdrawn": _l("Your unit needn't take part any more"),
    "escalated": _l("Overdue: the next rung was reached"),
    "reminded": _l("The limit comes near"),
    "unacknowledged": _l("Not acknowledged in time"),
    "interim_due": _l("An interim report is due"),
    "limit_moved": _l("A limit has moved"),
    "declined": _l("The unit's head didn't sign the report"),
    "returned": _l("The report was returned"),
    "urged": _l("The supervision office urges you"),
    "opinion_given": _l("A co-unit gave its opinion"),
    "reply_returned": _l("The reply was returned"),
    "reply_declined": _l("The unit's head didn't sign the reply"),
    "reply_issued": _l("A reply is issued: make the proposers' links"),
    "reply_redone": _l("A proposer is dissatisfied: reply anew"),
    "ratings_late": _l("Proposers haven't rated in time"),
    "rated_dissatisfied": _l("A proposer is dissatisfied"),
    "promise_back": _l("What your unit promised has come back"),
    "instruct": _l("A result waits for your opinion"),
    "consent": _l("A change waits for your decision"),
    "visit_planned": _l("A visit to your unit is planned"),
    "action_planned": _l("A supervision action is planned"),
    "action_done": _l("A supervision action was carried out"),
    "action_called_off": _l("A supervision action was called off"),
    "letter": _l("A letter from the supervision office"),
    "problem_found": _l("A team on the spot found a problem of your unit"),
    "problem_settled": _l("A problem on the spot is settled"),
    "quarter_published": _l("Your unit's score is published"),
    "appeal_made": _l("An appeal waits for its decision"),
    "target_drafted": _l("A target waits for the director"),
    "target_returned": _l("Your target was given back"),
    "target_set": _l("A target is in force"),
    "appeal_decided": _l("Your appeal was decided"),
    "revisit_concluded": _l("A revisit has come to its conclusion"),
    "conclusion_objected": _l("A unit objects to a conclusion"),
    "conclusion_decided": _l("The objection to a conclusion was decided"),
    "approve_suggestion": _l("A suggestion waits for your decision"),
    "imported": _l("The ledger is imported"),
    "delegated": _l("A colleague gave you a step"),
    "given_back": _l("A colleague gave a step back to you"),
    "taken_back": _l("A colleague took a step back"),
    "deputy": _l("You act for somebody"),
    "handed_over": _l("A post was handed over to you"),
    "supervisor_changed": _l("An item has another supervisor"),
    "node_claimed": _l("A milestone is said to be reached"),
    "node_returned": _l("A milestone was returned"),
    "supervised": _l("The weekly supervision found problems"),
    "meeting_decided": _l("The weekly meeting gave you a task"),
    "review_asked": _l("A change of a diagram waits for your review"),
    "review_approved": _l("Your change of a diagram is approved"),
    "review_returned": _l("Your change of a diagram was sent back"),
    "diagram_deployed": _l("A diagram is in use in a new version"),
    "table_review_asked": _l("A change of a decision table waits for your review"),
    "table_review_approved": _l("Your change of a decision table is approved"),
    "table_review_returned": _l("Your change of a decision table was sent back"),
    "table_deployed": _l("A decision table is in force in a new version"),
    "setting_asked": _l("A change of the settings waits for your agreement"),
    "setting_agreed": _l("Your change of the settings is agreed to"),
    "setting_declined": _l("Your change of the settings was declined"),
    "setting_changed": _l("A guarded setting was changed"),
    ACCOUNT_CHANGED: _l("Something was done to an administrator's account"),
    "issue_submitted": _l("A publication waits for your approval"),
    "issue_approved": _l("Your publication is approved"),
    "issue_returned": _l("Your publication was returned"),
    "issue_delivered": _l("A publication of the supervision office"),
    "issue_urged": _l("Please read this publication"),
    "issue_withdrawn": _l("A publication is withdrawn"),
    "stuck": _l("Something is stuck"),
}
TONES = {
    "stuck": "red",
    "issue_returned": "yellow",
    "issue_urged": "yellow",
    "issue_withdrawn": "red",
    "review_returned": "yellow",
    "table_review_returned": "yellow",
    "setting_declined": "yellow",
    "setting_changed": "yellow",
    ACCOUNT_CHANGED: "yellow",
    "reply_returned": "yellow",
    "reply_declined": "yellow",
    "reply_redone": "red",
    "ratings_late": "yellow",
    "rated_dissatisfied": "yellow",
    "promise_back": "yellow",
    "escalated": "red",
    "urged": "yellow",
    "node_returned": "yellow",
    "supervised": "yellow",
    "returned": "yellow",
    "declined": "yellow",
    "reminded": "yellow",
    "unacknowledged": "yellow",
    "interim_due": "yellow",
    "limit_moved": "yellow",
}


def notice_words(notice: Told) -> NoticeWords:
    """Word a notice; a kind that nobody has words for shows its heading only."""
    title = TITLES.get(notice.kind)
    teller = TEXTS.get(notice.kind)
    text = teller(notice.facts) if teller else _reason(notice.facts)
    return NoticeWords(
        title=str(title) if title else _("Something happened to an item"),
        text=space().join(filter(None, (text, _provisional(notice.facts)))),
        tone=TONES.get(notice.kind, ""),
    )


def _provisional(facts: Facts) -> str:
    """Tell of a day that it may still move: the holidays of its year aren't published."""
    years = facts.get("provisional")
    return provisional_words(years) if isinstance(years, list) else ""


def _assigned(facts: Facts) -> str:
    if not facts.get("due_on"):
        return _("It has no limit; please acknowledge it.")
    day = text_day(facts["due_on"])
    return _("Please acknowledge it; the limit is %(day)s.", day=day)


def _node_claimed(facts: Facts) -> str:
    return _("%(node)s: please look at what shows it, and review it.", node=facts["node"])


def _node_returned(facts: Facts) -> str:
    return _("%(node)s: %(reason)s", node=facts["node"], reason=facts["reason"])


def _supervised(facts: Facts) -> str:
    return str(facts["finding"])


def _meeting_decided(facts: Facts) -> str:
    return _(
        "%(text)s Responsible: %(person)s; by %(day)s.",
        text=facts["text"],
        person=facts["person"],
        day=text_day(facts["due_on"]),
    )


def _reminded(facts: Facts) -> str:
    if not facts.get("due_on"):
        return ""
    return _("The limit is %(day)s; please report in time.", day=text_day(facts["due_on"]))


def _unacknowledged(facts: Facts) -> str:
    if not facts.get("due_on"):
        return ""
    return _("It was to be acknowledged by %(day)s.", day=text_day(facts["due_on"]))


def _interim_due(facts: Facts) -> str:
    if not facts.get("due_on"):
        return ""
    return _("Please report the progress by %(day)s.", day=text_day(facts["due_on"]))


def _limit_moved(facts: Facts) -> str:
    told = {
        "old": text_day(facts["old"]) if facts["old"] else _("none until now"),
        "new": text_day(facts["new"]) if facts["new"] else _("none any more"),
        "why": moved_because(facts),
    }
    what = facts.get("what")
    if what is None:
        return _("From %(old)s to %(new)s: %(why)s.", **told)
    return _("%(what)s: from %(old)s to %(new)s; %(why)s.", what=day_name(what), **told)


def _escalated(facts: Facts) -> str:
    days = int(facts.get("days_overdue") or 0)
    if counted_from := facts.get("counted_from"):
        late = _(
            "The limit passed before the ledger was imported on %(day)s; the ladder counts from "
            "that day.",
            day=text_day(counted_from),
        )
    else:
        late = ngettext("%(num)d working day overdue.", "%(num)d working days overdue.", days)
    rung = _("Rung reached: %(rung)s.", rung=_rung(facts))
    answer = (
        _("An answer is wanted by %(day)s.", day=text_day(facts["answer_by"]))
        if facts.get("answer_by")
        else ""
    )
    return space().join(filter(None, (late, rung, answer, _("The report stays due."))))


def _rung(facts: Facts) -> str:
    name = str(facts.get("rung", ""))
    return word(Rung(name)) if name in set(Rung) else name


def _imported(facts: Facts) -> str:
    overdue, near = int(facts.get("overdue") or 0), int(facts.get("near") or 0)
    said = [
        ngettext("One item came in.", "%(num)d items came in.", int(facts.get("items") or 0)),
        ngettext("One is overdue.", "%(num)d are overdue.", overdue) if overdue else "",
        ngettext("One is near its limit.", "%(num)d are near their limits.", near) if near else "",
        _("The ladder goes on with them from the next working day.") if overdue else "",
    ]
    return space().join(part for part in said if part)


def _urged(facts: Facts) -> str:
    method = method_word(str(facts.get("method", "")))
    return _("%(method)s: %(text)s", method=method, text=facts.get("text", ""))


def _change_decided(facts: Facts) -> str:
    opinion = str(facts.get("opinion") or "")
    return space().join(part for part in (_decided(facts), opinion) if part)


def _decided(facts: Facts) -> str:
    match facts.get("decision"), facts.get("change"):
        case "consented", "cancel":
            return _("Consented: the part is cancelled.")
        case "consented", _ if facts.get("new"):
            return _("Consented: the limit is now %(day)s.", day=text_day(facts["new"]))
        case "consented", _:
            return _("Consented: the target is changed.")
        case _ if facts.get("old"):
            return _("Declined: the limit stays %(day)s.", day=text_day(facts["old"]))
        case _:
            return _("Declined: everything stays as it was.")


def _objection_decided(facts: Facts) -> str:
    told = {
        "insist": _("It stays with your unit; please acknowledge it."),
        "reassign": _("It goes to %(unit)s.", unit=facts.get("unit") or _("another unit")),
        "release": _("Your unit is let go."),
    }
    said = told.get(str(facts.get("decision")), "")
    return space().join(part for part in (said, _reason(facts)) if part)


def _colleague(facts: Facts) -> str:
    said = _("%(who)s: %(step)s", who=facts.get("by", ""), step=step_name(facts))
    return space().join(part for part in (said, str(facts.get("note") or "")) if part)


def _deputy(facts: Facts) -> str:
    post, since = facts.get("post", ""), text_day(facts["since"])
    if facts.get("until"):
        until = text_day(facts["until"])
        return _(
            "%(post)s: from %(since)s, back on %(until)s.", post=post, since=since, until=until
        )
    return _("%(post)s: from %(since)s until further notice.", post=post, since=since)


def _handed_over(facts: Facts) -> str:
    number = int(facts.get("number") or 0)
    open_ones = ngettext("One matter is open.", "%(num)d matters are open.", number)
    said = _("%(post)s: please look through the list and sign for it.", post=facts.get("post", ""))
    return space().join((said, open_ones))


def _supervisor_changed(facts: Facts) -> str:
    before, after = facts.get("from") or _("nobody"), facts.get("to", "")
    return _("From %(before)s to %(after)s.", before=before, after=after)


def _action(facts: Facts) -> str:
    return _(
        "%(title)s: %(how)s, on %(day)s.",
        title=facts["title"],
        how=method_word(facts["method"]),
        day=text_day(facts["on"]),
    )


def _letter(facts: Facts) -> str:
    return str(facts["subject"])


def _problem_found(facts: Facts) -> str:
    return _(
        "%(text)s To be settled by %(day)s.", text=facts["text"], day=text_day(facts["due_on"])
    )


def _problem_settled(facts: Facts) -> str:
    return space().join((facts["text"], facts["settlement"]))


def _diagram(facts: Facts) -> str:
    said = _("%(diagram)s, %(by)s: %(text)s", **_about_diagram(facts), text=facts["text"])
    return said if facts["text"] else _("%(diagram)s, %(by)s.", **_about_diagram(facts))


def _diagram_deployed(facts: Facts) -> str:
    return _(
        "%(diagram)s, version %(version)s, %(by)s: %(text)s",
        **_about_diagram(facts),
        version=facts["version"],
        text=facts["text"],
    )


def _about_diagram(facts: Facts) -> Facts:
    if "table" in facts:
        return {"diagram": str(TABLE_NAMES[facts["table"]]), "by": facts["by"]}
    return {"diagram": name_of(Title("", facts["name"], facts["name_en"])), "by": facts["by"]}


def _setting(facts: Facts) -> str:
    return _(
        "%(setting)s, %(by)s: from %(old)s to %(new)s",
        setting=SETTING_WORDS[facts["setting"]][0],
        by=facts["by"],
        old=value_words(facts["old"]),
        new=value_words(facts["new"]),
    )


def _account_changed(facts: Facts) -> str:
    return _(
        "%(name)s: %(deed)s, by %(by)s.",
        name=facts["name"],
        deed=word(AccountDeed(facts["deed"])),
        by=facts["by"] or account_words.TERMINAL,
    )


def _visit_planned(facts: Facts) -> str:
    return _("%(how)s, on %(day)s.", how=method_word(facts["method"]), day=text_day(facts["on"]))


def _revisit_concluded(facts: Facts) -> str:
    verdict = _("Really solved.") if facts["solved"] else _("Not solved: it is taken up again.")
    until = _("You may object until %(day)s.", day=text_day(facts["until"]))
    return space().join((verdict, until))


def _conclusion_decided(facts: Facts) -> str:
    decided = (
        _("The objection is upheld; the conclusion is set aside.")
        if facts["upheld"]
        else _("The conclusion stays.")
    )
    return space().join(filter(None, (decided, facts["opinion"])))


def _quarter_published(facts: Facts) -> str:
    quarter = _quarter(facts)
    told = {"quarter": quarter, "score": facts["score"], "rank": facts["rank"]}
    stood = (
        _("%(quarter)s: %(score)s points, rank %(rank)s.", **told)
        if facts["rank"] is not None
        else _("%(quarter)s: %(score)s points; without tasks, so not ranked.", **told)
    )
    until = _("You may appeal until %(day)s.", day=text_day(facts["until"]))
    return f"{stood}{space()}{until}"


def _target(facts: Facts) -> str:
    about = target_words.told(facts)
    opinion = facts["opinion"]
    return f"{about}{space()}{opinion}" if opinion else about


def _appeal_made(facts: Facts) -> str:
    return _("%(unit)s appeals: %(quarter)s.", unit=facts["unit"], quarter=_quarter(facts))


def _appeal_decided(facts: Facts) -> str:
    told = {"quarter": _quarter(facts), "opinion": facts["opinion"]}
    if facts["upheld"]:
        return _("%(quarter)s: the score is corrected. %(opinion)s", **told)
    return _("%(quarter)s: the entry stands. %(opinion)s", **told)


def _quarter(facts: Facts) -> str:
    return _("Quarter %(number)s of %(year)s", number=facts["quarter"], year=facts["year"])


def _reason(facts: Facts) -> str:
    reason = facts.get("reason")
    return _("Reason: %(reason)s", reason=reason) if reason else ""


def _issue(facts: Facts) -> str:
    about = f"{facts['serial']}{facts['number']}{space()}{facts['title']}"
    by, reason = facts.get("by"), facts.get("reason")
    if by:
        about = _("%(by)s: %(about)s", by=by, about=about)
    return _("%(about)s. Why: %(reason)s", about=about, reason=reason) if reason else about


TEXTS: dict[str, Callable[[Facts], str]] = {
    "issue_submitted": _issue,
    "issue_approved": _issue,
    "issue_returned": _issue,
    "issue_delivered": _issue,
    "issue_urged": _issue,
    "issue_withdrawn": _issue,
    "review_asked": _diagram,
    "review_approved": _diagram,
    "review_returned": _diagram,
    "diagram_deployed": _diagram_deployed,
    "table_review_asked": _diagram,
    "table_review_approved": _diagram,
    "table_review_returned": _diagram,
    "table_deployed": _diagram_deployed,
    **dict.fromkeys(
        ("setting_asked", "setting_agreed", "setting_declined", "setting_changed"), _setting
    ),
    ACCOUNT_CHANGED: _account_changed,
    "assigned": _assigned,
    "reminded": _reminded,
    "node_claimed": _node_claimed,
    "node_returned": _node_returned,
    "supervised": _supervised,
    "meeting_decided": _meeting_decided,
    "unacknowledged": _unacknowledged,
    "interim_due": _interim_due,
    "escalated": _escalated,
    "limit_moved": _limit_moved,
    "urged": _urged,
    "imported": _imported,
    "change_decided": _change_decided,
    "objection_decided": _objection_decided,
    "delegated": _colleague,
    "given_back": _colleague,
    "taken_back": _colleague,
    "deputy": _deputy,
    "handed_over": _handed_over,
    "supervisor_changed": _supervisor_changed,
    "visit_planned": _visit_planned,
    "action_planned": _action,
    "action_done": _action,
    "action_called_off": _action,
    "letter": _letter,
    "problem_found": _problem_found,
    "problem_settled": _problem_settled,
    "quarter_published": _quarter_published,
    "appeal_made": _appeal_made,
    "target_drafted": _target,
    "target_returned": _target,
    "target_set": _target,
    "appeal_decided": _appeal_decided,
    "revisit_concluded": _revisit_concluded,
    "conclusion_decided": _conclusion_decided,
}
