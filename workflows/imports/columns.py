"""A column of a workbook: its letter, its heading, an example."""

from dataclasses import dataclass

LETTERS = 26


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its heading (两级: 责任单位 › 牵头单位), an example."""

    place: int
    title: str
    example: str

    @property
    def letter(self) -> str:
        """Return the column's letter."""
        return letter_of(self.place)


def letter_of(place: int) -> str:
    """Return a column's letter: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
