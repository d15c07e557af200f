"""The fixtures of ``nights.py`` for every test of this folder."""

from nights import first_night, own_sources, published

__all__ = ["first_night", "own_sources", "published"]
