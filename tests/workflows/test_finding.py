"""Search over everything: in which texts words are found, and for whom."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import docx
import pytest
import typst
import xlsxwriter
from sqlalchemy import delete, select

from engine import Attempt
from tests.workflows.proposals import session as s
from tests.workflows.revisits.closed import asked_after_closing, plan, record
from tests.workflows.town import Town
from workflows import drafts, grams, papers, proposals, publications, search
from workflows.errors import NotYours
from workflows.figures import Span
from workflows.methods import Method
from workflows.paper_kinds import DOCX, PDF, TXT, XLSX, PaperKind
from workflows.publications import Edited, NewDraft, content
from workflows.search import Seek, Sort
from workflows.search.extracting import Extract, extract
from workflows.search.extractor import writable
from workflows.tables import Passage, PassageGram, Revisit, TextState
from workflows.tables.search import pieces

WORDS = "北山隧道贯通"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep papers in a folder of the test's own."""
    monkeypatch.setenv("DUBAN_DATA", str(tmp_path))
    return tmp_path


def document() -> bytes:
    """Return a Word file with a paragraph and a table."""
    made, file = docx.Document(), io.BytesIO()
    made.add_paragraph(f"截至月底，{WORDS}，无遗留问题。")
    made.add_table(1, 1).cell(0, 0).text = "拨付七百万元"
    made.save(file)
    return file.getvalue()


def workbook() -> bytes:
    """Return an Excel file whose second sheet says something."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("一").write(0, 0, "序号")
        book.add_worksheet("二").write(4, 2, f"{WORDS}（右线）")
    return file.getvalue()


def page() -> bytes:
    """Return a PDF with its text."""
    return typst.compile(f'#set text(font: "Noto Sans CJK SC")\n{WORDS}'.encode())


def scan() -> bytes:
    """Return a PDF that only shows something."""
    return typst.compile(b"#rect(width: 5cm, height: 5cm)")


def bomb() -> bytes:
    """Return a Word file that would unpack to a thousand times its size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    return file.getvalue()


def found(town: Town, who: str, text: str, **narrowed: object) -> dict[str, list[str]]:
    """Return what somebody finds, by kind."""
    told = town.look(who, search.find, Seek(text, **narrowed), 100)  # type: ignore[arg-type]
    return {group.sort.value: [hit.ref for hit in group.hits] for group in told.groups}


def attached(
    town: Town, item_id: int, name: str, content: bytes, who: str = "chu", **of: object
) -> str:
    """Keep a file with an item and let the worker read it; return its number."""
    checked = papers.check(town.database, name, io.BytesIO(content))
    paper = town.act(who, papers.keep_paper, item_id, checked, **of)
    search.read_paper(town.database, {"paper": str(paper.id)}, Attempt(1, 1, last=False))
    return paper.id.hex


# -- the text of files ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(document, DOCX, id="docx"),
        pytest.param(workbook, XLSX, id="xlsx"),
        pytest.param(page, PDF, id="pdf"),
        pytest.param(lambda: f"{WORDS}。".encode("gb18030"), TXT, id="txt"),
    ],
)
def test_the_text_of_a_file_is_read(
    folder: Path, content: Callable[[], bytes], kind: PaperKind
) -> None:
    path = folder / "file"
    path.write_bytes(content())

    told = extract(path, kind.media_type)

    assert told.state is TextState.READ
    assert WORDS in told.text.replace("\n", "")


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        pytest.param(scan, PDF, Extract(TextState.EMPTY), id="scan"),
        pytest.param(bomb, DOCX, Extract(TextState.REFUSED, why="bomb"), id="bomb"),
        pytest.param(
            lambda: b"%PDF-1.4 nonsense",
            PDF,
            Extract(TextState.UNREADABLE, why="broken"),
            id="torn",
        ),
    ],
)
def test_what_has_no_text_says_why(
    folder: Path, content: Callable[[], bytes], kind: PaperKind, expected: Extract
) -> None:
    path = folder / "file"
    path.write_bytes(content())

    assert extract(path, kind.media_type) == expected


def test_halves_of_signs_that_no_database_holds_are_left_out() -> None:
    assert writable("督\ud83d\ude00查\ud800\x00\n") == "督😀查\n"


def test_a_long_text_is_kept_in_passages_that_cut_no_word() -> None:
    text = "督查" * 5_000 + WORDS + "督查" * 5_000

    parts = list(pieces(text))

    assert all(len(part) <= 4_000 for part in parts)
    assert any(WORDS in part for part in parts)
    assert len("".join(parts)) >= len(text)


# -- who finds what ------------------------------------------------------------------------


