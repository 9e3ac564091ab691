"""Issues that praise a unit, written down as rows."""

from datetime import date, timedelta

from sqlalchemy import select

from engine import Session
from tests.workflows.assessment.histories import History
from tests.workflows.town import Town
from workflows.calendar import instant_of
from workflows.tables import (
    Audience,
    Kind,
    Named,
    Part,
    Publication,
    PublicationKind,
    PublicationState,
    PublicationUnit,
    Serial,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)

NAME = "circular"
TOLD = History("parks", Part.CO, Kind.DECISION, date(2020, 5, 1), None, None, None, None)


def circular(town: Town, number: int, issued_on: date, state: PublicationState) -> None:
    """Write an issue that praises the parks as co-unit, by one suggestion for all issues."""

    def work(session: Session) -> None:
        at, last = instant_of(issued_on), issued_on
        suggestion = session.scalars(select(Suggestion)).first() or suggested(town, session)
        withdrawn = state is PublicationState.WITHDRAWN
        issue = Publication(
            serial_name=NAME,
            kind=PublicationKind.CIRCULAR,
            state=state,
            first=last - timedelta(days=30),
            last=last,
            year=2020,
            number=number,
            title="通报",
            content={},
            made_at=at,
            saved_at=at,
            issued_at=at,
            withdrawn_at=at if withdrawn else None,
            withdrawn_by_id=town.people["zhang"] if withdrawn else None,
        )
        session.add(issue)
        session.flush()
        session.add(
            PublicationUnit(
                publication_id=issue.id,
                unit_id=town.units["parks"],
                part=Part.CO,
                named=Named.PRAISE,
                suggestion_id=suggestion.id,
            )
        )

    town.database.write(work)


def suggested(town: Town, session: Session) -> Suggestion:
    """Write the serial, and the suggestion that a leader has approved."""
    part = TOLD.write(town, session)
    style = "{year}{number}"
    session.add(
        Serial(name=NAME, title="督查工作通报", number_style=style, audience=Audience.UNITS)
    )
    suggestion = Suggestion(
        item_id=part.item_id,
        assignment_id=part.id,
        kind=SuggestionKind.PRAISE,
        state=SuggestionState.APPROVED,
        suggested_at=instant_of(date(2020, 1, 15)),
    )
    session.add(suggestion)
    session.flush()
    return suggestion
