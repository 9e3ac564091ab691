"""Settings as administrators change them: each change is on record 设置变更.

What protects against one administrator isn't one's to switch off: it waits for a second one,
where there is one, and every administrator is told.
"""

from collections.abc import Sequence

from sqlalchemy import select

from engine import Session, now
from workflows import notices, seconding, settings
from workflows.actors import Actor
from workflows.errors import ReviewSettled
from workflows.rules import must_have
from workflows.tables import Person, Role, SettingChange

GUARDED = frozenset({settings.REVIEWED})
SHOWN = 50


def change(session: Session, actor: Actor, name: str, value: str) -> bool:
    """Set a setting, or ask a second administrator to; say whether it holds already."""
    must_have(actor, Role.ADMINISTRATOR)
    settings.must_be_fit(name, value)
    if value == settings.text(session, name):
        return True
    guarded, others = name in GUARDED, seconding.others(session, actor)
    if guarded and value == settings.NO and others:
        if not any(wish.name == name for wish in waiting(session, actor)):
            _tell(session, others, "setting_asked", _noted(session, actor, name, value))
        return False
    noted = _noted(session, actor, name, value, agreed=True)
    settings.change(session, actor, name, value)
    if guarded:
        _tell(session, others, "setting_changed", noted)
    return True


def agree(session: Session, actor: Actor, change_id: int) -> SettingChange:
    """Agree to another administrator's change of a guarded setting: it holds from now on."""
    wish = _held(session, actor, change_id)
    seconding.must_be_another(session, actor, authors(wish))
    settings.change(session, actor, wish.name, wish.new)
    _settle(session, actor, wish, agreed=True)
    _tell(session, seconding.others(session, actor), "setting_agreed", wish)
    return wish


def decline(session: Session, actor: Actor, change_id: int) -> SettingChange:
    """Decline a change of a guarded setting, or take one's own back."""
    wish = _held(session, actor, change_id)
    _settle(session, actor, wish, agreed=False)
    _tell(session, [each for each in (wish.by,) if each.id != actor.person_id],
          "setting_declined", wish)  # fmt: skip
    return wish


def waiting(session: Session, actor: Actor) -> Sequence[SettingChange]:
    """Return the changes that wait for a second administrator."""
    must_have(actor, Role.ADMINISTRATOR)
    wanted = select(SettingChange).where(SettingChange.agreed.is_(None))
    return session.scalars(wanted.order_by(SettingChange.id)).all()


def authors(wish: SettingChange) -> set[int]:
    """Return whose change it is: somebody else has to agree to it."""
    return {wish.by_id}


def story(session: Session, actor: Actor) -> Sequence[SettingChange]:
    """Return what became of the settings, the latest first."""
    must_have(actor, Role.ADMINISTRATOR)
    wanted = select(SettingChange).order_by(SettingChange.id.desc()).limit(SHOWN)
    return session.scalars(wanted).all()


def _noted(
    session: Session, actor: Actor, name: str, value: str, *, agreed: bool | None = None
) -> SettingChange:
    """Write down who changes a setting, or would: until somebody agrees it is a wish."""
    noted = SettingChange(
        name=name,
        old=settings.text(session, name),
        new=value,
        by_id=actor.person_id,
        at=now(session),
        agreed=agreed,
    )
    session.add(noted)
    session.flush()
    return noted


def _held(session: Session, actor: Actor, change_id: int) -> SettingChange:
    must_have(actor, Role.ADMINISTRATOR)
    found = session.get(SettingChange, change_id, with_for_update=True, populate_existing=True)
    if found is None or found.agreed is not None:
        raise ReviewSettled
    return found


def _settle(session: Session, actor: Actor, wish: SettingChange, *, agreed: bool) -> None:
    wish.agreed, wish.settled_by_id, wish.settled_at = agreed, actor.person_id, now(session)
    session.flush()


def _tell(session: Session, people: Sequence[Person], kind: str, wish: SettingChange) -> None:
    by = wish.settled_by or wish.by
    facts = {"setting": wish.name, "old": wish.old, "new": wish.new, "by": by.name}
    notices.notify(session, people, kind, facts=facts)
