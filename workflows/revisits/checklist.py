"""The checklist of a visit: what everybody who looks has to answer; the office's own to edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select

from engine import Session
from workflows import rules
from workflows.errors import ChecklistRefused
from workflows.rules import Acting
from workflows.tables import RevisitQuestion, Role

LINE = 200
MOST = 30


class Mark(StrEnum):
    """What a line of the checklist is answered with."""

    YES = "yes"
    NO = "no"
    NA = "na"


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the checklist; a "no" to a decisive one means that it isn't solved."""

    text: str
    text_en: str = ""
    decisive: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a line, and what there is to say about it."""

    mark: Mark | str = Mark.NA
    note: str = ""


DEFAULTS = (
    Question("措施是否落实", "Are the measures carried out?", decisive=True),
    Question("问题是否解决", "Is the problem solved?", decisive=True),
    Question("目标是否实现", "Is the target reached?", decisive=True),
    Question("群众是否满意", "Are the people satisfied?"),
    Question("反馈材料与现场是否一致", "Does what was reported agree with what is there?"),
    Question("是否有反弹或新的问题", "Has it stayed solved, without new problems?"),
)
"""The three no-let-goes 三个不放过, and what else a visit asks."""


def questions(session: Session) -> Sequence[Question]:
    """Return the checklist as it stands: the office's own, or the default."""
    rows = session.scalars(select(RevisitQuestion).order_by(RevisitQuestion.position)).all()
    own = [Question(row.text, row.text_en, row.decisive) for row in rows]
    return own or DEFAULTS


def change_questions(session: Session, actor: Acting, wanted: Sequence[Question]) -> None:
    """Replace the checklist; what was answered before keeps its own words."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    if not 1 <= len(wanted) <= MOST:
        raise ChecklistRefused(why="number", most=MOST)
    session.execute(delete(RevisitQuestion))
    for position, question in enumerate(wanted):
        row = RevisitQuestion(
            position=position,
            text=rules.must_say("text", question.text, LINE),
            text_en=question.text_en.strip()[:LINE],
            decisive=question.decisive,
        )
        session.add(row)
    session.flush()


def answered(
    asked: Sequence[Question], answers: Sequence[Answer], *, solved: bool
) -> list[dict[str, Any]]:
    """Return the checklist as it is kept; "solved" isn't said over a decisive "no"."""
    given = [*answers, *(Answer() for _ in asked[len(answers) :])]
    if len(given) > len(asked) or any(each.mark not in set(Mark) for each in given):
        raise ChecklistRefused(why="answers", most=len(asked))
    pairs = list(zip(asked, given, strict=True))
    against = [question.text for question, answer in pairs if _denies(question, answer)]
    if solved and against:
        raise ChecklistRefused(why="says_no", questions=against)
    return [
        {
            "text": question.text,
            "text_en": question.text_en,
            "mark": Mark(answer.mark).value,
            "note": answer.note.strip(),
        }
        for question, answer in pairs
    ]


def _denies(question: Question, answer: Answer) -> bool:
    return question.decisive and answer.mark == Mark.NO
