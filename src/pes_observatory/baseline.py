"""The baseline of gates: failures that are known and do not block until they expire.

``expectations/baseline.yml`` names each with suite, rule, source, owner, expiry and reason.
"""

from __future__ import annotations

from datetime import date

import yaml

from pes_observatory.settings import project_root

KnownFailure = tuple[str, str, str | None]


def known_failures(today: date) -> list[KnownFailure]:
    """(suite, rule, source) of every entry that has not expired, sorted."""
    path = project_root() / "expectations" / "baseline.yml"
    entries = yaml.safe_load(path.read_text())["known_failures"] if path.exists() else []
    in_force = [entry for entry in entries if entry["expires"] >= today]
    named = ((entry["suite"], entry["rule"], entry.get("source")) for entry in in_force)
    return sorted(named, key=str)
