"""How a notice leaves the house: one adapter for each channel, one job for all of them."""

from collections.abc import Mapping

from engine import JobHandler
from web.channels import rating_links
from web.channels.adapter import Adapter, ChannelFailed, Letter, Reach, Worded
from web.channels.sending import ADAPTERS, reach_of, send
from workflows import channels
from workflows.proposals import links

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


def jobs() -> Mapping[str, JobHandler]:
    """Return the jobs of this room, for the registry."""
    return {channels.JOB: send, links.JOB: rating_links.send}
