"""Files that come in, and official papers that go out."""

from collections.abc import Sequence

from workflows.errors.refusal import Refusal


class PaperUnknown(Refusal):
    """There is no such file, or the actor may not know that there is."""

    def __init__(self, paper_id: object = None) -> None:
        super().__init__(paper_id=paper_id)


class PaperRefused(Refusal):
    """A file of a wrong kind, size or name."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class TemplateUnknown(Refusal):
    """There is no such kind of template, or no such version of it."""

    def __init__(self, name: str, version: int | None = None) -> None:
        super().__init__(name=name, version=version)


class TemplateRefused(Refusal):
    """A file can't be a template of its kind; ``flaws`` says what it lacks or has too much."""

    def __init__(self, flaws: Sequence[object]) -> None:
        super().__init__(flaws=list(flaws))


class GlyphsMissing(Refusal):
    """The faces of a PDF lack ``characters`` that a paper uses."""

    def __init__(self, characters: Sequence[str]) -> None:
        codes = [f"U+{ord(sign):04X}" for sign in characters]
        super().__init__(characters=list(characters), codes=codes)


class FontsMissing(Refusal):
    """The faces of a PDF aren't where the front end's build lays them; ``files`` are missing."""

    def __init__(self, files: Sequence[str], folder: str) -> None:
        super().__init__(files=list(files), folder=folder)
