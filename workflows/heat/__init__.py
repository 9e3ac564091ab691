"""The heat map 热力图: where items wait, how long, how often they come back, how often late.

Figures are for whoever oversees; the visits behind them are items, and so for those only who
see every item. A unit knows how long its own steps took. See :mod:`workflows.heat.counting` for
what the figures mean, and docs/decisions.md for what they cost.
"""

from workflows.heat.asked import Asked, Figure, Place, must_oversee, sees_items
from workflows.heat.counting import Heat, figures
from workflows.heat.pictures import HeatMap, Spot, called, element, heat_map, own_spots, units
from workflows.heat.visits import PAGE, Visit, items_at, visits

__all__ = [
    "PAGE",
    "Asked",
    "Figure",
    "Heat",
    "HeatMap",
    "Place",
    "Spot",
    "Visit",
    "called",
    "element",
    "figures",
    "heat_map",
    "items_at",
    "must_oversee",
    "own_spots",
    "sees_items",
    "units",
    "visits",
]
