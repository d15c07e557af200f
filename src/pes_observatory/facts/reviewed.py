"""Which decisions on facts count: those of today's ``facts.csv``, or as it was last valid."""

from __future__ import annotations

import shutil

from pes_observatory.errors import SourceInvalid
from pes_observatory.facts.facts_csv import Fact, read_facts
from pes_observatory.files import sha256_of_file, written_whole
from pes_observatory.settings import Home
from pes_observatory.sources.registry import Declared


def counting_facts(home: Home, declared: Declared) -> list[Fact]:
    """The decisions that count: those of today's file, or as last valid while it has a mistake."""
    path, kept = declared.facts_path, home.state / "facts" / f"{declared.id}.csv"
    if not path.is_file():
        kept.unlink(missing_ok=True)
        return []
    try:
        facts = read_facts(path)
    except SourceInvalid:
        return read_facts(kept) if kept.is_file() else []
    with written_whole(kept) as part:
        shutil.copyfile(path, part)
    return facts


def facts_hash(declared: Declared) -> str:
    """What tells whether a decision was changed, empty where there are none."""
    path = declared.facts_path
    return sha256_of_file(path) if path.is_file() else ""
