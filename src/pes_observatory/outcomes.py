"""The outcome rows: what each step did, to which source, and how it ended.

One line of JSON per step in ``state/step_outcomes.jsonl``, only ever appended to. They are
what ``pes status`` answers from and what the warehouse's ``meta`` schema is built from.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pes_observatory.contracts import CODED_KINDS, CONTRACT_OF_KIND
from pes_observatory.errors import BuildFailed, LoadRejected, ObservatoryError, Unforeseen
from pes_observatory.settings import Home

SOURCE_STEPS = ("discover", "fetch", "read", "gate", "vintage", "code")
NIGHT_STEPS = ("build", "publish")
STEPS = SOURCE_STEPS + NIGHT_STEPS
BAD = ("rejected", "failed")


def steps_of_kind(kind: str) -> tuple[str, ...]:
    """The steps that a source of a kind goes through, in order."""
    others = {
        "discover": True,  # of a collection alone, see steps.steps_of
        "vintage": CONTRACT_OF_KIND[kind] != "observations",
        "code": kind not in CODED_KINDS,
    }
    return tuple(step for step in SOURCE_STEPS if not others.get(step, False))


@dataclass
class StepOutcome:
    """One try of one step. ``outcome``: landed, unchanged, ok, rejected or failed."""

    run_id: str
    source_id: str | None
    step: str
    outcome: str = "ok"
    rows_in: int | None = None
    rows_out: int | None = None
    rows_refused: int | None = None
    snapshot_sha256: str | None = None
    seconds: float = 0.0
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    detail: str = ""


Listener = Callable[[StepOutcome], None]
_listeners: list[Listener] = []


def new_run_id() -> str:
    """A name for one night, sortable by its start."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ") + f"-{os.getpid()}"


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call ``listener`` with every outcome recorded in this process while the body runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def recorded(home: Home, run_id: str, step: str, source_id: str | None) -> Iterator[StepOutcome]:
    """Time the body and append its outcome row, whether it succeeds or raises.

    Raises:
        Unforeseen: instead of any error that is not ours; its traceback is kept below ``state``.
    """
    outcome = StepOutcome(run_id, source_id, step)
    start = time.perf_counter()
    try:
        yield outcome
    except ObservatoryError as error:
        is_verdict = isinstance(error, LoadRejected | BuildFailed)
        outcome.outcome, outcome.detail = "rejected" if is_verdict else "failed", str(error)
        raise
    except Exception as error:
        unforeseen = _unforeseen(home, outcome, error)
        outcome.outcome, outcome.detail = "failed", str(unforeseen)
        raise unforeseen from error
    except BaseException as error:
        outcome.outcome = "failed"
        outcome.detail = f"interrupted by {type(error).__name__}; run it again."
        raise
    finally:
        outcome.seconds = round(time.perf_counter() - start, 3)
        append(_log(home), asdict(outcome))
        for listener in _listeners:
            listener(outcome)


def step_outcomes(home: Home) -> list[dict[str, Any]]:
    """Every outcome row recorded in this home, oldest first."""
    return list(_lines(_log(home)))


def append(path: Path, row: dict[str, Any]) -> None:
    """Append one JSON line; a line cut short by a kill is closed first, never continued."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(row, ensure_ascii=False, default=_iso).encode() + b"\n"
    with path.open("a+b") as stream:
        if stream.tell() and stream.seek(-1, os.SEEK_END) >= 0 and stream.read(1) != b"\n":
            line = b"\n" + line
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The rows of a file written by :func:`append`, without a line cut short by a kill."""
    return list(_lines(path))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                continue


def _unforeseen(home: Home, outcome: StepOutcome, error: Exception) -> Unforeseen:
    where = f"Source {outcome.source_id}" if outcome.source_id else "The warehouse"
    name = f"unforeseen-{outcome.run_id}-{outcome.source_id or 'warehouse'}-{outcome.step}.log"
    log = home.state / "logs" / name
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("".join(traceback.format_exception(error)))
    return Unforeseen(
        f"{where}: step {outcome.step} met an unforeseen {type(error).__name__}; "
        f"this is a mistake of ours, report it with {log}."
    )


def _log(home: Home) -> Path:
    return home.state / "step_outcomes.jsonl"


def _iso(value: Any) -> str:
    return value.isoformat(timespec="milliseconds") if isinstance(value, datetime) else str(value)
