"""The fixtures of ``nights.py`` for every test of this folder."""

from nights import few_sources, first_night, own_sources, published, small_night

__all__ = ["few_sources", "first_night", "own_sources", "published", "small_night"]
