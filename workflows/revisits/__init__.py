"""Revisits 回访核实: asked for or drawn by lot; an unsolved matter is taken up again."""

from workflows.revisits.asking import ask_for_revisit
from workflows.revisits.checklist import MOST as MOST_QUESTIONS
from workflows.revisits.checklist import Answer, Mark, Question, change_questions, questions
from workflows.revisits.objections import (
    decide_conclusion,
    object_to_conclusion,
    objection_until,
    objections_of,
)
from workflows.revisits.ordering import draw, reopen
from workflows.revisits.risk import change_weights, weights
from workflows.revisits.samples import (
    Pool,
    draw_sample,
    pool_of,
    recomputed,
    sample,
    samples,
)
from workflows.revisits.verifying import Redrawn, redraw_lots, redraw_sample, redraw_samples
from workflows.revisits.visits import (
    CHOICES,
    Finding,
    Guest,
    Plan,
    keep_photograph,
    known_method,
    must_be_of_the_office,
    named,
    office_people,
    plan_visit,
    record_revisit,
    visits,
)

__all__ = [
    "CHOICES",
    "MOST_QUESTIONS",
    "Answer",
    "Finding",
    "Guest",
    "Mark",
    "Plan",
    "Pool",
    "Question",
    "Redrawn",
    "ask_for_revisit",
    "change_questions",
    "change_weights",
    "decide_conclusion",
    "draw",
    "draw_sample",
    "keep_photograph",
    "known_method",
    "must_be_of_the_office",
    "named",
    "object_to_conclusion",
    "objection_until",
    "objections_of",
    "office_people",
    "plan_visit",
    "pool_of",
    "questions",
    "recomputed",
    "record_revisit",
    "redraw_lots",
    "redraw_sample",
    "redraw_samples",
    "reopen",
    "sample",
    "samples",
    "visits",
    "weights",
]
