"""The invented matters of trials: one for each source, sound enough to be registered."""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import select

from engine import Session
from workflows.calendar import today
from workflows.decisions.basis import DecisionDetails
from workflows.items import Details, Registration
from workflows.kinds import MEETINGS, SOURCES, kind_of
from workflows.projects.registering import ProjectDetails
from workflows.proposals.details import ProposalDetails
from workflows.proposals.reach import Signatory
from workflows.tables import (
    Handling,
    Kind,
    MilestoneTemplate,
    Post,
    ProjectType,
    Role,
    Source,
    Urgency,
)

TITLE: Final = "试办事项"
STARTED_BY: Final = {"decision_part": Kind.DECISION, "proposal_handling": Kind.PROPOSAL}
"""Processes that only items of one kind come to."""
YEAR: Final = timedelta(days=365)


def source_for(kind: Kind) -> Source:
    """Return a source whose items are of a kind."""
    return SOURCES[kind][-1]


def kind_for(process_id: str, able: Collection[Kind]) -> Kind:
    """Return the kind whose items come to a process that is ``able`` to run some.

    The usual one if several do.
    """
    known = {kind.value: kind for kind in SOURCES} | STARTED_BY
    usual = known.get(process_id, Kind.INSTRUCTION)
    return usual if usual in able or not able else min(able)


def registration_of(
    session: Session, source: Source, urgency: Urgency = Urgency.NORMAL
) -> Registration:
    """Return what an invented office writes down about an invented matter."""
    leaders = select(Post.id).where(Post.role == Role.LEADER).order_by(Post.position, Post.id)
    first, *others = session.scalars(leaders).all()
    return Registration(
        source=source,
        basis=TITLE,
        title=TITLE,
        urgency=urgency,
        secret=False,
        target=TITLE,
        instructing_post_id=first,
        sponsor_post_id=others[0] if others else first,
        secret_checked=True,
        details=_details(session, source),
    )


def _details(session: Session, source: Source) -> Details | None:
    day = today(session)
    match kind_of(source):
        case Kind.PROPOSAL:
            signatories = (Signatory("试办代表"),)
            return ProposalDetails("试办会议", "第1号", signatories, Handling.LEAD_CO)
        case Kind.KEY_PROJECT:
            templates = select(MilestoneTemplate.id).where(MilestoneTemplate.active)
            return ProjectDetails(
                type=next(iter(ProjectType)),
                investment=Decimal(200),
                year=day.year,
                planned=Decimal(100),
                starts_on=day,
                ends_on=day + YEAR,
                template_id=session.scalars(templates.order_by(MilestoneTemplate.id)).first(),
            )
        case Kind.DECISION if source in MEETINGS:
            return DecisionDetails(meeting=TITLE, held_on=day)
        case Kind.DECISION:
            return DecisionDetails(document=TITLE)
        case _:
            return None
