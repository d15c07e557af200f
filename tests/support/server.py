"""A web server on this machine that answers by script and remembers what it was asked.

server.answers("/rates.tsv", status(500), ok(b"..."))   # one after the other, the last stays
server.asked("/rates.tsv")[0].headers["If-None-Match"]
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOGIN_PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body></body></html>"


@dataclass
class Asked:
    """One request as it came, with what it was answered."""

    path: str
    headers: Message
    status: int = 0
    body_bytes: int = 0


class Exchange(BaseHTTPRequestHandler):
    """One request; an answer writes to it."""

    script: ScriptedServer

    def do_GET(self) -> None:
        self.asked = Asked(self.path, self.headers)
        self.script.log.append(self.asked)
        try:
            self.script.next_answer(self.path)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def say(self, code: int, headers: dict[str, str], announced: int) -> None:
        self.asked.status, self.asked.body_bytes = code, announced
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(announced)}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


Answer = Callable[[Exchange], None]


class ScriptedServer:
    """Listens on a free port of the loopback address until closed."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        handler = type("Handler", (Exchange,), {"script": self})
        self._server = ThreadingHTTPServer((self.host, 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.is_closing = threading.Event()
        self.forget()

    def url(self, path: str, host: str = host) -> str:
        return f"http://{host}:{self._server.server_port}{path}"

    def answers(self, path: str, *answers: Answer) -> None:
        """Answer requests for ``path`` with ``answers`` in turn; the last one stays."""
        self._script[path] = list(answers)

    def next_answer(self, path: str) -> Answer:
        left = self._script.get(path) or [status(404)]
        return left.pop(0) if len(left) > 1 else left[0]

    def asked(self, path: str) -> list[Asked]:
        return [asked for asked in self.log if asked.path == path]

    def forget(self) -> None:
        self.log: list[Asked] = []
        self._script: dict[str, list[Answer]] = {}

    def close(self) -> None:
        self.is_closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def ok(body: bytes, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
    """200 with the body, or 304 when the request shows that it knows this very version."""

    def answer(exchange: Exchange) -> None:
        headers = {"ETag": etag, "Last-Modified": last_modified}
        asked = exchange.headers
        known = (asked["If-None-Match"], asked["If-Modified-Since"])
        is_known = any(known) and known == (etag, last_modified)
        sent = b"" if is_known else body
        exchange.say(304 if is_known else 200, {k: v for k, v in headers.items() if v}, len(sent))
        exchange.wfile.write(sent)

    return answer


def status(code: int, **headers: str) -> Answer:
    """An empty answer with this status; ``retry_after="1"`` becomes a header."""
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    return lambda exchange: exchange.say(code, named, 0)


def redirect(to: str) -> Answer:
    return status(302, location=to)


def broken_off(body: bytes, *, missing: int) -> Answer:
    """Announces more than it sends, then hangs up."""

    def answer(exchange: Exchange) -> None:
        exchange.say(200, {}, len(body) + missing)
        exchange.wfile.write(body)

    return answer


def drip(body: bytes, *, every: float, code: int = 200) -> Answer:
    """A byte now and then: never silent long enough for a timeout on reading."""

    def answer(exchange: Exchange) -> None:
        exchange.say(code, {}, len(body))
        for byte in body:
            exchange.wfile.write(bytes([byte]))
            if exchange.script.is_closing.wait(every):
                return

    return answer


def endless(size: int) -> Answer:
    """A body of so many bytes, without anyone having it in memory."""

    def answer(exchange: Exchange) -> None:
        exchange.say(200, {}, size)
        for _ in range(size // 65536):
            exchange.wfile.write(b"x" * 65536)

    return answer
