"""Diagrams 流程图: the processes in their versions, and a new one checked or deployed."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

import engine
from engine import Definition, Session
from web import toasts
from web.auth import current_actor
from web.flaws import Flaw, flaws
from web.transaction import reading, writing
from web.words import name_of
from workflows import diagrams, rules
from workflows.tables import Role

blueprint = Blueprint("diagrams", __name__, url_prefix="/diagrams")

XML = "application/xml"
LARGEST = 2_000_000
REFUSED = 422


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was checked, and what the gate has against it."""

    name: str
    xml: bytes
    flaws: list[Flaw]

    @property
    def wrong(self) -> list[Flaw]:
        """Return what it is refused for."""
        return [flaw for flaw in self.flaws if flaw.refuses]

    @property
    def warnings(self) -> list[Flaw]:
        """Return what could be better about it, though it runs."""
        return [flaw for flaw in self.flaws if not flaw.refuses]

    @property
    def packed(self) -> str:
        """Return its very bytes as a form can carry them."""
        return b64encode(self.xml).decode()


class Versions(NamedTuple):
    """A process with all of its versions, the newest first."""

    newest: Definition
    versions: Sequence[Definition]


@blueprint.get("")
def show() -> ResponseReturnValue:
    """List the processes with their versions, and ask for a new diagram."""
    return page()


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
    return send_file(
        BytesIO(definition.xml), mimetype=XML, as_attachment=True, download_name=name, max_age=0
    )


@blueprint.post("/check")
def check() -> ResponseReturnValue:
    """Say what the gate has against the file that was sent; a sound one may be deployed next."""
    sent = request.files.get("diagram")
    if sent is None:
        return redirect(url_for("diagrams.show"), 303)
    xml = sent.read(LARGEST + 1)
    with reading() as session:
        problems = diagrams.check_diagram(session, g.actor, xml)
    return page(Checked(sent.filename or "", xml, flaws(problems)))


@blueprint.post("")
def deploy() -> ResponseReturnValue:
    """Make a diagram that was checked the newest version of its process."""
    name, xml = request.form.get("name", ""), opened(request.form.get("diagram", ""))

    def work(session: Session) -> Definition:
        return diagrams.deploy_diagram(session, current_actor(session), xml)

    try:
        deployed = writing(work)
    except engine.Refused as refused:
        return page(Checked(name, xml, flaws(refused.problems)))
    toasts.say(_("%(name)s is in use for new items.", name=name_of(deployed)))
    return redirect(url_for("diagrams.show"), 303)


def page(checked: Checked | None = None) -> ResponseReturnValue:
    """Render the list to an administrator, with what was found in a file if one was checked."""
    with reading() as session:
        rules.must_have(g.actor, Role.ADMINISTRATOR)
        processes = [
            Versions(newest, diagrams.versions(session, newest.process_id))
            for newest in diagrams.processes(session)
        ]
        people = {
            each.deployed_by: deployer(session, each)
            for process in processes
            for each in process.versions
        }
    body = render_template(
        "diagrams/show.html", processes=processes, people=people, checked=checked
    )
    return body, REFUSED if checked and checked.wrong else 200


def found(definition_id: int) -> Definition:
    """Return one version for an administrator."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)
    with reading() as session:
        return diagrams.version(session, definition_id)


def deployer(session: Session, definition: Definition) -> str:
    """Say who deployed a version: a person, or the house itself."""
    return diagrams.deployer(session, definition) or _("Duban")


def opened(packed: str) -> bytes:
    """Return the bytes that a page carried from the check to the deployment."""
    try:
        return b64decode(packed, validate=True)
    except ValueError:
        return b""
