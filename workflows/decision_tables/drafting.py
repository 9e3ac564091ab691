"""Decision tables on their way: one draft for each, deployed with a note, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

import engine
from engine import DecisionTable, Session, now
from workflows import rule_tables, rules, store
from workflows.actors import Actor
from workflows.decision_tables.judging import TABLES, Judged, Table, judge, judged, table_named
from workflows.desk import person_id
from workflows.errors import (
    DraftEnded,
    DraftMoved,
    DraftUnread,
    NewerDeployed,
    NewestAlready,
    NothingChanged,
    TableRefused,
    TableUnknown,
    TableWouldLose,
)
from workflows.rule_tables import Shape
from workflows.tables import Role, TableDraft, TableFile, TableNote

NOTE = 400
FILE_NAME = 255


@dataclass(frozen=True, slots=True)
class Version:
    """A deployed version: when it came, by whom, and why; nobody is the house itself."""

    id: int
    number: int
    at: datetime
    by: str | None
    note: str
    back_to: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A table as its list shows it: its newest version and its draft, if it has one."""

    shape: Shape
    rows: int
    newest: Version
    draft: TableDraft | None


def seed_tables(session: Session) -> None:
    """Write the first version of every table that has none."""
    for own in TABLES.values():
        if rule_tables.newest(session, own.shape) is None:
            rule_tables.keep(session, None, own.default(), "")


# -- looking ------------------------------------------------------------------------------


def tables(session: Session, actor: Actor) -> list[Kept]:
    """Return every table with its newest version and its draft."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = []
    for name, own in TABLES.items():
        table, known = newest(session, own), versions(session, actor, name)
        draft = session.get(TableDraft, name)
        if table is not None and known:
            found.append(Kept(own.shape, len(table.rows), known[0], draft))
    return found


def versions(session: Session, actor: Actor, name: str) -> Sequence[Version]:
    """Return every version of a table, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return [_version(session, each) for each in engine.decision_versions(session, name)]


def version(session: Session, actor: Actor, name: str, definition_id: int) -> DecisionTable:
    """Return one version of a table as rows."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    try:
        deployed = engine.decision(session, definition_id)
    except engine.DecisionUnknown as error:
        raise TableUnknown(name) from error
    if name not in deployed.decisions:
        raise TableUnknown(name)
    return rule_tables.with_columns(engine.read_decision_table(deployed.xml), own.shape)


def newest(session: Session, own: Table) -> DecisionTable | None:
    """Return the version that holds now, under the columns of today."""
    table = rule_tables.newest(session, own.shape)
    return rule_tables.with_columns(table, own.shape) if table else None


def _version(session: Session, deployed: engine.DecisionVersion) -> Version:
    note = session.get(TableNote, deployed.id)
    by = person_id(deployed.deployed_by)
    return Version(
        deployed.id,
        deployed.version,
        deployed.deployed_at,
        store.person_name(session, by) if by else None,
        note.note if note else "",
        note.back_to if note else None,
    )


# -- a draft ------------------------------------------------------------------------------


def open_draft(session: Session, actor: Actor, name: str) -> TableDraft:
    """Return the one draft of a table, made of its newest version if there was none."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    rule_tables.my_turn(session, own.shape)
    found = session.get(TableDraft, name)
    if found is None:
        found = _begin(session, actor, own)
    return found


def draft_of(session: Session, actor: Actor, name: str) -> TableDraft | None:
    """Return the draft of a table, if there is one."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    table_named(name)
    return session.get(TableDraft, name)


def save_draft(session: Session, actor: Actor, name: str, xml: bytes, revision: int) -> TableDraft:
    """Keep a changed table, if nobody else has saved since; its columns stay what they are."""
    draft = _held(session, actor, name)
    if draft.revision != revision:
        by = store.person_name(session, draft.saved_by_id) or ""
        raise DraftMoved(draft.revision, by, draft.saved_at)
    found = judge(table_named(name), xml)
    if found.table is None:
        raise TableRefused(found.flaws)
    _put(session, actor, draft, found.table)
    return draft


def bring_file(
    session: Session, actor: Actor, name: str, xml: bytes, *, sure: bool = False
) -> Judged:
    """Take the rows of a file into the draft, and say what is wrong with them.

    ``sure`` is said by whoever knows what else the file holds: it is dropped.
    """
    draft = open_draft(session, actor, name)
    found = judge(table_named(name), xml)
    if found.table is not None:
        lost = engine.lost_of_decision_table(xml)
        if lost and not sure:
            raise TableWouldLose(lost)
        _put(session, actor, draft, found.table)
    return found


def keep_file(
    session: Session, actor: Actor, name: str, file_name: str, xml: bytes
) -> TableFile | None:
    """Keep a file as it came, where it holds more than its table; another needs no keeping."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    if judge(table_named(name), xml).table is None:
        return None
    parts = engine.lost_of_decision_table(xml)
    if not parts:
        return None
    kept = TableFile(
        name=name,
        file_name=file_name[-FILE_NAME:],
        xml=xml,
        parts=list(parts),
        kept_by_id=actor.person_id,
        kept_at=now(session),
    )
    session.add(kept)
    session.flush()
    return kept


