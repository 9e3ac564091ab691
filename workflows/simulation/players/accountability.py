"""How far somebody is taken up the ladder."""

from collections.abc import Mapping

from engine import Session
from workflows import ladder, steps
from workflows.actors import Actor
from workflows.ladder import Evidence, Handing, InterviewText, Word, bases, views
from workflows.simulation.year import Player, Year
from workflows.tables import Todo


def _approve_rung(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    approve = not year.chance(8)
    word = Word(approve, "" if approve else "单位已在办理，再观察。")
    ladder.approve_rung(session, actor, todo.task_id, word)


def _hold_interview(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    text = InterviewText(
        year.today, "督查室", "主任", "单位主要负责人", "已说明原因，承诺限期办结。"
    )
    ladder.hold_interview(session, actor, todo.task_id, text)


def _evidence(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    if year.chance(20):
        ladder.drop_suggestion(session, actor, todo.task_id, "已经整改到位。")
        return
    basis_id = bases.bases(session, in_force=True)[0].row.id
    text = Evidence("单位主要负责人", "", "多次催办，逾期未办结。", basis_id, "第八条")
    ladder.submit_evidence(session, actor, todo.task_id, text)


def _endorse_suggestion(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    verdict = "approve" if not year.chance(20) else "decline"
    ladder.endorse_suggestion(session, actor, todo.task_id, verdict, "先约谈。")


def _approve_suggestion(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    approve = not year.chance(30)
    ladder.approve_suggestion(session, actor, todo.task_id, approve, "慎用。")


def _hand_over(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    organ = views.choices(session, "suggestion.organs")[0]
    handing = Handing(organ, "督建〔2019〕1号", year.today)
    ladder.hand_over(session, actor, todo.task_id, handing)


def _record_outcome(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    ladder.record_outcome(session, actor, todo.task_id, "已批评教育。", year.today)


STEPS: Mapping[str, Player] = {
    steps.APPROVE_RUNG: _approve_rung,
    steps.HOLD_INTERVIEW: _hold_interview,
    steps.EVIDENCE: _evidence,
    steps.ENDORSE_SUGGESTION: _endorse_suggestion,
    steps.APPROVE_SUGGESTION: _approve_suggestion,
    steps.HAND_OVER: _hand_over,
    steps.RECORD_OUTCOME: _record_outcome,
}
