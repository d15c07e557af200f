"""What a person sees of a night: a line per step as it ends, and a summary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from pes_observatory.gates.results import all_results
from pes_observatory.night import Night
from pes_observatory.outcomes import StepOutcome, step_outcomes
from pes_observatory.releases.versions import current_version, release_folder
from pes_observatory.settings import Home

_VERDICT_STYLE = {"blocked": "red", "refused": "red", "warned": "yellow"}
_STYLE = {"landed": "green", "ok": "green", "unchanged": "dim", "rejected": "red", "failed": "red"}


def line_printer(console: Console) -> Callable[[StepOutcome], None]:
    """A listener that prints each outcome as one line."""

    def show(outcome: StepOutcome) -> None:
        name = outcome.source_id or "warehouse"
        rows = f"{outcome.rows_out:>9,} rows" if outcome.rows_out is not None else " " * 14
        style = _STYLE[outcome.outcome]
        console.print(
            f"{name:<36} {outcome.step:<8} [{style}]{outcome.outcome:<9}[/] {rows} "
            f"{outcome.seconds:7.2f} s",
            highlight=False,
            soft_wrap=True,
        )
        if outcome.outcome in ("rejected", "failed"):
            console.print(f"  {outcome.detail}", style="red", markup=False, soft_wrap=True)
        elif outcome.step == "read" and outcome.detail:
            console.print(f"  {outcome.detail}", style="yellow", markup=False, soft_wrap=True)

    return show


def print_summary(console: Console, home: Home, night: Night) -> None:
    """The night in a table per source, the gates' verdict, and where things are."""
    own = [row for row in step_outcomes(home) if row["run_id"] == night.run_id]
    table = Table("source", "outcome", "rows", "refused", "seconds", title="Sources", box=None)
    for source_id in sorted({row["source_id"] for row in own if row["source_id"]}):
        rows = [row for row in own if row["source_id"] == source_id]
        outcomes = [row["outcome"] for row in rows]
        word = next((w for w in ("failed", "rejected", "landed") if w in outcomes), "unchanged")
        gate = next((row for row in rows if row["step"] == "gate"), {})
        landed, refused = gate.get("rows_out"), gate.get("rows_refused")
        table.add_row(
            source_id,
            f"[{_STYLE[word]}]{word}[/]",
            "" if landed is None else f"{landed:,}",
            "" if not refused else f"{refused:,}",
            f"{sum(row['seconds'] for row in rows):.1f}",
        )
    console.print()
    console.print(table)
    console.print()
    _print_gates(console, home, night)
    _print_times(console, own)
    _print_release(console, home, night, own)


def _print_gates(console: Console, home: Home, night: Night) -> None:
    results = [row for row in all_results(home) if row["run_id"] == night.run_id]
    failed = [row for row in results if not row["passed"]]
    words = [_verdict(row, night) for row in failed]
    counted = ", ".join(f"{words.count(word)} {word}" for word in _VERDICT_STYLE)
    console.print(f"Gates: {len(results)} rules checked, {counted}", highlight=False)
    for word, row in zip(words, failed, strict=True):
        style = _VERDICT_STYLE[word]
        place = row["source_id"] or row["suite"].removeprefix("mart_")
        count = row["unexpected_rows"] if row["unexpected_rows"] is not None else ""
        console.print(
            f"  [{style}]{word:<8}[/] {place}: {row['rule']} {count}",
            highlight=False,
            soft_wrap=True,
        )


def _verdict(row: dict[str, Any], night: Night) -> str:
    """``blocked`` a load or the release, only ``refused`` some rows, or ``warned``."""
    if row["severity"] == "warning":
        return "warned"
    has_landed = row["source_id"] is not None and row["source_id"] not in night.failures
    return "refused" if has_landed else "blocked"


def _print_times(console: Console, own: list[dict[str, object]]) -> None:
    by_step: dict[str, float] = {}
    for row in own:
        by_step[str(row["step"])] = by_step.get(str(row["step"]), 0.0) + float(str(row["seconds"]))
    parts = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in by_step.items())
    console.print(f"Time in steps: {parts}", highlight=False, soft_wrap=True)


def _print_release(
    console: Console, home: Home, night: Night, own: list[dict[str, object]]
) -> None:
    published = [r for r in own if r["step"] == "publish" and r["outcome"] == "landed"]
    version = current_version(home)
    if night.stopped_by:
        console.print(f"Nothing published: {night.stopped_by}", style="red", markup=False)
    elif published:
        console.print(f"Published release {version}", style="bold green", highlight=False)
    elif any(row["step"] == "publish" for row in own):
        console.print(f"Everything is unchanged; release {version} stays", highlight=False)
    if version:
        folder = release_folder(home, "current")
        console.print(
            f"  warehouse  {folder / 'warehouse.duckdb'}", highlight=False, soft_wrap=True
        )
        console.print(
            f"  barometer  {folder / 'report' / 'index.html'}", highlight=False, soft_wrap=True
        )
