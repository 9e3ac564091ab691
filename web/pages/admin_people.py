"""Units, posts and people, as an administrator sees and changes them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import SUMMARY, Entry, Typed, refused
from web.i18n import TAGS
from web.transaction import reading, writing
from web.words import accounts
from workflows import account_changes, people, registers, rules
from workflows.errors import Refusal
from workflows.grams import LONGEST
from workflows.people import PersonForm, UnitForm
from workflows.tables import Person, Role, Unit, UnitKind
from workflows.units import Node

blueprint = Blueprint("admin_people", __name__, url_prefix="/admin")

LABELS: Mapping[str, LazyString] = {
    "name": _l("Name"),
    "login": _l("Signs in as"),
    "email": _l("Mail address"),
    "phone": _l("Telephone"),
    "parent_id": _l("Belongs to"),
    "aliases": _l("Other names"),
    "post_id": _l("Post"),
    "person_id": _l("Person"),
    "post_name": _l("Post"),
}
PLACES: Mapping[str, str] = {
    "name_taken": "name",
    "name_is_group": "name",
    "circle": "parent_id",
    "parent_closed": "parent_id",
    "login_taken": "login",
    "email": "email",
    "held_already": "post_id",
}
"""The field that a rule about people is about."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of the tree: how deep it hangs, and its posts with their holders."""

    unit: Unit
    depth: int
    posts: list[registers.PostLine]


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


# -- the two lists ------------------------------------------------------------------------


@blueprint.get("/people")
def show() -> str:
    """Show the tree of units, or everybody with an account."""
    tab = "people" if request.args.get("tab") == "people" else "units"
    sought = request.args.get("q", "").strip()[:LONGEST]
    with reading() as session:
        posts = registers.posts_by_unit(session)
        tree = people.units(session, active=False)
        return render_template(
            "admin/people.html",
            tab=tab,
            sought=sought,
            lines=list(_lines(tree, posts)),
            persons=registers.person_lines(session, sought),
            counts=registers.counts(session),
        )


def _lines(
    nodes: Iterable[Node], posts: Mapping[int, list[registers.PostLine]], depth: int = 0
) -> Iterator[UnitLine]:
    for node in nodes:
        yield UnitLine(node.unit, depth, posts.get(node.unit.id, []))
        yield from _lines(node.below, posts, depth + 1)


# -- units --------------------------------------------------------------------------------


@blueprint.get("/units/new")
def new_unit() -> ResponseReturnValue:
    """Ask for a new unit."""
    parent = request.args.get("parent", "")
    start = {"parent_id": parent, "kind": UnitKind.DEPARTMENT.value, "position": "0"}
    return _unit_page(None, Entry(values=MultiDict(start)))


@blueprint.post("/units/new")
def add_unit() -> ResponseReturnValue:
    """Add a unit."""
    try:
        unit_id = _do(people.add_unit, _unit_form(request.form)).id
    except Refusal as refusal:
        return _unit_page(None, _entry(request.form, refusal))
    toasts.say(_("%(name)s is added.", name=request.form["name"]))
    return redirect(url_for("admin_people.unit", unit_id=unit_id), 303)


@blueprint.get("/units/<int:unit_id>")
def unit(unit_id: int) -> ResponseReturnValue:
    """Show a unit, its posts and who holds them."""
    return _unit_page(unit_id)


@blueprint.post("/units/<int:unit_id>")
def change_unit(unit_id: int) -> ResponseReturnValue:
    """Change a unit."""
    form, version = _unit_form(request.form), request.form.get("version", type=int)
    return _at_unit(unit_id, _("It is changed."), people.change_unit, unit_id, form, version)


@blueprint.post("/units/<int:unit_id>/close")
def close_unit(unit_id: int) -> ResponseReturnValue:
    """Close a unit; it can be undone at once."""
    undo = url_for("admin_people.reopen_unit", unit_id=unit_id)
    return _at_unit(unit_id, _("The unit is closed."), people.close_unit, unit_id, undo=undo)


@blueprint.post("/units/<int:unit_id>/reopen")
def reopen_unit(unit_id: int) -> ResponseReturnValue:
    """Open a closed unit again."""
    return _at_unit(unit_id, _("The unit is open again."), people.reopen_unit, unit_id)


