"""Who may do what about drafts of diagrams, by page and in the domain: administrators alone.

A draft or a file is tried at one that isn't there: an administrator hears that it is unknown,
everybody else that it isn't theirs.
"""

from collections.abc import Mapping
from io import BytesIO

from engine import Title
from tests.web.project_rights import told
from tests.web.rights import ADMINISTRATOR, Answer, Right
from tests.web.visit_rights import unknown
from workflows.processes import DIAGRAMS

NUMBERS: Mapping[str, object] = {
    "draft_id": 10**6,
    "file_id": 10**6,
    "process_id": "instruction",
}
SHIPPED = (DIAGRAMS / "instruction.bpmn").read_bytes()
NO_DRAFT = Right(ADMINISTRATOR, done=Answer.UNKNOWN)
AS_ONE_HAS_READ = Right(ADMINISTRATOR, sent=lambda _: SHIPPED, done=Answer.UNKNOWN)

API: Mapping[str, Right] = {
    "Drafts.many": Right(ADMINISTRATOR),
    "Drafts.one": NO_DRAFT,
    "Drafts.xml": NO_DRAFT,
    "Drafts.bring": Right(ADMINISTRATOR, sent=lambda _: SHIPPED),
    "Drafts.ask": Right(ADMINISTRATOR, sent={"note": "按新规"}, done=Answer.UNKNOWN),
    "Drafts.judge": Right(
        ADMINISTRATOR, sent={"approve": True, "revision": 1}, done=Answer.UNKNOWN
    ),
    "Drafts.deploy": Right(ADMINISTRATOR, sent={"note": "按新规"}, done=Answer.UNKNOWN),
    "Drafts.discard": NO_DRAFT,
    "Drafts.rebase": NO_DRAFT,
    "Drafts.roll_back": Right(ADMINISTRATOR, done=Answer.NOT_NOW),
    "Drafts.deployments": Right(ADMINISTRATOR),
}

PAGES: Mapping[str, Right] = {
    "diagrams.show": Right(ADMINISTRATOR),
    "sources.show": Right(ADMINISTRATOR),
    "sources.change": Right(ADMINISTRATOR),
    "diagrams.history": Right(ADMINISTRATOR),
    "diagrams.look": Right(ADMINISTRATOR),
    "diagrams.picture": Right(ADMINISTRATOR),
    "diagrams.file": Right(ADMINISTRATOR),
    "diagrams.roll_back": Right(ADMINISTRATOR, done=Answer.NOT_NOW),
    "diagrams.delete": Right(ADMINISTRATOR, done=Answer.NOT_NOW),
    "drafts.begin": Right(ADMINISTRATOR),
    "drafts.discard": NO_DRAFT,
    "drafts.restore": NO_DRAFT,
    "drafts.copy_form": Right(ADMINISTRATOR),
    "drafts.copy": Right(ADMINISTRATOR),
    "editor.edit": NO_DRAFT,
    "releases.show": NO_DRAFT,
    "releases.deploy": NO_DRAFT,
    "releases.ask": NO_DRAFT,
    "releases.judge": NO_DRAFT,
    "releases.rebase": NO_DRAFT,
    "rebasing.show": NO_DRAFT,
    "rebasing.take": NO_DRAFT,
    "drawing_files.bring": Right(
        ADMINISTRATOR, sent=lambda _: {"diagram": (BytesIO(SHIPPED), "x.bpmn")}
    ),
    "drawing_files.one": NO_DRAFT,
    "drawing_files.use": NO_DRAFT,
    "drawing_files.file": NO_DRAFT,
    "drawing_board.xml": NO_DRAFT,
    "drawing_board.save": AS_ONE_HAS_READ,
    "drawing_board.presence": NO_DRAFT,
    "drawing_board.check": AS_ONE_HAS_READ,
}

VERBS: Mapping[str, Right] = {
    "catalogue.catalogue": Right(ADMINISTRATOR),
    "catalogue.example": Right(ADMINISTRATOR, sent=told(limit="review")),
    "routes.choose": Right(ADMINISTRATOR, sent={"wanted": {}}),
    "drawings.bringing.copy_diagram": Right(
        ADMINISTRATOR, sent=told("definition_id", title=Title("copied", "甲", "A"))
    ),
    "drawings.bringing.keep_file": Right(ADMINISTRATOR, sent=told(name="x.bpmn", xml=SHIPPED)),
    "drawings.bringing.file_of": unknown(ADMINISTRATOR, file_id=10**6),
    "drawings.bringing.files_of": Right(ADMINISTRATOR, sent=told("draft_id")),
    "drawings.bringing.draft_from_file": unknown(ADMINISTRATOR, file_id=10**6, sure=False),
    "drawings.checking.check_diagram": Right(ADMINISTRATOR, sent=told(xml=SHIPPED)),
    "drawings.drafting.open_draft": Right(ADMINISTRATOR, sent=told("process_id")),
    "drawings.drafting.drawing": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.drafting.open_drafts": Right(ADMINISTRATOR),
    "drawings.drafting.save_draft": unknown(ADMINISTRATOR, draft_id=10**6, xml=SHIPPED, revision=1),
    "drawings.drafting.discard_draft": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.drafting.restore_draft": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.rebasing.meanwhile": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.rebasing.rebase_draft": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.rebasing.take_over": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.drafting.note_presence": unknown(
        ADMINISTRATOR, draft_id=10**6, element=None, process=None
    ),
    "drawings.drafting.newest_of_process": Right(ADMINISTRATOR, sent=told("process_id")),
    "drawings.past.versions": Right(ADMINISTRATOR, sent=told("process_id")),
    "drawings.past.processes": Right(ADMINISTRATOR),
    "drawings.past.newborn": Right(ADMINISTRATOR),
    "drawings.releasing.release": unknown(ADMINISTRATOR, draft_id=10**6),
    "drawings.releasing.waiting_reviews": Right(ADMINISTRATOR),
    "drawings.releasing.count_reviews": Right(ADMINISTRATOR),
    "drawings.releasing.ask_review": unknown(ADMINISTRATOR, draft_id=10**6, note="按新规"),
    "drawings.releasing.review_draft": unknown(
        ADMINISTRATOR, draft_id=10**6, approve=True, words=""
    ),
    "drawings.releasing.deploy_draft": unknown(ADMINISTRATOR, draft_id=10**6, note="按新规"),
    "drawings.releasing.deploy_file": Right(ADMINISTRATOR, sent=told(xml=SHIPPED, note="按新规")),
    "drawings.releasing.roll_back": Right(ADMINISTRATOR, sent=told("definition_id")),
    "drawings.releasing.delete_version": Right(ADMINISTRATOR, sent=told("definition_id")),
}
