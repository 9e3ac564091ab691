"""What a draft said before: the headings' numbers follow from their places, changes stand out."""

from workflows.publications import comparing, content
from workflows.publications.comparing import GONE, NEW, SAME, Piece
from workflows.publications.numbering import numbers
from workflows.tables import PublicationVersion


def version(title: str, *blocks: content.Node) -> PublicationVersion:
    """Write a version that is kept nowhere."""
    return PublicationVersion(title=title, addressee="", content=content.doc(*blocks))


def test_headings_are_numbered_by_where_they_stand() -> None:
    levels = [1, 2, 2, 1, 2, 3, 4, 4]
    blocks = [content.heading(level, "标题") for level in levels]

    found = list(numbers([*blocks, content.annex("排名表"), content.heading(1, "标题")]))

    assert found == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
        "1.",
        "（1）",
        "（2）",
        "",
        "一、",
    ]


def test_the_tenth_heading_and_those_behind_it_are_numbered_as_one_counts() -> None:
    found = list(numbers([content.heading(1, "标题")] * 21))

    assert [found[9], found[10], found[19], found[20]] == ["十、", "十一、", "二十、", "二十一、"]


def test_a_number_that_somebody_typed_gives_way_to_its_place() -> None:
    sent = content.doc(content.heading(1, "三、下步要求"), content.heading(2, "2.5亿元到位"))

    told = [block["content"][0]["text"] for block in content.checked(sent)["content"]]

    assert told == ["下步要求", "2.5亿元到位"]


def test_versions_differ_word_by_word_where_lines_are_alike() -> None:
    older = version("通报", content.paragraph("在办36项。"), content.paragraph("附件另发。"))
    newer = version("通报", content.paragraph("在办38项。"))

    lines = comparing.compare(older, newer)

    assert lines[2] == (
        Piece(SAME, "在办3"),
        Piece(GONE, "6"),
        Piece(NEW, "8"),
        Piece(SAME, "项。"),
    )
    assert lines[3] == (Piece(GONE, "附件另发。"),)
    assert [comparing.is_changed(line) for line in lines] == [False, False, True, True]
