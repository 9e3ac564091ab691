"""Posts and the people in them: deputies, steps given to a colleague, hand-overs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import SUMMARY, Entry, load, refused
from web.shapes import changes as change_shapes
from web.transaction import reading, writing
from workflows import casefile, people, posts, rules
from workflows.errors import PeopleRefused, Refusal
from workflows.tables import Role

blueprint = Blueprint("posts", __name__)

PLACES = {
    "held_already": "person_id",
    "person_disabled": "person_id",
    "deputy_already": "since",
    "back_before_away": "until",
}
FIELDS: dict[str, LazyString] = {
    "post_id": _l("Post"),
    "person_id": _l("Who acts"),
    "since": _l("Away from"),
    "until": _l("Back on"),
    "reason": _l("Reason"),
    "to_id": _l("Successor"),
    "remarks": _l("Remarks"),
}


# -- deputies -----------------------------------------------------------------------------


@blueprint.get("/posts")
def show() -> ResponseReturnValue:
    """Show the reader's posts, who acts in them, and what was handed over to them."""
    return _page(Entry(values=MultiDict({"since": ""})))


@blueprint.post("/posts/deputies")
def appoint() -> ResponseReturnValue:
    """Let a colleague act in one of the reader's posts."""
    typed = MultiDict(request.form)

    def work(session: Session) -> object:
        said = load(change_shapes.Deputy, typed)
        post_id, person_id = said.pop("post_id"), said.pop("person_id")
        away = posts.Away(**said)
        return posts.appoint(session, current_actor(session), post_id, person_id, away)

    try:
        writing(work)
    except (ValidationError, Refusal) as error:
        return _page(_refused(typed, error))
    toasts.say(_("They act in the post from that day on."))
    return redirect(url_for("posts.show"), 303)


@blueprint.post("/posts/deputies/<int:deputy_id>/end")
def end(deputy_id: int) -> ResponseReturnValue:
    """Let a deputy's time end today."""
    writing(lambda session: posts.end_deputy(session, current_actor(session), deputy_id))
    toasts.say(_("Their time as a deputy has ended."))
    return redirect(url_for("posts.show"), 303)


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        body = render_template(
            "posts/show.html",
            entry=entry,
            fields=FIELDS,
            own=posts.own_posts(g.actor),
            absences=posts.absences(session, g.actor),
            deputies=[
                (str(person.id), f"{person.name}（{post}）")
                for person, post in posts.possible_deputies(session, g.actor)
            ],
            waiting=posts.waiting_hand_overs(session, g.actor),
            staff=posts.staff(session, g.actor),
        )
    return body, entry.status


# -- steps given to a colleague -----------------------------------------------------------


@blueprint.post("/tasks/<uuid:task_id>/delegate")
def delegate(task_id: UUID) -> ResponseReturnValue:
    """Give a step to a colleague; it can be taken back."""
    person_id, note = request.form.get("person_id", 0, int), request.form.get("note", "")
    _do(posts.delegate, task_id, person_id, note)
    toasts.say(_("It waits for your colleague now."), undo=url_for(".take_back", task_id=task_id))
    return redirect(url_for("inbox.show"), 303)


@blueprint.post("/tasks/<uuid:task_id>/give-back")
def give_back(task_id: UUID) -> ResponseReturnValue:
    """Give a step back to whoever gave it."""
    _do(posts.give_back, task_id, request.form.get("answer", ""))
    toasts.say(_("It is given back."))
    return redirect(url_for("inbox.show"), 303)


@blueprint.post("/tasks/<uuid:task_id>/take-back")
def take_back(task_id: UUID) -> ResponseReturnValue:
    """Take a step back from the colleague."""
    _do(posts.take_back, task_id)
    toasts.say(_("It is with you again."))
    return redirect(url_for("steps.show", task_id=task_id), 303)


# -- handing over -------------------------------------------------------------------------


@blueprint.get("/posts/<int:post_id>/hand-over")
def hand_over_form(post_id: int) -> ResponseReturnValue:
    """Show what a post has open, and ask for its successor."""
    return _hand_over_page(post_id, Entry())


