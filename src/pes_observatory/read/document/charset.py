"""The text of a document in its declared encoding, and mistakes of that declaration told."""

from __future__ import annotations

from pes_observatory.read.document.blocks import Unreadable

_MARK = "\ufeff"


def decoded_document(content: bytes, encoding: str) -> str:
    """The whole text, without a byte order mark.

    Raises:
        Unreadable: its bytes are not in the declared encoding, or plainly in another.
    """
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"byte {error.start} is not {encoding}; "
            "set read.encoding to what the file is in, or export it again as UTF-8."
        ) from None
    if encoding in ("latin-1", "windows-1252") and _is_utf_8(content):
        raise Unreadable(f"is UTF-8, not {encoding}; set read.encoding to utf-8.")
    if "\0" in text:
        raise Unreadable(
            f"has NUL characters when read as {encoding}; it is binary, or in UTF-16: set "
            "read.encoding to what the file is in."
        )
    return text.removeprefix(_MARK)


def _is_utf_8(content: bytes) -> bool:
    """Whether signs beyond ASCII are all written as UTF-8 writes them."""
    try:
        return not content.isascii() and bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False
