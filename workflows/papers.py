"""Papers of an item: attached files, kept under a number outside the web root.

:func:`check` looks at a file before any transaction is open, for it may take its time;
:func:`keep_paper` then keeps it. The name is only a name: the file lies under its id.
"""

import os
import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

import engine
from engine import Attempt, Database, Session, now
from workflows import pictures, settings, store
from workflows.calendar import office_day
from workflows.errors import ItemUnknown, NotYours, PaperRefused, PaperUnknown
from workflows.paper_kinds import PaperKind, kind_of
from workflows.rules import Acting
from workflows.scanner import must_be_clean
from workflows.tables import (
    ActionPhotograph,
    Assignment,
    AssignmentState,
    Draft,
    FormPaper,
    Item,
    MilestonePaper,
    Paper,
    Photograph,
    Praise,
    Reply,
    Report,
    Revisit,
    Role,
    Suggestion,
    Todo,
)

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
CHUNK = 64 * 1024
LONGEST_NAME = 255
ORPHANED = timedelta(days=1)
PICTURES = frozenset(pictures.FORMATS)
"""What a page may show as it is."""
SMALL = "image/webp"
JOB = "pictures.small"
"""The job that makes small ones of the pictures that were kept without."""
READ = "papers.read"
"""The job that reads a paper's text, so that it can be found by it."""
SWEEP = "papers.sweep"
"""The job that deletes files which belong to nothing, once a day."""
INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at and may be kept."""

    name: str
    kind: PaperKind
    size: int
    sha256: str
    content: IO[bytes]
    small: bytes = b""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenedPaper:
    """A paper that the actor may read, and where it lies."""

    name: str
    media_type: str
    size: int
    path: Path


def check(database: Database, name: str, stream: IO[bytes]) -> Checked:
    """Look at a file that can be read twice, and let the office's scanner look too."""
    checked = inspect(name, stream)
    with database.read() as session:
        scanner = settings.text(session, "papers.scanner")
    must_be_clean(stream, scanner)
    return checked


def inspect(name: str, stream: IO[bytes]) -> Checked:
    """Look at a file's name, size and kind; a picture is kept without its camera's words."""
    plain = plain_name(name)
    size, digest = _measured(stream)
    kind = kind_of(stream, plain)
    if kind.media_type not in PICTURES:
        return Checked(plain, kind, size, digest, stream)
    picture = pictures.cleaned(stream, kind.media_type)
    size, digest = _measured(picture.content)
    return Checked(plain, kind, size, digest, picture.content, picture.small, picture.taken_at)


def keep_paper(
    session: Session, actor: Acting, item_id: int, checked: Checked, visit: Revisit | None = None
) -> Paper:
    """Keep a file with an item, for whoever works on it; a visit's is hidden as the visit is."""
    item = store.visible_item(session, actor, item_id)
    _must_work_on(session, actor, item)
    own = Paper.item_id == item_id
    taken = session.scalar(select(func.sum(Paper.size)).where(own)) or 0
    must_fit_quota(session, taken + checked.size)
    paper = Paper(
        id=uuid4(),
        item_id=item_id,
        visit_id=visit and visit.id,
        name=checked.name,
        media_type=checked.kind.media_type,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_by_id=actor.person_id,
        uploaded_at=now(session),
        taken_at=checked.taken_at,
    )
    keep_file(checked, paper.id)
    session.add(paper)
    session.flush()
    if paper.media_type not in PICTURES:
        engine.enqueue(session, READ, {"paper": str(paper.id)})
    return paper


def open_paper(session: Session, actor: Acting, paper_id: UUID) -> OpenedPaper:
    """Return a paper of an item that the actor may see."""
    paper = session.get(Paper, paper_id)
    if paper is None:
        raise PaperUnknown(paper_id)
    try:
        store.visible_item(session, actor, paper.item_id)
    except ItemUnknown as error:
        raise PaperUnknown(paper_id) from error
    path = path_of(paper.id)
    if not path.is_file() or not shown([paper], unsent(session, actor, paper.item_id)):
        raise PaperUnknown(paper_id)
    return OpenedPaper(paper.name, paper.media_type, paper.size, path)


def small(paper: OpenedPaper) -> OpenedPaper:
    """Return the small one of a picture that may be read; itself, as long as there is none."""
    path = small_path(paper.path)
    if not path.is_file():
        return paper
    return replace(paper, media_type=SMALL, size=path.stat().st_size, path=path)


def papers_of(session: Session, actor: Acting, item_id: int) -> Sequence[Paper]:
    """Return an item's papers, the newest first, without those that somebody didn't send yet."""
    store.visible_item(session, actor, item_id)
    wanted = select(Paper).where(Paper.item_id == item_id)
    found = session.scalars(wanted.order_by(Paper.uploaded_at.desc(), Paper.id))
    return shown(found, unsent(session, actor, item_id))


