"""The faces of official papers: not free, so they are named with fallbacks and none is embedded."""

from collections.abc import Mapping
from types import MappingProxyType

XIAOBIAOSONG, FANGSONG, HEITI = "方正小标宋简体", "仿宋_GB2312", "黑体"
KAITI, SONGTI = "楷体_GB2312", "宋体"

FALLBACKS: Mapping[str, str] = MappingProxyType(
    {
        XIAOBIAOSONG: "方正小标宋_GBK,华文中宋,Noto Serif CJK SC,宋体",
        FANGSONG: "仿宋,FangSong,华文仿宋,Noto Serif CJK SC",
        HEITI: "SimHei,华文黑体,Noto Sans CJK SC",
        KAITI: "楷体,KaiTi,华文楷体,Noto Serif CJK SC",
        SONGTI: "SimSun,华文宋体,Noto Serif CJK SC",
    }
)
"""What a reader without the face is asked to take in its stead, in this order."""

FAMILIES: Mapping[str, str] = MappingProxyType(
    {XIAOBIAOSONG: "roman", FANGSONG: "roman", HEITI: "swiss", KAITI: "script", SONGTI: "roman"}
)
"""Of which kind each face is, for a reader that has none of them."""
