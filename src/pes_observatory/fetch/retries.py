"""Asking again: how often, for what, and only when it is this home's turn."""

from __future__ import annotations

from typing import Any, Self

from urllib3.response import BaseHTTPResponse
from urllib3.util.retry import Retry

from pes_observatory.fetch.rates import LONGEST_PAUSE_SECONDS, Turns


class InTurn(Retry):
    """Gives a server in trouble the time that it wants, and not this process alone.

    ``Retry-After`` is read by the library, in seconds or as a date; without one the pauses
    double. Either way the pause holds for all processes of the home.
    """

    turns: Turns
    host: str
    source_id: str

    def of(self, turns: Turns, host: str, source_id: str, backoff_seconds: float | None) -> Self:
        """The same for requests of one source to one host."""
        is_usual = backoff_seconds is None
        own = self.new() if is_usual else self.new(backoff_factor=backoff_seconds)
        own.turns, own.host, own.source_id = turns, host, source_id
        return own

    def new(self, **changes: Any) -> Self:
        again = super().new(**changes)
        vars(again).update({k: v for k, v in vars(self).items() if k in InTurn.__annotations__})
        return again

    def increment(self, *args: Any, **told: Any) -> Self:
        again = super().increment(*args, **told)
        response = told.get("response")
        if response is not None:  # else the library would read it to its end, which may not come
            response.close()
        return again

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        wanted = self.get_retry_after(response) if response else None
        self.turns.pause(self.host, wanted or self.get_backoff_time())
        self.turns.take(self.host, self.source_id)


RETRIES = InTurn(
    total=4,
    redirect=False,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    backoff_factor=0.5,
    backoff_max=30,
    retry_after_max=LONGEST_PAUSE_SECONDS,
    raise_on_status=False,
)
