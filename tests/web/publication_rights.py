"""Who may do what about publications: the office drafts, a director approves, others read.

Most are tried at an issue that isn't there: whoever has the right hears just that.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.web.rights import ADMINISTRATOR, OFFICE, SIGNED_IN, Answer, Right, Who, only
from tests.web.visit_rights import unknown
from workflows.figures import Span
from workflows.publications import Edited, NewDraft
from workflows.serials import STYLE, SerialText

NOWHERE = 10**6
WHERE: Mapping[str, object] = {
    **dict.fromkeys(("publication_id", "suggestion_id", "remark_id"), NOWHERE),
    "ending": "pdf",
    "older": 1,
    "newer": 2,
}
DIRECTOR, READERS = only(Who.DIRECTOR), OFFICE | {Who.AUDITOR}
DAYS = {"first": "2020-02-01", "last": "2020-02-29"}
NOTHING: dict[str, Any] = {"type": "doc", "content": []}
SERIAL = {
    "title": "督查内参", "title_en": "", "number_style": STYLE, "audience": "leaders",
}  # fmt: skip
READ, WHY = {"revision": "1"}, {"reason": "数字有误"}

API: Mapping[str, Right] = {
    "Publications.all_serials": Right(SIGNED_IN),
    "Publications.archive": Right(SIGNED_IN),
    "Publications.drafts": Right(OFFICE),
    "Publications.one": unknown(SIGNED_IN),
    "Publications.receipts": unknown(READERS),
    "Publications.docx": unknown(SIGNED_IN),
    "Publications.pdf": unknown(SIGNED_IN),
    "Publications.begin": Right(OFFICE, sent={"serial": "special", "kind": "special", **DAYS}),
    "Publications.save": unknown(OFFICE, content=NOTHING, revision=1),
    "Publications.submit": unknown(OFFICE, revision=1),
    "Publications.review": unknown(OFFICE, revision=1),
    "Publications.approve": unknown(DIRECTOR, revision=1),
    "Publications.give_back": unknown(DIRECTOR, revision=1, **WHY),
    "Publications.issue": unknown(OFFICE, revision=1),
    "Publications.withdraw": unknown(DIRECTOR, **WHY),
}

PAGES: Mapping[str, Right] = {
    "publications.show": Right(SIGNED_IN),
    "publications.archive": Right(SIGNED_IN),
    "publications.new_form": Right(OFFICE),
    "publications.begin": Right(OFFICE, sent={"what": "special:special", **DAYS}),
    "publications.one": unknown(SIGNED_IN),
    "publications.paper": unknown(SIGNED_IN),
    "publication_drafts.content": unknown(OFFICE),
    "publication_drafts.save": Right(OFFICE, sent=lambda _ids: b"{}", done=Answer.UNKNOWN),
    "publication_drafts.figures_of": unknown(OFFICE),
    "publication_drafts.presence": unknown(OFFICE),
    "publication_drafts.snapshot": unknown(OFFICE),
    "publication_drafts.submit": unknown(OFFICE, **READ),
    "publication_drafts.review": unknown(OFFICE, **READ),
    "publication_drafts.approve": unknown(DIRECTOR, **READ),
    "publication_drafts.return": unknown(DIRECTOR, **WHY),
    "publication_drafts.take_back": unknown(OFFICE),
    "publication_drafts.issue": unknown(OFFICE, **READ),
    "publication_drafts.withdraw": unknown(DIRECTOR, **WHY),
    "publication_drafts.take_up": unknown(OFFICE),
    "publication_drafts.discard": unknown(OFFICE),
    "publication_drafts.urge": unknown(OFFICE),
    "publication_drafts.address": unknown(OFFICE),
    "publication_drafts.name": unknown(OFFICE),
    "publishing.edit": unknown(OFFICE),
    "publishing.rows": unknown(OFFICE),
    "publishing.standing": unknown(OFFICE),
    "publishing.ledger_words": unknown(OFFICE),
    "publishing.remark": unknown(OFFICE, text="再核"),
    "publishing.answer": unknown(OFFICE, text="已核"),
    "publishing.compare": unknown(OFFICE),
    "publishing.restore": unknown(OFFICE, **READ),
    "admin_serials.show": Right(ADMINISTRATOR),
    "admin_serials.add": Right(ADMINISTRATOR, sent={"name": "insight", **SERIAL}),
    "admin_serials.change": unknown(ADMINISTRATOR, **SERIAL),
}

AT = {"publication_id": NOWHERE}
REVISED = {**AT, "revision": 1}
INSIGHT = SerialText("督查内参", "", STYLE, "leaders")

SPECIAL = NewDraft("special", "special", Span(date(2020, 2, 1), date(2020, 2, 29)))

VERBS: Mapping[str, Right] = {
    "publications.addressing.address": unknown(OFFICE, **AT, unit_ids=[], post_ids=[]),
    "publications.addressing.copy_to": unknown(OFFICE, **AT, copies_to=""),
    "publications.drafting.count_first": Right(OFFICE, sent={"begun": SPECIAL}),
    "publications.drafting.make_draft": Right(OFFICE, sent={"begun": SPECIAL}),
    "publications.drafting.count_again": unknown(OFFICE, **AT),
    "publications.drafting.save_draft": unknown(
        OFFICE, **REVISED, edited=Edited(NOTHING, "专报", "")
    ),
    "publications.drafting.take_snapshot": unknown(OFFICE, **REVISED),
    "publications.drafting.restore_version": unknown(OFFICE, **REVISED, version=1),
    "publications.drafting.discard_draft": unknown(OFFICE, **REVISED),
    "publications.drafting.take_up": unknown(OFFICE, **AT),
    "publications.drafting.note_presence": unknown(OFFICE, **AT),
    "publications.drafting.versions": Right(OFFICE, sent=AT),
    "publications.holding.held": unknown(OFFICE, **AT),
    "publications.holding.locked": unknown(OFFICE, **AT),
    "publications.issuing.prepare": unknown(OFFICE, **AT),
    "publications.issuing.issue": unknown(OFFICE, **REVISED),
    "publications.issuing.withdraw": unknown(DIRECTOR, **AT, **WHY),
    "publications.naming.open_suggestions": Right(OFFICE),
    "publications.naming.name_unit": unknown(OFFICE, **AT, suggestion_id=NOWHERE),
    "publications.naming.leave_out": unknown(OFFICE, **AT, suggestion_id=NOWHERE),
    "publications.receipts.urge_readers": unknown(OFFICE, **AT),
    "publications.reviewing.submit": unknown(OFFICE, **REVISED),
    "publications.reviewing.review": unknown(OFFICE, **REVISED),
    "publications.reviewing.approve": unknown(DIRECTOR, **REVISED),
    "publications.reviewing.give_back": unknown(DIRECTOR, **REVISED, **WHY),
    "publications.reviewing.take_back": unknown(OFFICE, **AT),
    "publications.reviewing.remark": unknown(OFFICE, **AT, text="再核"),
    "publications.reviewing.settle_remark": unknown(OFFICE, **AT, remark_id=NOWHERE),
    "publications.reviewing.remarks": Right(OFFICE, sent=AT),
    "publications.views.drafts": Right(OFFICE),
    "publications.views.put_aside": Right(OFFICE),
    "publications.views.receipts": unknown(READERS, **AT),
    "publications.views.visible": Right(only(), sent=AT, refused=Answer.UNKNOWN),
    "publications.views.reading_of": Right(only(), sent=AT, refused=Answer.UNKNOWN),
    "publications.views.open_issue": Right(only(), sent=AT, refused=Answer.UNKNOWN),
    "serials.add_serial": Right(ADMINISTRATOR, sent={"name": "insight", "text": INSIGHT}),
    "serials.change_serial": unknown(ADMINISTRATOR, name="insight", version=1, text=INSIGHT),
}

FOR_EVERYBODY = frozenset(
    {
        "publications.checks.checks_of",
        "publications.checks.must_be_ready",
        "publications.first.begin",
        "publications.holding.moved",
        "publications.known.put_in",
        "publications.measured.changes",
        "publications.receipts.leave_receipt",
        "publications.views.archive",
        "publications.views.unread",
        "publications.views.years",
    }
)
"""What is told an actor who was asked before, or shows to each what is theirs."""
