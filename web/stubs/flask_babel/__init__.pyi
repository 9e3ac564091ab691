# What this house uses of Flask-Babel, typed.
from collections.abc import Callable
from contextlib import AbstractContextManager

from babel import Locale
from flask import Flask
from flask_babel.speaklater import LazyString

class Babel:
    def __init__(
        self,
        app: Flask,
        *,
        default_locale: str = ...,
        default_translation_directories: str = ...,
        locale_selector: Callable[[], str] | None = ...,
    ) -> None: ...

def get_locale() -> Locale: ...
def force_locale(locale: str) -> AbstractContextManager[None]: ...
def gettext(string: str, **variables: object) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: object) -> str: ...
def lazy_gettext(string: str, **variables: object) -> LazyString: ...
