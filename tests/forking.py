"""Processes forked from one that has read the house already: they are there at once."""

import multiprocessing

PRELOADED = [
    "tests.faults.issuer",
    "tests.faults.labourer",
    "tests.browser.wings",
    "tests.house.starting",
]
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(PRELOADED)
