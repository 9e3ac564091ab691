"""Who may do what about templates of papers: administrators alone.

A template is tried at one that isn't there: an administrator hears that it is unknown, everybody
else that it isn't theirs.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from tests.web.places import Ids
from tests.web.rights import ADMINISTRATOR, Answer, Right
from tests.web.visit_rights import unknown


def a_file(_: Ids) -> Mapping[str, Any]:
    """Send a file."""
    return {"file": (BytesIO(b"PK"), "通报.docx")}


NO_TEMPLATE = Right(ADMINISTRATOR, done=Answer.UNKNOWN)

API: Mapping[str, Right] = {
    "Templates.many": Right(ADMINISTRATOR),
    **dict.fromkeys(
        (f"Templates.{name}" for name in ("one", "file", "sample", "use")), NO_TEMPLATE
    ),
    **dict.fromkeys(
        ("Templates.check", "Templates.bring"),
        Right(ADMINISTRATOR, sent=a_file, done=Answer.UNKNOWN),
    ),
}

PAGES: Mapping[str, Right] = {
    "templates.show": Right(ADMINISTRATOR),
    **dict.fromkeys(
        (f"templates.{name}" for name in ("one", "bring", "choose", "file", "picture", "sample")),
        NO_TEMPLATE,
    ),
}

VERBS: Mapping[str, Right] = {
    "paper_templates.keeping.bring": unknown(ADMINISTRATOR, name="no", checked=None),
    "paper_templates.keeping.choose": unknown(ADMINISTRATOR, name="no", version=1),
    "paper_templates.keeping.shelf": unknown(ADMINISTRATOR, name="no"),
    "paper_templates.keeping.opened": unknown(ADMINISTRATOR, name="no", version=0),
}
