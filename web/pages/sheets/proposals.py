"""The steps of proposals as pages: what each sends, shows and starts with."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

from flask import g
from werkzeug.datastructures import MultiDict

from engine import Session
from web.entries import Typed, load
from web.pages.sheets.sheet import Sheet
from web.shapes import proposals as shapes
from workflows import proposals
from workflows.assignments import UnitTask
from workflows.calendar import today
from workflows.people import Actor
from workflows.proposals import HandOut, queries, views
from workflows.steps import OpenedTask
from workflows.tables import Item, Kind

Context: TypeAlias = Mapping[str, Any]


def look(session: Session, opened: OpenedTask) -> Context:
    """Return the proposal, and the part that the step is about."""
    view = views.view_of(session, g.actor, opened.item)
    part = opened.assignment
    return {"view": view, "own": view.of(part) if view and part else None}


def handling(session: Session, item: Item) -> str:
    """Return how a proposal is meant to be handled; any other item says nothing."""
    if item.kind is not Kind.PROPOSAL:
        return ""
    return queries.proposal_of(session, item.id).handling.value


def assign(
    session: Session, actor: Actor, task_id: UUID, sent: Typed, lead: UnitTask, co: list[UnitTask]
) -> object:
    """Hand a proposal out as it is to be handled."""
    handed = HandOut(task_id, lead, tuple(co), sent.get("handling", ""))
    return proposals.assign_proposal(session, actor, handed)


def contact(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Record a talk."""
    said = load(shapes.ProposerContact, sent)
    return proposals.record_contact(session, actor, task_id, proposals.Contact(**said))


def contact_start(session: Session, _opened: OpenedTask) -> Typed:
    """Begin with today."""
    return MultiDict({"met_on": today(session).isoformat()})


def opinion(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Give a co-unit's opinion."""
    return proposals.give_opinion(session, actor, task_id, **load(shapes.CoOpinion, sent))


def reply(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Lay a reply before the office, or go back to one more talk."""
    if sent.get("outcome") == "contact":
        return proposals.contact_again(session, actor, task_id)
    said = load(shapes.ReplyDraft, {**sent, "paper_ids": sent.getlist("paper_ids")})
    paper_ids = said.pop("paper_ids")
    return proposals.draft_reply(session, actor, task_id, proposals.Draft(**said), paper_ids)


def reply_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with the draft that was sent back, or with nothing but a public reply."""
    own = look(session, opened)["own"]
    last = own.latest.reply if own and own.latest else None
    if last is None or last.issued_at is not None:
        return MultiDict({"disclosed": "true"})
    return MultiDict(
        {
            "said": last.said,
            "reply_class": last.reply_class.value,
            "disclosed": str(last.disclosed).lower(),
            "undisclosed_reason": last.undisclosed_reason,
            "promise": last.promise,
            "promised_on": _iso(last.promised_on),
            "document_number": last.document_number,
        }
    )


def review(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Accept a draft with its disclosure, or return it."""
    said = load(shapes.ReplyReview, {**sent, "accept": sent.get("outcome") == "accept"})
    return proposals.review_reply(session, actor, task_id, proposals.Opinion(**said))


def review_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with the disclosure that the unit proposes."""
    own = look(session, opened)["own"]
    draft = own.latest.reply
    kept = {"undisclosed_reason": draft.undisclosed_reason}
    return MultiDict({"disclosed": str(draft.disclosed).lower(), **kept})


def sign(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Sign a reply under its number, or give it back."""
    said = load(shapes.ReplySignature, {**sent, "sign": sent.get("outcome") == "sign"})
    return proposals.sign_reply(session, actor, task_id, **said)


def sign_start(session: Session, opened: OpenedTask) -> Typed:
    """Begin with the number that the draft names."""
    own = look(session, opened)["own"]
    return MultiDict({"document_number": own.latest.reply.document_number})


def settle(session: Session, actor: Actor, task_id: UUID, _sent: Typed) -> object:
    """Let the case go on by the ratings."""
    return proposals.settle_ratings(session, actor, task_id)


def promise(session: Session, actor: Actor, task_id: UUID, sent: Typed) -> object:
    """Say how a promise stands."""
    said = load(shapes.PromiseCheck, {**sent, "kept": sent.get("outcome") == "kept"})
    return proposals.check_promise(session, actor, task_id, **said)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


SHEETS: Mapping[str, Sheet] = {
    "contact": Sheet(contact, look, contact_start),
    "opinion": Sheet(opinion, look),
    "reply": Sheet(reply, look, reply_start),
    "review_reply": Sheet(review, look, review_start),
    "sign_reply": Sheet(sign, look, sign_start),
    "satisfaction": Sheet(settle, look, places={"names": "outcome", "": "outcome"}),
    "promise": Sheet(promise, look),
}
