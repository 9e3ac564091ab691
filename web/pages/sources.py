"""Which diagram the items of a source run on: their kind's own, or one that was made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engine import Definition, Session
from web import toasts
from web.auth import current_actor
from web.transaction import reading, writing
from workflows import kinds, routes, rules
from workflows.tables import Kind, Role, Source, SourceRoute

blueprint = Blueprint("sources", __name__, url_prefix="/diagrams/sources")


@dataclass(frozen=True, slots=True)
class Line:
    """One source, what its items run on, and what else they could; its kind where one begins."""

    source: Source
    process_id: str
    choices: Sequence[Definition]
    chosen: SourceRoute | None
    kind: Kind | None = None


@blueprint.before_request
def must_administer() -> None:
    """Let only administrators in."""
    rules.must_have(g.actor, Role.ADMINISTRATOR)


@blueprint.get("")
def show() -> str:
    """Show the table."""
    with reading() as session:
        return render_template("diagrams/sources.html", lines=list(_lines(session)))


@blueprint.post("")
def change() -> ResponseReturnValue:
    """Let the new items of some sources run on other diagrams."""
    wanted = _typed()
    writing(lambda session: routes.choose(session, current_actor(session), wanted))
    toasts.say(_("New items go by it; what runs already stays where it is."))
    return redirect(url_for("sources.show"), 303)


def _lines(session: Session) -> Iterator[Line]:
    table, choices, chosen = (
        routes.table(session),
        routes.choices(session),
        routes.chosen(session),
    )
    for kind, sources in kinds.SOURCES.items():
        for place, source in enumerate(sources):
            yield Line(
                source,
                table[source],
                choices[kind],
                chosen.get(source),
                None if place else kind,
            )


def _typed() -> Mapping[Source, str]:
    """Return what was typed; a source that isn't there keeps its diagram."""
    return {source: said for source in Source if (said := request.form.get(source.value, ""))}
