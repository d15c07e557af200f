"""Codings made by people."""
