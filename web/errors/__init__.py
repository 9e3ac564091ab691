"""How refusals are answered: with which status, and in which words."""

from web.errors.answers import TABLE
from web.errors.problem import Problem, problem_of

__all__ = ["TABLE", "Problem", "problem_of"]
