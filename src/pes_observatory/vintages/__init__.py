"""Vintages: what was believed of an observation, and when; providers overwrite the past."""
