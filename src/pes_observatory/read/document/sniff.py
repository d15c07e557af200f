"""What a file is by its first bytes, whatever its name and declared format say."""

from __future__ import annotations

import re
from pathlib import Path

from pes_observatory.errors import DocumentRefused

_LOOKED_AT = 4096
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_ASK_AGAIN = "check its address and ask for it again"
_OLE = b"\xd0\xcf\x11\xe0"


def refuse_other_format(where: str, format_name: str, path: Path) -> None:
    """Refuse a file that is plainly of another format than declared.

    Raises:
        DocumentRefused: it has nothing in it, or for instance a web page where a PDF was due.
    """
    with path.open("rb") as stream:
        start = stream.read(_LOOKED_AT)
    found = sniffed(start)
    if found == "nothing":
        raise DocumentRefused(f"{where}: has no text; put the whole document there.")
    is_text = format_name in ("markdown", "text", "html")
    if found in ("PDF", "ZIP archive", "old Word document") and is_text:
        wanted = {"PDF": "pdf", "ZIP archive": "docx if it is a Word document"}.get(found, "docx")
        _refuse(where, found, format_name, f"set format to {wanted}, or ask for it again")
    if format_name == "pdf" and found != "PDF":
        _refuse(where, found or "something else", "readable PDF", _ASK_AGAIN)
    if format_name == "docx" and found != "ZIP archive":
        is_old = found == "old Word document"
        remedy = "save it as DOCX without a password" if is_old else _ASK_AGAIN
        _refuse(where, found or "something else", "DOCX", remedy)
    if format_name == "text" and found == "web page":
        _refuse(where, found, format_name, "set format to html")


def sniffed(start: bytes) -> str | None:
    """What the first bytes of a file say that it is; none for what has no sign of its own."""
    if not start.strip(b"\0 \t\r\n"):
        return "nothing"
    if b"%PDF-" in start[:1024]:
        return "PDF"
    if start.startswith(b"PK\x03\x04"):
        return "ZIP archive"
    if start.startswith(_OLE):
        return "old Word document"
    plain = start.replace(b"\0", b"")
    return "web page" if _HTML.search(plain) else None


def _refuse(where: str, found: str, wanted: str, remedy: str) -> None:
    raise DocumentRefused(f"{where}: is not a {wanted} but a {found}; {remedy}.")
