"""The lists that a source declares of a document, found again entry by entry."""

from __future__ import annotations

import re

from pes_observatory.read.document.blocks import Block
from pes_observatory.read.text import folded
from pes_observatory.sources.documents import DeclaredList


class ListFinder:
    """Recognises the items of declared lists, and parts a bullet into which two were merged."""

    def __init__(self, lists: list[DeclaredList]) -> None:
        self._lists = lists
        self._found: dict[str, int] = {}
        self._last_paragraph = ""
        self._running: DeclaredList | None = None

    def parts(
        self, block: Block, heading_path: str
    ) -> list[tuple[Block, DeclaredList | None, int | None, str | None]]:
        """The block as it stands, or the items that it holds with list, position and label."""
        if block.kind != "list_item":
            self._last_paragraph = block.text
            self._running = None
            return [(block, None, None, None)]
        self._running = self._running or self._declared_here(heading_path)
        if self._running is None:
            return [(block, None, None, None)]
        found: list[tuple[Block, DeclaredList | None, int | None, str | None]] = []
        for part, label in _split_at_labels(block, self._running.label_pattern):
            position = self._found[self._running.list_id] = (
                self._found.get(self._running.list_id, 0) + 1
            )
            found.append((part, self._running, position, label))
        return found

    def _declared_here(self, heading_path: str) -> DeclaredList | None:
        for declared in self._lists:
            is_under = folded(declared.heading) in folded(heading_path)
            is_after = folded(declared.after or "") in folded(self._last_paragraph)
            if is_under and is_after and declared.list_id not in self._found:
                return declared
        return None


def _split_at_labels(block: Block, pattern: str | None) -> list[tuple[Block, str | None]]:
    """Part a bullet before each label after the first: two bullets printed as one.

    Each part keeps the place of the whole bullet, whose markup is not in its words.
    """
    if pattern is None:
        return [(block, None)]
    matches = list(re.finditer(pattern, block.text))
    starts = [0, *(match.start() for match in matches if match.start() > 0)]
    ends = [*starts[1:], len(block.text)]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        text = block.text[start:end].strip()
        own = re.match(pattern, text)
        label = own[0].rstrip(" :\u00a0") if own else None
        parts.append((block._replace(text=text), label))
    return parts
