"""The catalogue as rows for dbt: the concepts, and which slice of which source stands for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import IndicatorSource
from pes_observatory.sources.registry import Declared

_TEXT = pa.string()
# fmt: off
_CONCEPT_TEXTS = (
    "concept_id", "label_fr", "label_en", "label_es", "unit", "age_base", "definition",
    "comparability",
)
# fmt: on
CONCEPTS = pa.schema(
    [(name, _TEXT) for name in _CONCEPT_TEXTS]
    + [("themes", pa.list_(_TEXT)), ("prefer", pa.list_(_TEXT))]
)
CONCEPT_SERIES = pa.schema(
    [
        ("source_id", _TEXT),
        ("concept_id", _TEXT),
        ("series_no", pa.int32()),
        ("role", _TEXT),
        ("terms", pa.list_(_TEXT)),
        ("provider", _TEXT),
        ("dataset", _TEXT),
        ("provider_rank", pa.int32()),
    ]
)


def concept_rows(concepts: Mapping[str, Concept]) -> list[dict[str, Any]]:
    """One row per concept."""
    return [
        concept.model_dump(exclude={"label"})
        | {f"label_{lang}": text for lang, text in concept.label.model_dump().items()}
        for concept in concepts.values()
    ]


def series_rows(sources: list[Declared], concepts: Mapping[str, Concept]) -> list[dict[str, Any]]:
    """One row per slice that a source declares: its terms, its role, its provider's rank from 1.

    A source that is remembered may name a concept or come from a provider that the catalogue has
    since let go; such a slice stands for nothing.
    """
    return [
        {
            "source_id": declared.id,
            "concept_id": series.concept,
            "series_no": number,
            "role": role,
            "terms": sorted(f"{name}={code}" for name, code in codes.items()),
            "provider": indicator.provider,
            "dataset": indicator.dataset,
            "provider_rank": concepts[series.concept].prefer.index(indicator.provider) + 1,
        }
        for declared in sources
        if isinstance(declared.source, IndicatorSource)
        for indicator in [declared.source.indicator]
        for number, series in enumerate(indicator.series, start=1)
        if series.concept in concepts and indicator.provider in concepts[series.concept].prefer
        for role, codes in series.slices().items()
    ]
