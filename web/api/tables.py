"""Decision tables: read, drafted, checked, tried, compared, reviewed, deployed, taken back."""

from flask import Response, g, request

import engine
from engine import Session
from web.api.resource import XML, Resource, collection
from web.api.schemas.tables import (
    KeptTableSchema,
    TableChangeSchema,
    TableDraftSchema,
    TableFlawSchema,
    TableReleaseSchema,
    TableSchema,
    TableTrialSchema,
    TableVersionSchema,
)
from web.api.wire import Body, act, answer, dump, key_of_request, must_match, show
from web.shapes.drawings import DrawingRead, DrawingVerdict
from web.shapes.tables import TableDeploy, TableVersions
from web.transaction import reading
from workflows import decision_tables
from workflows.actors import Actor
from workflows.errors import TableUnknown
from workflows.tables import TableDraft

blueprint = Resource("Tables", __name__, "Decision tables on their way", administered=True)

TablesSchema = collection("Tables", tables=KeptTableSchema)
VersionsSchema = collection("TableVersions", versions=TableVersionSchema)
ChangesSchema = collection("TableChanges", changes=TableChangeSchema)
FlawsSchema = collection("TableFlaws", flaws=TableFlawSchema)


@blueprint.look("/tables", TablesSchema)
def many() -> Response:
    """List the tables, each with its newest version and its open draft."""
    return show(
        lambda session, actor: dump(
            TablesSchema(), {"tables": decision_tables.tables(session, actor)}
        )
    )


@blueprint.look("/tables/<string:name>", TableSchema)
def one(name: str) -> Response:
    """Show the rows that are in force."""

    def look(session: Session, actor: Actor) -> Body:
        last = decision_tables.versions(session, actor, name)
        if not last:
            raise TableUnknown(name)
        return dump(TableSchema(), decision_tables.version(session, actor, name, last[0].id))

    return show(look)


@blueprint.look("/tables/<string:name>/versions", VersionsSchema)
def versions(name: str) -> Response:
    """List every version of a table, the newest first."""

    def look(session: Session, actor: Actor) -> Body:
        decision_tables.table_named(name)
        found = decision_tables.versions(session, actor, name)
        return dump(VersionsSchema(), {"versions": found})

    return show(look)


@blueprint.give("/tables/<string:name>/versions/<int:definition_id>/dmn", XML)
def dmn(name: str, definition_id: int) -> Response:
    """Give one version as DMN."""
    with reading() as session:
        table = decision_tables.version(session, g.actor, name, definition_id)
    return Response(engine.write_decision_table(table), mimetype=XML)


@blueprint.look("/tables/<string:name>/compare", ChangesSchema, TableVersions)
def compare(told: Body, name: str) -> Response:
    """Say which rows differ between two versions."""

    def look(session: Session, actor: Actor) -> Body:
        both = [
            decision_tables.version(session, actor, name, told[side]) for side in ("old", "new")
        ]
        return dump(ChangesSchema(), {"changes": decision_tables.differences(*both)})

    return show(look)


@blueprint.act_on_xml("/tables/<string:name>/check", FlawsSchema)
def check(name: str) -> Response:
    """Say what is wrong with a table as it would be; nothing is kept."""
    with reading() as session:  # it takes its time, so not while other writers wait
        found = decision_tables.check_draft(session, g.actor, name, request.get_data())
    body = dump(FlawsSchema(), {"flaws": found.flaws})
    return act(lambda _session, _actor: body) if key_of_request() else answer(body)


# -- the draft ----------------------------------------------------------------------------


@blueprint.act("/tables/<string:name>/draft", None, TableDraftSchema, status=201)
def begin(name: str) -> Response:
    """Open the one draft of a table, made of its newest version if there was none."""
    return act(
        lambda session, actor: _shown(decision_tables.open_draft(session, actor, name)),
        status=201,
    )


@blueprint.look("/tables/<string:name>/draft", TableDraftSchema)
def drafted(name: str) -> Response:
    """Show the open draft of a table; its ETag is what saving asks for."""
    return show(lambda session, actor: _shown(_open(session, actor, name)))


