"""Which kind a source's items are, and what that says of their limits.

Domain section 3 names the sources, section 5 their limits. A kind is the name of the diagram
that its items run on.
"""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.tables import Item, Kind, Part, Source

SOURCES: Mapping[Kind, tuple[Source, ...]] = MappingProxyType(
    {
        Kind.INSTRUCTION: (Source.PROVINCIAL_INSTRUCTION, Source.CITY_INSTRUCTION),
        Kind.PROPOSAL: (Source.NPC_BILL, Source.NPC_SUGGESTION, Source.CPPCC_PROPOSAL),
        Kind.KEY_PROJECT: (Source.KEY_PROJECT, Source.LIVELIHOOD_PROJECT, Source.MAJOR_WORK),
        Kind.DECISION: (
            Source.WORK_REPORT_PROVINCE,
            Source.WORK_REPORT_CITY,
            Source.LIVELIHOOD,
            Source.EXECUTIVE_MEETING,
            Source.MAYORS_COUNCIL,
            Source.MAYORS_BRIEF_MEETING,
            Source.COORDINATION_MEETING,
            Source.INCENTIVES,
            Source.CAMPAIGN,
        ),
    }
)
"""Every source that the seed names, by the kind that its items are."""

_KINDS: Mapping[Source, Kind] = MappingProxyType(
    {source: kind for kind, sources in SOURCES.items() for source in sources}
)

MEETINGS = frozenset(
    {
        Source.EXECUTIVE_MEETING,
        Source.MAYORS_COUNCIL,
        Source.MAYORS_BRIEF_MEETING,
        Source.COORDINATION_MEETING,
    }
)
"""Sources whose limit is that of meeting minutes."""


DRAWN = frozenset({Kind.INSTRUCTION, Kind.DECISION, Kind.KEY_PROJECT, Kind.PROPOSAL})
"""The kinds whose diagrams are shipped; items of any other run on the instruction's."""

DETAILED: frozenset[Kind] = frozenset({Kind.KEY_PROJECT, Kind.PROPOSAL})
"""The kinds that can't be registered without details of their own."""


PASSED_ON = frozenset({Kind.PROPOSAL})
"""The kinds of which a unit that isn't the right addressee has to say which one is."""


def runs_as(source: Source) -> Kind:
    """Return the kind on whose diagram a source's items run."""
    kind = kind_of(source)
    return kind if kind in DRAWN else Kind.INSTRUCTION


def kind_of(source: Source) -> Kind:
    """Return the kind that a source's items are."""
    return _KINDS[source]


def limit_of(item: Item, part: Part = Part.LEAD) -> str:
    """Return the name of the limit that a unit's part of an item has where nobody set a day."""
    match item.kind:
        case Kind.PROPOSAL:
            return "proposal.co_opinion" if part is Part.CO else "proposal"
        case Kind.DECISION | Kind.KEY_PROJECT:
            return "minutes" if item.source in MEETINGS else "document"
        case _:
            return f"{item.kind.value}.{item.urgency.value}"
