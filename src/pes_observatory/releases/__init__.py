"""Releases: published, immutable versions of the warehouse, and which one is current."""
