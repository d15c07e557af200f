"""What lists, notes and sections begin with: bullets, numbers, letters."""

from __future__ import annotations

import re

_BULLETS = "•●▪◦‣∙·■□▶►➢➤✓✔❖○–—−-\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d\uf0b0\uf06e\uf071\uf0e0"
BULLET = re.compile(rf"[{re.escape(_BULLETS)}](?=\s|$)\s*")
ENUMERATOR = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\)|(?:\d{1,3}|[a-z]|[ivx]{1,5})\.)(?=\s|$)"
)
_DEEP_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,5}\.?(?=\s)")
_DEEP_SECTION = re.compile(_DEEP_NUMBER.pattern + r"\s+[^\W\d_a-z]")
SECTION = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,5})\.?\s+(?=\w)")
NOTE = re.compile(r"(?:\(?\d{1,3}[).]?|[*†‡§]{1,3})(?=\s|$)")


def is_marker(text: str) -> bool:
    """Whether this is the sign or number of a list entry, a note or a section, and no more."""
    kinds = (BULLET, ENUMERATOR, NOTE, _DEEP_NUMBER)
    matches = (kind.match(f"{text} ") for kind in kinds)
    return any(found is not None and found.end() >= len(text) for found in matches)


def begins_item(text: str) -> bool:
    """Whether a line begins an entry of a list."""
    return any(kind.match(text) for kind in (BULLET, ENUMERATOR, _DEEP_SECTION))


CAPTION = re.compile(
    r"(?:table|tableau|tabla|figure|figura|fig\.|graph|graphique|gr[áa]fico|chart|cuadro|"
    r"tabelle|abbildung|source)\b.{0,3}[\dIVX]",
    re.IGNORECASE,
)
