"""Attached files: which are kept, under which name, for whom, and what is turned away."""

import io
import os
import socketserver
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from PIL import Image

from engine import Database, MovableClock, Session, now, open_database, work_once
from tests.conftest import KEY
from tests.workflows.offices import actor, administrator
from workflows import papers, processes, settings
from workflows.errors import ItemUnknown, NotYours, PaperRefused, PaperUnknown
from workflows.paper_kinds import ENDINGS
from workflows.people import PersonForm, UnitForm, add_person, add_unit
from workflows.tables import (
    Assignment,
    Item,
    Paper,
    Part,
    Role,
    Source,
    UnitKind,
    Urgency,
)

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pixel(format_: str) -> bytes:
    """Return a real picture of one point."""
    buffer = io.BytesIO()
    Image.new("RGB", (1, 1)).save(buffer, format_)
    return buffer.getvalue()


PNG, JPG = pixel("PNG"), pixel("JPEG")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def short(value: object) -> str | None:
    """Name a case by its words; bytes have none."""
    return "bytes" if isinstance(value, bytes) else None


def archive(*names: str, content: bytes = b"<x/>", **more: bytes) -> bytes:
    """Zip some members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
        for name, told in more.items():
            file.writestr(name, told)
    return buffer.getvalue()


def xlsx() -> bytes:
    """Return a real workbook."""
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def stream_name(name: str) -> bytes:
    """Write a name as an OLE directory does."""
    return (name + "\0").encode("utf-16-le")


DOCX = archive("[Content_Types].xml", "word/document.xml")
OFD = archive("OFD.xml", "Doc_0/Document.xml")
DOC, XLS = OLE + stream_name("WordDocument"), OLE + stream_name("Workbook")
GOOD = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPG,
    "jpeg": JPG,
    "webp": pixel("WEBP"),
    "docx": DOCX,
    "xlsx": xlsx(),
    "ofd": OFD,
    "doc": DOC,
    "wps": DOC,
    "xls": XLS,
    "et": XLS,
    "txt": "市委编办已受理。\n".encode(),
}


LIES = [
    (ending, content)
    for ending in ENDINGS
    for content in (*dict.fromkeys(GOOD.values()), b"MZ\x90\0", b"\x7fELF", b"\x1f\x8b\x08")
    if content != GOOD[ending]
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let papers lie in a folder of the test's own."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "papers"


@pytest.fixture
def item_id(database: Database) -> int:
    """Register an item that a unit handles, and return its number."""

    def plant(session: Session) -> int:
        form = PersonForm("李文", "liwen")
        person = add_person(session, administrator(), form, "九曲黄河万里沙 2019 loess")
        unit = add_unit(session, administrator(), UnitForm("市园林绿化处", UnitKind.DEPARTMENT))
        item = Item(
            source=Source.CITY_INSTRUCTION,
            basis="市长批示",
            title="市园林绿化处经费形式变更",
            urgency=Urgency.NORMAL,
            registered_by_id=person.id,
            registered_at=now(session),
        )
        session.add(item)
        session.flush()
        part = Assignment(
            item_id=item.id, unit_id=unit.id, part=Part.LEAD, round=1, assigned_at=now(session)
        )
        session.add(part)
        session.flush()
        return item.id

    return database.write(plant)


SUPERVISOR = actor(Role.SUPERVISOR)


def keep(database: Database, item_id: int, name: str, content: bytes) -> Paper:
    """Check a file and keep it, as the supervisor."""
    checked = papers.check(database, name, io.BytesIO(content))
    return database.write(lambda s: papers.keep_paper(s, SUPERVISOR, item_id, checked))


def why(name: str, content: bytes) -> str:
    """Return why a file is turned away."""
    with pytest.raises(PaperRefused) as refusal:
        papers.inspect(name, io.BytesIO(content))
    return str(refusal.value.facts["why"])


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_on_the_list_is_kept(database: Database, item_id: int, ending: str) -> None:
    name = f"市财政局意见.{ending.upper()}"

    paper = keep(database, item_id, name, GOOD[ending])

    with database.read() as session:
        opened = papers.open_paper(session, SUPERVISOR, paper.id)
    expected = papers.inspect(name, io.BytesIO(GOOD[ending])).content
    expected.seek(0)
    assert (opened.name, opened.path.read_bytes()) == (name, expected.read())


def test_a_file_lies_under_its_number_and_is_the_office_s_alone(
    database: Database, item_id: int, folder: Path
) -> None:
    paper = keep(database, item_id, "市长批示（扫描件）.pdf", PDF)

    (path,) = (path for path in folder.rglob("*") if path.is_file())

    assert path.name == str(paper.id)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("ending", "content"), LIES, ids=short)
def test_an_ending_that_lies_is_refused(ending: str, content: bytes) -> None:
    assert why(f"报告.{ending}", content) == "kind"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("页.html", b"<script>alert(1)</script>"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("包.zip", archive("a.txt")),
        ("宏.docm", DOCX),
        ("无", PDF),
        ("双.pdf", PDF + archive("a.txt")),
        ("双.png", PNG + b"<?php ?>"),
        ("半.pdf", b"%PDF-1.4\n"),
        ("两样.docx", archive("word/document.xml", "xl/workbook.xml")),
        ("串.txt", b"\0\x01\x02"),
    ],
    ids=short,
)
def test_what_a_browser_would_run_or_nobody_can_see_into_is_refused(
    name: str, content: bytes
) -> None:
    assert why(name, content) == "kind"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("宏.docx", archive("word/document.xml", "word/vbaProject.bin")),
        ("宏.xlsx", archive("xl/workbook.xml", "XL/VBAPROJECT.BIN")),
        ("宏.xlsx", archive("xl/workbook.xml", **{"[Content_Types].xml": b"x macroEnabled x"})),
        ("宏.doc", DOC + stream_name("_VBA_PROJECT")),
        ("宏.xls", XLS + stream_name("VBA")),
    ],
    ids=short,
)
def test_macros_are_refused(name: str, content: bytes) -> None:
    assert why(name, content) == "macros"


def test_bombs_are_refused() -> None:
    deep = archive("word/document.xml", content=bytes(150 * 1024 * 1024))
    many = archive("word/document.xml", *(f"{n}" for n in range(2001)), content=b"")

    assert why("弹.docx", deep) == "bomb"
    assert why("弹.docx", many) == "bomb"


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    honest = archive("word/document.xml", content=bytes(100))
    lying = honest.replace((100).to_bytes(4, "little"), (9).to_bytes(4, "little"))

    assert why("谎.docx", lying) == "broken"


@pytest.mark.parametrize("path", ["../etc/passwd", "/etc/passwd", "word\\..\\..\\x", "C:/x"])
def test_odd_paths_inside_are_refused(path: str) -> None:
    assert why("路.docx", archive("word/document.xml", path)) == "path"


def test_links_and_locks_inside_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    locked = bytearray(DOCX)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := locked.find(mark, start + 1)) >= 0:
            locked[start + place] |= 1

    assert why("链.docx", buffer.getvalue()) == "path"
    assert why("锁.docx", bytes(locked)) == "encrypted"


def test_a_file_of_more_than_25_megabytes_or_of_nothing_is_refused() -> None:
    large = PDF + bytes(25 * 1024 * 1024) + b"%%EOF"

    assert why("大.pdf", large) == "size"
    assert why("空.pdf", b"") == "empty"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\文件\\报告.pdf", "报告.pdf"),
        ("../../报告.pdf", "报告.pdf"),
        ("报告\u202efdp.txt", "报告fdp.txt"),
        ("报\n告\r.pdf", "报告.pdf"),
        ("…关于“经费”的 报告（1）.pdf", "…关于“经费”的 报告（1）.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
    ],
)
def test_a_name_is_only_a_name(given: str, kept: str) -> None:
    assert papers.plain_name(given) == kept


@pytest.mark.parametrize("name", ["", "/", "..", "\u200b", "长" * 256])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(PaperRefused):
        papers.plain_name(name)


def test_an_item_has_only_so_much_room(database: Database, item_id: int) -> None:
    database.write(lambda s: settings.change(s, administrator(), "papers.quota_mb", "1"))
    keep(database, item_id, "一.pdf", PDF + bytes(700 * 1024) + b"%%EOF")

    with pytest.raises(PaperRefused) as refusal:
        keep(database, item_id, "二.pdf", PDF + bytes(700 * 1024) + b"%%EOF")

    assert refusal.value.facts["why"] == "quota"


# -- who --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "own", "refusal"),
    [
        (Role.HANDLER, True, None),
        (Role.UNIT_HEAD, True, None),
        (Role.DIRECTOR, False, None),
        (Role.HANDLER, False, ItemUnknown),
        (Role.ADMINISTRATOR, False, ItemUnknown),
        (Role.AUDITOR, False, NotYours),
        (Role.LEADER, False, NotYours),
    ],
)
def test_whoever_works_on_the_item_attaches(
    database: Database,
    item_id: int,
    role: Role,
    own: bool,  # noqa: FBT001 (a case of the table above)
    refusal: type[Exception] | None,
) -> None:
    with database.read() as session:
        unit_id = session.get_one(Item, item_id).assignments[0].unit_id
    whoever = replace(actor(role, unit_id=unit_id if own else unit_id + 1))
    checked = papers.check(database, "报告.pdf", io.BytesIO(PDF))

    def attempt(session: Session) -> Paper:
        return papers.keep_paper(session, whoever, item_id, checked)

    if refusal is None:
        assert database.write(attempt).name == "报告.pdf"
    else:
        with pytest.raises(refusal):
            database.write(attempt)


def test_whoever_may_not_see_the_item_may_not_read_its_papers(
    database: Database, item_id: int
) -> None:
    paper = keep(database, item_id, "报告.pdf", PDF)
    stranger = actor(Role.HANDLER, unit_id=10_000)

    with database.read() as session:
        with pytest.raises(PaperUnknown):
            papers.open_paper(session, stranger, paper.id)
        with pytest.raises(PaperUnknown):
            papers.open_paper(session, SUPERVISOR, uuid4())


def test_one_s_own_file_can_be_taken_back(database: Database, item_id: int) -> None:
    paper = keep(database, item_id, "报告.pdf", PDF)

    with pytest.raises(PaperUnknown):
        database.write(lambda s: papers.remove_paper(s, actor(Role.SUPERVISOR, 99), paper.id))
    database.write(lambda s: papers.remove_paper(s, SUPERVISOR, paper.id))

    with database.read() as session:
        assert not papers.papers_of(session, SUPERVISOR, item_id)


def test_sweeping_takes_only_files_that_belong_to_nothing(
    database: Database, item_id: int, folder: Path, clock: MovableClock
) -> None:
    paper = keep(database, item_id, "报告.pdf", PDF)
    orphan = folder / "00" / str(uuid4())
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(PDF)
    seconds = orphan.stat().st_mtime - clock.now().timestamp()

    clock.move(timedelta(seconds=seconds + 60))
    assert papers.sweep(database) == 0
    clock.move(timedelta(days=2))
    assert papers.sweep(database) == 1

    with database.read() as session:
        assert papers.open_paper(session, SUPERVISOR, paper.id).path.is_file()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_is_swept_every_day(database: Database, folder: Path, clock: MovableClock) -> None:
    known = processes.registry({papers.SWEEP: papers.sweep_daily})
    worker = open_database(database.url, known, clock=clock, key=KEY)
    database.write(papers.ask_to_sweep)
    database.write(papers.ask_to_sweep)

    for _ in range(2):
        orphan = folder / "00" / str(uuid4())
        orphan.parent.mkdir(exist_ok=True, parents=True)
        orphan.touch()
        os.utime(orphan, (0, 0))
        assert not work_once(worker)
        clock.move(timedelta(days=1, minutes=1))
        assert work_once(worker)
        assert not orphan.exists()


# -- the scanner ------------------------------------------------------------------------


class Clamd(socketserver.BaseRequestHandler):
    """A scanner that speaks clamd's protocol and knows EICAR."""

    def handle(self) -> None:
        """Answer one INSTREAM."""
        stream = self.request.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while length := int.from_bytes(stream.read(4), "big"):
            content += stream.read(length)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        self.request.sendall(found)


@pytest.fixture
def scanner(database: Database) -> Iterator[Callable[[], None]]:
    """Run a scanner, set it, and return how to stop it."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
    threading.Thread(target=server.serve_forever, args=(0.05,)).start()
    address = f"127.0.0.1:{server.server_address[1]}"
    database.write(lambda s: settings.change(s, administrator(), "papers.scanner", address))

    def stop() -> None:
        server.shutdown()
        server.server_close()

    yield stop
    stop()


def test_an_infected_file_is_refused(database: Database, scanner: Callable[[], None]) -> None:
    assert papers.check(database, "好.txt", io.BytesIO(GOOD["txt"])).name == "好.txt"

    with pytest.raises(PaperRefused) as refusal:
        papers.check(database, "病毒.txt", io.BytesIO(EICAR))
    assert refusal.value.facts["why"] == "infected"


def test_a_scanner_that_is_down_lets_nothing_in(
    database: Database, scanner: Callable[[], None]
) -> None:
    scanner()

    with pytest.raises(PaperRefused) as refusal:
        papers.check(database, "好.txt", io.BytesIO(GOOD["txt"]))
    assert refusal.value.facts["why"] == "scanner"
