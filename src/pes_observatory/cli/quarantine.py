"""``pes quarantine``: rows that gates refused, and letting them try again."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from pes_observatory.cli.console import console
from pes_observatory.errors import ObservatoryError
from pes_observatory.gates.quarantine import quarantined
from pes_observatory.outcomes import new_run_id
from pes_observatory.settings import home, sources_folders
from pes_observatory.sources.registry import get_source
from pes_observatory.steps import run_source_step, steps_of

app = typer.Typer(no_args_is_help=True, help="Rows that gates refused.")
_Source = Annotated[str | None, typer.Option(help="only this source")]


@app.command("list")
def list_rows(
    source: _Source = None,
    limit: Annotated[int, typer.Option(help="how many rows to show")] = 50,
) -> int:
    """List refused rows with their rule, file and row number."""
    rows = quarantined(home(), source)
    out = console()
    table = Table("source", "file", "row", "rule", "reason", box=None)
    for row in rows[:limit]:
        table.add_row(
            row["source_id"], row["item_name"], str(row["row_no"]), row["rule"], row["reason"]
        )
    if rows:
        out.print(table)
    out.print(f"{len(rows):,} rows in quarantine", highlight=False)
    return 0


@app.command()
def replay(source: _Source = None) -> int:
    """Judge the sources with refused rows again, as they and the suites are declared now.

    What passes now lands; the next 'pes run' publishes it. Nothing is fetched.
    """
    before = quarantined(home(), source)
    out, failed = console(), 0
    for source_id in sorted({row["source_id"] for row in before}):
        try:
            declared = get_source(sources_folders(), source_id)
            for step in (each for each in steps_of(declared) if each not in ("discover", "fetch")):
                run_source_step(home(), new_run_id(), step, declared)
        except ObservatoryError as error:
            failed = 1
            out.print(str(error), style="red", markup=False, soft_wrap=True)
    left = len(quarantined(home(), source))
    out.print(f"{len(before):,} rows were in quarantine, {left:,} are now", highlight=False)
    return failed
