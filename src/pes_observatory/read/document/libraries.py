"""The libraries and programs that decide what is read in a document, with their versions."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from importlib.metadata import version

LIBRARIES = ("pypdfium2", "trafilatura", "markdown-it-py", "python-docx", "py3langid")


@cache
def libraries() -> list[str]:
    """Name and version of each, and of tesseract where it is installed."""
    return [*(f"{name} {version(name)}" for name in LIBRARIES), _tesseract()]


def _tesseract() -> str:
    program = shutil.which("tesseract")
    if program is None:
        return "no tesseract"
    version_of, languages = (
        subprocess.run([program, how], capture_output=True, text=True, check=False)
        for how in ("--version", "--list-langs")
    )
    known = " ".join(languages.stdout.split("\n")[1:])
    return f"{(version_of.stdout or version_of.stderr).partition(chr(10))[0]} {known}".strip()
