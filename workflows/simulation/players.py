"""How everybody behaves: when they do a step, and how they decide.

A unit is diligent, usual or slack for the whole year. The numbers here are habits of a
simulated city, not rules of the office.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine import Session
from workflows import (
    assignments,
    changes,
    closing,
    instructions,
    items,
    ladder,
    papers,
    reports,
    results,
    reviews,
    revisits,
    steps,
    store,
    urges,
)
from workflows.actors import Actor
from workflows.assessment import Quarter
from workflows.assignments import UnitTask
from workflows.changes import Wish
from workflows.decisions import breakdown
from workflows.decisions.breakdown import BreakdownRow
from workflows.items import Registration
from workflows.ladder import Evidence, Handing, InterviewText, Word, bases, views
from workflows.methods import Method
from workflows.projects import milestones, supervision
from workflows.projects.money import Figures
from workflows.proposals import (
    contacts,
    handing_over,
    opinions,
    promises,
    queries,
    ratings,
    replies,
)
from workflows.reports import ReportText
from workflows.reviews import Judgement
from workflows.revisits import Answer, Finding
from workflows.tables import (
    Assignment,
    AssignmentState,
    ChangeKind,
    ContactWay,
    Handling,
    HeardBy,
    Item,
    ItemState,
    Kind,
    Milestone,
    MilestoneState,
    Part,
    Project,
    ReplyClass,
    Role,
    Satisfaction,
    Todo,
    Verdict,
)

if TYPE_CHECKING:
    from workflows.simulation.year import Year

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MONTHS = 12
FULL = 100
PAUSE = 3
QUARTER_ENDS = ((4, 8), (7, 8), (10, 9))
SAMPLED = 5
FRIDAY = 5


@dataclass(slots=True)
class Memory:
    """What the players remember: what they registered, when each unit means to be done, and more.

    The office remembers which issues it has brought out, and how far the quarters are.
    """

    registrations: dict[int, Registration] = field(default_factory=dict)
    finished: dict[int, date] = field(default_factory=dict)
    wishes: dict[int, date] = field(default_factory=dict)
    sampled: set[tuple[int, int]] = field(default_factory=set)
    brought_out: set[date] = field(default_factory=set)
    reported: set[date] = field(default_factory=set)
    praised: set[date] = field(default_factory=set)
    appealed: set[Quarter] = field(default_factory=set)
    commended: bool = False
    targets_set: bool = False


def slackness(unit_id: int | None) -> float:
    """Return how slack a unit is, from 0 to 1; the same all year."""
    return ((unit_id or 0) * 37 % 10) / 10


# -- when ---------------------------------------------------------------------------------

PATIENCE: Mapping[str, tuple[int, int]] = {
    steps.APPROVE: (0, 1),
    steps.ASSIGN: (0, 1),
    steps.DECOMPOSE: (1, 3),
    steps.INSTRUCT: (1, 4),
    steps.CONSENT: (1, 2),
    steps.CLOSE: (0, 2),
    steps.REVIEW: (1, 3),
    steps.REVISIT: (5, 18),
    steps.CONTACT: (15, 40),
    steps.OPINION: (8, 22),
    steps.REPLY: (3, 10),
    steps.SATISFACTION: (5, 12),
}
"""From how many to how many working days somebody takes; everything else takes a day or two."""


def day_for(year: "Year", session: Session, todo: Todo, item: Item) -> date:
    """Return the day on which somebody means to do a step."""
    if todo.step == steps.REPORT:
        return _report_day(year, session, todo, item)
    if todo.step == steps.ACCEPTANCE:
        return year.later(5)
    least, most = PATIENCE.get(todo.step, (0, 2))
    slack = slackness(todo.unit_id) if todo.role in (Role.HANDLER, Role.UNIT_HEAD) else 0.3
    return year.later(least + year.random.random() * (most - least) * (0.6 + slack))


def _report_day(year: "Year", session: Session, todo: Todo, item: Item) -> date:
    """Return the day of the next report: the interim one that is due, or the last one."""
    part = store.assignment_of(session, todo.assignment_id)
    final = _final_day(year, session, part, item)
    if part.state is AssignmentState.RETURNED:
        return year.later(2 + year.random.random() * 4)
    interim = part.interim_due_on
    if interim is not None and interim < final:
        return max(year.today, interim - timedelta(days=year.random.randrange(2)))
    return max(year.today, final)


def _final_day(year: "Year", session: Session, part: Assignment, item: Item) -> date:
    """Return when a unit means to be done: near its limit, a slack one beyond it."""
    if part.id not in year.memory.finished:
        project = session.get(Project, item.id)
        target = part.due_on or year.today + timedelta(days=60)
        if project is not None:
            target = project.ends_on
        late = year.random.gauss(-6 + 12 * slackness(part.unit_id), 5)
        year.memory.finished[part.id] = max(year.today, target + timedelta(days=round(late)))
        if year.chance(12) and part.due_on is not None:
            year.memory.wishes[part.id] = part.due_on - timedelta(days=2)
    return year.memory.finished[part.id]


# -- the office ---------------------------------------------------------------------------


def _register(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    registration = year.memory.registrations[todo.item_id]
    items.amend_registration(session, actor, todo.task_id, registration)


def _approve(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    (outcome,) = year.random.choices(("approve", "return", "refuse"), (96, 2, 2))
    items.approve_item(session, actor, todo.task_id, outcome, "请写明牵头单位和时限。")


def _assign(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
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


def _decompose(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
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


def _objection(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    taken = set(store.part_ids(session, part.item_id, part.round)) | {part.unit_id}
    free = [unit for unit in year.city.units if unit not in taken]
    if year.chance(30):
        assignments.decide_objection(session, actor, todo.task_id, "insist", "属于你单位职责。")
    else:
        unit = year.random.choice(free)
        assignments.decide_objection(session, actor, todo.task_id, "reassign", "", unit)


def _review(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    poor = year.chance(6 + 12 * slackness(part.unit_id))
    verdict = Verdict.RETURNED if poor else Verdict.ACCEPTED
    reason = "措施写得不具体，请补充完成的数量和时间。" if poor else ""
    sound = not poor
    judged = Judgement(verdict, True, sound, sound, reason)  # noqa: FBT003 (the checks)
    reviews.review_report(session, actor, todo.task_id, judged)


def _close(_: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    closing.close_item(session, actor, todo.task_id)


def _revisit(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    solved = not year.chance(15)
    mark = "yes" if solved else "no"
    answers = [Answer(mark)] * 3 + [Answer("na")] * (len(revisits.questions(session)) - 3)
    method = year.random.choice((Method.ON_SITE, Method.UNANNOUNCED, Method.TELEPHONE))
    said = "现场查看，已按要求落实。" if solved else "现场查看，问题没有真正解决。"
    found = Finding(method, said, solved=solved, answers=answers)
    revisits.record_revisit(session, actor, todo.task_id, found)


def _conclusion(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    revisits.decide_conclusion(session, actor, todo.task_id, "维持原结论。", upheld=year.chance(20))


# -- units --------------------------------------------------------------------------------


def _acknowledge(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    until = assignments.objection_until(session, part)
    if year.chance(4) and year.today <= until:
        reason = "此事项不属于本单位职责，请改交有关单位。"
        assignments.object_to(session, actor, todo.task_id, reason)
    else:
        assignments.acknowledge(session, actor, todo.task_id, "承办人")


def _report(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    item = session.get_one(Item, part.item_id)
    final = year.today >= _final_day(year, session, part, item)
    figures = _figures(year, session, part, item)
    if figures is not None:
        _claim(year, session, actor, item, all_of_them=final)
        final = final and not _open_nodes(session, item)
    percent = FULL if final else min(95, part.percent + year.random.randrange(3, 25))
    said = ReportText(final, "已按计划推进，完成阶段任务。", "", "下一步按期办结。", percent)
    reports.submit_report(session, actor, todo.task_id, said, (), figures)


def _figures(year: "Year", session: Session, part: Assignment, item: Item) -> Figures | None:
    project = session.get(Project, item.id)
    if project is None or part.part is not Part.LEAD:
        return None
    planned = next(
        (one.planned for one in project.years if one.year == year.today.year), Decimal(0)
    )
    pace = Decimal(str(round(year.random.uniform(0.5, 1.2) - 0.4 * slackness(part.unit_id), 2)))
    done = (planned / MONTHS * pace * Decimal(year.today.day) / 30).quantize(Decimal("0.01"))
    return Figures(year.today.year, year.today.month, max(done, Decimal(0)))


def _open_nodes(session: Session, item: Item) -> list[Milestone]:
    wanted = select(Milestone).where(
        Milestone.project_id == item.id, Milestone.state == MilestoneState.OPEN
    )
    return list(session.scalars(wanted.order_by(Milestone.position)))


def _claim(year: "Year", session: Session, actor: Actor, item: Item, *, all_of_them: bool) -> None:
    """Show the milestones that are reached, each by a photograph."""
    slow = timedelta(days=round(20 * slackness(store.lead_unit_id(session, item))))
    for node in _open_nodes(session, item):
        if all_of_them or node.due_on + slow <= year.today:
            checked = papers.inspect("节点照片.pdf", BytesIO(PDF))
            paper = papers.keep_paper(session, actor, item.id, checked)
            session.flush()
            milestones.claim(session, actor, node.id, year.today, [paper.id])


def _confirm(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    sign = not year.chance(3)
    reports.confirm_report(session, actor, todo.task_id, sign=sign, reason="数字请再核实。")


def _endorse_change(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    endorse = not year.chance(10)
    changes.endorse_change(session, actor, todo.task_id, endorse, "单位内部先挖潜。")


def _advise_change(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    pass_on = not year.chance(15)
    changes.advise_change(session, actor, todo.task_id, pass_on, "情况属实。")


# -- leaders ------------------------------------------------------------------------------


def _consent(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    consent = not year.chance(20)
    request = store.pending_change(session, part.id)
    changes.decide_change(session, actor, todo.task_id, consent, "同意。" if consent else "抓紧。")
    if consent and request is not None and request.new_due_on is not None:
        late = timedelta(days=year.random.randrange(-5, 4))
        year.memory.finished[part.id] = max(year.today, request.new_due_on + late)


def _instruct(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    again = year.chance(4)
    said = "请再跟踪一段时间，确保不反弹。" if again else "阅。"
    results.record_instruction(session, actor, todo.task_id, again, said)


def _resolve(_: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    instructions.resolve(session, actor, todo.task_id, "settle", "以市长批示为准。")


# -- the ladder ---------------------------------------------------------------------------


def _approve_rung(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    approve = not year.chance(8)
    word = Word(approve, "" if approve else "单位已在办理，再观察。")
    ladder.approve_rung(session, actor, todo.task_id, word)


def _hold_interview(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    text = InterviewText(
        year.today, "督查室", "主任", "单位主要负责人", "已说明原因，承诺限期办结。"
    )
    ladder.hold_interview(session, actor, todo.task_id, text)


def _evidence(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    if year.chance(20):
        ladder.drop_suggestion(session, actor, todo.task_id, "已经整改到位。")
        return
    basis_id = bases.bases(session, in_force=True)[0].row.id
    text = Evidence("单位主要负责人", "", "多次催办，逾期未办结。", basis_id, "第八条")
    ladder.submit_evidence(session, actor, todo.task_id, text)


def _endorse_suggestion(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    verdict = "approve" if not year.chance(20) else "decline"
    ladder.endorse_suggestion(session, actor, todo.task_id, verdict, "先约谈。")


def _approve_suggestion(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    approve = not year.chance(30)
    ladder.approve_suggestion(session, actor, todo.task_id, approve, "慎用。")


def _hand_over(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    organ = views.choices(session, "suggestion.organs")[0]
    handing = Handing(organ, "督建〔2019〕1号", year.today)
    ladder.hand_over(session, actor, todo.task_id, handing)


def _record_outcome(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    ladder.record_outcome(session, actor, todo.task_id, "已批评教育。", year.today)


# -- projects -----------------------------------------------------------------------------


def _supervise(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    sound = not year.chance(20)
    said = "进度正常。" if sound else "征地进度滞后。"
    supervision.supervise(session, actor, todo.task_id, Method.ON_SITE, said, sound)


def _acceptance(_: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    for node in _claimed(session, todo.item_id):
        milestones.review(session, actor, node.id, True)  # noqa: FBT003 (the verdict)
    session.flush()
    supervision.accept_project(session, actor, todo.task_id, True, "验收合格。")  # noqa: FBT003 (the verdict)


def _claimed(session: Session, item_id: int) -> list[Milestone]:
    wanted = select(Milestone).where(
        Milestone.project_id == item_id, Milestone.state == MilestoneState.CLAIMED
    )
    return list(session.scalars(wanted.order_by(Milestone.id)))


# -- proposals ----------------------------------------------------------------------------


def _contact(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    face_to_face = contacts.Contact(ContactWay.VISIT, year.today, "代表对办理思路表示认可。")
    contacts.record_contact(session, actor, todo.task_id, face_to_face)


def _opinion(_: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    opinions.give_opinion(session, actor, todo.task_id, "建议纳入年度计划，我单位予以配合。")


def _reply(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    classed = year.random.choice(
        (ReplyClass.A, ReplyClass.A, ReplyClass.B, ReplyClass.C, ReplyClass.D)
    )
    promise, on = "", None
    if classed is ReplyClass.B:
        promise, on = "年内完成", year.today + timedelta(days=year.random.randrange(60, 260))
    draft = replies.Draft("您的建议收悉，现答复如下。", classed, True, "", promise, on)  # noqa: FBT003 (public)
    replies.draft_reply(session, actor, todo.task_id, draft)


def _review_reply(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    accept = not year.chance(10)
    opinion = replies.Opinion(accept, True, "", "" if accept else "请写明完成时间。")  # noqa: FBT003 (public)
    replies.review_reply(session, actor, todo.task_id, opinion)


def _sign_reply(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    number = f"云复〔{year.today.year}〕{todo.item_id}号"
    replies.sign_reply(session, actor, todo.task_id, True, number)  # noqa: FBT003 (the answer)


def _satisfaction(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    reply = queries.latest_reply(session, part)
    for rating in queries.ratings_of(session, reply):
        if rating.satisfaction is None:
            (said,) = year.random.choices(ratings.ANSWERS, (75, 18, 7))
            why = "没有说明完成时间。" if said is Satisfaction.DISSATISFIED else ""
            ratings.record_rating(session, actor, rating.id, said, why, HeardBy.PHONE)
    ratings.settle_ratings(session, actor, todo.task_id)


def _promise(year: "Year", session: Session, actor: Actor, todo: Todo) -> None:
    kept = not year.chance(20)
    later = None if kept else year.today + timedelta(days=90)
    promises.check_promise(
        session, actor, todo.task_id, kept, "已完成。" if kept else "在建。", later
    )


Player = Callable[["Year", Session, Actor, Todo], None]
PLAYERS: Mapping[str, Player] = {
    steps.REGISTER: _register,
    steps.APPROVE: _approve,
    steps.ASSIGN: _assign,
    steps.DECOMPOSE: _decompose,
    steps.RESOLVE: _resolve,
    steps.ACKNOWLEDGE: _acknowledge,
    steps.OBJECTION: _objection,
    steps.REPORT: _report,
    steps.CONFIRM: _confirm,
    steps.REVIEW: _review,
    steps.ENDORSE_CHANGE: _endorse_change,
    steps.ADVISE_CHANGE: _advise_change,
    steps.CONSENT: _consent,
    steps.INSTRUCT: _instruct,
    steps.REVISIT: _revisit,
    steps.CONCLUSION: _conclusion,
    steps.CLOSE: _close,
    steps.APPROVE_RUNG: _approve_rung,
    steps.HOLD_INTERVIEW: _hold_interview,
    steps.EVIDENCE: _evidence,
    steps.ENDORSE_SUGGESTION: _endorse_suggestion,
    steps.APPROVE_SUGGESTION: _approve_suggestion,
    steps.HAND_OVER: _hand_over,
    steps.RECORD_OUTCOME: _record_outcome,
    steps.SUPERVISE: _supervise,
    steps.ACCEPTANCE: _acceptance,
    steps.CONTACT: _contact,
    steps.OPINION: _opinion,
    steps.REPLY: _reply,
    steps.REVIEW_REPLY: _review_reply,
    steps.SIGN_REPLY: _sign_reply,
    steps.SATISFACTION: _satisfaction,
    steps.PROMISE: _promise,
}
"""Who does what at each type of step."""


# -- beside the steps ---------------------------------------------------------------------


def _ask_for_changes(year: "Year") -> None:
    """Let units ask for more time before their limits, one in twenty to be let go."""
    for part_id, on in list(year.memory.wishes.items()):
        if on > year.today:
            continue
        del year.memory.wishes[part_id]
        year.write(_ask, part_id)


def _ask(session: Session, year: "Year", part_id: int) -> None:
    part = store.assignment_of(session, part_id)
    item = session.get_one(Item, part.item_id)
    if part.state is not AssignmentState.HANDLING or part.due_on is None:
        return
    if item.kind is Kind.KEY_PROJECT or part.due_on < year.today:
        return
    actor = year.city.seat(Role.HANDLER, part.unit_id)
    later = part.due_on + timedelta(days=year.random.randrange(5, 25))
    wish = Wish(ChangeKind.EXTEND, "汛期影响施工。", "已完成六成。", later)
    if year.chance(5):
        wish = Wish(ChangeKind.CANCEL, "上级政策调整，事项不再需要。", "已停止。")
    changes.ask_change(session, actor, part_id, wish)


def _urge(year: "Year") -> None:
    """Let the office urge on Fridays whoever is late."""
    if year.today.isoweekday() != FRIDAY:
        return
    with year.database.read() as session:
        late = select(Assignment.id).join(Item, Item.id == Assignment.item_id)
        running = (AssignmentState.HANDLING, AssignmentState.RETURNED, AssignmentState.ASSIGNED)
        ids = session.scalars(
            late.where(
                Assignment.due_on < year.today,
                Assignment.state.in_(running),
                Item.state == ItemState.OPEN,
            ).order_by(Assignment.id)
        ).all()
    if ids:
        text = "时限已过，请说明原因并尽快反馈。"
        year.act(year.city.supervisors[0], urges.urge_many, ids, Method.SYSTEM, text)


def _review_nodes(year: "Year") -> None:
    """Let the office look at the milestones that units say are reached."""
    with year.database.read() as session:
        wanted = select(Milestone).where(Milestone.state == MilestoneState.CLAIMED)
        ids = [node.id for node in session.scalars(wanted.order_by(Milestone.id))]
    for node_id in ids:
        accepted = not year.chance(10)
        reason = "" if accepted else "照片看不出进度。"
        year.act(year.city.supervisors[0], milestones.review, node_id, accepted, reason)


def _sample(year: "Year") -> None:
    """Let the office draw a sample of what was closed, once a quarter."""
    for month, day in QUARTER_ENDS:
        if (year.today.month, year.today.day) < (month, day) or (month, day) in year.memory.sampled:
            continue
        year.memory.sampled.add((month, day))
        since = date(year.today.year, month - 3, 1)
        until = date(year.today.year, month, 1) - timedelta(days=1)
        year.act(year.city.supervisors[0], revisits.draw_sample, since, until, list(Kind), SAMPLED)


DAILY: tuple[Callable[["Year"], None], ...] = (_ask_for_changes, _urge, _review_nodes, _sample)
"""What happens beside the steps, tried on every working day."""
