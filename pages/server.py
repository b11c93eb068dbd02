"""The review page, served to this machine alone.

Whoever has the address with its token may see and decide; no other site can: the server answers on the loopback
interface only, to its own names only (a foreign name that resolves to it is refused), takes decisions from its own
page only, and lets the page load nothing from elsewhere.
"""

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papertwin.data.errors import InputError, OutputError, lacking
from papertwin.pages.policy import PAGE, page_files, policy
from papertwin.pages.session import Session

if TYPE_CHECKING:
    from flask import Flask, Response

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
LARGEST = 16_384  # bytes of a request
HEADERS = {
    "Content-Security-Policy": policy(
        script_src="'self'", style_src="'self'", connect_src="'self'", frame_ancestors="'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the address holds the token
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Server:
    """A server that listens already; `address` is the page's, with a token of its own. `port` 0 takes a free one."""

    def __init__(self, session: Session, port: int = 0) -> None:
        """Raises InputError where the web framework is missing or the port is taken."""
        try:
            from waitress.server import create_server

            # A page asks for several files at once, which is nothing to warn of.
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        except ImportError as error:
            raise lacking("the served page (unlike --static) needs a server", "review") from error
        self.token = secrets.token_urlsafe(24)
        self.app = application(session, self.token)
        try:
            # Threads for the few tabs of one person; ident: nobody needs to know what serves.
            self._server = create_server(self.app, host=LOOPBACK, port=port, threads=4, ident=None)
        except OSError as error:
            raise InputError(f"--port {port}: {error.strerror or error}: choose another, or leave it out") from error
        self.port = int(self._server.effective_port)
        self.app.config["PORT"] = self.port

    @property
    def address(self) -> str:
        """The page's address."""
        return f"http://{LOOPBACK}:{self.port}/{self.token}/"

    def run(self) -> None:
        """Serve until interrupted."""
        try:
            self._server.run()
        finally:
            self._server.close()


def application(session: Session, token: str) -> "Flask":
    """The routes; all below the token. `config["PORT"]` is to be the port that is listened at."""
    import flask

    app = flask.Flask("papertwin.review", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    _guard(app, token)
    files = page_files()

    @app.get("/<token>/", defaults={"name": PAGE})
    @app.get("/<token>/<name>")
    def part(token: str, name: str) -> "Response":
        if name not in files:
            return _refusal(404, "There is no such part of the page.")
        return flask.Response(files[name], mimetype=TYPES[Path(name).suffix])

    def pair_and_answer() -> tuple[int, str]:
        given = flask.request.get_json(silent=True)
        if not isinstance(given, dict) or not isinstance(given.get("pair"), int):
            raise ValueError("no pair")
        return given["pair"], str(given.get("answer"))

    def news() -> Any:
        """What is new for a page, which says what it has seen."""
        given = flask.request.get_json(silent=True) or {}
        return session.state(int(given.get("seen", 0)), int(given.get("version", -1)))

    app.get("/<token>/api/start")(_told(session.start))
    app.get("/<token>/api/index")(_told(session.index))
    app.get("/<token>/api/pairs/<int:row>")(_told(session.view))

    @app.get("/<token>/api/state")
    @_told
    def state() -> Any:
        return session.state(*(int(flask.request.args.get(name, "")) for name in ("seen", "version")))

    @app.post("/<token>/api/decide")
    @_told
    def decide() -> Any:
        session.decide(*pair_and_answer())
        return news()

    @app.post("/<token>/api/undo")
    @_told
    def undo() -> Any:
        session.undo(pair_and_answer()[0])
        return news()

    @app.post("/<token>/api/refit")
    @_told
    def refit() -> Any:
        session.refit()
        return news()

    return app


def _guard(app: "Flask", token: str) -> None:
    """Refuse other names of this machine, other sites, and those who do not have the token; HEADERS on all answers."""
    import flask

    @app.before_request
    def only_its_own() -> "Response | None":
        request = flask.request
        hosts = {f"{name}:{app.config['PORT']}" for name in NAMES}
        if request.host not in hosts:
            return _refusal(403, "This server answers to its own address only.")
        given = (request.view_args or {}).get("token", "")
        if not compare_digest(given.encode(), token.encode()):
            return _refusal(404, "There is nothing here: use the whole address that papertwin review printed.")
        if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            return _refusal(403, "Other sites are not answered: paste the address into the browser.")
        if request.method == "POST" and request.headers.get("Origin") not in {f"http://{host}" for host in hosts}:
            return _refusal(403, "Decisions are taken from the page of this server only.")
        if request.method == "POST" and not request.is_json:
            return _refusal(415, "Decisions are taken as JSON only.")
        return None

    @app.after_request
    def guarded(response: "Response") -> "Response":
        response.headers.update(HEADERS)
        return response


def _told(action: Callable[..., Any]) -> Callable[..., "Response"]:
    """The action's answer as JSON, its failures as a status and a sentence without any path."""
    import flask

    @wraps(action)
    def answer(token: str, **arguments: Any) -> "Response":
        try:
            return flask.jsonify(action(**arguments))
        except IndexError:
            return _refusal(404, "There is no such pair.")
        except (ValueError, TypeError, KeyError) as error:
            return _refusal(400, str(error.args[0]) if isinstance(error, KeyError) and error.args else "Not an answer.")
        except OutputError as error:
            return _refusal(507, str(error))

    return answer


def _refusal(status: int, reason: str) -> "Response":
    import flask

    response = flask.jsonify(error=reason)
    response.status_code = status
    return response
