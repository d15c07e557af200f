"""When a provider last updated a table, in one notation: ISO 8601, as exact as it was printed."""

from __future__ import annotations

# What is printed, as a pattern of LIKE, and where in it year, month, day and time begin.
_NOTATIONS = (
    (
        "__/__/__",
        "'20' || substr({at}, 7, 2)",
        4,
        1,
        10,
    ),  # Eurostat's LAST UPDATE: 18/04/23 23:00:00
    ("__/__/____", "substr({at}, 7, 4)", 4, 1, 12),  # ILOSTAT's contents: 28/11/2025 10:00
    ("__.__.____", "substr({at}, 7, 4)", 4, 1, 12),  # Eurostat's contents: 21.11.2026
    ("____-__-__", "substr({at}, 1, 4)", 6, 9, 12),  # JSON-stat, SDMX-ML and the World Bank
)


def in_iso(printed: str) -> str:
    """SQL of a printed date in ISO 8601 (``2023-04-18T23:00:00``); any other text as it is.

    ``printed`` is SQL too, NULL stays NULL.
    """
    if printed == "NULL":
        return printed
    at = f"trim({printed})"
    known = " ".join(
        f"""WHEN {at} LIKE '{pattern}' OR {at} LIKE '{pattern} %' OR {at} LIKE '{pattern}T%'
            THEN concat({year.format(at=at)}, '-', substr({at}, {month}, 2), '-',
                substr({at}, {day}, 2),
                CASE WHEN length({at}) > {time - 1} THEN 'T' || substr({at}, {time}) END)"""
        for pattern, year, month, day, time in _NOTATIONS
    )
    return f"CASE {known} ELSE {at} END"
