"""The gate step of a source: does this load count, and which of its rows do not?

Rows that a critical row rule selects go to quarantine. The whole load is rejected when a
critical rule about the table fails, when more rows were refused than the source allows, or
when its rows or bytes lie too far off the last good load. Then the last good load stays.
"""

from __future__ import annotations

from typing import Any

import duckdb

from pes_observatory.contracts import CODEBOOK, CROSSWALK
from pes_observatory.errors import LoadRejected
from pes_observatory.fetch.step import latest_snapshot
from pes_observatory.files import link_whole
from pes_observatory.gates.limits import limit_rules
from pes_observatory.gates.quarantine import keep_refused
from pes_observatory.gates.rejection import rejection
from pes_observatory.gates.results import as_rows, keep_results
from pes_observatory.gates.row_rules import SELECTED, counts, select_rows
from pes_observatory.gates.slices import offer_slices, slice_rules
from pes_observatory.gates.suites import Rule, load_suite
from pes_observatory.gates.validate import COULD_NOT_RUN, Finding, judge
from pes_observatory.landing import Load, count_rows, last_good, write_rows
from pes_observatory.outcomes import StepOutcome
from pes_observatory.read.step import load_of
from pes_observatory.settings import Home, project_root
from pes_observatory.snapshots import Snapshot
from pes_observatory.sources.registry import Declared
from pes_observatory.sql import bounded, literal


def gate(home: Home, declared: Declared, outcome: StepOutcome) -> Load:
    """Judge the load that the read step left; ``unchanged`` when it was accepted before.

    Raises:
        LoadRejected: the load must not count, now or when it was judged before.
    """
    snapshot = latest_snapshot(home, declared.id)
    load = load_of(home, declared, snapshot)
    if not load.read_path.exists():
        raise LoadRejected(
            f"Source {declared.id} has nothing read to judge; run it without --only gate first."
        )
    outcome.snapshot_sha256 = snapshot.sha256
    verdict = load.verdict
    is_known = verdict is not None
    verdict = verdict or _judge(declared, load, snapshot, outcome.run_id)
    outcome.rows_in, outcome.rows_out = verdict["rows_read"], verdict["rows_accepted"]
    outcome.rows_refused = verdict["rows_refused"]
    outcome.detail = verdict["detail"]
    if verdict["rejected_because"]:
        raise LoadRejected(verdict["rejected_because"])
    if last_good(home, load.contract, load.source_id) != load:
        load.accept()
        is_known = False
    outcome.outcome = "unchanged" if is_known else "landed"
    return load


def _judge(declared: Declared, load: Load, snapshot: Snapshot, run_id: str) -> dict[str, Any]:
    suite = load_suite(f"landing_{load.contract}")
    rows_read = count_rows(load.read_path)
    last = _last_verdict(load)
    with load.working_folder() as folder:
        database = folder / "gate.duckdb"
        slices = slice_rules(declared.source)
        own = (*limit_rules(declared.source.gate, last, rows_read), *slices)
        with bounded(database) as connection:
            _offer_tables(connection, load)
            if slices:
                offer_slices(connection, declared.source)
            select_rows(connection, (*suite.rules, *own))
            counted = counts(connection)
        with judge(database) as loaded:
            findings = loaded.validate(suite, own, counted)
        results = as_rows(run_id, declared.id, findings)
        with bounded(database) as connection:
            refusing = _refusing(findings, results)
            keep_refused(connection, load, suite.name, refusing)
            rows_accepted = _keep_accepted(connection, load, refusing)
    keep_results(load.home, results)
    warned = [r["rule"] for r in results if r["severity"] == "warning" and not r["passed"]]
    verdict = {
        "rows_read": rows_read,
        "rows_accepted": rows_accepted,
        "rows_refused": rows_read - rows_accepted,
        "size_bytes": snapshot.size_bytes,
        "snapshot_sha256": snapshot.sha256,
        "retrieved_at": snapshot.retrieved_at,
        "warnings": warned,
        "detail": f"warned: {', '.join(warned)}" if warned else "",
        "rejected_because": rejection(
            declared,
            results,
            {finding.rule.name for finding in findings if finding.rule.refuses_rows},
            rows_read,
            rows_read - rows_accepted,
            last,
            snapshot.size_bytes,
        ),
    }
    load.keep_verdict(verdict)
    return verdict


def _refusing(findings: list[Finding], results: list[dict[str, Any]]) -> list[Rule]:
    """The row rules whose rows go to quarantine: failed, critical, and not in the baseline."""
    known = {row["rule"] for row in results if row["is_baselined"]}
    return [
        finding.rule
        for finding in findings
        if finding.rule.refuses_rows
        and finding.rule.severity == "critical"
        and not finding.is_passed
        and not finding.observed.startswith(COULD_NOT_RUN)
        and finding.rule.name not in known
    ]


def _keep_accepted(connection: duckdb.DuckDBPyConnection, load: Load, refusing: list[Rule]) -> int:
    """Keep the rows that no rule refuses, in their order: all that were read cost but a link.

    Turned round by the optimizer, the join would hold the load in memory and lose its order.
    """
    if not refusing:
        link_whole(load.read_path, load.accepted_path)
        return count_rows(load.accepted_path)
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    names = ", ".join(literal(rule.name) for rule in refusing)
    refused = f"(SELECT row_id FROM {SELECTED} WHERE rule IN ({names}))"
    query = f"SELECT load.* FROM load ANTI JOIN {refused} AS refused USING (row_id)"
    return write_rows(connection, query, load.contract, load.accepted_path)


def _offer_tables(connection: duckdb.DuckDBPyConnection, load: Load) -> None:
    """What a suite's queries may ask: ``load``, the ``codebook`` and the ``codebook_crosswalk``."""
    rows = literal(load.read_path)
    connection.execute(f"CREATE VIEW load AS FROM read_parquet({rows})")
    for seed in (CODEBOOK, CROSSWALK):
        file = literal(project_root() / seed)
        query = f"FROM read_csv({file}, all_varchar = true, header = true)"
        connection.execute(f"CREATE TABLE {seed.stem} AS {query}")


def _last_verdict(load: Load) -> dict[str, Any] | None:
    good = last_good(load.home, load.contract, load.source_id)
    return good.verdict if good else None
