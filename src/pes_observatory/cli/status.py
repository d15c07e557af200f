"""``pes status``: how each source stands."""

from __future__ import annotations

from datetime import datetime

from rich.table import Table

from pes_observatory.cli.console import console
from pes_observatory.landing import last_good
from pes_observatory.read.items import told
from pes_observatory.releases.versions import current_version, last_release
from pes_observatory.settings import home, sources_folders
from pes_observatory.snapshots import load_snapshot
from pes_observatory.sources.models import DocumentSource
from pes_observatory.sources.registry import Declared, find_sources
from pes_observatory.status import source_statuses


def status() -> int:
    """Show how each source stands, what fails since when and why, and which documents are refused.

    Refused documents are those of the load that counts: the others of their source have landed.
    """
    found, mistakes = find_sources(sources_folders())
    statuses = source_statuses(home(), found)
    out = console()
    columns = ("source", "last success", "last try", "last outcome", "freshness", "failing since")
    table = Table(*columns, box=None)
    for declared in found:
        own = statuses[declared.id]
        freshness = own.freshness(declared.source.expected_every_days)
        table.add_row(
            declared.id,
            _when(own.last_success_at),
            _when(own.last_try_at),
            own.last_outcome or "never",
            f"[{'green' if freshness == 'fresh' else 'yellow'}]{freshness}[/]",
            f"[red]{_when(own.failing_since)}[/]" if own.failing_since else "",
        )
    out.print(table)
    for own in statuses.values():
        if own.failing_since:
            out.print(own.last_detail, style="red", markup=False, soft_wrap=True)
    for declared in found:
        if refusals := _refusals(declared):
            out.print(f"{declared.id}: {refusals}", style="yellow", markup=False, soft_wrap=True)
    for mistake in mistakes:
        out.print(mistake, style="red", markup=False, soft_wrap=True)
    last = last_release(home())
    current = current_version(home()) or "none yet"
    rolled_back = last is not None and last["version"] != current
    note = f" (rolled back; the newest is {last['version']})" if rolled_back and last else ""
    out.print(f"Current release: {current}{note}", highlight=False)
    return 0


def _refusals(declared: Declared) -> str:
    """What was refused in the last good load of a document source, empty where nothing was."""
    load = last_good(home(), "passages", declared.id)
    if not isinstance(declared.source, DocumentSource) or load is None or not load.verdict:
        return ""
    snapshot = load_snapshot(home(), declared.id, load.verdict["snapshot_sha256"])
    return told(load.refused_documents, len(snapshot.items))


def _when(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"