@blueprint.give("/tables/<string:name>/draft/dmn", XML)
def draft_dmn(name: str) -> Response:
    """Give the open draft of a table as DMN."""
    with reading() as session:
        return Response(_open(session, g.actor, name).xml, mimetype=XML)


@blueprint.act_on_xml("/tables/<string:name>/draft/save", TableDraftSchema, guarded=True)
def save(name: str) -> Response:
    """Keep a changed table in the draft, if nobody has saved since it was read."""
    sent = request.get_data()

    def deed(session: Session, actor: Actor) -> Body:
        draft = _open(session, actor, name)
        must_match(_shown(draft))
        return _shown(decision_tables.save_draft(session, actor, name, sent, draft.revision))

    return act(deed)


@blueprint.look("/table-drafts/<int:draft_id>", TableReleaseSchema)
def release(draft_id: int) -> Response:
    """Show what a draft changes, what is wrong with it, and how far its review is."""
    return show(
        lambda session, actor: dump(
            TableReleaseSchema(), decision_tables.release(session, actor, draft_id)
        )
    )


@blueprint.look("/table-drafts/<int:draft_id>/trial", TableTrialSchema)
def trial(draft_id: int) -> Response:
    """Try a draft on the last whole quarter; nothing is written."""

    def look(session: Session, actor: Actor) -> Body:
        draft = decision_tables.draft(session, actor, draft_id)
        tried = decision_tables.try_draft(session, actor, draft.name, draft.xml)
        return dump(TableTrialSchema(), tried)

    return show(look)


@blueprint.act("/table-drafts/<int:draft_id>/review", DrawingRead, TableReleaseSchema)
def ask(told: Body, draft_id: int) -> Response:
    """Hand a draft to the other administrators, and say why it is to be deployed."""

    def deed(session: Session, actor: Actor) -> Body:
        decision_tables.ask_review(session, actor, draft_id, **told)
        return dump(TableReleaseSchema(), decision_tables.release(session, actor, draft_id))

    return act(deed)


@blueprint.act("/table-drafts/<int:draft_id>/verdict", DrawingVerdict, TableReleaseSchema)
def judge(told: Body, draft_id: int) -> Response:
    """Approve the revision that you have read, or send it back; never what you changed last."""

    def deed(session: Session, actor: Actor) -> Body:
        decision_tables.review_draft(session, actor, draft_id, **told)
        return dump(TableReleaseSchema(), decision_tables.release(session, actor, draft_id))

    return act(deed)


@blueprint.act("/table-drafts/<int:draft_id>/deploy", TableDeploy, TableVersionSchema, status=201)
def deploy(told: Body, draft_id: int) -> Response:
    """Put a draft into force; never over somebody's newer version."""

    def deed(session: Session, actor: Actor) -> Body:
        made = decision_tables.deploy_draft(session, actor, draft_id, **told)
        return dump(TableVersionSchema(), made)

    return act(deed, status=201)


@blueprint.act("/table-drafts/<int:draft_id>/rebase", None, TableDraftSchema)
def rebase(draft_id: int) -> Response:
    """Let a draft stand on the newest version; it takes nothing over from it."""
    return act(
        lambda session, actor: _shown(decision_tables.rebase_draft(session, actor, draft_id))
    )


@blueprint.act("/table-drafts/<int:draft_id>/discard", None, TableDraftSchema)
def discard(draft_id: int) -> Response:
    """Put a draft aside; it isn't lost."""
    return act(
        lambda session, actor: _shown(decision_tables.discard_draft(session, actor, draft_id))
    )


@blueprint.act(
    "/tables/<string:name>/versions/<int:definition_id>/roll-back",
    None,
    TableDraftSchema,
    status=201,
)
def roll_back(name: str, definition_id: int) -> Response:
    """Begin to bring an older version back; it is reviewed and deployed as a draft is."""
    return act(
        lambda session, actor: _shown(
            decision_tables.roll_back(session, actor, name, definition_id)
        ),
        status=201,
    )


def _open(session: Session, actor: Actor, name: str) -> TableDraft:
    """Return the open draft of a table, or say that there is none."""
    found = decision_tables.draft_of(session, actor, name)
    if found is None:
        raise TableUnknown(name)
    return found


def _shown(draft: TableDraft) -> Body:
    return dump(TableDraftSchema(), draft)
