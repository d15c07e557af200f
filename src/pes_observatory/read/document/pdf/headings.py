"""Which paragraphs are headings, and of which level, by size, weight and number.

The measure is the document's own: its body is set in the size in which most of its signs are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pes_observatory.read.document.pdf.markers import BULLET, CAPTION, SECTION
from pes_observatory.read.document.pdf.paragraphs import Paragraph

LARGER = 1.12  # than the body, for a heading in plain type
MOST_LINES = 4
MOST_SIGNS = 240
DEEPEST = 6

Style = tuple[float, bool]


@dataclass(frozen=True)
class Type:
    """How a document is set: the size of its body, whether in bold, and its headings' styles."""

    body: float
    is_bold: bool
    styles: tuple[Style, ...] = ()

    def heading_level(self, paragraph: Paragraph) -> int:
        """The level of a heading from 1, or 0 for what is none."""
        if not is_heading(paragraph, self):
            return 0
        style = style_of(paragraph)
        rank = next(n for n, other in enumerate(self.styles) if _is_one(style, other))
        return min(DEEPEST, rank + _depth(paragraph))


def type_of(paragraphs: Sequence[Paragraph]) -> Type:
    """The measure of one document."""
    signs: Counter[Style] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            signs[round(2 * line.height) / 2, line.is_bold] += line.words[-1].end
            signs[round(2 * line.height) / 2, line.is_bold] -= line.words[0].start
    (body, is_bold), _ = signs.most_common(1)[0] if signs else ((10.0, False), 0)
    plain = Type(body, is_bold)
    styles: list[Style] = []
    headings = (paragraph for paragraph in paragraphs if is_heading(paragraph, plain))
    for style in sorted(map(style_of, headings), reverse=True):
        if not any(_is_one(style, other) for other in styles):
            styles.append(style)
    return Type(body, is_bold, tuple(styles))


def is_heading(paragraph: Paragraph, measure: Type) -> bool:
    """Whether a short paragraph stands out: larger, or bold where the body is not."""
    text = " ".join(line.text for line in paragraph.lines)
    size, is_bold = style_of(paragraph)
    is_short = len(paragraph.lines) <= MOST_LINES and len(text) <= MOST_SIGNS
    has_words = sum(map(str.isalpha, text)) > max(2, len(text) / 3)
    if not is_short or not has_words or BULLET.match(text) or CAPTION.match(text):
        return False
    is_larger = size >= LARGER * measure.body
    stands_out = is_bold and not measure.is_bold and size >= 0.8 * measure.body
    ends_plainly = text[-1] not in ".;,"
    return (is_larger or stands_out) and (ends_plainly or size >= 1.4 * measure.body)


def style_of(paragraph: Paragraph) -> Style:
    """Size, to half a point, and weight."""
    heights = sorted(line.height for line in paragraph.lines)
    is_bold = all(line.is_bold for line in paragraph.lines)
    return round(2 * heights[len(heights) // 2]) / 2, is_bold


def _depth(paragraph: Paragraph) -> int:
    numbered = SECTION.match(paragraph.lines[0].text)
    return numbered[1].count(".") + 1 if numbered else 1


def _is_one(style: Style, other: Style) -> bool:
    return style[1] == other[1] and abs(style[0] - other[0]) <= 0.06 * max(style[0], other[0])
