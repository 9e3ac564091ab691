"""How a notice leaves the house: one adapter for each channel, one job for all of them."""

from web.channels.adapter import Adapter, ChannelFailed, Letter, Reach, Worded
from web.channels.sending import ADAPTERS, jobs, reach_of, send

__all__ = [
    "ADAPTERS",
    "Adapter",
    "ChannelFailed",
    "Letter",
    "Reach",
    "Worded",
    "jobs",
    "reach_of",
    "send",
]
