"""What is left of a document when nobody has filled in its blanks, and where a sign stands."""

from workflows.publications import content
from workflows.publications.content import Node


def left_of(*blocks: Node) -> list[str]:
    """Return what remains without blanks, block by block."""
    return content.text_of(content.without_blanks(content.doc(*blocks))).splitlines()


def test_what_has_a_blank_goes_and_so_does_what_it_leaves_empty() -> None:
    waiting = content.paragraph("下一步：", content.blank("工作安排"))

    assert left_of(
        content.heading(1, "总体情况"),
        content.paragraph("事项按期推进。"),
        content.heading(2, "存在问题"),
        waiting,
        content.heading(1, "下步安排"),
        content.heading(2, "一季度"),
        waiting,
        content.heading(1, "办理情况"),
        content.heading(2, "分单位"),
        content.table(["单位"], [["市城管局"]]),
        content.annex("没有内容的附件"),
        waiting,
        content.annex("名单"),
        content.heading(1, "各单位"),
        content.paragraph("市城管局"),
        content.heading(1, "尾声"),
    ) == [
        "总体情况",
        "事项按期推进。",
        "办理情况",
        "分单位",
        "单位市城管局",
        "名单",
        "各单位",
        "市城管局",
    ]


def test_a_sign_is_found_in_the_first_block_that_says_it() -> None:
    made = content.doc(
        content.heading(1, "总体情况"),
        content.table(["单位"], [["𰻞面馆"]]),
        content.paragraph("另见{{附表}}。"),
    )

    assert content.place_of(made, "{{附表}}") == 2
    assert content.place_of(made, "𪚥", "𰻞") == 1
    assert content.place_of(made, "{{标题里的}}") is None
