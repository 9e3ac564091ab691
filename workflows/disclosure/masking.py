"""What is personal in a text, and how it is hidden: pure words in, words out.

The rules rather hide too much than too little; a reviewer lets stand what all may read.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SURNAMES = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|"
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂柴齐鄢焦关]"
)
NO_NAMES = (
    "安全|安装|安置|安心|方便|方面|方式|高度|高中|高龄|高层|高校|高兴|高考|常年|常住|常见|常态|万人|万户|"
    "万元|万一|康复|温暖|温馨|任何|任务|金额|金融|关注|关心|关系|关于|毕业|黄金|白天|马上|石油|田间|"
    "严重|严格|齐全|史料|路|于|和"
)
NAME = rf"(?!{NO_NAMES})(?:{SURNAMES})[一-鿿]{{1,2}}"
DIGIT = "[0-9０-９]"
SEP = "[-—－ \u3000]?"
NOT_IN_A_NUMBER = rf"(?<!{DIGIT})(?:{{}})(?!{DIGIT})"
ORGANISATION = re.compile(r".{3,}(?:委|会|界|组|联|社|党|团)")
"""Who proposes in common: parties, circles, federations; they are nobody's personal data."""
OTHERS = 2
"""How many signs stand for the rest of a name, at most."""
LEAST = 2
"""How many characters a name or word has at least that is hidden wherever it stands."""


class Sort(StrEnum):
    """What a hidden word is."""

    NAME = "name"
    PHONE = "phone"
    IDENTITY = "identity"
    EMAIL = "email"
    ADDRESS = "address"
    ACCOUNT = "account"
    BY_HAND = "by_hand"


HIDDEN = {
    Sort.PHONE: "【电话略】",
    Sort.IDENTITY: "【证件号略】",
    Sort.EMAIL: "【邮箱略】",
    Sort.ADDRESS: "【住址略】",
    Sort.ACCOUNT: "【账号略】",
    Sort.BY_HAND: "【略】",
}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A word that is personal, and what it is."""

    sort: Sort
    word: str


def _number(pattern: str) -> re.Pattern[str]:
    return re.compile(NOT_IN_A_NUMBER.format(pattern))


MOBILE = rf"(?:(?:\+|＋)?86{SEP})?[1１][3-9３-９]{DIGIT}{SEP}{DIGIT}{{4}}{SEP}{DIGIT}{{4}}"
LANDLINE = rf"[（(]?[0０]{DIGIT}{{2,3}}[）)]?{SEP}{DIGIT}{{7,8}}(?:{SEP}转?{DIGIT}{{1,5}})?"
CARD = rf"{DIGIT}{{4}}(?: ?{DIGIT}{{4}}){{3}}(?: ?{DIGIT}{{1,3}})?"
PLATE = (
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    "[A-HJ-Z][·・ ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
IS = "[：:为是 ]{0,2}"
ROAD = "路|街|大道|巷|弄|胡同|里|村|小区|花园|家园|苑|公寓|新村|社区"
HOME = (
    rf"(?:家住|住在|居住于|位于|住址|地址)?{IS}((?:[一-鿿]{{1,6}}(?:市|区|县|镇|乡|街道))*"
    rf"[一-鿿A-Za-z0-9０-９]{{1,4}}?(?:{ROAD})[一-鿿]{{0,4}}?"
    rf"{DIGIT}{{1,5}}(?:号楼|号院|号|弄|幢|栋|座|组|单元)"
    rf"(?:{DIGIT}{{1,5}}(?:号楼|号|幢|栋|座|单元|楼|层|室|户|房))*(?:{DIGIT}{{3,4}}室?)?)"
)
AFTER = "反映|家|等|的|说|称|已|在|于|因|向|来|提|被|将"
SOMEBODY = "联系人|姓名|当事人|申请人|投诉人|举报人|信访人|居民|村民|业主|家长|患者|学生|市民"

PATTERNS: Sequence[tuple[Sort, re.Pattern[str]]] = (
    (Sort.EMAIL, re.compile(r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    (Sort.IDENTITY, _number(rf"{DIGIT}{{17}}[0-9０-９XxＸ]|{DIGIT}{{15}}")),
    (Sort.ACCOUNT, _number(CARD)),
    (Sort.ACCOUNT, re.compile(rf"(?:微信号?|QQ号?|银行卡号?){IS}([A-Za-z0-9_-]{{5,}})")),
    (Sort.ACCOUNT, re.compile(PLATE)),
    (Sort.PHONE, _number(MOBILE)),
    (Sort.PHONE, _number(LANDLINE)),
    (Sort.PHONE, re.compile(rf"(?:电话|手机|传真|热线|联系方式)(?:号码)?{IS}({DIGIT}{{7,8}})")),
    (Sort.ADDRESS, re.compile(HOME)),
    (Sort.NAME, re.compile(rf"({NAME})(?:先生|女士|小姐|同志|大爷|大妈|师傅)")),
    (Sort.NAME, re.compile(rf"(?:{SOMEBODY}){IS}({NAME}?)(?=[^一-鿿]|$|{AFTER})")),
)  # fmt: skip
"""What is personal by its form; of overlapping finds the first rule's stands."""


def find(text: str, names: Iterable[str] = ()) -> list[Found]:
    """Return what is personal in a text, each word once, in the order of its first place.

    ``names`` are people of whom it is known that they are named; a word that lies inside
    another one that is found is hidden with it.
    """
    taken: list[tuple[int, int, Found]] = []
    personal = {name for name in names if len(name) >= LEAST and not ORGANISATION.fullmatch(name)}
    known = sorted(personal, key=len, reverse=True)
    rules = [*PATTERNS, *((Sort.NAME, re.compile(re.escape(name))) for name in known)]
    for sort, pattern in rules:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            if not any(start < other and begin < end for begin, other, _ in taken):
                taken.append((start, end, Found(sort, text[start:end])))
    return list(dict.fromkeys(found for _, _, found in sorted(taken, key=lambda each: each[:2])))


def by_hand(words: str) -> list[Found]:
    """Return what a reviewer hides besides, one word or sentence on each line."""
    lines = (line.strip() for line in words.splitlines())
    return [Found(Sort.BY_HAND, line) for line in dict.fromkeys(lines) if line]


def hide(text: str, found: Iterable[Found]) -> str:
    """Return a text without the words that were found, the longest first."""
    sorts = {each.word: each.sort for each in found}
    if not sorts:
        return text
    longest = sorted(sorts, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), _in_place_of(lambda word: sorts[word]), text)


def _in_place_of(sort_of: Callable[[str], Sort]) -> Callable[[re.Match[str]], str]:
    def written(match: re.Match[str]) -> str:
        sort = sort_of(match[0])
        return masked_name(match[0]) if sort is Sort.NAME else HIDDEN[sort]

    return written


def masked_name(name: str) -> str:
    """Return a name as it is told in public: the family name, and 某 for the rest."""
    family = re.match(SURNAMES, name)
    kept = family[0] if family and len(family[0]) < len(name) else name[:1]
    return kept + "某" * min(len(name) - len(kept), OTHERS)