def test_everybody_finds_what_they_may_see_and_nothing_else(town: Town) -> None:
    item_id = town.handled()
    town.assigned(lead="finance", title="财政另一件")
    paper = attached(town, item_id, "进展.docx", document())
    town.report(item_id, progress=f"{WORDS}，下步铺轨。")

    unsigned = {who: found(town, who, "隧道 贯通") for who in ("li", "chu", "yang")}
    town.sign(item_id)
    signed = {who: found(town, who, WORDS) for who in ("li", "mayor", "auditor", "fan", "yang")}

    assert unsigned["li"] == {"paper": [paper]}
    assert set(unsigned["chu"]) == {"report", "paper"}
    assert signed["yang"] == unsigned["yang"] == {}
    assert all(set(signed[who]) == {"report", "paper"} for who in ("li", "mayor", "auditor", "fan"))
    assert found(town, "li", "七百万") == {"paper": [paper]}
    assert found(town, "li", WORDS, sorts=(Sort.REPORT,)).keys() == {"report"}
    assert found(town, "li", WORDS, unit_id=town.units["finance"]) == {}
    assert found(town, "li", "贯通隧道") == {}
    town.act("chu", papers.remove_paper, UUID(paper))
    assert found(town, "li", "七百万") == {}
    assert town.rows(select(Passage.id).where(Passage.ref == paper)) == []
    with pytest.raises(NotYours):
        found(town, "admin", WORDS)


def test_what_others_may_not_know_of_yet_is_not_found_by_them(small_town: Town) -> None:
    """A file in somebody's draft, and one of an unannounced visit, before they are given out."""
    town = small_town
    item_id = town.handled()
    drafted = attached(town, item_id, "底稿.docx", document())
    fields = {"paper_ids": [str(UUID(drafted))]}
    town.act("chu", drafts.save_draft, town.task(item_id, "report"), fields)
    visited_id = asked_after_closing(town)
    plan(town, visited_id, Method.UNANNOUNCED)
    (visit,) = town.rows(select(Revisit).where(Revisit.item_id == visited_id))
    seen = attached(town, visited_id, "暗访.docx", document(), who="li", visit=visit)

    hidden = {who: set(found(town, who, WORDS).get("paper", ())) for who in ("chu", "fan", "li")}
    record(town, visited_id, solved=True, method="unannounced")

    assert hidden == {"chu": {drafted}, "fan": set(), "li": {seen}}
    assert found(town, "fan", WORDS) == {"paper": [seen]}


def test_a_reply_and_an_issue_are_found_by_those_whom_they_have_reached(town: Town) -> None:
    item_id = s.handled(town, "finance")
    readers = ("li", "mayor", "auditor", "chu", "gao", "luo")
    s.talk(town, item_id)
    s.drafted(town, item_id, said=f"{WORDS}，不再绕行。")
    month = Span.month(2020, 2)
    issue = town.act("li", publications.make_draft, NewDraft("special", "special", month, item_id))
    words = content.doc(content.paragraph(f"{WORDS}，提前两个月。"))
    written = Edited(words, issue.title, "市长")
    issue = town.act("li", publications.save_draft, issue.id, issue.revision, written)

    drafts_of = {who: set(found(town, who, WORDS)) for who in readers}
    opinion = proposals.Opinion(accept=True, disclosed=True)
    town.act("li", proposals.review_reply, town.task(item_id, "review_reply"), opinion)
    task = town.task(item_id, "sign_reply")
    number = "市园建〔2020〕3号"
    town.act("fan", proposals.sign_reply, task, sign=True, document_number=number)
    town.act("li", publications.address, issue.id, [], [town.posts["mayor"]])
    steps = (("li", "submit"), ("zhang", "approve"), ("li", "issue"))
    for who, verb in steps:
        issue = town.act(who, getattr(publications, verb), issue.id, issue.revision)
    sent = {who: set(found(town, who, WORDS)) for who in readers}

    assert drafts_of == {who: {"reply"} if who in readers[:4] else set() for who in readers}
    assert sent == {
        **{who: {"reply", "publication"} for who in readers[:3]},
        **{who: {"reply"} for who in readers[3:5]},
        "luo": set(),
    }


def test_what_was_kept_before_is_found_once_the_worker_has_gathered_it(small_town: Town) -> None:
    town = small_town
    item_id = town.handled()
    town.report(item_id, progress=f"{WORDS}，下步铺轨。")
    town.sign(item_id)
    town.database.write(lambda session: session.execute(delete(PassageGram)))
    town.database.write(lambda session: session.execute(delete(Passage)))
    before = found(town, "li", WORDS)

    search.gather(town.database, {}, Attempt(1, 1, last=False))

    assert before == {}
    assert set(found(town, "li", WORDS)) == {"report"}


def test_words_are_marked_as_they_are_written() -> None:
    marks = search.snippet("截至12月，北山 隧道（右线）贯通。", grams.words_of("北山隧道 贯通"))

    assert [mark.text for mark in marks if mark.hit] == ["北山 隧道", "贯通"]
    assert "".join(mark.text for mark in marks) == "截至12月，北山 隧道（右线）贯通。"
