"""``pes release``: list, show, compare and roll back releases."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from pes_observatory.cli.console import console
from pes_observatory.errors import WrongUse
from pes_observatory.files import only_one
from pes_observatory.releases import versions
from pes_observatory.releases.diff import changed_inputs, changed_tables
from pes_observatory.settings import home

app = typer.Typer(no_args_is_help=True, help="Published versions of the warehouse.")
_Version = Annotated[str, typer.Argument(help="a version as listed, or 'current'")]


@app.command("list")
def list_releases() -> int:
    """List all releases; the current one is marked."""
    out, current = console(), versions.current_version(home())
    found = versions.releases(home())
    if not found:
        out.print("There is no release yet; 'pes run' makes one.")
    for index in found:
        mark = "[green]current[/]" if index["version"] == current else ""
        out.print(f"{index['version']}  {len(index['inputs'])} sources  {mark}", highlight=False)
    return 0


@app.command()
def show(version: _Version = "current") -> int:
    """Show what a release was made of and what it holds."""
    index = versions.get_release(home(), version)
    out = console()
    out.print(f"Release {index['version']}, made {index['created_at']}", highlight=False)
    gates = index["gates"]
    out.print(f"Gates: {gates['passed']} of {gates['rules']} rules passed", highlight=False)
    inputs = Table("source", "rows", "sha256", box=None)
    for source_id, each in sorted(index["inputs"].items()):
        inputs.add_row(source_id, f"{each['rows']:,}", each["sha256"][:12])
    tables = Table("table", "rows", box=None)
    for name, rows in index["tables"].items():
        tables.add_row(name, f"{rows:,}")
    out.print(inputs)
    out.print(tables)
    return 0


@app.command()
def diff(
    before: Annotated[str | None, typer.Argument(help="older version; default: previous")] = None,
    after: Annotated[str, typer.Argument(help="newer version")] = "current",
) -> int:
    """Compare two releases: inputs that changed, and rows of each mart that differ."""
    newer = versions.get_release(home(), after)
    older_version = before or newer["previous"]
    if older_version is None:
        raise WrongUse(f"Release {newer['version']} is the first; there is nothing to compare.")
    older = versions.get_release(home(), older_version)
    out = console()
    out.print(f"{older['version']} → {newer['version']}", highlight=False)
    for source_id in changed_inputs(older, newer):
        out.print(f"  input {source_id} changed", highlight=False)
    changes = changed_tables(home(), older, newer)
    for change in changes:
        out.print(
            f"  {change.table}: -{change.rows_only_before:,} +{change.rows_only_after:,} "
            f"{change.note}",
            highlight=False,
        )
    if not changes:
        out.print("  no mart differs")
    return 0


@app.command()
def rollback(
    version: Annotated[str | None, typer.Argument(help="default: the one before")] = None,
) -> int:
    """Make an older release current, in one step; it stays so until new inputs come."""
    with only_one(home().state / "locks" / "warehouse.lock", "A release is being made; wait."):
        now = versions.rollback(home(), version)
    console().print(f"Current release is now {now}", highlight=False)
    return 0
