"""What is done to accounts 账号变更: on record, told to every administrator, and whom it ties.

Whoever opens an account, or gives it a password, can act as its holder. So accounts that went
through the same hands within a week give no second word on each other's changes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from engine import Session, now
from workflows import notices, rules
from workflows.actors import holders
from workflows.rules import Acting
from workflows.tables import AccountChange, AccountDeed, Person, Post, Role

NOTICE: Final = "account_changed"
OVERSEERS: Final = (Role.ADMINISTRATOR, Role.AUDITOR)
SHOWN: Final = 200
WEEK: Final = timedelta(days=7)
TAKING: Final = frozenset({AccountDeed.CLOSED, AccountDeed.RELIEVED, AccountDeed.REVOKED})
"""What only takes something away: it is told and on record, but puts nobody's account in a hand."""
POST: Final = frozenset({AccountDeed.NAMED, AccountDeed.RELIEVED})

_LATEST_FIRST: Final = (
    select(AccountChange)
    .options(joinedload(AccountChange.person), joinedload(AccountChange.by))
    .order_by(AccountChange.id.desc())
)


def note(session: Session, by: Acting, person: Person, deed: AccountDeed) -> None:
    """Write down what is done to another's account; where it is an administrator's, tell them all.

    Whoever does it at the server's terminal has no account, and isn't named.
    """
    if by.person_id == person.id:
        return
    doer = session.get_one(Person, by.person_id) if by.person_id else None
    session.add(AccountChange(person=person, deed=deed, by=doer, at=now(session)))
    session.flush()
    administrators = holders(session, Role.ADMINISTRATOR)
    if deed in POST or person in administrators:
        told = [each for each in (*administrators, person) if each is not doer]
        about = {"deed": deed.value, "person": person.id, "name": person.name}
        notices.notify(session, told, NOTICE, facts={**about, "by": doer and doer.name})


def note_post(session: Session, by: Acting, person: Person, post: Post) -> None:
    """Write down that somebody is given a post, or acts in it, where it makes an administrator."""
    if post.role is Role.ADMINISTRATOR:
        note(session, by, person, AccountDeed.NAMED)


def note_post_back(session: Session, by: Acting, person: Person, post: Post) -> None:
    """Write down that an administrator's post is taken back from its holder or deputy."""
    if post.role is Role.ADMINISTRATOR:
        note(session, by, person, AccountDeed.RELIEVED)


def changes_of(session: Session, actor: Acting, person_id: int) -> Sequence[AccountChange]:
    """Return what others did to an account, the latest first; whose it is may see it, too."""
    if actor.person_id != person_id:
        rules.must_have(actor, *OVERSEERS)
    return session.scalars(_LATEST_FIRST.where(AccountChange.person_id == person_id)).all()


def latest(
    session: Session, actor: Acting, before_id: int | None = None
) -> Sequence[AccountChange]:
    """Return what was done to anybody's account, the latest first, or what was before one."""
    rules.must_have(actor, *OVERSEERS)
    wanted = _LATEST_FIRST.limit(SHOWN)
    if before_id is not None:
        wanted = wanted.where(AccountChange.id < before_id)
    return session.scalars(wanted).all()


def lately(session: Session) -> Sequence[AccountChange]:
    """Return what has put accounts into hands in the last week, in order."""
    wanted = select(AccountChange).where(
        AccountChange.at > now(session) - WEEK, AccountChange.deed.not_in(TAKING)
    )
    return session.scalars(wanted.order_by(AccountChange.id)).all()


def tie(
    lately: Sequence[AccountChange], reader_id: int, author_ids: Collection[int]
) -> AccountChange | None:
    """Return what lets one person speak for a reader and for an author, if anything does.

    It is the one that is over last, where several do.
    """
    found = [
        _between(_in_hands(holder_id, lately), reader_id, author_ids)
        for holder_id in {each.by_id for each in lately if each.by_id is not None}
    ]
    return max(filter(None, found), key=attrgetter("id"), default=None)


def free_at(change: AccountChange) -> datetime:
    """Return when what was done to an account ties it no longer."""
    return change.at + WEEK


def _in_hands(holder_id: int, lately: Sequence[AccountChange]) -> dict[int, AccountChange | None]:
    """Return the accounts that somebody can speak for, each with what was done to it last.

    What such an account does to another one is theirs as well. Somebody else's new password
    takes an account out of their hands.
    """
    held: dict[int, AccountChange | None] = {holder_id: None}
    for each in lately:
        if each.person_id == holder_id:
            continue
        if each.by_id in held:
            held[each.person_id] = each
        elif each.deed is AccountDeed.RESET:
            held.pop(each.person_id, None)
    return held


def _between(
    held: dict[int, AccountChange | None], reader_id: int, author_ids: Collection[int]
) -> AccountChange | None:
    """Return what brought a reader and an author into one hand: what is over first."""
    authors = [each for each in author_ids if each in held]
    if reader_id not in held or not authors:
        return None
    done = [change for each in (reader_id, *authors) if (change := held[each])]
    return min(done, key=attrgetter("id"), default=None)