def unsent(session: Session, actor: Acting, item_id: int) -> frozenset[str]:
    """Return the ids of papers that the actor mustn't see yet.

    Those in somebody else's draft are only their writer's, those of a visit are hidden as long
    as the visit itself is, those of a reply until other units may read it, and those of a
    suggestion from the units always.
    """
    wanted = (
        select(Draft)
        .join(Todo, Todo.task_id == Draft.task_id)
        .where(Todo.item_id == item_id, Draft.person_id != actor.person_id)
    )
    drafts = session.scalars(wanted)
    drafted = {paper for draft in drafts for paper in draft.fields.get("paper_ids", ())}
    visits = _of_hidden_visits(session, actor, item_id)
    hidden = drafted | visits | _of_hidden_replies(session, actor, item_id)
    return frozenset(hidden | _of_suggestions(session, actor, item_id))


def _of_hidden_visits(session: Session, actor: Acting, item_id: int) -> set[str]:
    wanted = (
        select(Paper.id)
        .join(Revisit, Revisit.id == Paper.visit_id)
        .where(Paper.item_id == item_id, ~store.visits_open_to(actor))
    )
    return {str(paper_id) for paper_id in session.scalars(wanted)}


def _of_hidden_replies(session: Session, actor: Acting, item_id: int) -> set[str]:
    wanted = (
        select(Paper.id)
        .join(Reply, Reply.id == Paper.reply_id)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .where(Paper.item_id == item_id, ~store.replies_open_to(actor))
    )
    return {str(paper_id) for paper_id in session.scalars(wanted)}


def _of_suggestions(session: Session, actor: Acting, item_id: int) -> set[str]:
    if store.sees_all(actor):
        return set()
    wanted = select(Paper.id).where(Paper.item_id == item_id, Paper.suggestion_id.is_not(None))
    return {str(paper_id) for paper_id in session.scalars(wanted)}


def _was_put_forward(session: Session, paper: Paper) -> bool:
    """Say whether a suggestion has taken a file along to the director."""
    found = session.get(Suggestion, paper.suggestion_id) if paper.suggestion_id else None
    told = found.facts.get("papers", ()) if found else ()
    return str(paper.id) in {each["id"] for each in told}


def shown(papers: Iterable[Paper], hidden: Container[str]) -> list[Paper]:
    """Leave out the papers that somebody else didn't send yet."""
    return [paper for paper in papers if str(paper.id) not in hidden]


def remove_paper(session: Session, actor: Acting, paper_id: UUID) -> None:
    """Take back one's own file while no report that stands has taken it along."""
    paper = session.get(Paper, paper_id)
    if paper is None or paper.uploaded_by_id != actor.person_id:
        raise PaperUnknown(paper_id)
    report = session.get(Report, paper.report_id) if paper.report_id else None
    visit = session.get(Revisit, paper.visit_id) if paper.visit_id else None
    shows = select(MilestonePaper.milestone_id).where(MilestonePaper.paper_id == paper.id)
    forms = select(FormPaper.entry_id).where(FormPaper.paper_id == paper.id)
    evidence = any(session.scalars(each.limit(1)).first() is not None for each in (shows, forms))
    evidence = evidence or _was_put_forward(session, paper)
    stands = report is not None and report.withdrawn_at is None
    visited = visit is not None and visit.done_at is not None
    if stands or visited or evidence or paper.reply_id is not None:
        raise PaperRefused(why="reported", name=paper.name)
    session.execute(delete(Photograph).where(Photograph.paper_id == paper.id))
    session.delete(paper)
    session.flush()


def ask_to_sweep(session: Session) -> None:
    """Let the worker sweep tomorrow; however often it is asked, once."""
    at = now(session) + ORPHANED
    engine.enqueue(session, SWEEP, {}, run_at=at, job_key=f"{SWEEP}:{office_day(at)}")


