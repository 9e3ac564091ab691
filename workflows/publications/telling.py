"""What the notices about an issue say of it."""

from typing import Any

from workflows.serials import number_of
from workflows.tables import Publication


def facts_of(publication: Publication) -> dict[str, Any]:
    """Return an issue's facts as a notice keeps them."""
    return {
        "publication": publication.id,
        "serial": publication.serial.title,
        "number": number_of(publication),
        "title": publication.title,
    }
