"""The terminal's language, and what is told in it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

import engine
from web import i18n
from web.errors import problem_of
from web.flaws import Flaw, flaws
from web.transaction import EXTENSION


def language_of(environment: Mapping[str, str]) -> str:
    """Take the terminal's language: Chinese, unless it says that it speaks another."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if spoken := environment.get(name):
            return i18n.CHINESE if spoken.startswith(("zh", "C", "POSIX")) else i18n.ENGLISH
    return i18n.CHINESE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word everything in one language; there is no request that would say which."""
    app = Flask("web")
    i18n.register(app)
    with app.app_context(), force_locale(language):
        app.extensions[EXTENSION] = None
        yield


def told(error: Exception) -> list[str]:
    """Word a refusal, with the facts that an operator needs."""
    problem = problem_of(error)
    lines = [problem.title, problem.words]
    if isinstance(error, engine.Refused):
        lines += [line_of(flaw) for flaw in flaws(error.problems)]
    else:
        lines += [f"{name}: {fact}" for name, fact in getattr(error, "facts", {}).items()]
    return [line for line in lines if line]


def line_of(flaw: Flaw) -> str:
    """Tell one flaw of a diagram in one line."""
    if flaw.refuses:
        return f"  {flaw.place}: {flaw.words}"
    return "  " + _("%(place)s: warning: %(words)s", place=flaw.place, words=flaw.words)


def verdict_on(found: Sequence[Flaw]) -> str:
    """Tell in a few words what was found about a diagram."""
    errors = sum(flaw.refuses for flaw in found)
    warnings = len(found) - errors
    if not warnings:
        return _("%(count)s problems", count=errors) if errors else _("in order")
    if not errors:
        return _("in order; warnings: %(count)s", count=warnings)
    return _("problems: %(errors)s; warnings: %(warnings)s", errors=errors, warnings=warnings)
