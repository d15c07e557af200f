"""The build step: dbt makes the warehouse in a candidate folder of its own, aside.

``state/build/candidate/`` holds the inputs, the database, dbt's logs, and at last
``ready.json``, written only when the marts have passed their gate. Nobody reads from it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from pes_observatory.errors import BuildFailed
from pes_observatory.files import read_json, write_json
from pes_observatory.outcomes import StepOutcome
from pes_observatory.search.index import build_index
from pes_observatory.settings import Home, project_root
from pes_observatory.sources.registry import Declared
from pes_observatory.sql import literal
from pes_observatory.warehouse.inputs import InputSet, collect, lay_out
from pes_observatory.warehouse.meta import write_meta

STORAGE_VERSION = "v1.0.0"
# dbt searches all its environment for secrets at each of several thousand events
_FOR_DBT = ("PATH", "HOME", "TMPDIR", "LANG", "LC_", "LD_LIBRARY_PATH", "PYTHON", "DBT_")


def candidate_folder(home: Home) -> Path:
    """Where the build in progress stands."""
    return home.build / "candidate"


def build(
    home: Home,
    sources: list[Declared],
    last: dict[str, Any] | None,
    outcome: StepOutcome,
    *,
    is_rolled_back: bool = False,
) -> None:
    """Build the warehouse from the loads that count; ``unchanged`` when ``last`` was made of them.

    ``last`` is the index of the newest release, None before the first. While readers are rolled
    back from it only new loads count as a change: a source that begins to fail brings none.

    Raises:
        BuildFailed: nothing has ever landed, or a model or test of dbt failed.
    """
    inputs = collect(home, sources)
    folder = candidate_folder(home)
    shutil.rmtree(folder, ignore_errors=True)
    if not inputs.loads:
        raise BuildFailed(
            "No source has a load that counts, so there is nothing to build; see 'pes status'."
        )
    is_held = is_rolled_back and last is not None and last["inputs"] == _index_of(inputs)
    if last and (is_held or last["fingerprint"] == inputs.fingerprint):
        outcome.outcome = "unchanged"
        outcome.detail = f"the inputs are those of release {last['version']}"
        return
    created_at = datetime.now(UTC)
    version = f"{created_at:%Y%m%dT%H%M%SZ}-{inputs.fingerprint[:8]}"
    lay_out(home, inputs, folder / "inputs")
    write_meta(home, inputs, folder / "inputs" / "meta", version=version, created_at=created_at)
    database = folder / "warehouse.duckdb"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"ATTACH {literal(database)} AS w (STORAGE_VERSION '{STORAGE_VERSION}')")
    _run_dbt(home, folder, database)
    build_index(database)
    planned = {
        "version": version,
        "created_at": created_at.isoformat(timespec="seconds"),
        "fingerprint": inputs.fingerprint,
        "inputs": _index_of(inputs),
    }
    write_json(folder / "planned.json", planned)
    outcome.detail = f"built {version} of {len(planned['inputs'])} sources"


def _index_of(inputs: InputSet) -> dict[str, Any]:
    """Per source the load that counts: the part of a release's index that tells what is in it."""
    return {
        load.source_id: {
            "sha256": load.verdict["snapshot_sha256"],
            "load_id": load.load_id,
            "rows": load.verdict["rows_accepted"],
        }
        for load in inputs.loads
        if load.verdict
    }


def planned_release(home: Home) -> dict[str, Any] | None:
    """What the built candidate is to become, None where no build stands ready for its gate."""
    found: dict[str, Any] | None = read_json(candidate_folder(home) / "planned.json")
    return found


def _run_dbt(home: Home, folder: Path, database: Path) -> None:
    """One dbt process for the whole build. Its unit tests judge SQL, not data: see tests/night.

    It runs in the candidate's folder with names relative to it: dbt parses the project anew
    whenever the path of the database or a variable is another than last time.
    """
    project = project_root() / "dbt_project"
    target = home.state / "dbt"
    command = [
        *(sys.executable, "-m", "dbt.cli.main", "--quiet", "build"),
        *("--project-dir", str(project), "--profiles-dir", str(project)),
        *("--target-path", str(target), "--log-path", str(folder / "dbt-logs")),
        *("--log-level-file", "info", "--exclude-resource-type", "unit_test"),
        *("--vars", json.dumps({"inputs_dir": "inputs"})),
    ]
    environment = {
        **{name: value for name, value in os.environ.items() if name.startswith(_FOR_DBT)},
        "PES_BUILD_DB": database.name,
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    results = target / "run_results.json"
    results.unlink(missing_ok=True)
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BuildFailed(
            f"dbt build failed: {_first_failure(results) or done.stdout.strip()[-400:]}; "
            f"the whole log is {folder / 'dbt-logs' / 'dbt.log'}."
        )


def _first_failure(results: Path) -> str | None:
    """The first failed model or test and its message, from dbt's own results."""
    found = read_json(results) or {"results": []}
    for result in found["results"]:
        if result["status"] in ("error", "fail"):
            name = result["unique_id"].split(".")[2]
            return f"{name}: {' '.join((result['message'] or '').split())[:300]}"
    return None
