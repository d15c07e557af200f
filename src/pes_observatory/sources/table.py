"""The indicator sources and the concepts as Markdown tables, for ``docs/indicator-sources.md``.

The page holds each table between two marks; what stands between them is written here and
nowhere else, so the page says what the YAMLs say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pes_observatory.errors import WrongUse
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import IndicatorSource

_SOURCES = ("source", "provider, table", "concepts", "basis", "attribution and licence", "days")
_CONCEPTS = ("concept", "what it is", "unit", "ages", "themes", "providers in order")


def source_table(sources: Iterable[IndicatorSource]) -> str:
    """One row per source, by its id; ``days`` is how long it may stay without a change."""
    return _table(
        _SOURCES,
        [
            (
                f"`{source.id}`",
                f"{source.indicator.provider}, `{source.indicator.dataset}`",
                "<br>".join(f"`{series.concept}`" for series in source.indicator.series),
                source.indicator.basis,
                source.attribution,
                str(source.expected_every_days),
            )
            for source in sorted(sources, key=lambda source: source.id)
        ],
    )


def concept_table(concepts: Mapping[str, Concept]) -> str:
    """One row per concept, by its id."""
    return _table(
        _CONCEPTS,
        [
            (
                f"`{concept_id}`",
                concept.label.en,
                concept.unit,
                concept.age_base,
                ", ".join(concept.themes),
                ", ".join(concept.prefer),
            )
            for concept_id, concept in sorted(concepts.items())
        ],
    )


def filled_in_page(page: str, tables: Mapping[str, str]) -> str:
    """The page with each table between its marks ``<!-- NAME -->`` and ``<!-- /NAME -->``.

    Raises:
        WrongUse: the page lacks the marks of a table, or has them twice.
    """
    for name, table in tables.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
        if page.count(opening) != 1 or page.count(closing) != 1:
            raise WrongUse(
                f"The page needs the lines '{opening.strip()}' and '{closing.strip()}' once each; "
                "put them where the table belongs."
            )
        before, _, rest = page.partition(opening)
        page = f"{before}{opening}{table}{closing}{rest.partition(closing)[2]}"
    return page


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines
    )
