"""PDFs written by a few lines, for what no real specimen shows: each text at its place."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import NamedTuple

PAGE = (595, 842)


class Text(NamedTuple):
    """Words set at a place, in points from the lower left corner."""

    left: float
    bottom: float
    words: str
    size: float = 11
    is_bold: bool = False


def paragraph(
    left: float, top: float, *lines: str, size: float = 11, step: float = 13
) -> list[Text]:
    """Lines one below the other, without a gap."""
    return [Text(left, top - n * step, line, size) for n, line in enumerate(lines)]


def made_pdf(*pages: Iterable[Text]) -> bytes:
    """A PDF of pages with these texts, drawn in the order given."""
    return pdf_of([_drawn(page) for page in pages])


def pdf_of(contents: list[bytes], *, stream_keys: str = "", turned: int = 0) -> bytes:
    """A PDF of pages with these content streams."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(contents)))
    fonts = "/F1 3 0 R /F2 4 0 R"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for n, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Rotate {turned} "
            f"/Contents {6 + 2 * n} 0 R /Resources << /Font << {fonts} >> >> >>".encode()
        )
        head = f"<< /Length {len(content)} {stream_keys} >>\nstream\n".encode()
        objects.append(head + content + b"\nendstream")
    return _put_together(objects)


def bomb(megabytes: int) -> bytes:
    """A PDF of one page whose content unpacks, twice packed, to so many megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 " * 500_000) for _ in range(megabytes)) + packer.flush()
    return pdf_of([zlib.compress(packed, 9)], stream_keys="/Filter [/FlateDecode /FlateDecode]")


def _drawn(page: Iterable[Text]) -> bytes:
    shown = []
    for text in page:
        words = text.words.encode("cp1252").replace(b"\\", b"\\\\")
        words = words.replace(b"(", b"\\(").replace(b")", b"\\)")
        font = b"/F2" if text.is_bold else b"/F1"
        at = f"{text.size:g} Tf {text.left:g} {text.bottom:g} Td".encode()
        shown.append(b"BT " + font + b" " + at + b" (" + words + b") Tj ET")
    return b"\n".join(shown)


def _font(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
    )


def _put_together(objects: list[bytes]) -> bytes:
    parts, offsets, at = [b"%PDF-1.4\n"], [], 9
    for number, content in enumerate(objects, start=1):
        offsets.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        at += len(parts[-1])
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table))
    parts.append(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, at))
    return b"".join(parts)
