"""Lines become paragraphs: each goes on the one above it, or begins a new one.

Found line by line with the page's own measures: how far lines of that size usually are apart,
and where the lines that share a left edge end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pes_observatory.read.document.pdf.lines import Line, is_alike, usual_step
from pes_observatory.read.document.pdf.markers import NOTE, begins_item

WIDEST_GAP = 1.3  # of the usual step between lines of that size
LEAST_INDENT, MOST_INDENT = 0.6, 5.0  # of the height of the type
MOST_OPEN = 12
_ENDS_SENTENCE = re.compile(r"[.!?:;…][)\]»”\"'’]*\d{0,2}$")
_LEADS_TO_PAGE = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$")


@dataclass(slots=True)
class Paragraph:
    """Lines that are read on from one to the next."""

    lines: list[Line]

    @property
    def left(self) -> float:
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)

    @property
    def bottom(self) -> float:
        return min(line.bottom for line in self.lines)

    @property
    def top(self) -> float:
        return max(line.top for line in self.lines)


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs in the order in which the page draws their first lines."""
    step_of = usual_step(lines)
    edges = _right_edges(lines)
    found: list[Paragraph] = []
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        for paragraph in reversed(found[-MOST_OPEN:]):
            if _is_next_below(paragraph.lines[-1], line, step_of):
                if not _begins(paragraph, line, after, edges):
                    paragraph.lines.append(line)
                    break
                found.append(Paragraph([line]))
                break
        else:
            found.append(Paragraph([line]))
    return found


def _is_next_below(above: Line, line: Line, step_of: dict[int, float]) -> bool:
    """Whether the line stands where the one after ``above`` would."""
    height = max(above.height, line.height)
    usual = min(step_of.get(round(above.height), 1.4 * height), 1.8 * height)
    step = above.bottom - line.bottom
    shared = min(above.right, line.right) - max(above.left, line.left)
    return 0.3 * height < step <= WIDEST_GAP * max(usual, height) and shared > 0


def _begins(paragraph: Paragraph, line: Line, after: Line | None, edges: dict[int, float]) -> bool:
    """Whether a line just below a paragraph begins the next one."""
    above = paragraph.lines[-1]
    if not _runs_on(above, line) or begins_item(line.text) or _begins_note(line):
        return True
    if _LEADS_TO_PAGE.search(above.text):
        return True
    ends_early = _ends_early(above, line, edges)
    ends_sentence = bool(_ENDS_SENTENCE.search(above.text))
    if above.is_bold != line.is_bold:
        return ends_early or ends_sentence
    if ends_early and ends_sentence and line.text[:1].isupper():
        return not begins_item(paragraph.lines[0].text) or line.left < above.left + 1
    return _is_indented(paragraph, line, after) or (
        _is_outdented(paragraph, line) and (len(paragraph.lines) > 1 or ends_early or ends_sentence)
    )


def _ends_early(above: Line, line: Line, edges: dict[int, float]) -> bool:
    """Whether the first word of a line would have had room at the end of the one above."""
    first = line.words[0]
    room = max(edges[_slot(above)], edges[_slot(line)]) - above.right
    return room > first.right - first.left + 0.8 * above.height


def _runs_on(above: Line, line: Line) -> bool:
    """Whether the type of one line is that of the other, or of the words where they meet."""
    last, first = above.words[-1].height, line.words[0].height
    return is_alike(above, line) or abs(last - first) <= 0.15 * max(last, first)


def _begins_note(line: Line) -> bool:
    """Whether the line begins with a raised number."""
    first = line.words[0]
    is_raised = first.height < 0.8 * line.height and first.bottom > line.bottom
    return is_raised and bool(NOTE.fullmatch(first.text)) and len(line.words) > 1


def _is_indented(paragraph: Paragraph, line: Line, after: Line | None) -> bool:
    """Whether the line, and not the ones above and below it, is set in."""
    above = paragraph.lines[-1]
    indent = line.left - above.left
    if not LEAST_INDENT * line.height < indent < MOST_INDENT * line.height:
        return False
    if begins_item(paragraph.lines[0].text):
        return False
    if after is None or after.bottom > line.bottom or not is_alike(line, after):
        return bool(_ENDS_SENTENCE.search(above.text))
    return abs(after.left - above.left) < 0.4 * line.height


def _is_outdented(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line stands out to the left of an entry, or of lines set in alike."""
    first, *more = paragraph.lines
    furthest = min(each.left for each in paragraph.lines) - LEAST_INDENT * line.height
    is_set_in = bool(more) and abs(first.left - more[-1].left) < 0.4 * line.height
    return (is_set_in or begins_item(first.text)) and line.left < furthest


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """For each left edge how far to the right its lines, and those set in below it, go."""
    edges: dict[int, float] = {}
    for line in lines:
        slot = _slot(line)
        for near in (slot - 1, slot, slot + 1, slot + 2):
            edges[near] = max(edges.get(near, line.right), line.right)
    return edges


def _slot(line: Line) -> int:
    return round(line.left / 12)
