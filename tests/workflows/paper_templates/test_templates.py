"""Templates of papers: shipped ones are whole, others are checked, and a choice can be undone."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as File

from tests.workflows.town import Town
from workflows import documents, paper_templates
from workflows.documents import Block, BlockKind
from workflows.errors import NotYours, PaperRefused, TemplateRefused, TemplateUnknown
from workflows.paper_templates import KINDS, Flaw, inspect, sample, shipped

NAME = "月度通报.docx"
MONTHLY = KINDS["monthly"]


def changed(change: Callable[[File], object], kind: str = "monthly") -> bytes:
    """Return a shipped template after somebody worked on it in Word."""
    file = Document(BytesIO(shipped(kind).file))
    change(file)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def rewritten(part: str, change: Callable[[bytes], bytes], **added: bytes) -> bytes:
    """Return the monthly template with one part changed and others added."""
    kept = BytesIO()
    with ZipFile(BytesIO(shipped("monthly").file)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
        for name, content in added.items():
            new.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def line(file: File, text: str) -> object:
    """Return the paragraph that says something."""
    return next(each for each in file.paragraphs if text in each.text)


def says(text: str, other: str) -> Callable[[File], None]:
    """Return a change: a paragraph says something else."""

    def change(file: File) -> None:
        line(file, text).text = other  # type: ignore[attr-defined]

    return change


def flaws(content: bytes, kind: str = "monthly") -> dict[str, object]:
    """Return what is wrong with a file, by code."""
    with pytest.raises(TemplateRefused) as refused:
        inspect(KINDS[kind], NAME, content)
    found: list[Flaw] = refused.value.facts["flaws"]
    return {flaw.code: flaw.facts.get("names") for flaw in found}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_shipped_passes_its_own_check_and_makes_a_paper(kind: str) -> None:
    template = shipped(kind)

    inspect(KINDS[kind], f"{kind}.docx", template.file)

    paper = sample(template)
    said = "\n".join(
        [*(p.text for p in Document(BytesIO(documents.docx(paper, template.file))).paragraphs)]
    )
    assert "{{" not in said
    assert paper.title.replace("\n", "") in said.replace("\n", "")


def test_a_first_content_has_words_figures_and_blanks_in_their_places() -> None:
    values = {"span": "2019年8月份", "office": "督查室", "last_day": "2019年8月31日"}

    doc = paper_templates.first_content(shipped("monthly"), values)

    opening = doc["content"][0]["content"]
    assert opening[0]["text"].startswith("2019年8月份，督查室围绕")
    assert opening[1] == {"type": "figure", "attrs": {"name": "actions", "unit": None, "value": ""}}
    assert doc["content"][1]["attrs"] == {"level": 1}
    assert doc["content"][2]["content"][0] == {"type": "blank", "attrs": {"label": "表扬单位"}}
    assert paper_templates.first_title(shipped("monthly"), values) == (
        "关于2019年8月份重点督查事项落实情况的通报"
    )
    assert paper_templates.first_title(shipped("special"), values) == ""


def test_a_template_without_a_required_element_is_refused_by_its_name() -> None:
    assert flaws(changed(says("{{number}}", ""))) == {"element": ["number"]}
    assert flaws(changed(says("{{head}}", "督查快报"))) == {"element": ["head"]}


def test_unknown_and_broken_marks_are_named() -> None:
    found = flaws(changed(says("[[表扬单位]]", "{{items_open}}{{ 7*7 }}{{item.secret}}[[没有关")))

    assert found["unknown"] == ["7*7", "item.secret"]
    assert len(found["broken"]) == 1  # type: ignore[arg-type]


def test_a_quarterly_template_keeps_its_annex_whatever_its_style_and_must_have_the_ranks() -> None:
    def unstyled(file: File) -> None:
        for each in file.paragraphs:
            if each.style and each.style.name in {"附件序号", "附件标题"}:
                each.style = "Normal"

    checked = inspect(KINDS["quarterly"], NAME, changed(unstyled, "quarterly"))

    read = documents.sketch_of(checked.content).blocks
    assert [block.kind for block in read] == [
        block.kind for block in shipped("quarterly").sketch.blocks
    ]
    assert flaws(changed(says("[[排名表]]", "见附表"), "quarterly"), "quarterly") == {
        "blank": ["排名表"]
    }


def test_a_slip_must_say_what_it_demands() -> None:
    def change(file: File) -> None:
        file.tables[0].rows[5].cells[1].text = ""

    assert flaws(changed(change, "slip_red"), "slip_red") == {"value": ["demand"]}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.7 %%EOF", "kind"),
        (b"hello", "kind"),
        (b"PK\x03\x04" + b"x" * 100, "broken"),
        (b"x" * (2 * 1024 * 1024 + 1), "size"),
        (rewritten("", bytes, word__vbaProject_bin=b"x"), "macros"),
        (rewritten("", bytes, word__bomb_xml=b"a" * 21 * 1024 * 1024), "bomb"),
        (
            rewritten(
                "word/_rels/document.xml.rels",
                lambda xml: xml.replace(
                    b"</Relationships>",
                    b'<Relationship Id="x" Type="t" Target="http://x" TargetMode="External"/>'
                    b"</Relationships>",
                ),
            ),
            "outside",
        ),
        (
            rewritten("word/odd.xml", lambda xml: xml.replace(b" PAGE ", b" INCLUDETEXT ")),
            "foreign",
        ),
        (
            rewritten("word/document.xml", lambda xml: b'<!DOCTYPE w [<!ENTITY a "b">]>' + xml),
            "broken",
        ),
        (rewritten("word/document.xml", lambda xml: xml[:-20]), "broken"),
        (rewritten("word/document.xml", lambda _: b"<a/>"), "broken"),
    ],
    ids=[
        "pdf",
        "text",
        "broken",
        "large",
        "macros",
        "bomb",
        "outside",
        "field",
        "entity",
        "xml",
        "bare",
    ],
)
def test_a_file_that_isnt_harmless_is_refused_before_it_is_read(content: bytes, why: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        inspect(MONTHLY, NAME, content)

    assert refused.value.facts["why"] == why
    assert refused.value.facts.get("endings", ["docx"]) == ["docx"]


def test_a_mark_that_word_has_split_into_runs_is_replaced_in_one_piece() -> None:
    def split(file: File) -> None:
        number = line(file, "{{number}}")
        number.runs[0].text = "{{nu"  # type: ignore[attr-defined]
        number.add_run("mber}}")  # type: ignore[attr-defined]

    template = shipped("monthly")
    made = Document(BytesIO(documents.docx(sample(template), changed(split))))

    assert line(made, "〔2019〕第9期")


def test_a_paper_keeps_a_templates_styles_and_says_its_own_words() -> None:
    def restyle(file: File) -> None:
        file.styles["公文正文"].font.name = "Courier"
        line(file, "{{organ}}").add_run("　编")  # type: ignore[attr-defined]

    paper = sample(shipped("monthly"))
    made = Document(BytesIO(documents.docx(paper, changed(restyle))))

    assert made.styles["公文正文"].font.name == "Courier"
    assert line(made, "2019年9月3日　编")
    assert line(made, "2019年8月份，云川市")
    assert not [each for each in made.paragraphs if "{{span}}" in each.text]


def test_a_version_counts_once_it_is_chosen_and_any_other_can_be_chosen_again(
    small_town: Town,
) -> None:
    database, hemin = small_town.database, small_town.actor("admin")
    checked = inspect(MONTHLY, NAME, changed(says("三、下步要求", "三、工作要求")))
    database.write(lambda s: paper_templates.bring(s, hemin, "monthly", checked))

    def counting() -> tuple[int, list[Block]]:
        with database.read() as session:
            template = paper_templates.current(session, "monthly")
        headings = [b for b in template.sketch.blocks if b.kind is BlockKind.HEADING1]
        return template.version, headings

    assert counting()[0] == 0
    before = small_town.clock.now()
    small_town.clock.move(timedelta(minutes=1))
    database.write(lambda s: paper_templates.choose(s, hemin, "monthly", 1))
    version, headings = counting()
    with database.read() as session:
        assert paper_templates.current(session, "monthly", before).version == 0
    assert (version, headings[-1].text) == (1, "三、工作要求")
    database.write(lambda s: paper_templates.choose(s, hemin, "monthly", 0))
    assert counting()[0] == 0
    with pytest.raises(TemplateUnknown):
        database.write(lambda s: paper_templates.choose(s, hemin, "monthly", 2))


def test_only_an_administrator_brings_or_chooses(small_town: Town) -> None:
    checked = inspect(MONTHLY, NAME, shipped("monthly").file)
    zhou = small_town.actor("zhou")

    for verb in (
        lambda s: paper_templates.bring(s, zhou, "monthly", checked),
        lambda s: paper_templates.choose(s, zhou, "monthly", 0),
        lambda s: paper_templates.shelf(s, zhou, "monthly"),
        lambda s: paper_templates.opened(s, zhou, "monthly", 0),
    ):
        with pytest.raises(NotYours):
            small_town.database.write(verb)