@blueprint.post("/posts/<int:post_id>/hand-over")
def hand_over(post_id: int) -> ResponseReturnValue:
    """Give a post to its successor with all that is open."""
    typed = MultiDict(request.form)

    def work(session: Session) -> int:
        said = load(change_shapes.HandOver, typed)
        return posts.hand_over(session, current_actor(session), post_id, **said).id

    try:
        record_id = writing(work)
    except (ValidationError, Refusal) as error:
        return _hand_over_page(post_id, _refused(typed, error, {"person_id": "to_id"}))
    toasts.say(_("The post is handed over."))
    return redirect(url_for("posts.record", hand_over_id=record_id), 303)


@blueprint.get("/posts/hand-overs/<int:hand_over_id>")
def record(hand_over_id: int) -> ResponseReturnValue:
    """Show the list of a hand-over, to be read, printed and signed for."""
    with reading() as session:
        kept = posts.hand_over_of(session, g.actor, hand_over_id)
        names = casefile.names_of(session, [kept.from_id, kept.to_id, kept.made_by_id])
        return render_template(
            "posts/record.html", record=kept, names=names, tells_titles=posts.tells_titles(g.actor)
        )


@blueprint.post("/posts/hand-overs/<int:hand_over_id>/receive")
def receive(hand_over_id: int) -> ResponseReturnValue:
    """Sign for the work that was handed over."""
    _do(posts.receive, hand_over_id)
    toasts.say(_("You have signed for it."))
    return redirect(url_for("posts.record", hand_over_id=hand_over_id), 303)


def _hand_over_page(post_id: int, entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        post, holders = posts.seat_of(session, g.actor, post_id)
        asked = entry.get("from_id") or request.args.get("from", "")
        present = {str(person.id): person.id for person in holders}
        from_id = present.get(asked, holders[0].id if holders else None)
        entry.values.setdefault("from_id", str(from_id or ""))
        body = render_template(
            "posts/hand_over.html",
            post=post,
            holders=holders,
            entry=entry,
            fields=FIELDS,
            work=posts.open_work(session, post, from_id),
            tells_titles=posts.tells_titles(g.actor),
            everybody=[
                (str(person.id), f"{person.name}（{person.login}）")
                for person in people.persons(session)
                if person.active and str(person.id) not in present
            ],
        )
    return body, entry.status


# -- another supervisor -------------------------------------------------------------------


@blueprint.get("/items/<int:item_id>/supervisor")
def supervisor_form(item_id: int) -> ResponseReturnValue:
    """Ask who looks after an item from now on."""
    with reading() as session:
        case = casefile.case_of(session, g.actor, item_id)
        rules.must_have(g.actor, Role.DIRECTOR)
        rules.must_be_alive(case.item, "hand_to_supervisor")
        return render_template(
            "posts/supervisor.html",
            case=case,
            item=case.item,
            entry=Entry(values=MultiDict({"person_id": str(case.item.supervisor_id or "")})),
            supervisors=[(str(each.id), each.name) for each in posts.supervisors(session)],
        )


@blueprint.post("/items/<int:item_id>/supervisor")
def supervisor(item_id: int) -> ResponseReturnValue:
    """Let another supervisor look after an item."""
    _do(posts.hand_to_supervisor, item_id, request.form.get("person_id", 0, int))
    toasts.say(_("The item has its new supervisor."))
    return redirect(url_for("items.show", item_id=item_id), 303)


# -- what they share ----------------------------------------------------------------------


def _do(verb: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 (whatever the verb returns)
    return writing(lambda session: verb(session, current_actor(session), *args))


def _refused(
    typed: MultiDict[str, str], error: Exception, moved: dict[str, str] | None = None
) -> Entry:
    """Return the form as it was typed, with the refusal at the field that it is about."""
    if not isinstance(error, PeopleRefused):
        return refused(typed, error)
    place = PLACES.get(str(error.facts["why"]), SUMMARY)
    return refused(typed, error, {SUMMARY: (moved or {}).get(place, place)})
