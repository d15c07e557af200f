"""Indicator tables: observations per provider format, parsed by DuckDB."""
