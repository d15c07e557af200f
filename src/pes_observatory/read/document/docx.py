"""Word documents (DOCX) to blocks: body, lists, tables, text boxes, foot- and endnotes.

python-docx opens the package; the words are taken from its XML, because the library passes over
content controls, insertions and text boxes. Heads and feet of pages are left out, as are deleted
words.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from pes_observatory.read.document.blocks import (
    Extract,
    Part,
    Unreadable,
    as_table,
    one_below_the_other,
)
from pes_observatory.read.document.completeness import check_complete

MOST_UNPACKED = 200_000_000
_HEADING = re.compile(r"^(?:heading|titre|überschrift|título|encabezado)\s*(\d)$", re.IGNORECASE)
_LIST = re.compile(r"^(?:list|liste)\b", re.IGNORECASE)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_BOX, _TEXT, _TAB, _BREAK = qn("w:txbxContent"), qn("w:t"), qn("w:tab"), qn("w:br")


def read_docx(path: Path) -> Extract:
    """The blocks of a Word document, its title and its language.

    Raises:
        Unreadable: it is no Word document, would unpack to too much, or has no words.
    """
    _refuse_bomb(path)
    document = docx.Document(str(path))
    notes = [
        parse_xml(related.target_part.blob)
        for related in document.part.rels.values()
        if related.reltype.rsplit("/", 1)[-1] in ("footnotes", "endnotes")
    ]
    styles = {style.style_id: style for style in document.styles}
    body = document.element.body
    parts = [part for part in _parts(body, styles) if part.text]
    parts += [part for root in notes for part in _notes(root) if part.text]
    if not parts:
        raise Unreadable("has no text; put the whole document there.")
    whole = " ".join(_words(root, with_boxes=True) for root in (body, *notes))
    check_complete("its text", whole, (part.text for part in parts))
    about = document.core_properties
    return Extract(
        one_below_the_other(parts), title=about.title or None, lang=about.language or None
    )


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            is_word = "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise Unreadable(f"is a cut or damaged archive ({error}); ask for it again.") from None
    if unpacked > MOST_UNPACKED:
        raise Unreadable(
            f"unpacks to {unpacked:,} bytes, more than {MOST_UNPACKED:,}; look at where it is from."
        )
    if not is_word:
        raise Unreadable("is a ZIP archive but no Word document; set format to what the file is.")


def _parts(root: Any, styles: dict[str, Any]) -> Iterator[Part]:
    """The paragraphs and tables below an element, in order, those in text boxes after their own."""
    for child in root:
        if child.tag == _P:
            yield _paragraph(child, styles)
            for box in child.iter(_BOX):
                if next(box.iterancestors(_P)) is child and not _is_fallback(box):
                    yield from _parts(box, styles)
        elif child.tag == _TABLE:
            yield Part("table", as_table(_rows(child)))
        elif child.tag != _FALLBACK:
            yield from _parts(child, styles)


def _rows(table: Any) -> Iterator[list[str]]:
    """The words of each row's cells; a table inside a cell is words of that cell."""
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is table:
            cells = (cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row)
            yield [_words(cell, with_boxes=True) for cell in cells]


def _paragraph(paragraph: Any, styles: dict[str, Any]) -> Part:
    text = " ".join(_words(paragraph).split())
    style = styles.get(paragraph.style) if paragraph.style else None
    level = _level(style)
    if level:
        return Part("heading", text, level)
    name = style.name if style is not None else ""
    is_numbered = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    return Part("list_item" if is_numbered or _LIST.match(name or "") else "paragraph", text)


def _level(style: Any) -> int:
    """The level of a heading from 1 by its style or the one it is based on, else 0."""
    while style is not None:
        named = _HEADING.match(style.name or "")
        if named:
            return int(named[1])
        if (style.name or "").casefold() == "title":
            return 1
        style = getattr(style, "base_style", None)
    return 0


def _notes(root: Any) -> Iterator[Part]:
    """The notes that somebody wrote; those with a type are the lines that part notes from text."""
    for note in root:
        if note.get(qn("w:type")) in (None, "normal"):
            yield Part("footnote", " ".join(_words(note, with_boxes=True).split()))


def _words(element: Any, *, with_boxes: bool = False) -> str:
    """The words of an element; those in its text boxes only when asked for."""
    found: list[str] = []
    for child in element:
        if child.tag == _TEXT:
            found.append(child.text or "")
        elif child.tag in (_TAB, _BREAK):
            found.append(" ")
        elif child.tag == _FALLBACK or (child.tag == _BOX and not with_boxes):
            continue
        else:
            found.append(_words(child, with_boxes=with_boxes))
            found.append(" " if child.tag == _P else "")
    return "".join(found)


def _is_fallback(element: Any) -> bool:
    return next(element.iterancestors(_FALLBACK), None) is not None
