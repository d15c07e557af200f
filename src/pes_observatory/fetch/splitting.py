"""A question too large for one answer, as several smaller ones that together ask the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from pes_observatory.fetch.providers.adapter import Adapter, Question, TooLarge

TIME = "time"
T = TypeVar("T")


def smaller(adapter: Adapter, question: Question, refusal: TooLarge) -> list[Question]:
    """Parts of ``question`` as the source's ``split_by`` says, about as many as are needed.

    Raises:
        FetchFailed: it cannot be split any further.
    """
    by = adapter.fetch.split_by or _most_codes(question)
    parts = (
        _by_year(question, question.start or adapter.first_period(), refusal.pieces)
        if by == TIME
        else _by_codes(question, by, refusal.pieces)
    )
    if len(parts) < 2:
        hint = (
            "give a start_period, or name more in 'filter'"
            if by == TIME
            else "name another dimension of 'filter', or time, in split_by"
        )
        what = str(refusal).removeprefix(f"Source {adapter.client.source_id}: ").rstrip(".")
        raise adapter.failed(f"{what}; it cannot be asked in smaller parts by {by}: {hint}")
    return parts


def _most_codes(question: Question) -> str:
    counts = {name: len(codes) for name, codes in question.filter.items() if len(codes) > 1}
    return max(counts, key=lambda name: counts[name], default=TIME)


def _by_codes(question: Question, by: str, pieces: int) -> list[Question]:
    return [
        replace(
            question,
            filter={**question.filter, by: tuple(codes)},
            part=_within(question, _range(by, codes)),
        )
        for codes in _runs(question.filter.get(by, ()), pieces)
    ]


def _by_year(question: Question, start: str | None, pieces: int) -> list[Question]:
    """Parts by year; the first begins and the last ends where the question does, or openly."""
    if start is None:
        return []
    last_year = int(question.end[:4]) if question.end else datetime.now(UTC).year
    runs = list(_runs(range(int(start[:4]), last_year + 1), pieces))
    return [
        replace(
            question,
            start=question.start if years is runs[0] else str(years[0]),
            end=question.end if years is runs[-1] else str(years[-1]),
            part=_within(question, f"{years[0]}-{years[-1]}"),
        )
        for years in runs
    ]


def _runs(of: Sequence[T], pieces: int) -> Iterator[Sequence[T]]:
    size = -(-len(of) // pieces)
    for first in range(0, len(of), size or 1):
        yield of[first : first + size]


def _within(question: Question, part: str) -> str:
    """The name of a part of what may be a part itself: no two of them have the same."""
    return "--".join(filter(None, [question.part, part]))


def _range(by: str, codes: Sequence[str]) -> str:
    return f"{by}-{codes[0]}" + (f"-{codes[-1]}" if len(codes) > 1 else "")
