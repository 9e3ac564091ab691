"""Two languages: English in the code, Chinese in one catalogue fragment per room.

``translations/zh_CN/*.po`` are merged into one compiled catalogue at set-up.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale

from web.auth import is_api, is_public

WEB = Path(__file__).parent
TRANSLATIONS = WEB / "translations"
CHINESE, ENGLISH = "zh_CN", "en"
TAGS = {CHINESE: "zh-CN", ENGLISH: "en"}
LOCALES = {name: Locale.parse(name) for name in TAGS}
"""Read once: Babel looks a name up in its directory whenever it is given one."""
COOKIE = "duban_language"

METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}


def register(app: Flask) -> None:
    """Give the application its languages; a stale catalogue is compiled first."""
    if not _is_fresh():
        compile_catalogues()
    Babel(
        app,
        default_locale=CHINESE,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=choose_locale,  # type: ignore[arg-type]  # a name is parsed each time
    )
    app.jinja_env.globals.update(
        language_tag=language_tag, other_language=other_language, language=language
    )


def choose_locale() -> Locale:
    """Take the reader's language: of the account, the cookie, else the browser."""
    return LOCALES[_chosen()]


def _chosen() -> str:
    if not has_request_context():
        return CHINESE
    if is_public():  # the address alone says it, so that a cache may keep the page
        return ENGLISH if request.args.get("lang") == "en" else CHINESE
    actor = g.get("actor")
    own = actor.language if actor else None
    if is_api():  # a program says with each call what it wants to read
        return _of_the_browser() if request.accept_languages or own not in TAGS else own
    asked = own or request.cookies.get(COOKIE)
    if asked in TAGS:
        return asked
    return _of_the_browser()


def _of_the_browser() -> str:
    best = request.accept_languages.best_match(["zh", "zh-CN", "zh-Hans", "zh-Hans-CN", "en"])
    return ENGLISH if best == "en" else CHINESE


def language() -> str:
    """Return the language of this answer: ``zh_CN`` or ``en``."""
    return ENGLISH if str(get_locale()) == ENGLISH else CHINESE


def other_language() -> str:
    """Return the language that the switch leads to."""
    return CHINESE if language() == ENGLISH else ENGLISH


def language_tag() -> str:
    """Return the language as HTML writes it."""
    return TAGS[language()]


def compile_catalogues() -> Path:
    """Merge the fragments of Chinese and compile them; return the compiled file."""
    merged = Catalog(locale=CHINESE, charset="utf-8")
    for message in _messages():
        merged.add(message.id, message.string)
    compiled = _compiled()
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=compiled.parent, delete=False) as half:
        write_mo(half, merged)
    Path(half.name).chmod(0o644)
    Path(half.name).replace(compiled)
    return compiled


def missing_translations() -> list[str]:
    """Say what the two languages lack: untranslated words, and words translated twice."""
    known: dict[str, Message] = {}
    problems = []
    for message in _messages():
        earlier = known.setdefault(_key(message.id), message)
        if earlier.string != message.string:
            problems.append(f"translated in two ways: {_key(message.id)!r}")
        if message.fuzzy or not _is_whole(message):
            problems.append(f"not translated: {_key(message.id)!r}")
    for place, words in _used():
        if _key(words) not in known:
            problems.append(f"not translated: {_key(words)!r} ({place})")
    return problems


def unused_translations() -> list[str]:
    """Return the words that stand in a fragment but nowhere in the code."""
    used = {_key(words) for _, words in _used()}
    return [_key(message.id) for message in _messages() if _key(message.id) not in used]


def _fragments() -> list[Path]:
    return sorted((TRANSLATIONS / CHINESE).glob("*.po"))


def _compiled() -> Path:
    return TRANSLATIONS / "zh" / "LC_MESSAGES" / "messages.mo"  # Babel calls zh_CN zh_Hans_CN


def _is_fresh() -> bool:
    compiled = _compiled()
    if not compiled.exists():
        return False
    compiled_at = compiled.stat().st_mtime
    return all(fragment.stat().st_mtime <= compiled_at for fragment in _fragments())


def _messages() -> Iterator[Message]:
    for fragment in _fragments():
        with fragment.open("rb") as text:
            for message in read_po(text, locale=CHINESE, abort_invalid=True):
                if message.id:
                    yield message


def _used() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    options = {"templates/**.html": {"silent": "false"}}
    for file, line, words, *_ in extract_from_dir(
        os.fspath(WEB),
        method_map=METHODS,
        options_map=options,
        keywords=KEYWORDS,
        directory_filter=lambda folder: Path(folder).name not in {"node_modules", "static"},
    ):
        yield f"web/{file}:{line}", words


def _key(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _is_whole(message: Message) -> bool:
    translated = message.string or ""
    return bool(translated) if isinstance(translated, str) else all(translated)
