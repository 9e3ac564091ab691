"""Posts outlive persons: who acts for a holder, who does a colleague's work, who takes over."""

from workflows.posts.delegations import (
    Colleague,
    Line,
    colleagues,
    delegate,
    give_back,
    history_of,
    take_back,
)
from workflows.posts.deputies import (
    Absence,
    Away,
    absences,
    appoint,
    end_deputy,
    may_appoint,
    own_posts,
    possible_deputies,
    staff,
)
from workflows.posts.handovers import (
    OpenWork,
    hand_over,
    hand_over_of,
    may_hand_over,
    open_work,
    receive,
    seat_of,
    tells_titles,
    waiting_hand_overs,
)
from workflows.posts.reassigning import hand_to_supervisor, supervisors

__all__ = [
    "Absence",
    "Away",
    "Colleague",
    "Line",
    "OpenWork",
    "absences",
    "appoint",
    "colleagues",
    "delegate",
    "end_deputy",
    "give_back",
    "hand_over",
    "hand_over_of",
    "hand_to_supervisor",
    "history_of",
    "may_appoint",
    "may_hand_over",
    "open_work",
    "own_posts",
    "possible_deputies",
    "receive",
    "seat_of",
    "staff",
    "supervisors",
    "take_back",
    "tells_titles",
    "waiting_hand_overs",
]
