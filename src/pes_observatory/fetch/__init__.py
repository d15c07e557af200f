"""Fetch: from a provider or a drop folder into the raw store."""
