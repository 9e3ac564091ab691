"""Where the signature and the date stand: centred on each other, at the right, to be sealed."""

import unicodedata

DATE_INDENT, LEAST_INDENT = 4.0, 2.0


def width_of(text: str) -> float:
    """Return how wide a text is, in characters of the text; two Latin ones make one."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "FWA" else 0.5 for sign in text)


def indents_of(signature: str, day: str) -> tuple[float, float]:
    """Return how far from the right the signature and the date end, in characters.

    The date ends four characters from the right and the signature is centred on it; a long
    signature still ends two characters from the right, and the date moves with it.
    """
    more = (width_of(signature) - width_of(day)) / 2
    name = max(DATE_INDENT - more, LEAST_INDENT)
    return name, name + more
