"""``pes sources``: list, check and begin sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pes_observatory.cli.console import console
from pes_observatory.drafts.survey import draft_survey
from pes_observatory.night import ALL_GOOD, WRONG_USE
from pes_observatory.read.text import folded
from pes_observatory.settings import sources_folder
from pes_observatory.sources.draft import draft_source
from pes_observatory.sources.models import SourceFile
from pes_observatory.sources.registry import find_sources

app = typer.Typer(no_args_is_help=True, help="What is ingested: one YAML file each.")


@app.command("list")
def list_sources() -> int:
    """List all valid sources."""
    found, mistakes = find_sources(sources_folder())
    table = Table("id", "kind", "format", "publisher", "title", box=None)
    for declared in found:
        source = declared.source
        table.add_row(source.id, source.kind, source.format, source.publisher, source.title)
    out = console()
    out.print(table)
    if mistakes:
        out.print(f"{len(mistakes)} mistakes; see 'pes sources check'", style="red")
    return ALL_GOOD


@app.command()
def check() -> int:
    """Check every source YAML; each mistake is named by file, line and key."""
    found, mistakes = find_sources(sources_folder())
    out = console()
    for mistake in mistakes:
        out.print(mistake, style="red", markup=False, emoji=False, highlight=False, soft_wrap=True)
    out.print(f"{len(found)} sources are valid, {len(mistakes)} mistakes", highlight=False)
    return WRONG_USE if mistakes else ALL_GOOD


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="survey, document, indicator or coding")],
    source_id: Annotated[
        str, typer.Argument(metavar="ID|FILE", help="an id, or the export of a survey")
    ],
    format_name: Annotated[
        str | None, typer.Option("--format", help="of the export, where it does not tell")
    ] = None,
    own_id: Annotated[
        str | None, typer.Option("--id", help="for a draft from an export; else its file's name")
    ] = None,
) -> int:
    """Begin a source: write a YAML to fill in, in the sources folder.

    From the export of a survey its column map is drafted too; what the file does not tell is
    marked TODO, and 'pes sources check' asks for it.
    """
    export = Path(source_id)
    if kind == "survey" and export.is_file():
        draft_id = own_id or folded(export.stem).replace(" ", "_")
        path = draft_survey(sources_folder(), export, draft_id, format_name)
        wrote = f"Wrote {path} and {path.with_suffix('') / 'columns.csv'}"
    else:
        path = draft_source(sources_folder(), kind, source_id)
        wrote = f"Wrote {path}"
    console().print(f"{wrote}; fill it in, then 'pes sources check'.", soft_wrap=True)
    return ALL_GOOD


@app.command()
def schema(out: Annotated[Path | None, typer.Option(help="write it here")] = None) -> int:
    """Print the JSON Schema of source YAMLs, for editors and other tools."""
    text = json.dumps(SourceFile.model_json_schema(), indent=2) + "\n"
    if out:
        out.write_text(text)
    else:
        print(text, end="")
    return ALL_GOOD
