"""People with an account, and the posts that they hold: for administrators."""

from collections.abc import Callable

from flask import Response

from engine import Session
from web.api.resource import Resource, collection
from web.api.schemas.people import (
    AddedPersonSchema,
    HoldingSchema,
    PasswordSchema,
    PersonSchema,
    TokenSchema,
)
from web.api.wire import Body, act, act_once_shown, dump, must_match, show
from web.shapes import admin as admin_shapes
from workflows import people
from workflows.people import Actor, PersonForm
from workflows.tables import Person

blueprint = Resource("People", __name__, "People and their posts", administered=True)

PeopleSchema = collection("People", people=PersonSchema)


@blueprint.look("/people", PeopleSchema)
def many() -> Response:
    """List everybody with an account, the active first."""

    def look(session: Session, _actor: Actor) -> Body:
        found = [whole(session, person) for person in people.persons(session)]
        return dump(PeopleSchema(), {"people": found})

    return show(look)


@blueprint.look("/people/<int:person_id>", PersonSchema)
def one(person_id: int) -> Response:
    """Show a person with the posts held now and before."""
    return show(lambda session, _actor: seen(session, person_id))


@blueprint.act("/people", admin_shapes.PersonEntry, AddedPersonSchema, status=201)
def add(sent: Body) -> Response:
    """Open an account; its first password is shown in the first answer only."""

    def deed(session: Session, actor: Actor) -> tuple[Body, Body]:
        person, password = people.open_account(session, actor, PersonForm(**sent))
        return seen(session, person.id), {"password": password}

    return act_once_shown(deed, status=201)


@blueprint.act("/people/<int:person_id>", admin_shapes.PersonEntry, PersonSchema, guarded=True)
def change(sent: Body, person_id: int) -> Response:
    """Change what is known of a person."""
    return on_person(person_id, people.change_person, PersonForm(**sent))


@blueprint.act("/people/<int:person_id>/disable", None, PersonSchema, guarded=True)
def disable(person_id: int) -> Response:
    """Close an account at once: its sessions and its token end."""
    return on_person(person_id, people.disable_person)


@blueprint.act("/people/<int:person_id>/enable", None, PersonSchema, guarded=True)
def enable(person_id: int) -> Response:
    """Open a closed account again."""
    return on_person(person_id, people.enable_person)


@blueprint.act("/people/<int:person_id>/password", None, PasswordSchema)
def reset_password(person_id: int) -> Response:
    """Give a new password, shown in the first answer only; sessions and token end."""

    def deed(session: Session, actor: Actor) -> tuple[Body, Body]:
        return {}, {"password": people.reset_password(session, actor, person_id)}

    return act_once_shown(deed)


@blueprint.act("/people/<int:person_id>/token", None, TokenSchema)
def issue_token(person_id: int) -> Response:
    """Give a new API token, shown in the first answer only; the one before it ends."""

    def deed(session: Session, actor: Actor) -> tuple[Body, Body]:
        return {}, {"token": people.issue_token(session, actor, person_id)}

    return act_once_shown(deed)


@blueprint.act("/people/<int:person_id>/token/end", None, PersonSchema)
def end_token(person_id: int) -> Response:
    """End an account's API token."""

    def deed(session: Session, actor: Actor) -> Body:
        people.revoke_token(session, actor, person_id)
        return seen(session, person_id)

    return act(deed)


@blueprint.act("/posts/<int:post_id>/holders", admin_shapes.Holder, HoldingSchema, status=201)
def give_post(sent: Body, post_id: int) -> Response:
    """Give somebody a post, from today on if no day is named."""

    def deed(session: Session, actor: Actor) -> Body:
        holding = people.give_post(session, actor, sent["person_id"], post_id, sent["since"])
        return dump(HoldingSchema(), holding)

    return act(deed, status=201)


@blueprint.act("/holdings/<int:holding_id>/end", None, HoldingSchema)
def end_holding(holding_id: int) -> Response:
    """Take a post back as of today; the record of the holding stays."""

    def deed(session: Session, actor: Actor) -> Body:
        return dump(HoldingSchema(), people.end_holding(session, actor, holding_id))

    return act(deed)


def on_person(person_id: int, verb: Callable[..., object], *sent: object) -> Response:
    """Do a verb on a person as the caller has read them; answer with them."""

    def deed(session: Session, actor: Actor) -> Body:
        must_match(seen(session, person_id))
        verb(session, actor, person_id, *sent)
        return seen(session, person_id)

    return act(deed)


def seen(session: Session, person_id: int) -> Body:
    """Return a person as an administrator sees them."""
    return dump(PersonSchema(), whole(session, people.person_of(session, person_id)))


def whole(session: Session, person: Person) -> Body:
    """Return a person with the posts held now and before."""
    return {"person": person, "holdings": people.holdings_of(session, person.id)}
