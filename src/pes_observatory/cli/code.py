"""``pes code``: the coders alone, on a CSV of texts."""

from __future__ import annotations

import csv
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pes_observatory.cli.console import console
from pes_observatory.coding.coders import load_coders
from pes_observatory.errors import LoadRejected, WrongUse
from pes_observatory.files import written_whole
from pes_observatory.settings import home

COLUMNS_IN = ("id", "lang", "question", "text")
COLUMNS_OUT = ("id", "code", "is_primary", "confidence", "terms")


class CoderType(StrEnum):
    """The machine's coders."""

    combined = "combined"
    rule = "rule"
    model = "model"


def code(
    texts: Annotated[Path, typer.Option("--in", help="CSV with id,lang,question,text")],
    out: Annotated[Path, typer.Option(help="CSV to write: id,code,is_primary,confidence,terms")],
    coder_type: Annotated[
        CoderType, typer.Option("--coder", help="rules, model, or both combined")
    ] = CoderType.combined,
) -> int:
    """Code texts with the codebook, each as one unit; several codes of a text are several rows."""
    if not texts.is_file():
        raise WrongUse(f"There is no file {texts}.")
    coder = load_coders(home()).by_type()[coder_type]
    coded = 0
    with (
        texts.open(encoding="utf-8-sig", newline="") as source,
        written_whole(out.absolute()) as part,
        part.open("w", encoding="utf-8", newline="") as target,
    ):
        reader = csv.DictReader(source)
        missing = [column for column in COLUMNS_IN if column not in (reader.fieldnames or [])]
        if missing:
            raise LoadRejected(
                f"File {texts.name} has no column {', '.join(missing)}; expected "
                f"{','.join(COLUMNS_IN)}."
            )
        writer = csv.writer(target)
        writer.writerow(COLUMNS_OUT)
        for row in reader:
            coded += 1
            for found in coder.codes(row["text"] or "", row["lang"], row["question"] or None):
                terms = "|".join(found.terms)
                is_primary = str(found.is_primary).lower()
                writer.writerow([row["id"], found.code, is_primary, found.confidence, terms])
    console().print(f"{coded:,} texts coded into {out}", highlight=False)
    return 0
