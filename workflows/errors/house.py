"""The house itself: its settings, and the data that it may begin with."""

from workflows.errors.refusal import Refusal


class SettingRefused(Refusal):
    """There is no such setting, or the value isn't of its kind."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name=name, value=value)


class UnsafeForProduction(Refusal):
    """Demo accounts or the demo's key must not serve in production."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why=why, **facts)


class NotEmpty(Refusal):
    """A simulated year needs an empty database: it founds a city of its own."""


class DemoUnfinished(Refusal):
    """The demo data was broken off half way: it is begun anew in an empty database."""
