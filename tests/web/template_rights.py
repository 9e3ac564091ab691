"""Who may do what about templates of papers: administrators alone.

A template is tried at one that isn't there: an administrator hears that it is unknown, everybody
else that it isn't theirs.
"""

from collections.abc import Mapping

from tests.web.rights import ADMINISTRATOR, Answer, Right
from tests.web.visit_rights import unknown

NO_TEMPLATE = Right(ADMINISTRATOR, done=Answer.UNKNOWN)

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
