"""Drafting a survey source from an export: what can be told from the file, and what cannot."""
