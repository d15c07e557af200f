"""Up to three verbatims per question: short ones, of different themes and different PES."""

from __future__ import annotations

from pes_observatory.report.queries import Row

SHOWN = 3
SHORTEST, LONGEST, BEST = 15, 260, 110


def examples(verbatims: list[Row], question_id: str, ranked: list[str]) -> list[Row]:
    """Examples for the most named themes first, never two of one PES or the same words."""
    places = {code: place for place, code in enumerate(ranked)}
    fitting = [
        row
        for row in verbatims
        if row["question_id"] == question_id
        and row["theme_code"] in places
        and SHORTEST <= len(row["answer_text"] or "") <= LONGEST
    ]
    fitting.sort(
        key=lambda row: (
            row["slot"] or 0,
            places[row["theme_code"]],
            abs(len(row["answer_text"]) - BEST),
            row["answer_id"],
        )
    )
    chosen: list[Row] = []
    for is_new in (differs_in_all, differs_in_words):
        for row in fitting:
            if len(chosen) < SHOWN and all(is_new(row, other) for other in chosen):
                chosen.append(row)
    return sorted(chosen, key=lambda row: (places[row["theme_code"]], row["answer_id"]))


def differs_in_all(row: Row, other: Row) -> bool:
    """Another theme, another region where there is one, other words."""
    is_elsewhere = row["region_id"] is None or row["region_id"] != other["region_id"]
    return (
        is_elsewhere and row["theme_code"] != other["theme_code"] and differs_in_words(row, other)
    )


def differs_in_words(row: Row, other: Row) -> bool:
    """Other words by another PES, the weaker wish for examples."""
    is_other_pes = row["pes_id"] is None or row["pes_id"] != other["pes_id"]
    return bool(is_other_pes and row["answer_text"] != other["answer_text"])
