"""Diagrams 流程图: the processes with their versions; one is looked at, saved, brought back."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from flask import Blueprint, Response, current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import engine
from engine import Definition, Session, Sketch
from web.auth import current_actor
from web.downloads import give
from web.transaction import reading, writing
from workflows import diagrams, drawings, routes, rules
from workflows.drawings import Process, Version
from workflows.tables import Kind, Role

blueprint = Blueprint("diagrams", __name__, url_prefix="/diagrams")

XML: Final = "application/xml"
WAYS: Final = tuple(kind.value for kind in Kind)
"""The processes that items begin with where nothing else was chosen, one for each kind."""


@blueprint.get("")
def show() -> str:
    """List the processes as they are now, with their open drafts, and ask for a file."""
    with reading() as session:
        found = drawings.processes(session, g.actor)
        return render_template(
            "diagrams/show.html",
            groups=_groups(found, routes.choices(session)),
            sketch=_sketch,
            newborn=drawings.newborn(session, g.actor),
            waiting=drawings.waiting_reviews(session, g.actor),
            by=_deployers(session, [process.newest for process in found]),
        )


@blueprint.get("/<process_id>/history")
def history(process_id: str) -> str:
    """Show every version of a process: who deployed it, when and why, and what runs on it."""
    with reading() as session:
        versions = drawings.versions(session, g.actor, process_id)
        return render_template(
            "diagrams/history.html",
            versions=versions,
            newest=versions[0].definition,
            older_running=sum(version.running for version in versions[1:]),
            draft=drawings.draft_of(session, process_id),
            numbers={version.definition.id: version.definition.version for version in versions},
            by=_deployers(session, versions),
        )


@blueprint.get("/<int:definition_id>")
def look(definition_id: int) -> str:
    """Show one version as a picture."""
    return render_template("diagrams/look.html", definition=found(definition_id))


@blueprint.get("/<int:definition_id>/picture")
def picture(definition_id: int) -> Response:
    """Give what the picture is drawn from; no way was walked here."""
    drawn = {"xml": found(definition_id).xml.decode(), "marks": []}
    return Response(current_app.json.dumps(drawn), mimetype="application/json")


@blueprint.get("/<int:definition_id>/file")
def file(definition_id: int) -> Response:
    """Give one version as a file, to be changed and sent back."""
    definition = found(definition_id)
    name = f"{definition.process_id}-{definition.version}.bpmn"
    return give(definition.xml, XML, name)


@blueprint.post("/<int:definition_id>/roll-back")
def roll_back(definition_id: int) -> ResponseReturnValue:
    """Begin to bring an older version back: what is left to be done stands on the next page."""
    draft = writing(lambda s: drawings.roll_back(s, current_actor(s), definition_id))
    return redirect(url_for("releases.show", draft_id=draft.id), 303)


@blueprint.post("/<int:definition_id>/delete")
def delete(definition_id: int) -> ResponseReturnValue:
    """Say why a version isn't deleted; it is refused whatever the version."""
    writing(lambda s: drawings.delete_version(s, current_actor(s), definition_id))


def found(definition_id: int) -> Definition:
    """Return one version for an administrator."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    with reading() as session:
        return diagrams.version(session, definition_id)


@lru_cache(maxsize=128)
def _sketch(xml: bytes) -> Sketch:
    """Return what a diagram looks like from afar, drawn once for each file."""
    return engine.sketch(xml)


def _groups(
    processes: Sequence[Process], choices: Mapping[Kind, Sequence[Definition]]
) -> list[tuple[str, list[Process]]]:
    """Return what items can begin with, each kind's own first, then what those call."""
    order = list(
        dict.fromkeys(WAYS) | {one.process_id: None for able in choices.values() for one in able}
    )
    ways = [each for each in processes if each.newest.definition.process_id in order]
    ways.sort(key=lambda each: order.index(each.newest.definition.process_id))
    parts = [each for each in processes if each not in ways]
    return [(_("What items begin with"), ways), (_("Parts and processes of their own"), parts)]


def _deployers(session: Session, versions: Sequence[Version]) -> dict[int, str]:
    """Say who deployed each version: a person, the operator, or the house itself."""
    return {each.definition.id: _deployer(session, each) for each in versions}


def _deployer(session: Session, version: Version) -> str:
    kept = version.deployment
    if kept is not None and kept.deployed_by is None:
        return _("the operator")
    return diagrams.deployer(session, version.definition) or _("Duban")