@blueprint.post("/units/<int:unit_id>/posts")
def add_post(unit_id: int) -> ResponseReturnValue:
    """Add a post to a unit."""
    name, role = request.form.get("post_name", ""), request.form.get("role")
    carried = Role(role) if role in set(Role) else Role.HANDLER
    return _at_unit(unit_id, _("The post is added."), people.add_post, unit_id, name, carried)


@blueprint.post("/units/<int:unit_id>/holders")
def give_post(unit_id: int) -> ResponseReturnValue:
    """Give one of a unit's posts to somebody."""
    ids = (request.form.get("person_id", 0, int), request.form.get("post_id", 0, int))
    return _at_unit(unit_id, _("The post is given."), people.give_post, *ids)


@blueprint.post("/units/<int:unit_id>/holdings/<int:holding_id>/end")
def end_holding(unit_id: int, holding_id: int) -> ResponseReturnValue:
    """Take a post back from its holder."""
    said = _("The post is vacant; who held it until today stays on record.")
    return _at_unit(unit_id, said, people.end_holding, holding_id)


def _at_unit(
    unit_id: int, said: str, verb: Callable[..., Any], *args: object, undo: str | None = None
) -> ResponseReturnValue:
    """Do something about a unit and say so, or show its page with what stands in the way."""
    try:
        _do(verb, *args)
    except Refusal as refusal:
        return _unit_page(unit_id, _entry(request.form, refusal))
    toasts.say(said, undo=undo)
    return redirect(url_for("admin_people.unit", unit_id=unit_id), 303)


def _unit_page(unit_id: int | None, entry: Entry | None = None) -> ResponseReturnValue:
    with reading() as session:
        shown = None if unit_id is None else registers.unit_of(session, unit_id)
        entry = _completed(entry, {} if shown is None else _unit_values(shown))
        page = render_template(
            "admin/unit.html",
            unit=shown,
            entry=entry,
            labels=LABELS,
            posts=registers.posts_by_unit(session).get(unit_id or 0, []),
            past=[] if unit_id is None else registers.past_holdings(session, unit_id),
            everybody=[person for person in people.persons(session) if person.active],
            units=list(_lines(people.units(session), {})),
            kinds=list(UnitKind),
            roles=list(Role),
        )
        return page, entry.status


def _unit_values(shown: Unit) -> dict[str, str]:
    return {
        "name": shown.name,
        "kind": shown.kind.value,
        "parent_id": str(shown.parent_id or ""),
        "position": str(shown.position),
        "aliases": "\n".join(shown.aliases),
        "version": str(shown.version),
    }


def _unit_form(typed: Typed) -> UnitForm:
    kind = typed.get("kind")
    return UnitForm(
        name=typed.get("name", ""),
        kind=UnitKind(kind) if kind in set(UnitKind) else UnitKind.LOWER,
        parent_id=typed.get("parent_id", type=int),
        position=typed.get("position", 0, int),
        aliases=tuple(typed.get("aliases", "").splitlines()),
    )


# -- people -------------------------------------------------------------------------------


@blueprint.get("/people/new")
def new_person() -> ResponseReturnValue:
    """Ask for a new account."""
    return _person_page(None)


@blueprint.post("/people/new")
def add_person() -> ResponseReturnValue:
    """Open an account; its first password is shown once."""
    try:
        person, password = _do(people.open_account, _person_form(request.form))
    except Refusal as refusal:
        return _person_page(None, _entry(request.form, refusal))
    return _person_page(person.id, password=password)


@blueprint.get("/people/<int:person_id>")
def person(person_id: int) -> ResponseReturnValue:
    """Show a person, the posts held now and before, and the account."""
    return _person_page(person_id)


@blueprint.post("/people/<int:person_id>")
def change_person(person_id: int) -> ResponseReturnValue:
    """Change what is known of a person."""
    form, version = _person_form(request.form), request.form.get("version", type=int)
    said = _("It is changed.")
    return _at_person(person_id, said, people.change_person, person_id, form, version)


