"""What is personal in a text, and what isn't."""

import pytest

from workflows.disclosure.masking import Found, Sort, by_hand, find, hide, masked_name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("联系人：李四，电话0571-88123456。", "联系人：李某，电话【电话略】。"),
        ("手机138 0013 8000或＋8613800138000", "手机【电话略】或【电话略】"),
        ("固话（0571）88123456转801", "固话【电话略】"),
        ("热线：88123456", "热线：【电话略】"),
        ("身份证33010619800101123X", "身份证【证件号略】"),
        ("邮箱ma.dai@example.gov.cn。", "邮箱【邮箱略】。"),
        ("家住城东区人民路12号3单元501室。", "家住【住址略】。"),
        ("卡号6222 0200 1234 5678 901，车牌浙A12345", "卡号【账号略】，车牌【账号略】"),
        ("微信号：ma_dai2020", "微信号：【账号略】"),
        ("村民赵小六反映，陈小明先生来访", "村民赵某某反映，陈某某先生来访"),
    ],
)
def test_personal_data_is_hidden(text: str, shown: str) -> None:
    assert hide(text, find(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "督字〔2019〕12号，2019年12月31日，总投资1234567890元。",
        "地方人大代表和政协委员关心居民安全，方便学生、家长出行。",
        "第3号公交线路延伸至高铁站，受益居民12000户。",
        "沿人民路、解放大道新建站台26处，其中12处已完工。",
    ],
)
def test_what_all_may_read_stands(text: str) -> None:
    assert find(text) == []


def test_known_names_are_hidden_wherever_they_stand() -> None:
    text = "马代表、欧阳小梅：关于马代表的建议"

    assert hide(text, find(text, ["马代表", "欧阳小梅"])) == "马某某、欧阳某某：关于马某某的建议"
    assert masked_name("买买提·依明") == "买某某"
    assert find("民盟云川市委关于河道的提案", ["民盟云川市委"]) == []


def test_a_reviewer_hides_more_and_what_is_longer_goes_first() -> None:
    text = "王五系某厂退休职工，王五说"
    found = [*by_hand("系某厂退休职工\n\n"), Found(Sort.NAME, "王五")]

    assert hide(text, found) == "王某【略】，王某说"
