"""What the demo's office has suggested: one with its outcome, one at an organ, one at a leader."""

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

from sqlalchemy import select

from workflows import ladder, steps
from workflows.calendar import office_day
from workflows.demo.stage import Script, Stage, Waiting
from workflows.ladder import Evidence, Handing
from workflows.ladder.bases import bases
from workflows.tables import Assignment, Item, SuggestionKind, Unit


class Case(NamedTuple):
    """A suggestion: about whose part, of which kind, how it is shown, and how far it gets."""

    title: str
    unit: str
    kind: SuggestionKind
    evidence: str
    far: int
    basis: int | None = None
    article: str = ""
    outcome: str = ""


CASES = (
    Case(
        "关于推进智慧停车的建议",
        "市城管局",
        SuggestionKind.PRAISE,
        "提前办结，做法在全市推广，代表满意。",
        far=5,
        outcome="已在市政府全体会议上通报表扬。",
    ),
    Case(
        "整车生产基地一期建设",
        "市工信局",
        SuggestionKind.ACCOUNTABILITY,
        "土地、环评手续两次超过承诺期限，没有说明原因。",
        far=4,
        basis=0,
        article="第八条",
    ),
    Case(
        "校园周边食品安全整治",
        "市市场监管局",
        SuggestionKind.ACCOUNTABILITY,
        "开学前未完成整治，4家无证摊点仍在经营。",
        far=2,
        basis=1,
        article="第六条",
    ),
)


def suggested(stage: Stage) -> Script:
    """Bring each suggestion as far as it gets."""
    yield stage.at(-2, 15, 30)
    for case in CASES:
        for step in islice(_steps(stage, case), case.far):
            step()


def _steps(stage: Stage, case: Case) -> list[Callable[[], object]]:
    part_id, item_id = _part(stage, case)
    today = office_day(stage.clock.now())
    with stage.database.read() as session:
        ids = [each.row.id for each in bases(session, in_force=True)]
    basis_id = None if case.basis is None else ids[case.basis]
    told = Evidence(case.unit, "", case.evidence, basis_id, case.article)
    handing = Handing(
        "市纪委监委" if basis_id else "市政府办公室", f"督建〔{today.year}〕1号", today
    )
    at = {step: Waiting(item_id, step, case.unit) for step in OF_ALL}
    stage.act("liwen", ladder.suggest, part_id, case.kind.value)
    return [
        lambda: stage.do(at[steps.EVIDENCE], ladder.submit_evidence, told),
        lambda: stage.do(at[steps.ENDORSE_SUGGESTION], ladder.endorse_suggestion, "approve"),
        lambda: stage.do(at[steps.APPROVE_SUGGESTION], ladder.approve_suggestion, approve=True),
        lambda: stage.do(at[steps.HAND_OVER], ladder.hand_over, handing),
        lambda: stage.do(at[steps.RECORD_OUTCOME], ladder.record_outcome, case.outcome, today),
    ]


OF_ALL = (
    steps.EVIDENCE,
    steps.ENDORSE_SUGGESTION,
    steps.APPROVE_SUGGESTION,
    steps.HAND_OVER,
    steps.RECORD_OUTCOME,
)


def _part(stage: Stage, case: Case) -> tuple[int, int]:
    wanted = select(Assignment.id, Assignment.item_id).join(Item).join(Unit)
    with stage.database.read() as session:
        row = session.execute(wanted.where(Item.title == case.title, Unit.name == case.unit)).one()
        return row[0], row[1]
