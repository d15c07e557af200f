"""``pes sources``: list, check and begin sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pes_observatory.cli.console import console
from pes_observatory.drafts.indicator import draft_indicator
from pes_observatory.drafts.survey import draft_survey
from pes_observatory.night import ALL_GOOD, WRONG_USE
from pes_observatory.outcomes import new_run_id
from pes_observatory.read.text import folded
from pes_observatory.settings import home, project_root, sources_folder, sources_folders
from pes_observatory.sources.concepts import find_catalogue
from pes_observatory.sources.draft import draft_source
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.models import IndicatorSource, SourceFile
from pes_observatory.sources.registry import find_sources
from pes_observatory.sources.table import concept_table, filled_in_page, source_table

app = typer.Typer(no_args_is_help=True, help="What is ingested: one YAML file each.")


@app.command("list")
def list_sources() -> int:
    """List all valid sources."""
    found, mistakes = find_sources(sources_folders())
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
    found, mistakes = find_sources(sources_folders())
    out = console()
    for mistake in mistakes:
        out.print(mistake, style="red", markup=False, emoji=False, highlight=False, soft_wrap=True)
    out.print(f"{len(found)} sources are valid, {len(mistakes)} mistakes", highlight=False)
    return WRONG_USE if mistakes else ALL_GOOD


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="survey, document, indicator or coding")],
    source_id: Annotated[
        str,
        typer.Argument(
            metavar="ID|FILE|PROVIDER:TABLE",
            help="an id, the export of a survey, or a table such as eurostat:une_rt_m",
        ),
    ],
    format_name: Annotated[
        str | None, typer.Option("--format", help="of the export, where it does not tell")
    ] = None,
    own_id: Annotated[
        str | None, typer.Option("--id", help="for a draft; else the name of the file or table")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(help="of the provider's API, where it is not the usual one")
    ] = None,
) -> int:
    """Begin a source: write a YAML to fill in, in the sources folder.

    From the export of a survey its column map is drafted too; what the file does not tell is
    marked TODO, and 'pes sources check' asks for it. A provider's table is drafted whole, with
    its dimensions and codes as comments.
    """
    export = Path(source_id)
    if kind == "survey" and export.is_file():
        draft_id = own_id or folded(export.stem).replace(" ", "_")
        path = draft_survey(sources_folder(), export, draft_id, format_name)
        wrote = f"Wrote {path} and {path.with_suffix('') / 'columns.csv'}"
    elif kind == "indicator" and ":" in source_id:
        path = draft_indicator(home(), new_run_id(), sources_folder(), source_id, own_id, base_url)
        wrote = f"Wrote {path}"
    else:
        path = draft_source(sources_folder(), kind, source_id)
        wrote = f"Wrote {path}"
    console().print(f"{wrote}; fill it in, then 'pes sources check'.", soft_wrap=True)
    return ALL_GOOD


@app.command()
def schema(
    out: Annotated[Path | None, typer.Option(help="write it here")] = None,
    *,
    concept: Annotated[bool, typer.Option("--concept", help="of concepts, not sources")] = False,
) -> int:
    """Print the JSON Schema of source YAMLs or of concepts, for editors and other tools."""
    model = Concept if concept else SourceFile
    text = json.dumps(model.model_json_schema(), indent=2) + "\n"
    if out:
        out.write_text(text)
    else:
        print(text, end="")
    return ALL_GOOD


@app.command()
def table(
    out: Annotated[
        Path | None, typer.Option(help="fill the page docs/indicator-sources.md")
    ] = None,
) -> int:
    """Print the live indicator sources and the concepts as Markdown, or write them into a page."""
    own = project_root() / "sources"
    declared, _ = find_sources(own / "live")
    live = [each.source for each in declared if isinstance(each.source, IndicatorSource)]
    tables = {
        "concepts": concept_table(find_catalogue(own).concepts),
        "sources": source_table(live),
    }
    if out:
        out.write_text(filled_in_page(out.read_text(encoding="utf-8"), tables), encoding="utf-8")
    else:
        print("\n".join(tables.values()), end="")
    return ALL_GOOD