def sweep_daily(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Sweep, and again tomorrow."""
    del payload, attempt
    sweep(database)
    database.write(ask_to_sweep)


def sweep(database: Database) -> int:
    """Delete files that no row names: taken back, or of transactions that came to no end.

    Return how many there were.
    """
    with database.read() as session:
        praised = select(Praise.paper_id).where(Praise.paper_id.is_not(None))
        kept = select(Paper.id).union(select(ActionPhotograph.id), praised)
        known = {str(paper_id) for paper_id in session.scalars(kept)}
    oldest = (database.clock.now() - ORPHANED).timestamp()
    orphans = [
        path
        for path in folder().glob("*/*")
        if path.stem not in known and path.stat().st_mtime < oldest
    ]
    for path in orphans:
        path.unlink()
    return len(orphans)


def keep_file(checked: Checked, paper_id: UUID) -> None:
    """Write a file under its number, and the small one of a picture beside it."""
    path = path_of(paper_id)
    put_away(checked.content, path)
    if checked.small:
        put_away(BytesIO(checked.small), small_path(path))


def ask_for_small(session: Session) -> None:
    """Leave it to the worker to make small ones of the pictures that were kept without."""
    engine.enqueue(session, JOB, {}, job_key=JOB)


def make_small(database: Database, payload: Mapping[str, Any], attempt: Attempt) -> None:
    """Make the small ones that are missing, of pictures that were kept as their camera left them.

    Those are written anew like any other since. The small one comes last: as long as it isn't
    there, a picture's turn comes again. One that can't be read stays as it is.
    """
    del payload, attempt
    with database.read() as session:
        kept: list[tuple[type[Paper | ActionPhotograph], UUID, str]] = [
            (table, paper_id, media_type)
            for table in (Paper, ActionPhotograph)
            for paper_id, media_type in session.execute(
                select(table.id, table.media_type).where(table.media_type.in_(PICTURES))
            )
        ]
    for table, paper_id, media_type in kept:
        path = path_of(paper_id)
        if path.is_file() and not small_path(path).is_file():
            with suppress(PaperRefused):
                _renew(database, table, paper_id, path, media_type)


def _renew(
    database: Database,
    table: type[Paper | ActionPhotograph],
    paper_id: UUID,
    path: Path,
    media_type: str,
) -> None:
    """Write a picture anew without what its camera wrote beside it, and then its small one."""
    with path.open("rb") as file:
        picture = pictures.cleaned(file, media_type)
    size, digest = _measured(picture.content)
    put_away(picture.content, path)

    def note(session: Session) -> None:
        row = session.get(table, paper_id)
        if isinstance(row, Paper | ActionPhotograph):  # it may have been taken back
            row.size, row.sha256 = size, digest
            row.taken_at = row.taken_at or picture.taken_at

    database.write(note)
    put_away(BytesIO(picture.small), small_path(path))


def small_path(path: Path) -> Path:
    """Return where the small one of a picture lies: beside it."""
    return path.with_suffix(".small")


def folder() -> Path:
    """Return where papers lie: in the data directory, outside of anything that is served."""
    return Path(os.environ.get("DUBAN_DATA", "var")).absolute() / "papers"


def plain_name(name: str) -> str:
    """Return a file's own name without its path or invisible signs; Chinese stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign for sign in INVISIBLE.sub("", last) if sign.isprintable())
    plain = shown.strip().lstrip(".")
    if not plain:
        raise PaperRefused(why="name", name=name)
    if len(plain) > LONGEST_NAME:
        raise PaperRefused(why="long_name", most=LONGEST_NAME)
    return plain


def _measured(stream: IO[bytes]) -> tuple[int, str]:
    """Read a file until its end, but not past what may be kept; return size and SHA-256."""
    digest, size = sha256(), 0
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise PaperRefused(why="size", most=LARGEST // MEGABYTE)
        digest.update(chunk)
    if not size:
        raise PaperRefused(why="empty")
    return size, digest.hexdigest()


def _must_work_on(session: Session, actor: Acting, item: Item) -> None:
    """Refuse whoever may see the item but has no part in it."""
    if actor.has(Role.SUPERVISOR) or actor.has(Role.DIRECTOR):
        return
    if {item.instructing_post_id, item.sponsor_post_id} & {held.post_id for held in actor.posts}:
        return
    units = actor.unit_ids(Role.HANDLER) | actor.unit_ids(Role.UNIT_HEAD)
    part = select(Assignment.id).where(
        Assignment.item_id == item.id,
        Assignment.unit_id.in_(list(units)),
        Assignment.state != AssignmentState.RELEASED,
    )
    if session.scalars(part.limit(1)).first() is None:
        raise NotYours(Role.HANDLER.value)


def must_fit_quota(session: Session, size: int) -> None:
    """Refuse more bytes in all than the office keeps with one item or action."""
    most = settings.number(session, "papers.quota_mb")
    if size > most * MEGABYTE:
        raise PaperRefused(why="quota", most=most)


def put_away(content: IO[bytes], path: Path) -> None:
    """Write a file completely before it bears its name."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{path.name}.half")
    content.seek(0)
    with half.open("xb") as file:
        copyfileobj(content, file)
        file.flush()
        os.fsync(file.fileno())
    half.chmod(0o600)
    half.replace(path)


def path_of(paper_id: UUID) -> Path:
    """Return where a file lies: under its number, whatever its name."""
    return folder() / str(paper_id)[:2] / str(paper_id)
