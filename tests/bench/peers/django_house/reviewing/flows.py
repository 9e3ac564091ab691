"""The diagram of the comparison as viewflow draws it: review, then again or the end."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation


def page(_request: object) -> None:
    """Stand for the page of the task: the bench completes it from code."""


class Review(flow.Flow):  # type: ignore[misc]
    """A user task, an exclusive gateway, a way back and an end."""

    start = flow.StartHandle().Next(this.review)
    review = flow.View(page).Assign(username="li").Next(this.choice)
    choice = flow.If(this.is_sent_back).Then(this.review).Else(this.done)
    done = flow.End()

    def is_sent_back(self, activation: Activation) -> Any:
        """Tell which way the person has chosen."""
        return activation.process.data["outcome"] == "again"
