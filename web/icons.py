"""The icons that data chooses, and their drawing as inline SVG.

The build writes the inside of every icon that is named here, or anywhere in a template,
to ``static/build/icons.json``; the pictures themselves are Tabler's.
"""

import json
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

BUILD = Path(__file__).parent / "static" / "build"

ROOMS = {
    "board": "chart-bar",
    "inbox": "inbox",
    "notices": "bell",
    "ledger": "table",
    "revisits": "map-pin-check",
    "projects": "building-factory-2",
    "milestones": "flag",
    "templates": "template",
    "visit_rules": "dice",
    "actions": "map-search",
    "urges": "bell-ringing",
    "common": "copy-check",
    "register": "file-plus",
    "imports": "table-import",
    "proposals": "messages",
    "publications": "news",
    "serials": "books",
    "disclosure": "world",
    "targets": "target-arrow",
    "snapshots": "camera",
    "summaries": "report",
    "diagrams": "sitemap",
    "people": "building",
    "calendar": "calendar",
    "tables": "table-options",
    "limits": "clock-cog",
    "ladder": "arrow-big-up-lines",
    "suggestions": "gavel",
    "bases": "scale",
    "messages": "mail",
    "accounts": "key",
    "settings": "settings",
    "heat": "hourglass",
    "assessment": "trophy",
    "praise": "award",
    "scores": "list-numbers",
    "incidents": "alert-triangle",
    "me": "user",
}

HITS = {
    "item": "table",
    "report": "report",
    "paper": "paperclip",
    "reply": "messages",
    "publication": "news",
}

STORY = {
    "retried": "rotate-clockwise-2",
    "skipped": "player-skip-forward",
    "moved": "arrow-move-right",
    "suspended": "player-pause",
    "resumed": "player-play",
    "registered": "file-plus",
    "amended": "pencil",
    "fast_track": "bolt",
    "approved": "circle-check",
    "refused": "circle-x",
    "returned_to_register": "arrow-back-up",
    "numbered": "hash",
    "assigned": "send",
    "acknowledged": "signature",
    "objected": "arrow-forward-up",
    "objection_decided": "gavel",
    "reported": "message-report",
    "confirmed": "writing-sign",
    "declined": "arrow-back-up",
    "accepted": "circle-check",
    "returned": "arrow-back-up",
    "interim_due": "calendar-repeat",
    "reminded": "bell",
    "unacknowledged": "bell",
    "urged": "bell-ringing",
    "urge_read": "eye-check",
    "change_asked": "calendar-question",
    "change_endorsed": "writing-sign",
    "change_advised": "send",
    "change_decided": "gavel",
    "unit_added": "plus",
    "unit_withdrawn": "logout",
    "unit_replaced": "arrows-exchange",
    "escalated": "arrow-big-up-lines",
    "rung_read": "eye-check",
    "interviewed": "message-2",
    "handed_over": "send",
    "concluded": "checks",
    "result_presented": "presentation",
    "instructed": "message-2",
    "revisit_asked": "zoom-question",
    "revisit_drawn": "dice",
    "revisited": "map-pin-check",
    "visit_planned": "calendar-plus",
    "action_planned": "map-search",
    "action_done": "map-search",
    "action_called_off": "circle-x",
    "letter": "mail",
    "issue_submitted": "news",
    "issue_approved": "circle-check",
    "issue_returned": "arrow-back-up",
    "issue_delivered": "news",
    "issue_urged": "bell-ringing",
    "issue_withdrawn": "circle-x",
    "problem_found": "alert-triangle",
    "problem_settled": "circle-check",
    "revisit_concluded": "map-pin-check",
    "conclusion_objected": "arrow-forward-up",
    "conclusion_decided": "gavel",
    "reopened": "rotate-clockwise-2",
    "closed": "checks",
    "withdrawn": "arrow-back",
    "imported": "table-import",
    "project_planned": "chart-line",
    "node_claimed": "flag",
    "node_done": "flag-check",
    "node_returned": "arrow-back-up",
    "node_moved": "calendar-plus",
    "node_added": "plus",
    "supervised": "zoom-check",
    "project_accepted": "circle-check",
    "photographed": "camera",
    "meeting_decided": "users",
    "meeting_done": "check",
    "form_filled": "forms",
    "decomposed": "hierarchy-2",
    "difference_settled": "scale",
    "difference_referred": "arrow-up",
    "planned": "clipboard-list",
    "look_alike_answered": "copy-check",
    "joined": "arrows-join",
    "handed_at_meeting": "users",
    "contacted": "messages",
    "opinion_given": "message-2",
    "reply_drafted": "message-report",
    "reply_accepted": "circle-check",
    "reply_returned": "arrow-back-up",
    "reply_declined": "arrow-back-up",
    "reply_issued": "writing-sign",
    "reply_redone": "rotate-clockwise-2",
    "links_made": "link",
    "links_sent": "send",
    "link_withdrawn": "link",
    "rated": "message-2",
    "ratings_late": "bell",
    "ratings_settled": "gavel",
    "promise_back": "calendar-repeat",
    "promise_kept": "checks",
    "promise_open": "calendar-plus",
    "quarter_published": "trophy",
    "appeal_made": "gavel",
    "appeal_decided": "gavel",
}


PROBLEMS = {
    400: "clock-x",
    401: "login",
    403: "lock",
    404: "map-search",
    409: "arrows-exchange",
    503: "plug-connected-x",
}
OTHER_PROBLEM = "alert-circle"


class IconUnknown(KeyError):
    """The front-end build doesn't have this icon."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no icon {name!r} in the build; run `npm run build` in web/frontend")


@lru_cache(maxsize=1)
def _drawings(changed: float) -> dict[str, str]:  # noqa: ARG001 - a new build is read anew
    drawings: dict[str, str] = json.loads((BUILD / "icons.json").read_text("utf-8"))
    return drawings


def icon(name: str, size: str = "") -> Markup:
    """Draw an icon; it says nothing to a screen reader."""
    return _drawn(name, size, (BUILD / "icons.json").stat().st_mtime)


@lru_cache(maxsize=1_000)
def _drawn(name: str, size: str, changed: float) -> Markup:
    drawings = _drawings(changed)
    if name not in drawings:
        raise IconUnknown(name)
    return Markup(
        '<svg class="ic {}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{}</svg>'
    ).format(size, Markup(drawings[name]))  # noqa: S704 - the build's own file


def icon_of(table: dict[str, str], name: str, size: str = "") -> Markup:
    """Draw what a table names for this kind, or a plain dot."""
    return icon(table.get(name, "dots"), size)
