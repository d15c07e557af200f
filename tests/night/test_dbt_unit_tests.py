"""dbt's own unit tests: they judge the SQL, so they run here and not every night."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_unit_test_of_the_dbt_project_passes(published: Path, tmp_path: Path) -> None:
    """Named as in a build, so that dbt need not parse the project anew."""
    shutil.copyfile(published / "releases/current/warehouse.duckdb", tmp_path / "warehouse.duckdb")
    (tmp_path / "inputs").symlink_to(published / "state/build/candidate/inputs")
    project = ROOT / "dbt_project"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "test", "--select", "test_type:unit"),
            *("--project-dir", str(project), "--profiles-dir", str(project)),
            *("--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")),
            *("--vars", json.dumps({"inputs_dir": "inputs"})),
        ],
        cwd=tmp_path,
        env={**os.environ, "PES_BUILD_DB": "warehouse.duckdb", "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    results = json.loads((tmp_path / "target/run_results.json").read_text())["results"]
    assert len(results) >= 8
    assert {result["status"] for result in results} == {"pass"}
