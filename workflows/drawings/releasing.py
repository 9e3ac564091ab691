"""From a draft to a version: reviewed by a second administrator, deployed with a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from sqlalchemy import select

import engine
from engine import Definition, Problem, Session
from workflows import drafted, routes, rules, seconding
from workflows.actors import Actor
from workflows.drawings.checking import check
from workflows.drawings.drafting import TURN, begin, drawing, newest_of
from workflows.drawings.past import deployment_of, load_of
from workflows.errors import (
    NewerDeployed,
    NewestAlready,
    NothingChanged,
    ReviewMissing,
    VersionStays,
)
from workflows.seconding import NOTE, Way, Word
from workflows.tables import (
    DeployedHow,
    Deployment,
    Drawing,
    DrawingReview,
    DrawingState,
    Person,
    Role,
)
from workflows.turns import wait_for_turn

TERMINAL: Final = "terminal"
WAY: Final = Way(
    Drawing,
    DrawingReview,
    asked="review_asked",
    approved="review_approved",
    returned="review_returned",
    deployed="diagram_deployed",
    facts=lambda draft: {"name": draft.name, "name_en": draft.name_en},
)


@dataclass(frozen=True, slots=True)
class Release:
    """What stands between a draft and its deployment, as whoever looks at it finds it."""

    draft: Drawing
    base: Definition | None
    older: Definition | None
    deployed: Definition | None
    newer: NewerDeployed | None
    newest_id: int | None
    problems: Sequence[Problem]
    word: Word
    running: int

    @property
    def is_open(self) -> bool:
        """Say whether it can be deployed still."""
        return self.draft.state is DrawingState.OPEN

    @property
    def changed(self) -> bool:
        """Say whether it differs from what it is based on."""
        return self.base is None or self.base.xml != self.draft.xml

    @property
    def sound(self) -> bool:
        """Say whether the gate lets it in."""
        return not any(problem.refuses for problem in self.problems)


def release(session: Session, actor: Actor, draft_id: int) -> Release:
    """Return what stands between a draft and its deployment."""
    draft = drawing(session, actor, draft_id)
    newest = newest_of(session, draft.process_id)
    return Release(
        draft=draft,
        base=_version(session, draft.base_id),
        older=_version(session, draft.older_id),
        deployed=_version(session, draft.definition_id),
        newer=newer_than(session, draft) if draft.state is DrawingState.OPEN else None,
        newest_id=newest.id if newest else None,
        problems=check(session, draft.xml, draft.process_id),
        word=seconding.word_on(session, WAY, draft, actor),
        running=sum(load.running for load in engine.loads(session, draft.process_id)),
    )


def waiting_reviews(session: Session, actor: Actor) -> Sequence[tuple[Drawing, Person]]:
    """Return the drafts that wait for the actor's word, with who asks for it."""
    return seconding.waiting(session, WAY, actor)


def count_reviews(session: Session, actor: Actor) -> int:
    """Count the drafts that wait for the actor's word."""
    return len(seconding.waiting_ids(session, WAY, actor))


def ask_review(
    session: Session, actor: Actor, draft_id: int, note: str, *, revision: int | None = None
) -> DrawingReview:
    """Hand a draft to the other administrators, and say why it is to be deployed."""
    draft = drafted.as_read(session, Drawing, draft_id, actor, revision)
    said = rules.must_say("note", note, NOTE)
    must_be_ready(session, draft)
    return seconding.ask(session, WAY, draft, said, actor)


def review_draft(
    session: Session,
    actor: Actor,
    draft_id: int,
    *,
    approve: bool,
    words: str,
    revision: int | None = None,
) -> DrawingReview:
    """Record a second administrator's word about a draft as it was handed over.

    ``revision`` is the one that they have read: it may be another one that waits by now.
    """
    draft = drafted.as_read(session, Drawing, draft_id, actor, revision)
    return seconding.judge(session, WAY, draft, actor, approve=approve, words=words)


def deploy_draft(
    session: Session, actor: Actor, draft_id: int, note: str, *, revision: int | None = None
) -> Definition:
    """Make a draft the newest version of its process; running items stay on theirs.

    ``revision`` is the one that the actor has read; one that was saved since isn't deployed.
    """
    wait_for_turn(session, TURN)
    draft = drafted.as_read(session, Drawing, draft_id, actor, revision)
    reviewer_id, said = seconding.passed(session, WAY, draft, note)
    must_be_ready(session, draft)
    made = engine.deploy(session, draft.xml, by=actor.by)
    drafted.deployed(session, draft, made.id)
    kept = Deployment(
        how=DeployedHow.ROLLBACK if draft.older_id else DeployedHow.DRAFT,
        note=said,
        drawing_id=draft.id,
        older_id=draft.older_id,
        deployed_by_id=actor.person_id,
        reviewed_by_id=reviewer_id,
    )
    record(session, made, kept)
    seconding.tell_deployed(session, WAY, draft, actor, said, made.version)
    return made


