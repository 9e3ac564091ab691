"""What somebody can do with an issue now: the buttons of its page."""

from workflows import rules
from workflows.actors import Actor
from workflows.publications.reviewing import is_alone
from workflows.tables import Publication, PublicationKind, PublicationState, Role


def deeds_of(actor: Actor, issue: Publication) -> list[str]:
    """Name what the actor may do with an issue as it stands, what is likeliest first."""
    if not any(actor.has(role) for role in rules.OFFICE):
        return []
    director = actor.has(Role.DIRECTOR)
    drafted = actor.person_id in (issue.made_by_id, issue.saved_by_id, issue.submitted_by_id)
    offered = {
        PublicationState.DRAFT: [("edit", True), ("submit", True), ("discard", True)],
        PublicationState.SUBMITTED: [
            ("approve", director and not is_alone(actor, issue)),
            ("review", not drafted and issue.reviewed_by_id is None),
            ("return", director),
            ("take-back", drafted),
        ],
        PublicationState.APPROVED: [("issue", True), ("return", director)],
        PublicationState.ISSUED: [
            ("urge", any(each.read_at is None for each in issue.deliveries)),
            ("withdraw", director),
        ],
        PublicationState.DISCARDED: [("take-up", True)],
        PublicationState.WITHDRAWN: [],
    }[issue.state]
    if issue.kind is PublicationKind.SLIP:
        offered = [(name, may) for name, may in offered if name == "withdraw"]
    return [name for name, may in offered if may]
