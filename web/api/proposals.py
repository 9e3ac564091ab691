"""POST /tasks/<id>/<verb> for the steps of proposals; links and ratings of an issued reply."""

from uuid import UUID

from flask import Response, url_for

from engine import Session
from web import proposal_shapes as shapes
from web.api.resource import Resource, collection
from web.api.schemas import ProposalLinkSchema, RatingSchema
from web.api.tasks import on_task
from web.api.wire import Body, act, dump
from workflows import proposals
from workflows.assignments import UnitTask
from workflows.people import Actor
from workflows.proposals import HandOut

blueprint = Resource("Proposals", __name__, "Bills, suggestions and proposals")

LinksSchema = collection("ProposalLinks", links=ProposalLinkSchema)


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
    """Make every proposer a link of their own; it is told this once."""

    def deed(session: Session, actor: Actor) -> Body:
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
        return dump(LinksSchema(), {"links": told})

    return act(deed)


@blueprint.act("/ratings/<int:rating_id>", shapes.HeardRating, RatingSchema)
def heard(sent: Body, rating_id: int) -> Response:
    """Write down what a proposer said by telephone or on paper."""

    def deed(session: Session, actor: Actor) -> Body:
        rating = proposals.record_rating(session, actor, rating_id, **sent)
        return dump(RatingSchema(), rating)

    return act(deed)
