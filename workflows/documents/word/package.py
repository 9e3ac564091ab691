"""The package that a Word file is: few parts, all of them text, always the same bytes."""

from datetime import UTC, date, datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workflows.documents.paper import Form, Paper
from workflows.documents.word import frames
from workflows.documents.word.faces import FALLBACKS, FAMILIES
from workflows.documents.word.pieces import NAMESPACE, RELATIONS, SPACES
from workflows.documents.word.styles import styles_xml

DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FIXED = (1980, 1, 1, 0, 0, 0)


def blank(paper: Paper) -> bytes:
    """Return the frame of a paper's form as a Word file, its marks still to be replaced."""
    letter = paper.form is Form.LETTER
    linked = {
        "rIdStyles": ("styles", styles_xml()),
        "rIdSettings": ("settings", _settings()),
        "rIdFontTable": ("fontTable", _font_table()),
        "rIdOdd": ("footer", frames.footer_xml(odd=True)),
        "rIdEven": ("footer", frames.footer_xml(odd=False)),
    }
    if letter:
        linked["rIdHeader"] = ("header", frames.header_xml(paper))
        linked["rIdFirst"] = ("footer", frames.first_footer_xml(paper))
    names = {rid: f"{rid[3:].lower()}.xml" for rid in linked}
    parts = {
        "[Content_Types].xml": _types({names[rid]: kind for rid, (kind, _) in linked.items()}),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{RELATIONS}/officeDocument", "word/document.xml"),
                "rId2": (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            }
        ),
        "docProps/core.xml": _core(),
        "word/document.xml": frames.body_xml(paper),
        "word/_rels/document.xml.rels": _relations(
            {rid: (f"{RELATIONS}/{kind}", names[rid]) for rid, (kind, _) in linked.items()}
        ),
    } | {f"word/{names[rid]}": xml for rid, (_, xml) in linked.items()}
    return packed({name: (DECLARED + xml).encode() for name, xml in parts.items()})


def packed(parts: dict[str, bytes]) -> bytes:
    """Return parts as an archive whose bytes depend on nothing else."""
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(ZipInfo(name, FIXED), content, ZIP_DEFLATED)
    return kept.getvalue()


def repacked(file: bytes) -> bytes:
    """Return an archive without the moments at which its parts were written."""
    with ZipFile(BytesIO(file)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def moment(day: date | None) -> datetime:
    """Return when a paper says that it was made: on its date."""
    return datetime(*(day.timetuple()[:3] if day else (2000, 1, 1)), tzinfo=UTC)


def _types(kinds: dict[str, str]) -> str:
    parts = {f"/word/{name}": f"{TYPE}.{kind}+xml" for name, kind in kinds.items()}
    parts["/word/document.xml"] = f"{TYPE}.document.main+xml"
    parts["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    told = "".join(
        f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>"
        for name, kind in parts.items()
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="{rid}" Type="{kind}" Target="{target}"/>'
        for rid, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{told}</Relationships>'


def _settings() -> str:
    return (
        f"<w:settings {SPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> str:
    """Name each face with those to take where it isn't there."""
    told = "".join(
        f"<w:font w:name={quoteattr(face)}><w:altName w:val={quoteattr(others)}/>"
        f'<w:charset w:val="86"/><w:family w:val="{FAMILIES[face]}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face, others in FALLBACKS.items()
    )
    return f'<w:fonts xmlns:w="{NAMESPACE}">{told}</w:fonts>'


def _core() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:language>zh-CN</dc:language>'
        "</cp:coreProperties>"
    )
