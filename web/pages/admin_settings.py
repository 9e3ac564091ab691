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
from web.errors import problem_of
from web.transaction import reading, writing
from web.words.settings import GROUPS, WORDS
from workflows import rules, settings
from workflows.errors import SettingRefused
from workflows.tables import Role

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

    def work(session: Session) -> None:
        actor = current_actor(session)
        rules.must_have(actor, Role.ADMINISTRATOR)
        for name in _names(group):
            value = typed.get(name, settings.text(session, name)).strip()
            if value != settings.text(session, name):
                settings.change(session, actor, name, value)

    try:
        writing(work)
    except SettingRefused as refusal:
        problem = problem_of(refusal)
        mistake = {str(refusal.facts["name"]): problem.words}
        return _page(Entry(typed, mistake, problem.status, typed=True))
    toasts.say(_("It is changed."))
    return redirect(url_for("admin_settings.show", _anchor=group), 303)


def _page(entry: Entry) -> ResponseReturnValue:
    with reading() as session:
        rules.must_have(g.actor, Role.ADMINISTRATOR)
        body = render_template("admin/settings.html", groups=_groups(session, entry), entry=entry)
    return body, entry.status


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
