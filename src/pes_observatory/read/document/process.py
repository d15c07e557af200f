"""The process that reads one document: its path and limits in, JSON on standard output.

Whatever a hostile or damaged file does to a library happens here, under limits of memory and
processor time. The JSON has the extract, or ``refused``: why not. Libraries are imported only for
the format that needs them, so that the process starts fast.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from pathlib import Path
from typing import NamedTuple

from pes_observatory.read.document.blocks import Extract, Unreadable


class Task(NamedTuple):
    """What to read, and how much it may take."""

    format_name: str
    path: str
    encoding: str
    lang: str | None
    seconds: int
    memory: int


def main() -> None:
    """Read one document under the limits."""
    task = Task(*json.loads(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    out, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no part of the answer
    json.dump(_answer(task), out)


def _answer(task: Task) -> dict[str, object]:
    try:
        extract = extract_of(task)
    except Unreadable as reason:
        return {"refused": str(reason)}
    except MemoryError:
        return {"refused": f"takes more than {task.memory:,} bytes of memory; split it."}
    except RecursionError:
        return {"refused": "is nested too deeply to be read; save it again without its nesting."}
    except Exception as error:  # a damaged document breaks its library anywhere
        first_line = (str(error).splitlines() or [""])[0][:120]
        return {
            "refused": f"cannot be read as {task.format_name} ({type(error).__name__}: "
            f"{first_line}); open it yourself and save it again, or report it."
        }
    return {"extract": vars(extract)}


def extract_of(task: Task) -> Extract:
    """One document, read in this process.

    Raises:
        Unreadable: it is not what its format says, or has nothing to read.
    """
    path = Path(task.path)
    if task.format_name == "pdf":
        from pes_observatory.read.document.pdf.reader import read_pdf

        return read_pdf(path, task.lang)
    if task.format_name == "docx":
        from pes_observatory.read.document.docx import read_docx

        return read_docx(path)
    from pes_observatory.read.document.charset import decoded_document

    text = decoded_document(path.read_bytes(), task.encoding)
    if task.format_name == "html":
        from pes_observatory.read.document.html import read_html

        return read_html(text)
    if task.format_name == "markdown":
        from pes_observatory.read.document.markdown import read_markdown

        return read_markdown(text)
    from pes_observatory.read.document.text import read_text

    return read_text(text)


if __name__ == "__main__":
    main()
