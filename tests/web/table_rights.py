"""Who may do what about decision tables and drawn forms: administrators alone.

A table is tried at one that isn't there: an administrator hears that it is unknown, everybody
else that it isn't theirs.
"""

from collections.abc import Mapping

from tests.web.project_rights import SEERS
from tests.web.rights import ADMINISTRATOR, Answer, Right
from tests.web.visit_rights import unknown

NO_TABLE = Right(ADMINISTRATOR, done=Answer.UNKNOWN)

PAGES: Mapping[str, Right] = {
    "decision_tables.show": Right(ADMINISTRATOR),
    **dict.fromkeys(
        (
            f"decision_tables.{name}"
            for name in (
                "look", "file", "bring", "take", "kept", "compare", "back", "begin", "edit", "xml",
                "discard", "trial", "deploy_form", "deploy", "rebase",
            )
        ),
        NO_TABLE,
    ),
    "decision_tables.save": Right(
        ADMINISTRATOR, sent=lambda _: b"<x/>", done=Answer.UNKNOWN
    ),
    "form_previews.preview": Right(ADMINISTRATOR),
    "steps.hidden": Right(SEERS, "report"),
}  # fmt: skip

NOTE = {"note": "按新规"}
DRAFTING = "decision_tables.drafting"

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
    f"{DRAFTING}.discard_draft": unknown(ADMINISTRATOR, name="no"),
    f"{DRAFTING}.rebase_draft": unknown(ADMINISTRATOR, name="no"),
    f"{DRAFTING}.check_draft": unknown(ADMINISTRATOR, name="no", xml=b"<x/>"),
    f"{DRAFTING}.deploy_draft": unknown(ADMINISTRATOR, name="no", **NOTE),
    f"{DRAFTING}.roll_back": unknown(ADMINISTRATOR, name="no", definition_id=1, **NOTE),
    "decision_tables.trying.try_draft": unknown(ADMINISTRATOR, name="no", xml=b"<x/>"),
}
