"""Photographs of the site, by week: taken with a phone, shown as a strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import Session
from workflows import papers, rules, story
from workflows.actors import Actor
from workflows.calendar import office_day, today
from workflows.errors import PaperUnknown, ProjectRefused
from workflows.papers import Checked, OpenedPaper
from workflows.projects.money import project_of
from workflows.story import Happened
from workflows.tables import Photograph

CAPTION = 200


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a project in pictures, the latest first."""

    monday: date
    photographs: Sequence[Photograph]

    @property
    def sunday(self) -> date:
        """Return the week's last day."""
        return self.monday + timedelta(days=6)


def keep_photograph(
    session: Session,
    actor: Actor,
    item_id: int,
    checked: Checked,
    taken_on: date | None = None,
    caption: str = "",
) -> Photograph:
    """Keep a photograph with a project, of the day that is said or that its camera states."""
    project = project_of(session, actor, item_id)
    rules.must_be_alive(project.item, "photograph")
    said = caption.strip()
    rules.must_fit("caption", said, CAPTION)
    stated = office_day(checked.taken_at) if checked.taken_at else today(session)
    day = taken_on or min(stated, today(session))
    if day > today(session):
        raise ProjectRefused("photograph_ahead", taken_on=day)
    if checked.kind.media_type not in papers.PICTURES:
        raise ProjectRefused("no_picture", name=checked.name)
    paper = papers.keep_paper(session, actor, item_id, checked)
    photograph = Photograph(paper_id=paper.id, item_id=item_id, taken_on=day, caption=said)
    session.add(photograph)
    session.flush()
    facts = {"caption": said, "taken_on": day}
    story.tell(session, item_id, Happened.PHOTOGRAPHED, actor, facts)
    return photograph


def open_photograph(session: Session, actor: Actor, paper_id: UUID) -> OpenedPaper:
    """Return a photograph to look at; any other paper is saved, never shown."""
    if session.get(Photograph, paper_id) is None:
        raise PaperUnknown(paper_id)
    return papers.open_paper(session, actor, paper_id)


def weeks_of(session: Session, item_id: int) -> list[Week]:
    """Return an item's photographs week by week, the latest first."""
    wanted = select(Photograph).where(Photograph.item_id == item_id)
    ordered = wanted.order_by(Photograph.taken_on.desc(), Photograph.paper_id)
    found = session.scalars(ordered.options(joinedload(Photograph.paper))).all()
    return [
        Week(monday, list(photographs))
        for monday, photographs in groupby(found, key=lambda each: monday_of(each.taken_on))
    ]


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
