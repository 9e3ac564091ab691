"""Who may do what in the domain about posts: delegating, deputies, hand-overs, supervisors.

A deputy or a hand-over is tried at one that isn't there; a colleague is somebody whom nobody knows:
whoever may give something away hears so, everybody else that it isn't theirs.
"""

from collections.abc import Mapping

from tests.web.project_rights import told
from tests.web.rights import ADMINISTRATOR, SIGNED_IN, Answer, Right, Who, only

NOBODY = 10**6

API: Mapping[str, Right] = {
    "Posts.deputies": Right(SIGNED_IN),
    "Posts.appoint": Right(ADMINISTRATOR, sent=told("post_id", "person_id")),
    "Posts.end": Right(only(), refused=Answer.UNKNOWN),
    "Posts.delegate": Right(
        only(Who.HANDLER), "report", {"person_id": NOBODY}, done=Answer.UNKNOWN
    ),
    "Posts.give_back": Right(only(), "report", {"answer": "不属本人"}),
    "Posts.take_back": Right(only(Who.HANDLER), "report", done=Answer.NOT_NOW),
    "Posts.hand_over": Right(
        ADMINISTRATOR, sent=lambda ids: {"to_id": ids["person_id"]}, refused=Answer.UNKNOWN
    ),
    "Posts.waiting": Right(SIGNED_IN),
    "Posts.one": Right(only(), refused=Answer.UNKNOWN),
    "Posts.receive": Right(only(), refused=Answer.UNKNOWN),
    "Posts.supervisor": Right(
        only(Who.DIRECTOR), "report", {"person_id": NOBODY}, done=Answer.UNKNOWN
    ),
}
"""Who may do what about posts by the API."""

VERBS: Mapping[str, Right] = {
    "posts.delegations.delegate": Right(
        only(Who.HANDLER), "report", told("task_id", person_id=NOBODY), done=Answer.UNKNOWN
    ),
    "posts.delegations.give_back": Right(only(), "report", told("task_id", answer="不属本人")),
    "posts.delegations.take_back": Right(only(Who.HANDLER), "report", told("task_id")),
    "posts.deputies.appoint": Right(ADMINISTRATOR, sent=told("post_id", "person_id")),
    "posts.deputies.end_deputy": Right(only(), sent=told("deputy_id"), refused=Answer.UNKNOWN),
    "posts.handovers.hand_over": Right(
        ADMINISTRATOR,
        sent=lambda ids: {"post_id": ids["post_id"], "from_id": None, "to_id": ids["person_id"]},
        refused=Answer.UNKNOWN,
    ),
    "posts.handovers.hand_over_of": Right(
        only(), sent=told("hand_over_id"), refused=Answer.UNKNOWN
    ),
    "posts.handovers.receive": Right(only(), sent=told("hand_over_id"), refused=Answer.UNKNOWN),
    "posts.handovers.seat_of": Right(ADMINISTRATOR, sent=told("post_id"), refused=Answer.UNKNOWN),
    "posts.reassigning.hand_to_supervisor": Right(
        only(Who.DIRECTOR), "report", told("item_id", person_id=NOBODY), done=Answer.UNKNOWN
    ),
}

FOR_EVERYBODY = frozenset(
    {
        "posts.delegations.colleagues",
        "posts.deputies.absences",
        "posts.deputies.possible_deputies",
        "posts.deputies.staff",
        "posts.handovers.waiting_hand_overs",
    }
)
"""They show what is the reader's own: their deputies, their staff, their colleagues."""
