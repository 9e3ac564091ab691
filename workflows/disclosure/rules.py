"""Which replies may be released: pure sentences about rows, each refusal with its reason."""

from collections.abc import Collection

from workflows.errors import DisclosureRefused
from workflows.tables import Assignment, AssignmentState, Item, Reply, Satisfaction, Verdict


def why_not(
    reply: Reply,
    part: Assignment,
    item: Item,
    last: int,
    said: Collection[Satisfaction | None],
) -> str:
    """Say why a reply can't be released, by a code; nothing if it can.

    ``last`` is the number of the last reply that its part has drafted, ``said`` what the
    proposers said to this one.
    """
    reasons = (
        ("not_issued", reply.issued_at is None),
        ("not_reviewed", reply.verdict is not Verdict.ACCEPTED or reply.reviewed_by_id is None),
        ("not_public", not reply.disclosed),
        ("reopened", part.round != item.round),
        ("let_go", part.state is AssignmentState.RELEASED),
        ("newer", reply.number != last),
        ("redone", Satisfaction.DISSATISFIED in said or part.finished_at is None),
    )
    return next((why for why, holds in reasons if holds), "")


def must_be_fit(why: str) -> None:
    """Refuse a reply that can't be released."""
    if why:
        raise DisclosureRefused(why)