@blueprint.post("/people/<int:person_id>/disable")
def disable(person_id: int) -> ResponseReturnValue:
    """Close an account; it can be undone at once."""
    undo = url_for("admin_people.enable", person_id=person_id)
    said = _("The account is closed and signed out.")
    return _at_person(person_id, said, people.disable_person, person_id, undo=undo)


@blueprint.post("/people/<int:person_id>/enable")
def enable(person_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    said = _("The account is open again.")
    return _at_person(person_id, said, people.enable_person, person_id)


@blueprint.post("/people/<int:person_id>/password")
def reset_password(person_id: int) -> ResponseReturnValue:
    """Give a new password, shown once."""
    return _person_page(person_id, password=_do(people.reset_password, person_id))


@blueprint.post("/people/<int:person_id>/token")
def issue_token(person_id: int) -> ResponseReturnValue:
    """Give a new API token, shown once."""
    return _person_page(person_id, token=_do(people.issue_token, person_id))


@blueprint.post("/people/<int:person_id>/token/end")
def end_token(person_id: int) -> ResponseReturnValue:
    """End the API token."""
    return _at_person(person_id, _("The token has ended."), people.revoke_token, person_id)


def _at_person(
    person_id: int, said: str, verb: Callable[..., Any], *args: object, undo: str | None = None
) -> ResponseReturnValue:
    """Do something about a person and say so, or show the page with what stands in the way."""
    try:
        _do(verb, *args)
    except Refusal as refusal:
        return _person_page(person_id, _entry(request.form, refusal))
    toasts.say(said, undo=undo)
    return redirect(url_for("admin_people.person", person_id=person_id), 303)


def _person_page(
    person_id: int | None, entry: Entry | None = None, *, password: str = "", token: str = ""
) -> ResponseReturnValue:
    with reading() as session:
        shown = None if person_id is None else people.person_of(session, person_id)
        entry = _completed(entry, {} if shown is None else _person_values(shown))
        page = render_template(
            "admin/person.html",
            person=shown,
            entry=entry,
            labels=LABELS,
            password=password,
            token=token,
            holdings=[] if shown is None else people.holdings_of(session, shown.id),
            changes=[] if shown is None else account_changes.changes_of(session, g.actor, shown.id),
            terminal=accounts.TERMINAL,
            tied_days=_tied_days(session, shown),
            languages=list(TAGS),
        )
    headers = {"Cache-Control": "no-store"} if password or token else {}
    return page, entry.status, headers


def _tied_days(session: Session, shown: Person | None) -> int:
    """Return how long whoever lets another administrator in can't be their second reader."""
    if shown is None or shown.id == g.actor.person_id:
        return 0
    administers = shown in people.holders(session, Role.ADMINISTRATOR)
    return account_changes.WEEK.days if administers else 0


def _person_values(shown: Person) -> dict[str, str]:
    return {
        "name": shown.name,
        "login": shown.login,
        "email": shown.email or "",
        "phone": shown.phone or "",
        "language": shown.language or "",
        "version": str(shown.version),
    }


def _person_form(typed: Typed) -> PersonForm:
    language = typed.get("language")
    return PersonForm(
        name=typed.get("name", ""),
        login=typed.get("login", ""),
        email=typed.get("email", ""),
        phone=typed.get("phone", ""),
        language=language if language in TAGS else None,
    )


# -- what the forms share -----------------------------------------------------------------


def _do(verb: Callable[..., Any], *args: object) -> Any:  # noqa: ANN401 (whatever the verb returns)
    """Do something as whoever is signed in, in one transaction."""
    return writing(lambda session: verb(session, current_actor(session), *args))


def _entry(typed: Mapping[str, str], refusal: Refusal) -> Entry:
    """Return the form as it was typed, with the refusal at the field that it is about."""
    place = PLACES.get(str(refusal.facts.get("why")), SUMMARY)
    return refused(MultiDict(typed), refusal, {SUMMARY: place})


def _completed(entry: Entry | None, values: Mapping[str, str]) -> Entry:
    """Return a form whose fields that nobody typed stand as the row has them."""
    entry = entry or Entry()
    for name, value in values.items():
        if name not in entry.values:
            entry.values[name] = value
    return entry
