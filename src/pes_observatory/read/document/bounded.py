"""A document is read in a process of its own, which has so much time and memory and no more.

When it takes too long it is killed with everything it started; when it dies, only this document
is refused. Nothing else of the night is touched.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pes_observatory.errors import DocumentRefused
from pes_observatory.read.document import process
from pes_observatory.read.document.blocks import Block, Extract
from pes_observatory.read.document.sniff import refuse_other_format


@dataclass(frozen=True)
class Limits:
    """What reading one document may take."""

    processor_seconds: int = 120
    seconds: int = 600
    memory_bytes: int = 2_000_000_000
    file_bytes: int = 200_000_000


LIMITS = Limits()


def extracted(
    where: str,
    format_name: str,
    path: Path,
    encoding: str = "utf-8",
    lang: str | None = None,
    limits: Limits = LIMITS,
) -> Extract:
    """The blocks of one document and what it says of itself.

    Raises:
        DocumentRefused: it is of another format, damaged, locked, empty, or takes too much to read.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise DocumentRefused(
            f"{where}: has {size:,} bytes, more than {limits.file_bytes:,}; split it."
        )
    refuse_other_format(where, format_name, path)
    task = process.Task(
        format_name, str(path), encoding, lang, limits.processor_seconds, limits.memory_bytes
    )
    answer = _answer(where, task, limits)
    if "refused" in answer:
        raise DocumentRefused(f"{where}: {answer['refused']}")
    extract = answer["extract"]
    return Extract(**{**extract, "blocks": [Block(*block) for block in extract["blocks"]]})


def _answer(where: str, task: process.Task, limits: Limits) -> dict[str, Any]:
    child = subprocess.Popen(
        [sys.executable, "-m", process.__name__, json.dumps(task)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        start_new_session=True,
    )
    try:
        printed, _ = child.communicate(timeout=limits.seconds)
    except subprocess.TimeoutExpired:
        raise DocumentRefused(
            f"{where}: takes more than {limits.seconds} seconds; split it."
        ) from None
    finally:
        _end(child)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise DocumentRefused(
            f"{where}: takes more than {limits.processor_seconds} seconds of a processor; split it."
        )
    if child.returncode != 0:
        raise DocumentRefused(
            f"{where}: breaks its reader, or takes more than {limits.memory_bytes:,} bytes of "
            "memory; it is damaged or hostile, ask for it again."
        )
    answer: dict[str, Any] = json.loads(printed)
    return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave nothing behind, whether it ended, took too long, or we were interrupted."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        child.wait()
        if child.stdout:
            child.stdout.close()
