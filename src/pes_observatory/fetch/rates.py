"""Taking turns at a host: how soon it may be asked again, for all processes of one home.

``state/rates/<host>.json`` holds the time of the next turn. A process that finds it in the past
takes the turn and moves it on; one that finds it ahead sleeps until then and looks again. A
server that asks for time moves it too, so that everybody leaves it in peace, not only the one
who was told.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from pes_observatory.errors import FetchFailed
from pes_observatory.files import read_json, write_json
from pes_observatory.settings import Home

MOST_PATIENCE_SECONDS = 300
LONGEST_PAUSE_SECONDS = 86_400


@dataclass(frozen=True)
class Turns:
    """The turns of one home; ``seconds_between`` is what a source leaves after each of its own."""

    folder: Path
    seconds_between: float = 0.0

    def take(self, host: str, source_id: str) -> None:
        """Return as soon as ``host`` may be asked.

        Raises:
            FetchFailed: the host has asked for a pause that is longer than a night should wait.
        """
        while ahead := self._try(host):
            if ahead > max(MOST_PATIENCE_SECONDS, self.seconds_between):
                until = datetime.fromtimestamp(time.time() + ahead, UTC)
                raise FetchFailed(
                    f"Source {source_id}: {host} wants no request before "
                    f"{until:%Y-%m-%d %H:%M} UTC; run it again after that.",
                    is_retryable=True,
                )
            time.sleep(ahead)

    def pause(self, host: str, seconds: float) -> None:
        """Let nobody of this home ask ``host`` for so long."""
        if seconds > 0:
            with self._at(host) as path:
                write_json(path, max(_turn(path), time.time() + seconds))

    def _try(self, host: str) -> float:
        """Take the turn if it is due, and return 0; else return the seconds until it is."""
        with self._at(host) as path:
            now = time.time()
            ahead = max(0.0, _turn(path) - now)
            if not ahead and self.seconds_between:
                write_json(path, now + self.seconds_between)
            return ahead

    @contextmanager
    def _at(self, host: str) -> Iterator[Path]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / f"{host}.lock"):
            yield self.folder / f"{host}.json"


def turns(home: Home, seconds_between: float) -> Turns:
    """The turns that are taken in this home."""
    return Turns(home.state / "rates", seconds_between)


def _turn(path: Path) -> float:
    turn = float(read_json(path) or 0)
    is_past_belief = turn - time.time() > LONGEST_PAUSE_SECONDS  # the clock was set back
    return 0.0 if is_past_belief else turn
