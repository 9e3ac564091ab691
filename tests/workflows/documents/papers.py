"""Papers to be measured, one of each form."""

from dataclasses import replace
from datetime import date

from workflows.documents import Block, BlockKind, Form, Paper, plain

TEXT = "按时反馈率达到100%的单位予以表扬，其余单位要对照时限要求逐项查找原因并落实整改措施。"
RANKING = Block(BlockKind.TABLE, rows=(("排名", "单位", "得分"), ("1", "东城区人民政府", "103.5")))

DOCUMENT = Paper(
    form=Form.DOCUMENT,
    head="云川市人民政府督查室文件",
    title="关于印发#2019] $年度$督查计划的通知",
    number="督字〔2020〕1号",
    issued_on=date(2020, 1, 5),
    addressee="各县、区人民政府",
    blocks=(
        plain(TEXT),
        plain("一、总体要求", BlockKind.HEADING1),
        plain("（一）工作目标", BlockKind.HEADING2),
        plain("1．时间安排", BlockKind.HEADING3),
        plain("（1）第一阶段", BlockKind.HEADING4),
        *(plain(TEXT * 2) for _ in range(12)),
        plain("督查事项表", BlockKind.ANNEX),
        RANKING,
    ),
    signature="云川市人民政府督查室",
    remark="此件公开发布",
    copies_to="市委办公室，市人大常委会办公室",
    printer="云川市人民政府督查室",
    secrecy="秘密★1年",
    urgency="特急",
    copy_number="000012",
)
SERIAL = replace(
    DOCUMENT,
    form=Form.SERIAL,
    head="督查工作通报",
    number="〔2019〕第9期",
    organ="云川市人民政府督查室",
    issued_on=date(2019, 9, 18),
    signature="",
    secrecy="",
    urgency="",
    copy_number="",
)
LETTER = replace(
    DOCUMENT, form=Form.LETTER, head="云川市交通运输局", number="云交函〔2019〕12号", printer=""
)
