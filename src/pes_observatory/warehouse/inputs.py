"""The input set of a build: the load of each source that counts, and what is known of them.

All of it is laid out in one folder, so that dbt reads the same paths every night: links
``<contract>/<source>.parquet`` to the accepted loads, ``vintages/<source>--<n>.parquet`` to the
deltas of their history, and ``meta/*.parquet``.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from pes_observatory import __version__
from pes_observatory.contracts import CODED_KINDS, CONTRACT_OF_KIND, CONTRACTS
from pes_observatory.discover.catalog import vanished
from pes_observatory.discover.items import with_found_items
from pes_observatory.facts.reviewed import facts_hash
from pes_observatory.files import sha256_of_text, sha256_of_tree
from pes_observatory.landing import Load, empty_file, last_good
from pes_observatory.settings import Home, project_root
from pes_observatory.sources.indicators import Concept
from pes_observatory.sources.registry import Declared
from pes_observatory.sources.remembered import with_remembered, with_remembered_concepts
from pes_observatory.status import SourceStatus, source_statuses
from pes_observatory.vintages.index import History, read_history


@dataclass(frozen=True)
class InputSet:
    """What one build is made of. Equal fingerprints make equal releases."""

    sources: list[Declared]
    concepts: dict[str, Concept]
    loads: list[Load]
    histories: dict[str, History]
    statuses: dict[str, SourceStatus]
    fingerprint: str

    def load_of(self, source_id: str) -> Load | None:
        """The load of a source's own kind (not the codings made of it), if it has one."""
        own = [load for load in self.loads if load.source_id == source_id]
        return own[0] if own else None


def collect(home: Home, sources: list[Declared]) -> InputSet:
    """The input set as it stands now; sources that never landed have a status but no load."""
    sources = [with_found_items(home, each) for each in with_remembered(home, sources)]
    concepts = with_remembered_concepts(home)
    loads = [load for declared in sources for load in counting_loads(home, declared)]
    histories = _histories(home, loads)
    statuses = source_statuses(home, sources)
    decided_by = {
        "version": __version__,
        "loads": sorted(f"{load.contract}/{load.source_id}/{load.load_id}" for load in loads),
        "vintages": {source_id: len(each.loads) for source_id, each in histories.items()},
        "failing": sorted(s.source_id for s in statuses.values() if s.failing_since),
        "sources": {declared.id: declared.recipe() for declared in sources},
        "vanished": {declared.id: vanished(home, declared.id) for declared in sources},
        "facts": {declared.id: facts_hash(declared) for declared in sources},
        "concepts": {each: concept.model_dump_json() for each, concept in concepts.items()},
        "project": _project_hash(),
    }
    fingerprint = sha256_of_text(json.dumps(decided_by, sort_keys=True))
    return InputSet(sources, concepts, loads, histories, statuses, fingerprint)


def counting_loads(home: Home, declared: Declared) -> list[Load]:
    """A source's loads that count: texts with the codings made of them, figures with history.

    Figures of a home that is older than their history count without it.
    """
    contract = CONTRACT_OF_KIND[declared.source.kind]
    vintaged = read_history(home, declared.id).last if contract == "observations" else None
    if vintaged:
        return [Load(home, contract, declared.id, vintaged.load_id)]
    if declared.source.kind not in CODED_KINDS:
        load = last_good(home, contract, declared.id)
        return [load] if load else []
    codings = last_good(home, "codings", declared.id)
    if codings is None:
        return []
    return [Load(home, contract, declared.id, codings.texts_load_id), codings]


def _histories(home: Home, loads: list[Load]) -> dict[str, History]:
    """The history of each source whose observations count."""
    found = {
        load.source_id: read_history(home, load.source_id)
        for load in loads
        if load.contract == "observations"
    }
    return {source_id: history for source_id, history in found.items() if history.loads}


def lay_out(home: Home, inputs: InputSet, folder: Path) -> None:
    """Fill ``folder`` with links to the accepted loads, one per contract and source."""
    shutil.rmtree(folder, ignore_errors=True)
    for contract in CONTRACTS:
        (folder / contract).mkdir(parents=True)
        (folder / contract / "_empty.parquet").symlink_to(empty_file(home, contract))
    for load in inputs.loads:
        link = folder / load.contract / f"{load.source_id}.parquet"
        link.symlink_to(load.accepted_path)
    for source_id, history in inputs.histories.items():
        for vintaged in history.with_delta:
            link = folder / "vintages" / f"{source_id}--{vintaged.number:05d}.parquet"
            link.symlink_to(history.delta(vintaged))


def _project_hash() -> str:
    """A hash of all code, SQL, seeds and suites that decide what a release holds."""
    root = project_root()
    folders = [root / "dbt_project" / part for part in ("models", "macros", "seeds", "tests")]
    package = Path(__file__).parents[1]
    return sha256_of_tree(
        [*folders, root / "dbt_project" / "dbt_project.yml", root / "expectations", package],
        suffixes=(".sql", ".yml", ".csv", ".json", ".py", ".j2", ".css"),
    )
