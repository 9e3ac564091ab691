"""The office's settings, group by group."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry
from web.errors import Problem, problem_of
from web.transaction import reading, writing
from web.words.settings import GROUPS, WORDS, value_words
from workflows import rules, seconding, settings, switches
from workflows.errors import SettingRefused
from workflows.tables import Role, SettingChange

blueprint = Blueprint("admin_settings", __name__, url_prefix="/admin/settings")


@dataclass(frozen=True, slots=True)
class Line:
    """One setting as the page asks for it."""

    name: str
    label: LazyString
    help: LazyString | None
    value: str
    default: str

    @property
    def kind(self) -> str:
        """Return how it is typed: as a yes or no, a number, or a text."""
        if self.default in (settings.YES, settings.NO):
            return "yes_no"
        return "number" if self.name in settings.MOST else "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that waits for a second administrator, and whose word wouldn't count yet."""

    wish: SettingChange
    tied: list[Problem]
    may_agree: bool


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show every setting."""
    return _page(Entry())


@blueprint.post("/<group>")
def change(group: str) -> ResponseReturnValue:
    """Change the settings of a group, all of them or none."""
    if group not in GROUPS:
        abort(404)
    typed = MultiDict(request.form)

    def work(session: Session) -> bool:
        actor = current_actor(session)
        rules.must_have(actor, Role.ADMINISTRATOR)
        wanted = {name: typed.get(name, settings.text(session, name)) for name in _names(group)}
        done = [switches.change(session, actor, *each) for each in _stripped(wanted)]
        return all(done)

    try:
        holds = writing(work)
    except SettingRefused as refusal:
        problem = problem_of(refusal)
        mistake = {str(refusal.facts["name"]): problem.words or problem.title}
        return _page(Entry(typed, mistake, problem.status, typed=True))
    toasts.say(
        _("It is changed.") if holds else _("A second administrator is asked to agree to it.")
    )
    return redirect(url_for("admin_settings.show", _anchor=group), 303)


@blueprint.post("/changes/<int:change_id>/agree")
def agree(change_id: int) -> ResponseReturnValue:
    """Agree to another administrator's change of a guarded setting."""
    writing(lambda s: switches.agree(s, current_actor(s), change_id))
    toasts.say(_("It is changed."))
    return redirect(url_for("admin_settings.show", _anchor="story"), 303)


@blueprint.post("/changes/<int:change_id>/decline")
def decline(change_id: int) -> ResponseReturnValue:
    """Decline a change of a guarded setting, or take one's own back."""
    writing(lambda s: switches.decline(s, current_actor(s), change_id))
    toasts.say(_("It stays as it is."))
    return redirect(url_for("admin_settings.show", _anchor="story"), 303)


def _stripped(wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, value.strip()) for name, value in wanted.items()]


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, Role.ADMINISTRATOR)
        waiting = switches.waiting(session, g.actor)
        body = render_template(
            "admin/settings.html",
            groups=_groups(session, entry),
            entry=entry,
            waiting=[_asked(session, wish) for wish in waiting],
            story=switches.story(session, g.actor),
            labels={name: label for name, (label, _help) in WORDS.items()},
            value_words=value_words,
        )
    return body, entry.status


def _asked(session: Session, wish: SettingChange) -> Asked:
    readers = seconding.readers(session, switches.authors(wish))
    return Asked(wish, [problem_of(each) for each in readers.tied], readers.has(g.actor))


def _groups(session: Session, entry: Entry) -> Mapping[str, tuple[LazyString, list[Line]]]:
    return {
        group: (title, [_line(session, entry, name) for name in _names(group)])
        for group, title in GROUPS.items()
    }


def _names(group: str) -> list[str]:
    return [name for name in settings.DEFAULTS if name.partition(".")[0] == group]


def _line(session: Session, entry: Entry, name: str) -> Line:
    label, help_ = WORDS[name]
    value = entry.values.get(name) or settings.text(session, name)
    return Line(name, label, help_, value, settings.DEFAULTS[name])
