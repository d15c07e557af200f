"""The console that commands print to: as wide as the terminal, wide in logs and pipes."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console

WIDTH_WITHOUT_TERMINAL = 200


def console(file: TextIO | None = None) -> Console:
    """A console on ``file``, by default the standard output."""
    made = Console(file=file)
    return made if made.is_terminal else Console(file=file, width=WIDTH_WITHOUT_TERMINAL)
