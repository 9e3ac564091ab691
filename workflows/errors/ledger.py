"""The ledger: views that are kept, workbooks that come in, figures that are counted."""

from workflows.errors.refusal import Refusal


class ViewUnknown(Refusal):
    """There is no such kept view, or it is somebody else's."""

    def __init__(self, view_id: object = None) -> None:
        super().__init__(view_id=view_id)


class ViewRefused(Refusal):
    """Somebody keeps as many views as one may."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class SheetRefused(Refusal):
    """A workbook, or a sheet of it, that can't be read as a ledger; ``why`` says what is wrong."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class BatchUnknown(Refusal):
    """There is no such import, or it is somebody else's."""

    def __init__(self, batch_id: object = None) -> None:
        super().__init__(batch_id=batch_id)


class PreviewStale(Refusal):
    """What would be imported isn't what was previewed: the preview has to be read again."""


class FigureUnknown(Refusal):
    """No figure has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class SummaryUnknown(Refusal):
    """There is no such summary, or it was thrown away."""

    def __init__(self, summary_id: object = None) -> None:
        super().__init__(summary_id=summary_id)


class SnapshotUnknown(Refusal):
    """There is no such snapshot, or the actor may not know that there is."""

    def __init__(self, snapshot_id: object = None) -> None:
        super().__init__(snapshot_id=snapshot_id)
