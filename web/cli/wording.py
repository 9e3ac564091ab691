"""The terminal's language, and what is told in it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

import engine
from engine import EngineError
from web import i18n
from web.errors import TABLE, problem_of
from web.flaws import Flaw, flaws
from web.transaction import EXTENSION
from workflows.errors import PersonUnknown, Refusal

NOT_FOUND = 404

OPERATORS_WORDS: Mapping[type[Exception], LazyString | str] = {
    engine.DatabaseDamaged: "%(url)s: %(reason)s",
    engine.DatabaseForeign: _l("%(url)s. Known are: %(forms)s"),
    engine.DatabaseNewer: _l("It is of revision %(revision)s."),
    engine.DatabaseOlder: _l("“duban migrate” brings it up to date."),
    engine.DatabaseUnreachable: "%(url)s: %(reason)s",
    engine.HeadsTorn: _l("At line %(line)s."),
    engine.RenameUnknown: "%(before)s → %(after)s",
    engine.RunawayProcess: _l("%(instance_id)s still goes on after %(steps)s steps."),
}
"""What only an operator is told, instead of what a page says."""

FILES_WORDS: Mapping[type[OSError], LazyString] = {
    FileNotFoundError: _l("There is no file %(file)s."),
    IsADirectoryError: _l("%(file)s is a folder, not a file."),
    PermissionError: _l("This account of the machine may not open %(file)s."),
}


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


def told(error: EngineError | Refusal) -> list[str]:
    """Word a refusal; its raw facts stand only where nobody found words for it."""
    problem = problem_of(error)
    if problem.status == NOT_FOUND or isinstance(error, engine.InstanceUnknown):
        return [_missing(error)]
    own = OPERATORS_WORDS.get(type(error))
    lines = [problem.title, str(own) % error.facts if own else problem.words]
    if isinstance(error, engine.Refused):
        lines += [line_of(flaw) for flaw in flaws(error.problems)]
    elif not any(kind in TABLE for kind in type(error).__mro__):
        lines += [f"{name}: {fact}" for name, fact in error.facts.items()]
    return [line for line in lines if line]


def told_of_file(error: OSError) -> str:
    """Word why a file can't be opened or written; what is rare stays the machine's own word."""
    if error.filename is None or type(error) not in FILES_WORDS:
        return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
    return str(FILES_WORDS[type(error)]) % {"file": error.filename}


def _missing(error: EngineError | Refusal) -> str:
    """Say what isn't there by the name that the operator gave it."""
    what = ", ".join(str(fact) for fact in error.facts.values() if fact is not None)
    if isinstance(error, PersonUnknown):
        nobody = _("There is no supervisor yet.")
        return _("Nobody signs in as %(login)s.", login=what) if what else nobody
    return _("Not found: %(what)s", what=what)


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
