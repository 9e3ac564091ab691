"""Who tries what, and what somebody has to be answered: the words of the two matrices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tests.web.places import Ids
from workflows.store import OF_THE_LADDER


class Who(StrEnum):
    """Somebody who tries: one person for each role, and a stranger."""

    STRANGER = "stranger"
    HANDLER = "handler"
    UNIT_HEAD = "unit_head"
    SUPERVISOR = "supervisor"
    DIRECTOR = "director"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


LOGINS = {
    Who.HANDLER: "qianjin",
    Who.UNIT_HEAD: "zhouju",
    Who.SUPERVISOR: "liwen",
    Who.DIRECTOR: "zhangming",
    Who.LEADER: "luyuan",
    Who.ADMINISTRATOR: "hemin",
    Who.AUDITOR: "shenji",
}
Sent = Mapping[str, Any] | bytes
OWN, FOREIGN = ("市交通运输局", "qianjin", "zhouju"), ("市城管局", "yangfan", "luojing")

EVERYONE = frozenset(Who)
SIGNED_IN = EVERYONE - {Who.STRANGER}
UNIT = frozenset({Who.HANDLER, Who.UNIT_HEAD})
OFFICE = frozenset({Who.SUPERVISOR, Who.DIRECTOR})
SEERS = SIGNED_IN - {Who.ADMINISTRATOR}

NOTICE, VIEW = "notice", "view"
PERSONAL = frozenset({NOTICE, VIEW})
"""What everybody has of their own."""
BEFORE_THE_UNITS = frozenset({"register", "approve", "assign", "decompose", "resolve", "proposal"})
"""The steps at which no unit has the item yet."""
HIDDEN = frozenset({"revisit"})
"""A visit that nobody has announced doesn't exist for the units."""
OVERSEERS = SEERS - UNIT
"""Those who see what is on its way to a unit: the office, leaders, auditors."""


class Answer(StrEnum):
    """What somebody is answered."""

    DONE = "done"
    SIGN_IN = "sign in"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"
    NOT_NOW = "not now"


@dataclass(frozen=True)
class Right:
    """Who may use a route, and at which place it is tried.

    ``at`` names the step that an item of one unit is brought to; without one the route
    isn't about anybody's item. ``sent`` is what is sent, by the numbers of the place.
    ``named`` says that the address names the item: then whoever may not see it finds nothing.
    """

    who: frozenset[Who]
    at: str = ""
    sent: Callable[[Ids], Sent] | Mapping[str, Any] = field(default_factory=dict)
    named: bool = True
    refused: Answer = Answer.FORBIDDEN
    done: Answer = Answer.DONE

    def expects(self, who: Who, *, foreign: bool) -> Answer:
        """Say what somebody has to be answered."""
        if who in self.who and not self._is_hidden(who, foreign=foreign):
            return self.done
        if who is Who.STRANGER:
            return Answer.SIGN_IN
        return Answer.UNKNOWN if self._is_hidden(who, foreign=foreign) else self.refused

    def tried_by(self, *, foreign: bool) -> list[Who]:
        """Say who tries it: a unit is foreign to those alone who are of another one."""
        apart = foreign and self.at not in PERSONAL
        return [who for who in Who if who in UNIT or not apart]

    def _is_hidden(self, who: Who, *, foreign: bool) -> bool:
        if self.at in PERSONAL:
            return foreign
        if not self.at or not self.named:
            return False
        without = self.at in BEFORE_THE_UNITS | HIDDEN or self.at in OF_THE_LADDER
        return who not in SEERS or (who in UNIT and (foreign or without))


def only(*who: Who) -> frozenset[Who]:
    """Name a few."""
    return frozenset(who)


ADMINISTRATOR = only(Who.ADMINISTRATOR)
