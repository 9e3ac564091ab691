"""How a proposal is replied to, and what its proposers say of it."""

from collections.abc import Mapping
from datetime import timedelta

from engine import Session
from workflows import steps, store
from workflows.actors import Actor
from workflows.proposals import contacts, opinions, promises, queries, ratings, replies
from workflows.simulation.year import Player, Year
from workflows.tables import ContactWay, HeardBy, ReplyClass, Satisfaction, Todo


def _contact(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    face_to_face = contacts.Contact(ContactWay.VISIT, year.today, "代表对办理思路表示认可。")
    contacts.record_contact(session, actor, todo.task_id, face_to_face)


def _opinion(_: Year, session: Session, actor: Actor, todo: Todo) -> None:
    opinions.give_opinion(session, actor, todo.task_id, "建议纳入年度计划，我单位予以配合。")


def _reply(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    classed = year.random.choice(
        (ReplyClass.A, ReplyClass.A, ReplyClass.B, ReplyClass.C, ReplyClass.D)
    )
    promise, on = "", None
    if classed is ReplyClass.B:
        promise, on = "年内完成", year.today + timedelta(days=year.random.randrange(60, 260))
    draft = replies.Draft("您的建议收悉，现答复如下。", classed, True, "", promise, on)  # noqa: FBT003 (public)
    replies.draft_reply(session, actor, todo.task_id, draft)


def _review_reply(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    accept = not year.chance(10)
    opinion = replies.Opinion(accept, True, "", "" if accept else "请写明完成时间。")  # noqa: FBT003 (public)
    replies.review_reply(session, actor, todo.task_id, opinion)


def _sign_reply(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    number = f"云复〔{year.today.year}〕{todo.item_id}号"
    replies.sign_reply(session, actor, todo.task_id, True, number)  # noqa: FBT003 (the answer)


def _satisfaction(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    part = store.assignment_of(session, todo.assignment_id)
    reply = queries.latest_reply(session, part)
    for rating in queries.ratings_of(session, reply):
        if rating.satisfaction is None:
            (said,) = year.random.choices(ratings.ANSWERS, (75, 18, 7))
            why = "没有说明完成时间。" if said is Satisfaction.DISSATISFIED else ""
            ratings.record_rating(session, actor, rating.id, said, why, HeardBy.PHONE)
    ratings.settle_ratings(session, actor, todo.task_id)


def _promise(year: Year, session: Session, actor: Actor, todo: Todo) -> None:
    kept = not year.chance(20)
    later = None if kept else year.today + timedelta(days=90)
    promises.check_promise(
        session, actor, todo.task_id, kept, "已完成。" if kept else "在建。", later
    )


STEPS: Mapping[str, Player] = {
    steps.CONTACT: _contact,
    steps.OPINION: _opinion,
    steps.REPLY: _reply,
    steps.REVIEW_REPLY: _review_reply,
    steps.SIGN_REPLY: _sign_reply,
    steps.SATISFACTION: _satisfaction,
    steps.PROMISE: _promise,
}
