"""The fixtures of ``nights.py`` for every test of this folder."""

from nights import (
    few_sources,
    first_night,
    own_sources,
    published,
    shared_by_workers,
    small_night,
)

__all__ = [
    "few_sources",
    "first_night",
    "own_sources",
    "published",
    "shared_by_workers",
    "small_night",
]
