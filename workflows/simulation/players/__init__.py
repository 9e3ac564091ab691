"""How everybody decides at each type of step.

The numbers here are habits of a simulated city, not rules of the office.
"""

from collections.abc import Mapping

from workflows.simulation.players import accountability, leaders, office, projects, proposals, units
from workflows.simulation.year import Player

PLAYERS: Mapping[str, Player] = {
    **office.STEPS,
    **units.STEPS,
    **leaders.STEPS,
    **accountability.STEPS,
    **projects.STEPS,
    **proposals.STEPS,
}
"""Who does what at each type of step."""
