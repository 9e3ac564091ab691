"""How the office and its director decide."""

from collections.abc import Mapping
from datetime import timedelta

from engine import Session
from workflows import assignments, closing, instructions, items, reviews, revisits, steps, store
from workflows.actors import Actor
from workflows.assignments import UnitTask
from workflows.decisions import breakdown
from workflows.decisions.breakdown import BreakdownRow
from workflows.methods import Method
from workflows.proposals import handing_over
from workflows.reviews import Judgement
from workflows.revisits import Answer, Finding
from workflows.simulation.habits import slackness
from workflows.simulation.year import Player, Year
from workflows.tables import Handling, Item, Kind, Todo, Verdict


def _register(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    registration = year.memory.registrations[todo.item_id]
    items.amend_registration(session, actor, todo.task_id, registration)


def _approve(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    (outcome,) = year.random.choices(("approve", "return", "refuse"), (96, 2, 2))
    items.approve_item(session, actor, todo.task_id, outcome, "请写明牵头单位和时限。")


def _assign(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    lead, *co = year.random.sample(year.city.units, year.random.choice((1, 1, 2, 3)))
    item = session.get_one(Item, todo.item_id)
    if item.kind is not Kind.PROPOSAL:
        others = [UnitTask(unit) for unit in co]
        assignments.assign_item(session, actor, todo.task_id, UnitTask(lead), others)
        return
    handling = year.random.choice((Handling.LEAD_CO, Handling.SEPARATE)) if co else Handling.SINGLE
    others_ = tuple(UnitTask(unit) for unit in co)
    handed = handing_over.HandOut(todo.task_id, UnitTask(lead), others_, handling)
    handing_over.assign_proposal(session, actor, handed)


def _decompose(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    item = session.get_one(Item, todo.item_id)
    count = year.random.choice((1, 1, 2, 3, 4))
    chosen = year.random.sample(year.city.units, count)
    rows = [
        BreakdownRow(
            title=f"{item.title[:60]}：第{place}项",
            target="按期完成",
            sponsor_post_id=year.random.choice(year.city.leaders),
            lead_unit_id=unit,
            responsible_person="主要负责人",
            due_on=year.today + timedelta(days=year.random.randrange(25, 170)),
        )
        for place, unit in enumerate(chosen, start=1)
    ]
    breakdown.decompose(session, actor, todo.task_id, rows)


def _resolve(_: Year, session: Session, actor: Actor, todo: Todo) -> None:
    instructions.resolve(session, actor, todo.task_id, "settle", "以市长批示为准。")


def _objection(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    taken = set(store.part_ids(session, part.item_id, part.round)) | {part.unit_id}
    free = [unit for unit in year.city.units if unit not in taken]
    if year.chance(30):
        assignments.decide_objection(session, actor, todo.task_id, "insist", "属于你单位职责。")
    else:
        unit = year.random.choice(free)
        assignments.decide_objection(session, actor, todo.task_id, "reassign", "", unit)


def _review(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    poor = year.chance(6 + 12 * slackness(part.unit_id))
    verdict = Verdict.RETURNED if poor else Verdict.ACCEPTED
    reason = "措施写得不具体，请补充完成的数量和时间。" if poor else ""
    sound = not poor
    judged = Judgement(verdict, True, sound, sound, reason)  # noqa: FBT003 (the checks)
    reviews.review_report(session, actor, todo.task_id, judged)


def _close(_: Year, session: Session, actor: Actor, todo: Todo) -> None:
    closing.close_item(session, actor, todo.task_id)


def _revisit(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    solved = not year.chance(15)
    mark = "yes" if solved else "no"
    answers = [Answer(mark)] * 3 + [Answer("na")] * (len(revisits.questions(session)) - 3)
    method = year.random.choice((Method.ON_SITE, Method.UNANNOUNCED, Method.TELEPHONE))
    said = "现场查看，已按要求落实。" if solved else "现场查看，问题没有真正解决。"
    found = Finding(method, said, solved=solved, answers=answers)
    revisits.record_revisit(session, actor, todo.task_id, found)


def _conclusion(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    revisits.decide_conclusion(session, actor, todo.task_id, "维持原结论。", upheld=year.chance(20))


STEPS: Mapping[str, Player] = {
    steps.REGISTER: _register,
    steps.APPROVE: _approve,
    steps.ASSIGN: _assign,
    steps.DECOMPOSE: _decompose,
    steps.RESOLVE: _resolve,
    steps.OBJECTION: _objection,
    steps.REVIEW: _review,
    steps.REVISIT: _revisit,
    steps.CONCLUSION: _conclusion,
    steps.CLOSE: _close,
}
