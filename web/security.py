"""What every answer tells the browser to refuse."""

from flask import Flask, Response, current_app, request

from web.auth import is_public

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; "  # the width of a bar, the place of a mark
    "img-src 'self' data:; font-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
STRICT = "max-age=31536000"


def register(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(harden)


def harden(response: Response) -> Response:
    """Add what is missing; pages of people are never kept by a shared cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", STRICT)
    if request.endpoint != "static" and not is_public():
        kept = response.headers.setdefault("Cache-Control", "private, no-cache")
        if not {"private", "public", "no-store"} & {*kept.replace(",", " ").split()}:
            response.headers["Cache-Control"] = f"private, {kept}"  # a file, as Flask sends it
        response.vary.update(("Cookie", "Accept-Language"))
    return response