def deploy_file(session: Session, actor: Actor, xml: bytes, note: str) -> Definition:
    """Make a file the newest version of its process at once, where nobody has to review it."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    said = rules.must_say("note", note, NOTE)
    engine.must_be_bpmn(xml)
    newest = newest_of(session, engine.title_of(xml).process_id)
    if newest is not None and newest.xml == xml:
        return newest
    if seconding.is_needed(session):
        raise ReviewMissing("draft")
    by_hand = Deployment(how=DeployedHow.FILE, note=said, deployed_by_id=actor.person_id)
    return _put_in_use(session, xml, actor.by, by_hand)


def deploy_at_terminal(session: Session, xml: bytes, note: str) -> Definition:
    """Make a file the newest version at once: whoever is at the machine answers for it."""
    said = rules.must_say("note", note, NOTE)
    return _put_in_use(session, xml, TERMINAL, Deployment(how=DeployedHow.TERMINAL, note=said))


def roll_back(session: Session, actor: Actor, definition_id: int) -> Drawing:
    """Begin to bring an older version back; it is reviewed and deployed as a draft is."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    wait_for_turn(session, TURN)
    older = engine.definition(session, definition_id)
    newest = newest_of(session, older.process_id)
    if newest is None or older.xml == newest.xml:
        raise NewestAlready
    begun = select(Drawing).where(
        Drawing.process_id == older.process_id,
        Drawing.state == DrawingState.OPEN,
        Drawing.older_id.is_not(None),
    )
    found = drafted.begun_anew(session, session.scalars(begun), older.id, newest.id)
    return found or begin(session, older.xml, actor, base_id=newest.id, older_id=older.id)


def delete_version(session: Session, actor: Actor, definition_id: int) -> NoReturn:
    """Refuse to delete a version, and say what needs it: none is ever deleted."""
    rules.must_have(actor, Role.ADMINISTRATOR)
    version = engine.definition(session, definition_id)
    running, ran = load_of(session, version)
    newest = newest_of(session, version.process_id)
    if running:
        why = "running"
    elif newest is not None and newest.id == version.id:
        why = "newest"
    else:
        why = "ran" if ran else "recorded"
    raise VersionStays(why, running, ran)


# -- what has to hold ---------------------------------------------------------------------


def must_be_ready(session: Session, draft: Drawing) -> None:
    """Refuse a draft that would go over a newer version, changes nothing, or isn't sound."""
    must_stand_on_newest(session, draft)
    if draft.base_id and engine.definition(session, draft.base_id).xml == draft.xml:
        raise NothingChanged
    wrong = [each for each in check(session, draft.xml, draft.process_id) if each.refuses]
    if wrong:
        raise engine.Refused(wrong)
    routes.must_carry(session, draft.process_id, draft.xml)


def must_stand_on_newest(session: Session, draft: Drawing) -> None:
    """Refuse to go over a version that somebody has deployed since the draft was begun."""
    newer = newer_than(session, draft)
    if newer is not None:
        raise newer


def newer_than(session: Session, draft: Drawing) -> NewerDeployed | None:
    """Return who has deployed a newer version since the draft was begun, if anybody has."""
    newest = newest_of(session, draft.process_id)
    if newest is None or newest.id == draft.base_id:
        return None
    kept = deployment_of(session, newest.id)
    by = kept.deployed_by.name if kept and kept.deployed_by else newest.deployed_by
    return NewerDeployed(newest.version, by, newest.deployed_at, kept.note if kept else "")


def record(session: Session, made: Definition, kept: Deployment) -> None:
    """Write down how a version came."""
    kept.definition_id, kept.process_id, kept.at = made.id, made.process_id, made.deployed_at
    session.add(kept)
    session.flush()


def _version(session: Session, definition_id: int | None) -> Definition | None:
    return None if definition_id is None else engine.definition(session, definition_id)


def _put_in_use(session: Session, xml: bytes, by: str, kept: Deployment) -> Definition:
    wait_for_turn(session, TURN)
    routes.must_carry(session, engine.title_of(xml).process_id, xml)
    made = engine.deploy(session, xml, by=by)
    if deployment_of(session, made.id) is None and made.deployed_by == by:
        record(session, made, kept)
    return made
