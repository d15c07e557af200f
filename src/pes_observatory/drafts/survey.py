"""The draft of a survey source: a YAML and a column map, with TODO where a person must decide."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import duckdb
import yaml

from pes_observatory.drafts.columns import IGNORED, PERSONAL, Proposal, propose
from pes_observatory.drafts.look import Look, look_at
from pes_observatory.errors import LoadRejected, WrongUse
from pes_observatory.read.formats import SURVEY
from pes_observatory.read.survey.cells import Cells
from pes_observatory.read.survey.columns import Columns
from pes_observatory.read.survey.timestamps import timestamp
from pes_observatory.read.text import folded
from pes_observatory.sources.column_map import FIELDS, LONG_FIELDS, TODO, as_csv
from pes_observatory.sources.draft import checked_id
from pes_observatory.sources.models import ISO, Read

_TIMES = (
    *("%m/%d/%Y %I:%M:%S %p", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S"),
    *("%m/%d/%y %H:%M:%S", "%Y/%m/%d %I:%M:%S %p %Z", "%d.%m.%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S"),
)
_WORDS = {
    "title": "what it is, as a reader would call it",
    "publisher": "who publishes it",
    "licence": "for example CC-BY-4.0",
    "attribution": "the words that the licence asks for",
    "owner": "the team that answers for it",
}


def draft_survey(folder: Path, export: Path, source_id: str, format_name: str | None) -> Path:
    """Write ``<folder>/surveys/<source_id>.yml`` and its ``columns.csv``; the YAML's path.

    The export itself stays where it is: it may hold what must not get into a repository.

    Raises:
        WrongUse: a bad id, no such format, or files that are there already.
        LoadRejected: the export is not what its format says.
    """
    path = checked_id(folder, "survey", source_id)
    column_map = path.with_suffix("") / "columns.csv"
    if column_map.exists():
        raise WrongUse(f"{column_map} is there already; choose another id or edit it.")
    look = look_at(export, format_name)
    with duckdb.connect() as connection:
        cells = SURVEY[look.format](look.job(export, connection))
    proposals = propose(cells)
    wave = re.search(r"(?<!\d)(19|20)\d\d(?!\d)", export.name)
    row = _row_of_map(look, cells, proposals, wave[0] if wave else TODO)
    declared = _yaml(export, source_id, look, cells, proposals, wave[0] if wave else None, row)
    column_map.parent.mkdir(parents=True, exist_ok=True)
    column_map.write_text(as_csv([*row], [*row.values()]) + "\n", encoding="utf-8")
    path.write_text(declared, encoding="utf-8")
    return path


def _row_of_map(look: Look, cells: Cells, proposals: list[Proposal], wave: str) -> dict[str, str]:
    if look.format == "answers_csv":
        header_of = {folded(name): name for name in Columns(cells).names}
        fields = ("response_id", "respondent", *LONG_FIELDS)
        known = {ours: header_of.get(folded(ours)) for ours in fields}
        known["question_id"] = known["question_id"] or header_of.get("question")
        known["heading"] = known["heading"] or header_of.get("published heading")
        needed = ("question_id", "text")
        found = {ours: header or TODO for ours, header in known.items() if header or ours in needed}
        return {"wave": wave, "export_language": "", **found}
    row = dict.fromkeys(("wave", "export_language", *FIELDS), "")
    row["wave"] = wave
    for each in proposals:
        if each.ours not in (None, PERSONAL, IGNORED):
            row[str(each.ours)] = each.header if each.is_sure else f"{TODO} {each.header}"
    row["respondent"] = row["respondent"] or f"{TODO} or leave empty: nobody is named"
    return row


def _yaml(
    export: Path,
    source_id: str,
    look: Look,
    cells: Cells,
    proposals: list[Proposal],
    wave: str | None,
    row: dict[str, str],
) -> str:
    used = {header.removeprefix(f"{TODO} ") for header in row.values()}
    ignored = [p.header for p in proposals if p.ours == IGNORED and p.is_sure]
    unsure = [
        f"{TODO} {p.header}"
        for p in proposals
        if p.header not in used and (p.ours is None or not p.is_sure)
    ]
    read: dict[str, str | int] = {}
    if export.suffix.lower() in (".csv", ".txt", ".tsv"):
        encoding = look.encoding if look.is_sure else f"{TODO} {look.encoding}"
        read = {"encoding": encoding, "delimiter": look.delimiter}
    if look.header_rows:
        read["header_rows"] = look.header_rows
    if (pattern := _pattern_of_times(cells, row.get("submitted_at", ""))) != ISO:
        read["timestamp_format"] = pattern
    content = {
        "id": source_id,
        "kind": "survey",
        **{key: f"{TODO} {words}" for key, words in _WORDS.items()},
        "expected_every_days": 400,
        "format": look.format,
        "fetch": {"url": f"file:{source_id}/{_any_wave(export.name, wave)}"},
        **({"read": read} if read else {}),
        "survey": {
            "survey_id": source_id,
            **({"wave_from_name": _wave_pattern(export.name, wave)} if wave else {"wave": TODO}),
            "column_map": f"{source_id}/columns.csv",
            "ignored": [*ignored, *unsure],
            "personal": [p.header for p in proposals if p.ours == PERSONAL],
            "publish_verbatims": "none",
        },
    }
    return (
        f"# Drafted from {export.name}. Each {TODO} is a person's to decide: fill it in, move the\n"
        f"# header to ignored, personal or {source_id}/columns.csv, or take it away. Then\n"
        "# 'pes sources check', and put exports where fetch.url looks.\n"
        + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    )


def _pattern_of_times(cells: Cells, header: str) -> str:
    """The one pattern under which all times can be read; TODO where there is none, or several."""
    positions = Columns(cells).positions(header) if header else []
    if not positions:
        return ISO
    printed = [row[positions[0]] or "" for row in cells.rows]
    for patterns in ((ISO,), _TIMES):
        fitting = [each for each in patterns if all(_is_time(value, each) for value in printed)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else f"{TODO} {' or '.join(fitting)}"
    return f"{TODO} such as %d/%m/%Y %H:%M:%S"


def _is_time(printed: str, pattern: str) -> bool:
    try:
        found = timestamp("", "", printed, Read(timestamp_format=pattern))
    except LoadRejected:
        return False
    return not printed or isinstance(found, datetime)


def _any_wave(name: str, wave: str | None) -> str:
    """A glob for this export and those to come: any wave, any count of Microsoft Forms' (1-37)."""
    counted = re.sub(r"\(\d+-\d+\)", "(*)", name)
    return counted.replace(wave, "*", 1) if wave else counted


def _wave_pattern(name: str, wave: str) -> str:
    before = name.partition(wave)[0]
    return re.escape(before).replace(r"\-", "-").replace(r"\ ", " ") + r"(\d{4})"
