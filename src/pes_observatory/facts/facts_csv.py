"""What people decided on proposed facts: ``<source>/facts.csv`` beside the YAML of the source.

A row is keyed to the sha256 of the passage's text and the words quoted: where the text changes,
the decision no longer applies and stays listed as stale. A person may correct the values of a
row, and may add a row for a number that no rule found.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pes_observatory.errors import SourceInvalid
from pes_observatory.files import written_whole

VALUES = ("value", "unit", "per", "qualifier", "subject_iso3", "stated_year", "role", "name")
COLUMNS = (
    "kind", "document_id", "passage_sha256", "quote", *VALUES,
    "decision", "reviewer", "reviewed_on", "note", "sentence",
)  # fmt: skip
_ADDED_LATER = ("role", "name")  # a file from before has none, and keeps its decisions
KINDS = ("claim", "objective", "identifier", "licence", "contributor")
DECISIONS = ("", "accepted", "rejected")
Fact = dict[str, Any]


def read_facts(path: Path) -> list[Fact]:
    """The rows of a facts.csv, empty cells as None.

    Raises:
        SourceInvalid: a header, key, decision, number or date is not what it has to be.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SourceInvalid(f"{path}: is not UTF-8 text; save it as UTF-8.") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    before = tuple(column for column in COLUMNS if column not in _ADDED_LATER)
    if tuple(reader.fieldnames or ()) not in (COLUMNS, before):
        raise SourceInvalid(
            f"{path}: expected the columns {', '.join(COLUMNS)}; export it again with "
            "'pes review facts'."
        )
    facts: list[Fact] = []
    seen: set[tuple[Any, ...]] = set()
    for row_no, read in enumerate(reader, start=1):
        row: Fact = {**dict.fromkeys(_ADDED_LATER, ""), **read}
        wrong = _mistake(row) or ("another row says the same" if _key(row) in seen else None)
        if wrong:
            raise SourceInvalid(f"{path}: row {row_no}: {wrong}; correct that row.")
        seen.add(_key(row))
        facts.append({name: cell or None for name, cell in row.items()})
    return facts


def merged(proposed: Iterable[Fact], reviewed: Iterable[Fact]) -> list[Fact]:
    """All proposals, each with the decision already made of it, then what else was decided."""
    decided = {_key(fact): fact for fact in reviewed}
    rows = [decided.pop(_key(fact), fact) for fact in _once(proposed)]
    return [*rows, *(fact for fact in decided.values() if fact["decision"])]


def write_facts(path: Path, facts: Iterable[Fact]) -> None:
    """Write a facts.csv, whole or not at all."""
    with written_whole(path) as part, part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(facts)


def _key(fact: Fact) -> tuple[Any, ...]:
    return (fact["kind"], fact["passage_sha256"], fact["quote"])


def _once(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Each fact once: a passage printed twice, or a number stated twice in it, is one decision."""
    return {_key(fact): fact for fact in facts}.values()


def _mistake(row: Fact) -> str | None:
    """What is wrong in a row, None if nothing is."""
    if None in row or None in row.values():
        return f"expected {len(COLUMNS)} cells"
    if row["kind"] not in KINDS:
        return f"kind is {row['kind']!r}, expected one of {', '.join(KINDS)}"
    if not re.fullmatch(r"[0-9a-f]{64}", row["passage_sha256"]) or not row["quote"]:
        return "expected the sha256 of a passage and the words quoted from it"
    if row["decision"] not in DECISIONS:
        return f"decision is {row['decision']!r}, expected accepted, rejected or nothing"
    if row["decision"] and not (row["reviewer"] and _is_day(row["reviewed_on"])):
        return "a decision has a reviewer and a day such as 2026-11-21 in reviewed_on"
    if row["value"] and not _is_number(row["value"]):
        return f"value is {row['value']!r}, expected digits with a point, such as 1000000"
    if row["stated_year"] and not re.fullmatch(r"\d{4}", row["stated_year"]):
        return f"stated_year is {row['stated_year']!r}, expected four digits"
    return None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
