"""Who may do what about decision tables and drawn forms: administrators alone.

A table is tried at one that isn't there: an administrator hears that it is unknown, everybody
else that it isn't theirs.
"""

from collections.abc import Mapping

from tests.web.project_rights import SEERS
from tests.web.rights import ADMINISTRATOR, Answer, Right
from tests.web.visit_rights import unknown
from workflows.moves import Moves

NUMBERS: Mapping[str, object] = {"change_id": 10**6}
NO_TABLE = Right(ADMINISTRATOR, done=Answer.UNKNOWN)

PAGES: Mapping[str, Right] = {
    "decision_tables.show": Right(ADMINISTRATOR),
    **dict.fromkeys(
        (
            f"decision_tables.{name}"
            for name in (
                "look", "file", "bring", "take", "kept", "compare", "back", "begin", "edit", "xml",
            )
        ),
        NO_TABLE,
    ),
    **dict.fromkeys(
        (
            f"table_releases.{name}"
            for name in (
                "show", "trial", "ask", "judge", "deploy", "rebase", "discard", "restore",
            )
        ),
        NO_TABLE,
    ),
    "admin_settings.agree": Right(ADMINISTRATOR, done=Answer.NOT_NOW),
    "admin_settings.decline": Right(ADMINISTRATOR, done=Answer.NOT_NOW),
    "decision_tables.save": Right(
        ADMINISTRATOR, sent=lambda _: b"<x/>", done=Answer.UNKNOWN
    ),
    "form_previews.preview": Right(ADMINISTRATOR),
    "steps.hidden": Right(SEERS, "report"),
}  # fmt: skip

API: Mapping[str, Right] = {
    "Tables.many": Right(ADMINISTRATOR),
    "Tables.check": Right(ADMINISTRATOR, sent=lambda _: b"<x/>", done=Answer.UNKNOWN),
    "Tables.save": Right(ADMINISTRATOR, sent=lambda _: b"<x/>", done=Answer.UNKNOWN),
    **dict.fromkeys(
        (
            f"Tables.{name}"
            for name in (
                "one", "versions", "dmn", "begin", "drafted", "draft_dmn", "release", "trial",
                "rebase", "discard", "roll_back",
            )
        ),
        NO_TABLE,
    ),
    "Tables.compare": Right(ADMINISTRATOR),
    "Tables.ask": Right(ADMINISTRATOR, sent={"note": "按新规"}, done=Answer.UNKNOWN),
    "Tables.judge": Right(
        ADMINISTRATOR, sent={"approve": True, "revision": 1}, done=Answer.UNKNOWN
    ),
    "Tables.deploy": Right(ADMINISTRATOR, sent={"note": "按新规"}, done=Answer.UNKNOWN),
}  # fmt: skip

NOTE = {"note": "按新规"}
DRAFTING, RELEASING = "decision_tables.drafting", "decision_tables.releasing"

VERBS: Mapping[str, Right] = {
    f"{DRAFTING}.tables": Right(ADMINISTRATOR),
    f"{DRAFTING}.versions": Right(ADMINISTRATOR, sent={"name": "limits"}),
    f"{DRAFTING}.version": unknown(ADMINISTRATOR, name="limits", definition_id=10**6),
    f"{DRAFTING}.open_draft": Right(ADMINISTRATOR, sent={"name": "limits"}),
    f"{DRAFTING}.draft_of": Right(ADMINISTRATOR, sent={"name": "limits"}),
    f"{DRAFTING}.save_draft": unknown(ADMINISTRATOR, name="no", xml=b"<x/>", revision=1),
    f"{DRAFTING}.bring_file": unknown(ADMINISTRATOR, name="no", xml=b"<x/>"),
    f"{DRAFTING}.keep_file": unknown(ADMINISTRATOR, name="no", file_name="", xml=b"<x/>"),
    f"{DRAFTING}.files_of": unknown(ADMINISTRATOR, name="no"),
    f"{DRAFTING}.file_of": unknown(ADMINISTRATOR, name="limits", file_id=10**6),
    f"{DRAFTING}.draft": unknown(ADMINISTRATOR, draft_id=10**6),
    f"{DRAFTING}.open_drafts": Right(ADMINISTRATOR),
    f"{DRAFTING}.discard_draft": unknown(ADMINISTRATOR, draft_id=10**6),
    f"{DRAFTING}.restore_draft": unknown(ADMINISTRATOR, draft_id=10**6),
    f"{DRAFTING}.rebase_draft": unknown(ADMINISTRATOR, draft_id=10**6),
    f"{DRAFTING}.check_draft": unknown(ADMINISTRATOR, name="no", xml=b"<x/>"),
    f"{RELEASING}.release": unknown(ADMINISTRATOR, draft_id=10**6),
    f"{RELEASING}.waiting_reviews": Right(ADMINISTRATOR),
    f"{RELEASING}.count_reviews": Right(ADMINISTRATOR),
    f"{RELEASING}.ask_review": unknown(ADMINISTRATOR, draft_id=10**6, **NOTE),
    f"{RELEASING}.review_draft": unknown(ADMINISTRATOR, draft_id=10**6, approve=True, words=""),
    f"{RELEASING}.deploy_draft": unknown(ADMINISTRATOR, draft_id=10**6, **NOTE),
    f"{RELEASING}.roll_back": unknown(ADMINISTRATOR, name="no", definition_id=1),
    "decision_tables.proposing.propose_rules": Right(ADMINISTRATOR, sent={"wanted": [], **NOTE}),
    "decision_tables.proposing.propose_ladder": Right(ADMINISTRATOR, sent={"rows": [], **NOTE}),
    "decision_tables.proposing.propose_weights": Right(
        ADMINISTRATOR, sent={"wanted": {"late": 10}, **NOTE}
    ),
    "decision_tables.trying.try_draft": unknown(ADMINISTRATOR, name="no", xml=b"<x/>"),
    "switches.change": Right(ADMINISTRATOR, sent={"name": "office.city", "value": "云川市"}),
    "switches.agree": Right(ADMINISTRATOR, sent={"change_id": 10**6}),
    "switches.decline": Right(ADMINISTRATOR, sent={"change_id": 10**6}),
    "switches.waiting": Right(ADMINISTRATOR),
    "switches.story": Right(ADMINISTRATOR),
    "moves.changing.follow_rules": Right(ADMINISTRATOR, sent={"found": Moves([]), "seal": None}),
}
