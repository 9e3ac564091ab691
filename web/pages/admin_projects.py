"""Templates of milestones, and the numbers by which a project's light turns: all data."""

import re
from collections.abc import Iterator, Mapping

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engine import Session
from web import toasts
from web.auth import current_actor
from web.entries import Entry, refused
from web.transaction import reading, writing
from workflows import rules, settings
from workflows.errors import Refusal
from workflows.projects import lights, templates
from workflows.projects.templates import MOST_NODES, NodeEntry, TemplateEntry
from workflows.tables import MilestoneTemplate, Role

blueprint = Blueprint("admin_projects", __name__, url_prefix="/admin/milestones")

THRESHOLDS = (lights.YELLOW, lights.RED, lights.GRACE)
SPARE = 2
BETWEEN = re.compile(r"[、,，;；\s]+")
PERCENT = re.compile(r"[0-9]{1,3}")
UNREADABLE = -1


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Show every template, and the thresholds."""
    return _page(Entry())


@blueprint.post("/")
def add() -> ResponseReturnValue:
    """Write a new template."""
    return _write(None)


@blueprint.post("/<int:template_id>")
def change(template_id: int) -> ResponseReturnValue:
    """Change a template; projects keep the milestones that they have."""
    return _write(template_id)


@blueprint.post("/thresholds")
def change_thresholds() -> ResponseReturnValue:
    """Change the numbers by which lights turn."""
    typed = {name: request.form.get(name, "") for name in THRESHOLDS}
    try:
        writing(lambda session: lights.change_thresholds(session, current_actor(session), typed))
    except Refusal as refusal:
        return _page(refused(MultiDict(request.form), refusal))
    toasts.say(_("The numbers are changed, and every project's light with them."))
    return redirect(url_for("admin_projects.show", _anchor="thresholds"), 303)


def _write(template_id: int | None) -> ResponseReturnValue:
    entry = TemplateEntry(
        request.form.get("name", ""),
        tuple(_nodes(request.form)),
        request.form.get("name_en", ""),
        active="active" in request.form,
    )

    def work(session: Session) -> int:
        actor = current_actor(session)
        return templates.write_template(session, actor, entry, template_id).id

    try:
        number = writing(work)
    except Refusal as refusal:
        return _page(refused(MultiDict(request.form), refusal), template_id)
    toasts.say(_("The template is kept; projects keep the milestones that they have."))
    return redirect(url_for("admin_projects.show", _anchor=f"template-{number}"), 303)


def _nodes(typed: Mapping[str, str]) -> Iterator[NodeEntry]:
    """Read the lines of a template; one without a name is taken out."""
    for place in range(MOST_NODES + SPARE):
        name = typed.get(f"node-{place}", "").strip()
        if name:
            share = typed.get(f"share-{place}", "").strip()
            aliases = BETWEEN.split(typed.get(f"aliases-{place}", "").strip())
            yield NodeEntry(
                name,
                int(share) if PERCENT.fullmatch(share) else UNREADABLE,
                typed.get(f"node_en-{place}", ""),
                tuple(filter(None, aliases)),
            )


def _page(entry: Entry, template_id: int | None = None) -> ResponseReturnValue:
    with reading() as session:
        found = templates.templates(session)
        page = render_template(
            "projects/templates.html",
            entry=entry,
            sheets=[(each, _lines(each, entry, template_id)) for each in [*found, None]],
            numbers={name: entry.get(name) or settings.text(session, name) for name in THRESHOLDS},
        )
    return page, entry.status


def _lines(
    template: MilestoneTemplate | None, entry: Entry, template_id: int | None
) -> list[tuple[int, str, str, str, str]]:
    """Return a template's lines, as just typed or as stored, with some empty ones below."""
    number = template.id if template else None
    if "node-0" in entry.values and number == template_id:
        read = [
            (node.name, node.name_en, str(node.share), node.aliases)
            for node in _nodes(entry.values)
        ]
    else:
        nodes = template.nodes if template else []
        read = [(node.name, node.name_en, str(node.share), tuple(node.aliases)) for node in nodes]
    rows = [(name, name_en, share, "、".join(aliases)) for name, name_en, share, aliases in read]
    empty = [("", "", "", "")] * SPARE
    return [(place, *row) for place, row in enumerate([*rows, *empty])]
