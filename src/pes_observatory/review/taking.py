"""Taking a coded workbook back: checked against the answers of tonight, then made a source.

The person's file goes unchanged into the folder of a ``coding`` source, one per survey and coder;
the next night takes it through the same gate as any other. It is named after its export, so that
the same workbook, further coded, replaces itself, and nobody's name travels in a file name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import yaml

from pes_observatory.files import written_whole
from pes_observatory.landing import last_good
from pes_observatory.read.coding.workbook import CodedRow, column, read_workbook
from pes_observatory.review.codebook import codebook_rows
from pes_observatory.review.coding_source import check_place, coding_source
from pes_observatory.review.landed import LandedSurvey, landed_survey
from pes_observatory.review.workbook import shown
from pes_observatory.settings import Folders, Home
from pes_observatory.sources.models import CodingSource
from pes_observatory.sources.registry import find_sources


@dataclass(frozen=True)
class Taken:
    """What came of a workbook: the source that holds it, or the mistakes that keep it out."""

    source: Path | None
    units: int
    mistakes: list[str]


def take_back(
    home: Home, sources: Folders, file: Path, *, coder: str, role: str | None, to: Path
) -> Taken:
    """Check a coded workbook and let it be a source below ``to``; nothing is written if it errs.

    Raises:
        LoadRejected: it is no workbook of an export.
        WrongUse: its survey is not there, or the source is someone else's.
    """
    where = f"File {file.name}"
    workbook = read_workbook(where, file)
    survey = landed_survey(home, sources, workbook.about["survey_id"])
    source_id = f"{survey.survey_id}_{coder.replace('-', '_')}"
    path, folder = to / f"{source_id}.yml", to / source_id
    item = folder / f"units-{workbook.about.get('export_id', 'unknown')}.xlsx"
    declaration = coding_source(
        source_id, survey.source, coder, role, workbook.about.get("codebook_version", "")
    )
    check_place(sources, path, declaration, role)
    mistakes = list(workbook.mistakes)
    if not workbook.rows and not mistakes:
        mistakes.append(f"{where}: no unit has a primary code; code some and import it again.")
    elsewhere = _coded_elsewhere(home, sources, item, declaration.coding.coder, survey.survey_id)
    for row in workbook.rows:
        sentence = _mistake(row, survey, elsewhere, workbook.about.get("lang", ""))
        mistakes += [f"{where}, row {row.row_no}, {sentence}"] if sentence else []
    if mistakes:
        return Taken(None, len(workbook.rows), mistakes)
    with written_whole(item) as part:
        part.write_bytes(file.read_bytes())
    if not path.exists():
        content = declaration.model_dump(mode="json", exclude_unset=True)
        with written_whole(path) as part:
            part.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True))
    return Taken(path, len(workbook.rows), [])


def _mistake(
    row: CodedRow, survey: LandedSurvey, elsewhere: dict[tuple[str, int], str], lang: str
) -> str:
    """What is wrong with a row, empty when nothing is."""
    answer = survey.answers.get(row.target_id)
    if answer is None:
        return (
            f"{column('unit', lang)}: {row.target_id} is no answer of survey {survey.survey_id}; "
            "export again."
        )
    if row.sha256 != answer.seal(row.span) or _even(row.text) != _even(
        shown(answer.words(row.span))
    ):
        return (
            f"{column('text', lang)}: is not the text of {row.target_id} as it stands now; "
            "export again and code the words that are there."
        )
    if (row.target_id, row.span) not in _spans(survey):
        return (
            f"{column('unit', lang)}: {row.target_id} is no longer parted so that these words "
            "are a unit; export again."
        )
    known = {each.code for each in codebook_rows() if each.level != "family"}
    for field, code in row.codes.items():
        if code not in known:
            return (
                f"{column(field, lang)}: {code!r} is no theme or sub-theme of the codebook; "
                "choose one from the list."
            )
    if other := elsewhere.get((row.target_id, row.unit_no)):
        return (
            f"{column('unit', lang)}: is coded by the same person in {other} as well; "
            "take it out of one of the two."
        )
    return ""


def _spans(survey: LandedSurvey) -> set[tuple[str, tuple[int, int] | None]]:
    return {(each.target_id, each.span) for each in survey.coded if each.coder_type != "human"}


def _even(text: str) -> str:
    """A text without differences that a spreadsheet program makes on its own."""
    return " ".join(text.split())


def _coded_elsewhere(
    home: Home, sources: Folders, item: Path, coder: str, survey_id: str
) -> dict[tuple[str, int], str]:
    """Units that the same person has coded in another file, with the name of that file."""
    found: dict[tuple[str, int], str] = {}
    for other in sorted(item.parent.glob("*.xlsx")):
        if other.name != item.name:
            rows = read_workbook(f"File {other.name}", other).rows
            found |= {(row.target_id, row.unit_no): f"file {other.name}" for row in rows}
    for declared in find_sources(sources)[0]:
        source = declared.source
        is_own = declared.id == item.parent.name
        if isinstance(source, CodingSource) and not is_own and source.coding.coder == coder:
            load = last_good(home, "codings", declared.id)
            if load and source.coding.survey_id == survey_id:
                rows = pq.read_table(load.accepted_path, columns=["target_id", "unit_no"])
                keys: Iterator[tuple[str, int]] = zip(*rows.to_pydict().values(), strict=True)
                found |= dict.fromkeys(keys, f"source {declared.id}")
    return found
