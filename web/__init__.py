"""The Flask application: reads requests, calls workflows, writes replies."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engine import Database, open_database
from web import (
    api,
    assets,
    auth,
    chrome,
    csrf,
    i18n,
    pages,
    problems,
    security,
    toasts,
    wellformed,
    words,
)
from web.config import Config, from_environment
from web.transaction import EXTENSION
from workflows import demo, processes

LARGEST_BODY = 32 * 1024 * 1024
LARGEST_FORM_FIELD = 1024 * 1024


def create_app(config: Config | None = None, database: Database | None = None) -> Flask:
    """Build the application over one database, by its environment if nothing else is said."""
    config = config or from_environment()
    app = Flask(__name__)
    app.config.from_mapping(
        SECRET_KEY=config.key,
        SECURE=config.secure,
        DATA=config.data,
        DEBUG=config.debug,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_FIELD,
        SESSION_COOKIE_NAME="__Host-duban_said" if config.secure else "duban_said",
        SESSION_COOKIE_SECURE=config.secure,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    database = database or open_database(
        config.database, processes.registry(), key=config.key.encode()
    )
    if config.production:
        with database.read() as session:
            demo.must_be_safe_for_production(session)
    app.extensions[EXTENSION] = database
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, config.proxies, config.proxies, x_host=config.proxies)  # type: ignore[method-assign] # Flask's own way
    _furnish(app)
    return app


def _furnish(app: Flask) -> None:
    """Register every part; the door first, then the rooms."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    doors = (wellformed, auth, csrf, security)
    for part in (*doors, i18n, words, assets, toasts, chrome, problems, pages, api):
        part.register(app)
