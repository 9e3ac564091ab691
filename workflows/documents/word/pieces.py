"""Small pieces of WordprocessingML: runs, paragraphs, measures."""

from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"'

TWIPS = 20
"""How many twentieths of a point make a point."""
EIGHTHS = 8


def twips(points: float) -> int:
    """Return points in twentieths."""
    return round(points * TWIPS)


def mm(millimetres: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 72 * TWIPS)


def eighths(millimetres: float) -> int:
    """Return how thick a rule is, in eighths of a point."""
    return round(millimetres / 25.4 * 72 * EIGHTHS)


def fonts(face: str) -> str:
    """Return a face for every script, so that Chinese quotes and digits come from it too."""
    named = quoteattr(face)
    return f"<w:rFonts w:ascii={named} w:hAnsi={named} w:eastAsia={named} w:cs={named}/>"


def run(text: str, properties: str = "") -> str:
    """Return a run; a line feed breaks the line and a tab moves on."""
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    parts = (
        f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        if part not in {"\n", "\t"}
        else SIGNS[part]
        for part in _parts(text)
    )
    return f"<w:r>{told}{''.join(parts)}</w:r>"


SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph of a style with ready runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _parts(text: str) -> list[str]:
    return [
        part for part in text.replace("\n", "\0\n\0").replace("\t", "\0\t\0").split("\0") if part
    ]
