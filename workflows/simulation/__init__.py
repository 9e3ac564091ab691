"""A simulated year: an office, forty units and everything that they do, by the real verbs."""

from workflows.simulation.city import found_city
from workflows.simulation.course import simulate
from workflows.simulation.verdict import Account, Finding, account_of
from workflows.simulation.year import Year

__all__ = ["Account", "Finding", "Year", "account_of", "found_city", "simulate"]
