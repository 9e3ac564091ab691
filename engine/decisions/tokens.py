"""Cuts the text of a cell into words."""

import re
from dataclasses import dataclass
from typing import Final

from engine.decisions.refusals import CellRefused

LENGTH: Final = 2_000
TOKEN: Final = re.compile(
    r"""\s*(?:
    (?P<string>"(?:[^"\\\n]|\\.)*")
    | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?![\w]))
    | (?P<function>(?:date\s+and\s+time|date|time|duration|not)(?=\s*\())
    | (?P<name>[^\W\d]\w*(?:[ \t\r\n]+[^\W\d]\w*)*)
    | (?P<sign>\.\.|<=|>=|!=|\*\*|[-+*/<>=()\[\],.])
    )""",
    re.VERBOSE,
)
BEYOND: Final = frozenset(
    {"and", "or", "if", "then", "else", "for", "return", "some", "every", "satisfies", "in"}
    | {"between", "instance", "function"}
)
"""Words of full FEEL that no name may be, and that no table here understands."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a cell: of which kind it is, and what it says."""

    kind: str
    text: str


END: Final = Token("end", "")


def tokens_of(text: str) -> list[Token]:
    """Return the words of a cell, or refuse what isn't one."""
    if len(text) > LENGTH:
        raise CellRefused("cell_long", most=LENGTH)
    text, place, found = text.strip(), 0, []
    while place < len(text):
        match = TOKEN.match(text, place)
        if match is None:
            raise _unread(text[place:].strip())
        kind = str(match.lastgroup)
        found.append(Token(kind, _checked(kind, " ".join(match[kind].split(None)), match[kind])))
        place = match.end()
    return found


def _checked(kind: str, joined: str, exact: str) -> str:
    """Return the word; names are read with single blanks, and texts as they are."""
    if kind == "string":
        return exact
    beyond = BEYOND.intersection(joined.split(" ")) if kind == "name" else None
    if beyond or joined == "**":
        raise CellRefused("feel_unsupported", word=min(beyond or {joined}))
    return joined


def _unread(rest: str) -> CellRefused:
    if rest.startswith(('"', "'", "“", "”", "「")):
        return CellRefused("text_unclosed", text=rest[:40])
    if rest[0] in "{?@|;":
        return CellRefused("feel_unsupported", word=rest[0])
    return CellRefused("cell_unreadable", text=rest[:40])
