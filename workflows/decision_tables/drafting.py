"""Decision tables and their drafts: one is open for each table; it is saved by revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

import engine
from engine import DecisionTable, Session, now
from workflows import drafted, rule_tables, rules, store
from workflows.actors import Actor
from workflows.decision_tables.judging import TABLES, Judged, Table, judge, table_named
from workflows.desk import person_id
from workflows.errors import DraftEnded, TableRefused, TableUnknown, TableWouldLose
from workflows.rule_tables import Shape
from workflows.tables import DrawingState, Role, TableDraft, TableFile, TableNote

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
    reviewed_by: str | None


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
        if table is not None and known:
            found.append(Kept(own.shape, len(table.rows), known[0], _open(session, name)))
    return found


def versions(session: Session, actor: Actor, name: str) -> Sequence[Version]:
    """Return every version of a table, the newest first."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    return [told_version(session, each) for each in engine.decision_versions(session, name)]


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


def told_version(session: Session, deployed: engine.DecisionVersion) -> Version:
    """Return how a version came."""
    note = session.get(TableNote, deployed.id)
    by = person_id(deployed.deployed_by)
    reviewer = note.reviewed_by_id if note else None
    return Version(
        deployed.id,
        deployed.version,
        deployed.deployed_at,
        store.person_name(session, by) if by else None,
        note.note if note else "",
        note.back_to if note else None,
        store.person_name(session, reviewer) if reviewer else None,
    )


# -- a draft ------------------------------------------------------------------------------


def open_draft(session: Session, actor: Actor, name: str) -> TableDraft:
    """Return the one draft of a table, made of its newest version if there was none."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    rule_tables.my_turn(session, own.shape)
    found = _open(session, name)
    if found is None:
        table = newest(session, own)
        if table is None:
            rule_tables.keep(session, None, own.default(), "")
            table = newest(session, own) or own.default()
        found = begin(session, table, actor)
    return found


def draft_of(session: Session, actor: Actor, name: str) -> TableDraft | None:
    """Return the open draft of a table, if there is one; what brings a version back is none."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    table_named(name)
    return _open(session, name)


def draft(session: Session, actor: Actor, draft_id: int) -> TableDraft:
    """Return a draft, whatever became of it."""
    return drafted.one(session, TableDraft, draft_id, actor)


def open_drafts(session: Session, actor: Actor) -> Sequence[TableDraft]:
    """Return every draft that is open, the one saved last first."""
    return drafted.every_open(session, TableDraft, actor)


def save_draft(session: Session, actor: Actor, name: str, xml: bytes, revision: int) -> TableDraft:
    """Keep a changed table, if nobody else has saved since; its columns stay what they are."""
    held = _mine(session, actor, name)
    drafted.must_not_have_moved(held, revision)
    found = judge(table_named(name), xml)
    if found.table is None:
        raise TableRefused(found.flaws)
    put(session, held, found.table, actor)
    return held


def bring_file(
    session: Session, actor: Actor, name: str, xml: bytes, *, sure: bool = False
) -> Judged:
    """Take the rows of a file into the draft, and say what is wrong with them.

    ``sure`` is said by whoever knows what else the file holds: it is dropped.
    """
    taker = open_draft(session, actor, name)
    found = judge(table_named(name), xml)
    if found.table is not None:
        lost = engine.lost_of_decision_table(xml)
        if lost and not sure:
            raise TableWouldLose(lost)
        put(session, drafted.hold(session, TableDraft, taker.id, actor), found.table, actor)
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


def discard_draft(session: Session, actor: Actor, draft_id: int) -> TableDraft:
    """Put a draft aside; it isn't lost, and the table stays as it is."""
    held = drafted.hold(session, TableDraft, draft_id, actor)
    drafted.put_aside(session, held)
    return held


def restore_draft(session: Session, actor: Actor, draft_id: int) -> TableDraft:
    """Take a draft up again that was put aside, if no other one was begun meanwhile."""
    found = draft(session, actor, draft_id)
    rule_tables.my_turn(session, table_named(found.name).shape)
    drafted.take_up(session, found, _open(session, found.name))
    return found


def rebase_draft(session: Session, actor: Actor, draft_id: int) -> TableDraft:
    """Let a draft stand on the newest version, after somebody has looked at what differs."""
    held = drafted.hold(session, TableDraft, draft_id, actor)
    base = rule_tables.newest(session, table_named(held.name).shape)
    drafted.rebase(session, held, base.definition_id if base else None)
    return held


def rows_of(written: TableDraft) -> DecisionTable:
    """Return a draft as rows."""
    return engine.read_decision_table(written.xml)


def check_draft(session: Session, actor: Actor, name: str, xml: bytes | None = None) -> Judged:
    """Say what is wrong with a draft, or with what it is going to be; nothing is kept."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    if xml is not None:
        return judge(own, xml)
    found = _open(session, name)
    if found is None:
        raise DraftEnded("discarded")
    return judge(own, found.xml)


# -- what the other verbs of the room share -----------------------------------------------


def begin(
    session: Session, table: DecisionTable, actor: Actor, *, older_id: int | None = None
) -> TableDraft:
    """Begin a draft on the newest version of a table; its revision goes on from any before it."""
    base = rule_tables.newest(session, table_named(table.decision).shape) or table
    made = TableDraft(
        name=table.decision,
        base_id=base.definition_id,
        older_id=older_id,
        xml=engine.write_decision_table(table),
        revision=int(now(session).timestamp()),
        state=DrawingState.OPEN,
        saved_at=now(session),
        saved_by_id=actor.person_id,
    )
    session.add(made)
    session.flush()
    return made


def put(session: Session, held: TableDraft, table: DecisionTable, actor: Actor) -> None:
    """Put other rows into a draft; the same rows change nothing."""
    xml = engine.write_decision_table(table)
    if xml != held.xml:
        held.xml = xml
        drafted.moved(session, held, actor)


def _open(session: Session, name: str) -> TableDraft | None:
    wanted = select(TableDraft).where(
        TableDraft.name == name,
        TableDraft.state == DrawingState.OPEN,
        TableDraft.older_id.is_(None),
    )
    return session.scalars(wanted).one_or_none()


def _mine(session: Session, actor: Actor, name: str) -> TableDraft:
    """Return the draft of a table, locked against others."""
    found = draft_of(session, actor, name)
    if found is None:
        raise DraftEnded("discarded")
    return drafted.hold(session, TableDraft, found.id, actor)