def files_of(session: Session, actor: Actor, name: str) -> Sequence[TableFile]:
    """Return the files of a table that were kept, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wanted = select(TableFile).where(TableFile.name == table_named(name).shape.name)
    return session.scalars(wanted.order_by(TableFile.id.desc())).all()


def file_of(session: Session, actor: Actor, name: str, file_id: int) -> TableFile:
    """Return a file of a table that was kept."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    found = session.get(TableFile, file_id)
    if found is None or found.name != name:
        raise TableUnknown(name)
    return found


def discard_draft(session: Session, actor: Actor, name: str) -> None:
    """Put a draft away; the table stays as it is."""
    session.delete(_held(session, actor, name))
    session.flush()


def rebase_draft(session: Session, actor: Actor, name: str) -> None:
    """Let a draft stand on the newest version, after somebody has looked at what differs."""
    draft, own = _held(session, actor, name), table_named(name)
    base = rule_tables.newest(session, own.shape)
    if base is None or base.definition_id == draft.base_id:
        raise NewestAlready
    draft.base_id = base.definition_id
    session.flush()


def rows_of(draft: TableDraft) -> DecisionTable:
    """Return a draft as rows."""
    return engine.read_decision_table(draft.xml)


def check_draft(session: Session, actor: Actor, name: str, xml: bytes | None = None) -> Judged:
    """Say what is wrong with a draft, or with what it is going to be; nothing is kept."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    if xml is not None:
        return judge(own, xml)
    draft = session.get(TableDraft, name)
    if draft is None:
        raise DraftEnded("discarded")
    return judge(own, draft.xml)


# -- going into force ---------------------------------------------------------------------


def deploy_draft(
    session: Session, actor: Actor, name: str, note: str, *, revision: int | None = None
) -> Version:
    """Make a draft the newest version, and say why; it must be sound, and stand on the newest.

    ``revision`` is the one that the actor has read; one that was saved since isn't deployed.
    """
    rules.must_have(actor, Role.ADMINISTRATOR)
    own, said = table_named(name), rules.must_say("note", note, NOTE)
    rule_tables.my_turn(session, own.shape)
    draft = _held(session, actor, name)
    if revision is not None and revision != draft.revision:
        by = store.person_name(session, draft.saved_by_id) or ""
        raise DraftUnread(draft.revision, by, draft.saved_at)
    _must_stand_on_newest(session, actor, draft)
    found = judge(own, draft.xml)
    if found.table is None or found.wrong:
        raise TableRefused(found.wrong)
    _must_differ(session, own, found.table)
    deployed = rule_tables.keep(session, actor, found.table, said)
    session.delete(draft)
    session.flush()
    return _version(session, deployed)


def roll_back(session: Session, actor: Actor, name: str, definition_id: int, note: str) -> Version:
    """Deploy an older version once more, as the newest."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own, said = table_named(name), rules.must_say("note", note, NOTE)
    rule_tables.my_turn(session, own.shape)
    older = next(
        (each for each in versions(session, actor, name) if each.id == definition_id), None
    )
    if older is None:
        raise TableUnknown(name)
    found = judged(own, version(session, actor, name, definition_id))
    if found.table is None or found.wrong:
        raise TableRefused(found.wrong)
    _must_differ(session, own, found.table)
    deployed = rule_tables.keep(session, actor, found.table, said, back_to=older.number)
    return _version(session, deployed)


def _must_stand_on_newest(session: Session, actor: Actor, draft: TableDraft) -> None:
    last = versions(session, actor, draft.name)[0]
    if last.id != draft.base_id:
        raise NewerDeployed(last.number, last.by or "", last.at, last.note)


def _must_differ(session: Session, own: Table, table: DecisionTable) -> None:
    base = newest(session, own)
    same = base is not None and [(row.cells, row.note) for row in base.rows] == [
        (row.cells, row.note) for row in table.rows
    ]
    if same:
        raise NothingChanged


def _begin(session: Session, actor: Actor, own: Table) -> TableDraft:
    table = newest(session, own)
    if table is None:
        rule_tables.keep(session, None, own.default(), "")
        table = newest(session, own) or own.default()
    draft = TableDraft(
        name=own.shape.name,
        base_id=table.definition_id,
        xml=engine.write_decision_table(table),
        revision=int(now(session).timestamp()),  # on from any draft of this table before it
        saved_at=now(session),
        saved_by_id=actor.person_id,
    )
    session.add(draft)
    session.flush()
    return draft


def _held(session: Session, actor: Actor, name: str) -> TableDraft:
    """Return the draft of a table, locked against others."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    table_named(name)
    draft = session.get(TableDraft, name, with_for_update=True, populate_existing=True)
    if draft is None:
        raise DraftEnded("discarded")
    return draft


def _put(session: Session, actor: Actor, draft: TableDraft, table: DecisionTable) -> None:
    draft.xml = engine.write_decision_table(table)
    draft.revision += 1
    draft.saved_at, draft.saved_by_id = now(session), actor.person_id
    session.flush()
