"""From a draft to a version: read by a second administrator, deployed with a note, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine import DecisionTable, Session, now
from workflows import moves, notices, rule_tables, rules, seconding
from workflows.actors import Actor, holders
from workflows.decision_tables.differing import RowChange, differences
from workflows.decision_tables.drafting import (
    Version,
    begin,
    draft,
    hold,
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
from workflows.seconding import NOTE, Word
from workflows.tables import DrawingState, Person, Role, TableDraft, TableReview


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
        word=seconding.word_on(session, held, review_of(session, held), actor),
        moves=_moves(session, actor, own, judged) if is_open else Moves([]),
    )


def waiting_reviews(session: Session, actor: Actor) -> list[TableDraft]:
    """Return the drafts that wait for the actor's word."""
    return [
        each
        for each in open_drafts(session, actor)
        if each.saved_by_id != actor.person_id and seconding.waits(each, review_of(session, each))
    ]


def review_of(session: Session, held: TableDraft) -> TableReview | None:
    """Return the latest review of a draft, of whatever revision."""
    wanted = select(TableReview).where(TableReview.draft_id == held.id)
    return session.scalars(wanted.order_by(TableReview.id.desc())).first()


def ask_review(
    session: Session, actor: Actor, draft_id: int, note: str, *, revision: int | None = None
) -> TableReview:
    """Hand a draft to the other administrators, and say why it is to be deployed."""
    held = _as_read(session, actor, draft_id, revision)
    said = rules.must_say("note", note, NOTE)
    _must_be_ready(session, actor, held)
    asked = seconding.who_is_asked(session, actor, held, review_of(session, held))
    review = TableReview(
        draft_id=held.id,
        revision=held.revision,
        note=said,
        asked_by_id=actor.person_id,
        asked_at=now(session),
    )
    session.add(review)
    session.flush()
    _tell(session, held, actor, asked, "table_review_asked", text=said)
    return review


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
    held = _as_read(session, actor, draft_id, revision)
    review = seconding.settle(
        session, actor, held, review_of(session, held), approve=approve, words=words
    )
    kind = "table_review_approved" if approve else "table_review_returned"
    _tell(session, held, actor, seconding.askers(held, review), kind, text=review.words)
    return review


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
    held = _as_read(session, actor, draft_id, revision)
    review = None
    if seconding.is_needed(session):
        review = seconding.must_be_approved(held, review_of(session, held))
    said = rules.must_say("note", note or (review.note if review else ""), NOTE)
    table = _must_be_ready(session, actor, held)
    found = _moves(session, actor, own, Judged(table, []))
    known = {each.id: each.number for each in versions(session, actor, held.name)}
    deployed = rule_tables.keep(
        session, actor, table, said,
        back_to=known.get(held.older_id or 0),
        reviewed_by=review.reviewed_by_id if review else None,
    )  # fmt: skip
    held.state, held.ended_at, held.definition_id = DrawingState.DEPLOYED, now(session), deployed.id
    session.flush()
    if seal is not None:
        moves.follow_rules(session, actor, found, seal)
    told = told_version(session, deployed)
    others = holders(session, Role.ADMINISTRATOR)
    _tell(session, held, actor, list(others), "table_deployed", text=said, version=told.number)
    return told


def roll_back(session: Session, actor: Actor, name: str, definition_id: int) -> TableDraft:
    """Begin to bring an older version back; it is reviewed and deployed as a draft is."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    own = table_named(name)
    rule_tables.my_turn(session, own.shape)
    older, last = version(session, actor, name, definition_id), newest(session, own)
    if last is None or _said(older) == _said(last):
        raise NewestAlready
    for each in open_drafts(session, actor):
        if each.name == name and each.older_id is not None:
            if (each.older_id, each.base_id) == (definition_id, last.definition_id):
                return each
            each.state, each.ended_at = DrawingState.DISCARDED, now(session)
    return begin(session, older, actor, older_id=definition_id)


# -- what has to hold ---------------------------------------------------------------------


def _as_read(session: Session, actor: Actor, draft_id: int, revision: int | None) -> TableDraft:
    """Return an open draft, locked, or refuse one that was saved since it was read."""
    held = hold(session, draft_id, actor)
    seconding.must_be_as_read(held, revision)
    return held


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


def _tell(
    session: Session,
    held: TableDraft,
    actor: Actor,
    people: list[Person],
    kind: str,
    **facts: object,
) -> None:
    """Tell others about a draft; whoever does something isn't told of it."""
    others = [person for person in people if person.id != actor.person_id]
    about = {"draft": held.id, "table": held.name, "by": actor.name}
    notices.notify(session, others, kind, facts={**about, **facts})
