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
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return (asked.stdout or asked.stderr).partition("\n")[0]
