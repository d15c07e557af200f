"""``pes review``: units to people and back, and exports for the tools that coders work in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pes_observatory.cli.console import console
from pes_observatory.discover.items import with_found_items
from pes_observatory.errors import WrongUse
from pes_observatory.facts.facts_csv import merged, read_facts, write_facts
from pes_observatory.facts.proposed import proposed_facts
from pes_observatory.files import written_whole
from pes_observatory.landing import last_good
from pes_observatory.releases.versions import current_version
from pes_observatory.review.codebook import codebook_rows
from pes_observatory.review.iramuteq import corpus_texts
from pes_observatory.review.landed import landed_survey
from pes_observatory.review.qdc import qdc
from pes_observatory.review.selection import REASONS, chosen_units
from pes_observatory.review.taking import take_back
from pes_observatory.review.workbook import LANGUAGES, write_workbook
from pes_observatory.settings import home, sources_folder, sources_folders
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import get_source

app = typer.Typer(no_args_is_help=True, help="What people code, given to them and taken back.")
_Survey = Annotated[str, typer.Option(help="survey_id, or the id of its source")]
_Lang = Annotated[str, typer.Option(help="en, fr or es")]


@app.command()
def export(
    survey: _Survey,
    wave: Annotated[int | None, typer.Option(help="this wave alone")] = None,
    sample: Annotated[float, typer.Option(help="part drawn at random, 0 to 1")] = 0.1,
    coder: Annotated[str | None, typer.Option(help="leave out what this person has coded")] = None,
    only: Annotated[str | None, typer.Option(help=f"one of {', '.join(REASONS)}")] = None,
    blind: Annotated[bool, typer.Option("--blind", help="hide the machine's codes")] = False,
    lang: _Lang = "en",
    out: Annotated[Path | None, typer.Option(help="the XLSX to write")] = None,
) -> int:
    """Write the units that need a person as a workbook with drop-downs from the codebook."""
    _check_lang(lang)
    if not 0 <= sample <= 1:
        raise WrongUse(f"--sample {sample} is no part of a whole; give a number from 0 to 1.")
    if only not in (None, *REASONS):
        raise WrongUse(f"There is no reason {only!r}; reasons: {', '.join(REASONS)}.")
    landed = landed_survey(home(), sources_folders(), survey)
    chosen = chosen_units(
        landed.coded, wave=wave, sample=sample, coder=coder, is_blind=blind, only=only
    )
    if not chosen:
        raise WrongUse(
            f"No unit of survey {survey}{f', wave {wave}' if wave else ''} is left to code; "
            "ask for another wave or a larger --sample."
        )
    path = out or Path(f"review-{landed.survey_id}-{wave or 'all'}-{lang}.xlsx")
    write_workbook(path.absolute(), landed, chosen, codebook_rows(), lang=lang, is_blind=blind)
    drawn = sum("sample" in unit.reasons for unit in chosen)
    console().print(
        f"{len(chosen):,} units written to {path}, {drawn:,} of them drawn at random; "
        "when they are coded: 'pes review import'.",
        highlight=False,
        soft_wrap=True,
    )
    return 0


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="the coded workbook")],
    coder: Annotated[str, typer.Option(help="who coded it, by a name that may be published")],
    role: Annotated[
        str | None, typer.Option(help="coder, or adjudicator: decides where people disagree")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="the folder of coding sources")] = None,
) -> int:
    """Check a coded workbook and make it a source that the next night reads."""
    if not file.is_file():
        raise WrongUse(f"There is no file {file}.")
    folder = (to or sources_folder() / "codings").absolute()
    taken = take_back(home(), sources_folders(), file, coder=coder, role=role, to=folder)
    if taken.source is None:
        errors = console()
        for mistake in taken.mistakes:
            errors.print(mistake, style="red", markup=False, highlight=False, soft_wrap=True)
        count = len(taken.mistakes)
        errors.print(
            f"Nothing was taken: {count} mistake{'s' if count > 1 else ''}.", highlight=False
        )
        return 1
    console().print(
        f"{taken.units:,} units coded by {coder} are in {taken.source}; "
        "the next 'pes run' takes them through the gate.",
        highlight=False,
        soft_wrap=True,
    )
    return 0


@app.command()
def codebook(
    out: Annotated[Path, typer.Option(help="the .qdc to write")],
    lang: _Lang = "en",
) -> int:
    """Write the codebook as REFI-QDA (.qdc), for NVivo, ATLAS.ti, MAXQDA or QualCoder."""
    _check_lang(lang)
    rows = codebook_rows()
    with written_whole(out.absolute()) as part:
        part.write_bytes(qdc(rows, lang))
    console().print(f"{len(rows):,} codes written to {out}", highlight=False)
    return 0


@app.command()
def corpus(
    survey: Annotated[str, typer.Option(help="survey_id")],
    out: Annotated[Path, typer.Option(help="a folder, or one .txt for one question and language")],
    question: Annotated[str | None, typer.Option(help="this question alone")] = None,
    lang: Annotated[str | None, typer.Option(help="this language alone")] = None,
) -> int:
    """Write the answers of the release that may be published as corpora for IRaMuTeQ."""
    release = home().releases / (current_version(home()) or "current")
    texts = corpus_texts(release / "warehouse.duckdb", survey, question, lang)
    if out.suffix == ".txt" and len(texts) > 1:
        raise WrongUse(f"{len(texts)} files are due; name a folder, or one question and language.")
    for name, text in texts.items():
        with written_whole(out.absolute() if out.suffix == ".txt" else out.absolute() / name) as p:
            p.write_text(text, encoding="utf-8")
    console().print(f"{len(texts):,} files written to {out}", highlight=False)
    return 0


def _check_lang(lang: str) -> None:
    if lang not in LANGUAGES:
        raise WrongUse(f"There is no codebook in {lang!r}; languages: {', '.join(LANGUAGES)}.")


@app.command()
def facts(
    source: Annotated[str, typer.Option(help="id of a document source")],
    out: Annotated[Path | None, typer.Option(help="default: facts.csv beside the source")] = None,
) -> int:
    """Write the claims and list entries found in a source's documents, to be accepted or not.

    Decisions already made are kept. Fill in decision (accepted or rejected), reviewer and
    reviewed_on, correct the values, save it as facts.csv: the next night takes it.
    """
    declared = with_found_items(home(), get_source(sources_folders(), source))
    if not isinstance(declared.source, DocumentSource):
        raise WrongUse(f"Source {source} is a {declared.source.kind}; facts are of documents.")
    load = last_good(home(), "passages", source)
    if load is None:
        raise WrongUse(f"Source {source} has no load that counts; run 'pes run --source {source}'.")
    reviewed = read_facts(declared.facts_path) if declared.facts_path.is_file() else []
    rows = merged(proposed_facts(load, declared.source), reviewed)
    path = (out or declared.facts_path).absolute()
    write_facts(path, rows)
    open_ = sum(not row.get("decision") for row in rows)
    console().print(
        f"{len(rows):,} facts written to {path}, {open_:,} of them not decided yet.",
        highlight=False,
        soft_wrap=True,
    )
    return 0
