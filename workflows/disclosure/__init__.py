"""Disclosure 公示: replies to proposals that the public reads, masked, frozen, withdrawn.

``masking`` finds what is personal in a text and hides it, ``releasing`` are the office's verbs,
``office`` what the office reads, ``published`` what anybody reads, ``counting`` the figures.
"""

from workflows.disclosure.counting import release_figures, withdraw_figures
from workflows.disclosure.releasing import Choice, preview, release, withdraw

__all__ = [
    "Choice",
    "preview",
    "release",
    "release_figures",
    "withdraw",
    "withdraw_figures",
]
