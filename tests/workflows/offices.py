"""Made-up actors for tests that need nobody's account."""

from engine import Session
from workflows import settings
from workflows.actors import Actor, HeldPost
from workflows.tables import Role


def actor(role: Role, person_id: int = 1, unit_id: int = 1) -> Actor:
    """Return somebody who holds one post of this role."""
    return Actor(person_id, "某某", (HeldPost(1, unit_id, "某单位", role, role.value),))


def administrator() -> Actor:
    """Return an administrator."""
    return actor(Role.ADMINISTRATOR)


def unreviewed(session: Session) -> None:
    """Let one administrator alone change diagrams and tables."""
    settings.change(session, administrator(), settings.REVIEWED, settings.NO)


def handler() -> Actor:
    """Return a unit's handler."""
    return actor(Role.HANDLER)
