"""From a draft to a version: read by a second administrator, deployed with a note, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine import DecisionTable, Session
from workflows import drafted, moves, rule_tables, rules, seconding
from workflows.actors import Actor
from workflows.decision_tables.differing import RowChange, differences
from workflows.decision_tables.drafting import (
    Version,
    begin,
    draft,
    newest,
    open_drafts,
    rows_of,
    told_version,
    version,
    versions,
)
from workflows.decision_tables.judging import Judged, Table, judge, table_named
from workflows.errors import NewerDeployed, NewestAlready, NothingChanged, TableRefused
from workflows.limits import SHAPE as LIMITS
from workflows.moves import Moves
from workflows.seconding import NOTE, Way, Word
from workflows.tables import DrawingState, Person, Role, TableDraft, TableReview

WAY: Final = Way(
    TableDraft,
    TableReview,
    asked="table_review_asked",
    approved="table_review_approved",
    returned="table_review_returned",
    deployed="table_deployed",
    facts=lambda draft: {"table": draft.name},
)


@dataclass(frozen=True, slots=True)
class Release:
    """What stands between a draft and its deployment, as whoever looks at it finds it.

    ``theirs`` is what others have changed meanwhile, ``moves`` which days run by changed limits.
    """

    draft: TableDraft
    base: Version
    older: Version | None
    deployed: Version | None
    newer: NewerDeployed | None
    changes: Sequence[RowChange]
    theirs: Sequence[RowChange]
    judged: Judged
    word: Word
    moves: Moves

    @property
    def is_open(self) -> bool:
        """Say whether it can be deployed still."""
        return self.draft.state is DrawingState.OPEN

    @property
    def changed(self) -> bool:
        """Say whether it differs from what it is based on."""
        return bool(self.changes)

    @property
    def sound(self) -> bool:
        """Say whether the checks let it in."""
        return not self.judged.wrong


def release(session: Session, actor: Actor, draft_id: int) -> Release:
    """Return what stands between a draft and its deployment."""
    held = draft(session, actor, draft_id)
    own = table_named(held.name)
    known = {each.id: each for each in versions(session, actor, held.name)}
    base = version(session, actor, held.name, held.base_id)
    is_open = held.state is DrawingState.OPEN
    judged = judge(own, held.xml)
    return Release(
        draft=held,
        base=known[held.base_id],
        older=known.get(held.older_id or 0),
        deployed=known.get(held.definition_id or 0),
        newer=_newer_than(session, actor, held) if is_open else None,
        changes=differences(base, rows_of(held)),
        theirs=differences(base, newest(session, own) or base) if is_open else (),
        judged=judged,
        word=seconding.word_on(session, WAY, held, actor),
        moves=_moves(session, actor, own, judged) if is_open else Moves([]),
    )


def waiting_reviews(session: Session, actor: Actor) -> Sequence[tuple[TableDraft, Person]]:
    """Return the drafts that wait for the actor's word, with who asks for it."""
    return seconding.waiting(session, WAY, actor)


def count_reviews(session: Session, actor: Actor) -> int:
    """Count the drafts that wait for the actor's word."""
    return len(seconding.waiting_ids(session, WAY, actor))


def ask_review(
    session: Session, actor: Actor, draft_id: int, note: str, *, revision: int | None = None
) -> TableReview:
    """Hand a draft to the other administrators, and say why it is to be deployed."""
    held = drafted.as_read(session, TableDraft, draft_id, actor, revision)
    said = rules.must_say("note", note, NOTE)
    _must_be_ready(session, actor, held)
    return seconding.ask(session, WAY, held, said, actor)


def review_draft(
    session: Session,
    actor: Actor,
    draft_id: int,
    *,
    approve: bool,
    words: str,
    revision: int | None = None,
) -> TableReview:
    """Record a second administrator's word about a draft as it was handed over.

    ``revision`` is the one that they have read: it may be another one that waits by now.
    """
    held = drafted.as_read(session, TableDraft, draft_id, actor, revision)
    return seconding.judge(session, WAY, held, actor, approve=approve, words=words)


def deploy_draft(
    session: Session,
    actor: Actor,
    draft_id: int,
    note: str,
    *,
    revision: int | None = None,
    seal: str | None = None,
) -> Version:
    """Make a draft the newest version, and say why; it must be sound, and stand on the newest.

    ``revision`` is the one that the actor has read; one that was saved since isn't deployed.
    What runs by changed limits keeps its day, or follows where ``seal`` says what was seen of it.
    """
    own = table_named(draft(session, actor, draft_id).name)
    rule_tables.my_turn(session, own.shape)
    held = drafted.as_read(session, TableDraft, draft_id, actor, revision)
    reviewer_id, said = seconding.passed(session, WAY, held, note)
    table = _must_be_ready(session, actor, held)
    found = _moves(session, actor, own, Judged(table, []))
    known = {each.id: each.number for each in versions(session, actor, held.name)}
    deployed = rule_tables.keep(
        session, actor, table, said,
        back_to=known.get(held.older_id or 0),
        reviewed_by=reviewer_id,
    )  # fmt: skip
    drafted.deployed(session, held, deployed.id)
    if seal is not None:
        moves.follow_rules(session, actor, found, seal)
    told = told_version(session, deployed)
    seconding.tell_deployed(session, WAY, held, actor, said, told.number)
    return told


def roll_back(session: Session, actor: Actor, name: str, definition_id: int) -> TableDraft:
    """Begin to bring an older version back; it is reviewed and deployed as a draft is."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    rule_tables.my_turn(session, own.shape)
    older, last = version(session, actor, name, definition_id), newest(session, own)
    if last is None or _said(older) == _said(last):
        raise NewestAlready
    drafts = open_drafts(session, actor)
    begun = [each for each in drafts if each.name == name and each.older_id is not None]
    found = drafted.begun_anew(session, begun, definition_id, last.definition_id)
    return found or begin(session, older, actor, older_id=definition_id)


# -- what has to hold ---------------------------------------------------------------------


def _must_be_ready(session: Session, actor: Actor, held: TableDraft) -> DecisionTable:
    """Refuse a draft that would go over a newer version, changes nothing, or isn't sound."""
    newer = _newer_than(session, actor, held)
    if newer is not None:
        raise newer
    own = table_named(held.name)
    found = judge(own, held.xml)
    if found.table is None or found.wrong:
        raise TableRefused(found.wrong)
    if _said(found.table) == _said(newest(session, own)):
        raise NothingChanged
    return found.table


def _newer_than(session: Session, actor: Actor, held: TableDraft) -> NewerDeployed | None:
    """Return who has deployed a newer version since the draft was begun, if anybody has."""
    last = versions(session, actor, held.name)[0]
    if last.id == held.base_id:
        return None
    return NewerDeployed(last.number, last.by or "", last.at, last.note)


def _said(table: DecisionTable | None) -> Sequence[object]:
    return [(row.cells, row.note) for row in table.rows] if table else []


def _moves(session: Session, actor: Actor, own: Table, judged: Judged) -> Moves:
    """Return which open days would move if what runs followed changed limits."""
    old = newest(session, own)
    if own.shape is not LIMITS or judged.table is None or judged.wrong or old is None:
        return Moves([])
    return moves.of_rules(session, actor, moves.changed_rules(old, judged.table))
