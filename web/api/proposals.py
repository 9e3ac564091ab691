"""POST /tasks/<id>/<verb> for the steps of proposals; links and ratings of an issued reply."""

from uuid import UUID

from flask import Response, url_for

from engine import Session
from web.api.resource import Resource
from web.api.schemas.proposals import (
    LinksSchema,
    ProposerSchema,
    RatingLettersSchema,
    RatingSchema,
    RatingsSchema,
)
from web.api.tasks import on_task
from web.api.wire import Body, act, act_once_shown, dump, show
from web.shapes import proposals as shapes
from workflows import proposals
from workflows.assignments import UnitTask
from workflows.people import Actor
from workflows.proposals import HandOut
from workflows.proposals import links as links_sent

blueprint = Resource("Proposals", __name__, "Bills, suggestions and proposals")


@blueprint.step("assign-proposal", shapes.ProposalHandover)
def assign(sent: Body, task_id: UUID) -> Response:
    """Hand a proposal to its units: with co-units, separately, or alone."""
    others = tuple(UnitTask(**task) for task in sent["co"])

    def work(session: Session, actor: Actor, task: UUID) -> object:
        handed = HandOut(task, UnitTask(**sent["lead"]), others, sent["handling"])
        return proposals.assign_proposal(session, actor, handed)

    return on_task(task_id, work)


@blueprint.step("contact", shapes.ProposerContact)
def contact(sent: Body, task_id: UUID) -> Response:
    """Record a talk with the proposers."""
    return on_task(task_id, proposals.record_contact, proposals.Contact(**sent))


@blueprint.step("opinion", shapes.CoOpinion)
def opinion(sent: Body, task_id: UUID) -> Response:
    """Give the lead unit a co-unit's opinion."""
    return on_task(task_id, proposals.give_opinion, **sent)


@blueprint.step("reply", shapes.ReplyDraft)
def reply(sent: Body, task_id: UUID) -> Response:
    """Lay a reply before the office; one without class or talk is refused."""
    paper_ids = sent.pop("paper_ids")
    return on_task(task_id, proposals.draft_reply, proposals.Draft(**sent), paper_ids)


@blueprint.step("contact-again")
def contact_again(task_id: UUID) -> Response:
    """Go back from the reply to one more talk."""
    return on_task(task_id, proposals.contact_again)


@blueprint.step("review-reply", shapes.ReplyReview)
def review_reply(sent: Body, task_id: UUID) -> Response:
    """Accept a draft together with its disclosure, or return it with the reason."""
    return on_task(task_id, proposals.review_reply, proposals.Opinion(**sent))


@blueprint.step("sign-reply", shapes.ReplySignature)
def sign_reply(sent: Body, task_id: UUID) -> Response:
    """Sign a reply as the unit's head, under its document number, or give it back."""
    return on_task(task_id, proposals.sign_reply, **sent)


@blueprint.step("settle-ratings")
def settle_ratings(task_id: UUID) -> Response:
    """Let the case go on by what the proposers said."""
    return on_task(task_id, proposals.settle_ratings)


@blueprint.step("promise", shapes.PromiseCheck)
def promise(sent: Body, task_id: UUID) -> Response:
    """Say how a promise stands: kept, or by when it will be."""
    return on_task(task_id, proposals.check_promise, **sent)


@blueprint.act("/replies/<int:reply_id>/links", None, LinksSchema)
def links(reply_id: int) -> Response:
    """Make every proposer a link of their own; it is told this once, and kept nowhere."""

    def deed(session: Session, actor: Actor) -> tuple[Body, Body]:
        made = proposals.make_links(session, actor, reply_id)
        told = [
            {
                "rating_id": link.rating.id,
                "proposer": link.rating.proposer.name,
                "until": link.rating.link_until,
                "address": url_for("rating.show", token=link.token, _external=True),
            }
            for link in made
        ]
        return {}, dump(LinksSchema(), {"links": told})

    return act_once_shown(deed)


@blueprint.act("/replies/<int:reply_id>/letters", None, RatingLettersSchema)
def send(reply_id: int) -> Response:
    """Send a link by mail and SMS to every proposer who is reached and wasn't sent one yet."""

    def deed(session: Session, actor: Actor) -> Body:
        letters = proposals.send_links(session, actor, reply_id)
        return dump(RatingLettersSchema(), {"letters": letters})

    return act(deed)


@blueprint.act("/ratings/<int:rating_id>/letters", None, RatingLettersSchema)
def resend(rating_id: int) -> Response:
    """Send one proposer another link; those sent before lead nowhere from then on."""

    def deed(session: Session, actor: Actor) -> Body:
        letters = proposals.resend_link(session, actor, rating_id)
        return dump(RatingLettersSchema(), {"letters": letters})

    return act(deed)


@blueprint.act("/ratings/<int:rating_id>/withdrawal", None, RatingSchema)
def withdraw(rating_id: int) -> Response:
    """Let none of a proposer's links lead anywhere any more."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(RatingSchema(), proposals.withdraw_link(session, actor, rating_id))

    return act(deed)


@blueprint.look("/replies/<int:reply_id>/ratings", RatingsSchema)
def ratings_of(reply_id: int) -> Response:
    """Show how the proposers take a reply, and which letters were sent to them."""

    def look(session: Session, actor: Actor) -> Body:
        return dump(RatingsSchema(), links_sent.outgoing(session, actor, reply_id))

    return show(look)


@blueprint.act("/proposers/<int:proposer_id>", shapes.Reach, ProposerSchema)
def reach(sent: Body, proposer_id: int) -> Response:
    """Write down how a proposer is reached from now on."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(ProposerSchema(), proposals.change_reach(session, actor, proposer_id, **sent))

    return act(deed)


@blueprint.act("/ratings/<int:rating_id>", shapes.HeardRating, RatingSchema)
def heard(sent: Body, rating_id: int) -> Response:
    """Write down what a proposer said by telephone or on paper."""

    def deed(session: Session, actor: Actor) -> Body:
        rating = proposals.record_rating(session, actor, rating_id, **sent)
        return dump(RatingSchema(), rating)

    return act(deed)
