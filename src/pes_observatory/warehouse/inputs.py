"""The input set of a build: the load of each source that counts, and what is known of them.

All of it is laid out in one folder, so that dbt reads the same paths every night: links
``<contract>/<source>.parquet`` to the accepted loads, and ``meta/*.parquet``.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from pes_observatory import __version__
from pes_observatory.contracts import CODED_KINDS, CONTRACT_OF_KIND, CONTRACTS
from pes_observatory.files import sha256_of_text, sha256_of_tree
from pes_observatory.landing import Load, empty_file, last_good
from pes_observatory.settings import Home, project_root
from pes_observatory.sources.registry import Declared
from pes_observatory.sources.remembered import with_remembered
from pes_observatory.status import SourceStatus, source_statuses


@dataclass(frozen=True)
class InputSet:
    """What one build is made of. Equal fingerprints make equal releases."""

    sources: list[Declared]
    loads: list[Load]
    statuses: dict[str, SourceStatus]
    fingerprint: str

    def load_of(self, source_id: str) -> Load | None:
        """The load of a source's own kind (not the codings made of it), if it has one."""
        own = [load for load in self.loads if load.source_id == source_id]
        return own[0] if own else None


def collect(home: Home, sources: list[Declared]) -> InputSet:
    """The input set as it stands now; sources that never landed have a status but no load."""
    sources = with_remembered(home, sources)
    loads = [load for declared in sources for load in counting_loads(home, declared)]
    statuses = source_statuses(home, sources)
    decided_by = {
        "version": __version__,
        "loads": sorted(f"{load.contract}/{load.source_id}/{load.load_id}" for load in loads),
        "failing": sorted(s.source_id for s in statuses.values() if s.failing_since),
        "sources": {declared.id: declared.recipe() for declared in sources},
        "project": _project_hash(),
    }
    fingerprint = sha256_of_text(json.dumps(decided_by, sort_keys=True))
    return InputSet(sources, loads, statuses, fingerprint)


def counting_loads(home: Home, declared: Declared) -> list[Load]:
    """A source's loads that count: texts only together with the codings made of them."""
    contract = CONTRACT_OF_KIND[declared.source.kind]
    if declared.source.kind not in CODED_KINDS:
        load = last_good(home, contract, declared.id)
        return [load] if load else []
    codings = last_good(home, "codings", declared.id)
    if codings is None:
        return []
    return [Load(home, contract, declared.id, codings.texts_load_id), codings]


def lay_out(home: Home, inputs: InputSet, folder: Path) -> None:
    """Fill ``folder`` with links to the accepted loads, one per contract and source."""
    shutil.rmtree(folder, ignore_errors=True)
    for contract in CONTRACTS:
        (folder / contract).mkdir(parents=True)
        (folder / contract / "_empty.parquet").symlink_to(empty_file(home, contract))
    for load in inputs.loads:
        link = folder / load.contract / f"{load.source_id}.parquet"
        link.symlink_to(load.accepted_path)


def _project_hash() -> str:
    """A hash of all code, SQL, seeds and suites that decide what a release holds."""
    root = project_root()
    folders = [root / "dbt_project" / part for part in ("models", "macros", "seeds", "tests")]
    package = Path(__file__).parents[1]
    return sha256_of_tree(
        [*folders, root / "dbt_project" / "dbt_project.yml", root / "expectations", package],
        suffixes=(".sql", ".yml", ".csv", ".json", ".py", ".j2", ".css"),
    )
