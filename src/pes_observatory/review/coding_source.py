"""The source that a coder's workbooks become: one YAML per survey and coder."""

from __future__ import annotations

from pathlib import Path

from pes_observatory.errors import WrongUse
from pes_observatory.settings import Folders
from pes_observatory.sources.models import CodingSource, SourceFile, SurveySource
from pes_observatory.sources.registry import find_sources
from pes_observatory.sources.yaml_file import read_source


def coding_source(
    source_id: str, survey: SurveySource, coder: str, role: str | None, codebook_version: str
) -> CodingSource:
    """The declaration of a coder's workbooks of one survey.

    Raises:
        WrongUse: the coder's name or role is none.
    """
    content = {
        "id": source_id,
        "kind": "coding",
        "title": f"Codings of survey {survey.survey.survey_id} by {coder}",
        "publisher": survey.publisher,
        "licence": survey.licence,
        "attribution": f"Coded by {coder}.",
        "owner": survey.owner,
        "is_synthetic": survey.is_synthetic,
        "format": "coding_xlsx",
        "fetch": {"url": f"file:{source_id}/*.xlsx"},
        "gate": {"min_rows": 1, "max_refused_share": 0.5, "max_change_share": 1.0},
        "coding": {
            "coder": coder,
            "role": role or "coder",
            "codebook_version": codebook_version,
            "survey_id": survey.survey.survey_id,
        },
    }
    try:
        source = SourceFile.model_validate(content).root
    except ValueError:
        raise WrongUse(
            f"{coder!r} is no name for a coder, or {role!r} no role; use lower case letters, "
            "digits and dashes such as person-b, and coder or adjudicator."
        ) from None
    assert isinstance(source, CodingSource)
    return source


def check_place(sources: Folders, path: Path, ours: CodingSource, role: str | None) -> None:
    """See to it that ``path`` is free for a declaration, or says the same already.

    Raises:
        WrongUse: it is another source's, or this id is declared elsewhere.
    """
    for declared in find_sources(sources)[0]:
        if declared.id == ours.id and declared.path.resolve() != path.resolve():
            raise WrongUse(f"Source {ours.id} is {declared.path} already; import with --to there.")
    if not path.exists():
        return
    there, mistakes = read_source(path)
    if mistakes:
        raise WrongUse(mistakes[0])
    if (
        not isinstance(there, CodingSource)
        or there.format != ours.format
        or there.coding.coder != ours.coding.coder
    ):
        raise WrongUse(f"{path}: is no source for workbooks of {ours.coding.coder}; move it away.")
    if role and there.coding.role != role:
        raise WrongUse(f"{path}: says role {there.coding.role}, not {role}; change it there.")
