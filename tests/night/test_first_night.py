"""What one night on the bundled sample publishes."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

Night = tuple[Path, str]
MARTS = {
    "codebook_review", "coding_review", "codings", "country_context", "dim_concept",
    "dim_country", "dim_document", "dim_method", "dim_pes", "dim_question", "dim_region",
    "dim_theme", "dim_wave", "claims", "document_catalog", "document_evidence",
    "document_facts", "document_passages", "fact_review", "indicator_history", "indicator_series",
    "megatrend_themes", "network_objectives", "pes_profile", "region_profile",
    "representative_verbatims", "respondent_review", "response_coverage", "revisions",
    "theme_by_question", "theme_by_region", "theme_cooccurrence", "theme_evidence",
    "theme_indicator", "theme_region_weighted", "theme_trend", "theme_weighted", "verbatims",
}  # fmt: skip
META = {
    "sources", "step_outcomes", "gate_results", "quarantine", "codebook", "release",
    "coding_agreement", "concept_series", "vintages",
}  # fmt: skip


@pytest.fixture(scope="module")
def db(first_night: Night) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(first_night[0] / "releases/current/warehouse.duckdb"), read_only=True)


def test_the_summary_names_outcomes_gates_release_and_places(first_night: Night) -> None:
    home, printed = first_night
    version = (home / "releases/current").readlink().name
    assert "synthetic_pes_survey" in printed
    assert "Gates:" in printed
    assert f"Published release {version}" in printed
    assert str(home / "releases/current/warehouse.duckdb") in printed
    assert str(home / "releases/current/report/index.html") in printed


def test_every_promised_table_is_in_the_database_and_beside_it_as_parquet(
    first_night: Night, db: duckdb.DuckDBPyConnection
) -> None:
    release = first_night[0] / "releases/current"
    for schema, tables in (("marts", MARTS), ("meta", META)):
        for table in tables:
            (in_database,) = db.execute(f"SELECT count(*) FROM {schema}.{table}").fetchone()
            parquet = release / "parquet" / schema / f"{table}.parquet"
            (in_parquet,) = duckdb.sql(f"SELECT count(*) FROM '{parquet}'").fetchone()
            assert in_parquet == in_database, table


def test_every_column_of_marts_and_meta_has_its_description_in_the_database(
    db: duckdb.DuckDBPyConnection,
) -> None:
    bare = db.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "WHERE schema_name IN ('marts', 'meta') AND coalesce(comment, '') = ''"
    ).fetchall()
    assert bare == []


def test_the_index_leads_from_the_release_back_to_the_bytes_of_each_source(
    first_night: Night,
) -> None:
    home, _ = first_night
    index = json.loads((home / "releases/current/index.json").read_text())
    assert len(index["inputs"]) == 14
    for source_id, given in index["inputs"].items():
        assert (home / f"raw/snapshots/{source_id}/{given['sha256']}.json").exists()
    assert index["gates"]["rules"] > 0
    assert index["tables"]["marts.dim_region"] == 5


def test_a_release_is_read_only_and_has_no_write_ahead_log(first_night: Night) -> None:
    release = first_night[0] / "releases/current"
    files = [path for path in release.rglob("*") if path.is_file()]
    assert all(path.stat().st_mode & 0o222 == 0 for path in files)
    assert not list(release.glob("*.wal"))


def test_a_pes_that_answers_twice_is_reviewed_and_nothing_of_it_is_dropped(
    db: duckdb.DuckDBPyConnection,
) -> None:
    under_review = db.execute(
        "SELECT count(*), any_value(reason) FROM marts.respondent_review "
        "WHERE wave = 2022 AND respondent_raw = 'Canada'"
    ).fetchone()
    assert under_review == (2, "duplicate")
    assert (
        db.execute(
            "SELECT responses, pes FROM marts.response_coverage "
            "WHERE wave = 2022 AND region_id = 'americas'"
        ).fetchone()[0]
        > db.execute(
            "SELECT pes FROM marts.response_coverage WHERE wave = 2022 AND region_id = 'americas'"
        ).fetchone()[0]
    )


def test_nothing_personal_leaves(first_night: Night, db: duckdb.DuckDBPyConnection) -> None:
    """The sample plants e-mail addresses, a telephone number and IP addresses."""
    home, printed = first_night
    planted = ("@example.org", "203.0.113.", "198.51.100.", "192.0.2.", "7946 0123")
    tables = db.execute("SELECT table_schema, table_name FROM information_schema.tables").fetchall()
    assert len(tables) > 40
    for schema, table in tables:
        for secret in planted:
            (found,) = db.execute(
                f"SELECT count(*) FROM {schema}.{table} AS t WHERE contains(CAST(t AS VARCHAR), ?)",
                [secret],
            ).fetchone()
            assert found == 0, f"{secret!r} in {schema}.{table}"
    texts = [*home.glob("releases/current/report/*.html"), *home.glob("state/*.jsonl")]
    assert len(texts) > 10
    for secret in planted:
        assert secret not in printed
        assert [path.name for path in texts if secret in path.read_text()] == []


def test_what_was_scrubbed_says_so(db: duckdb.DuckDBPyConnection) -> None:
    (marked,) = db.execute(
        "SELECT count(*) FROM staging.stg_survey__answers "
        "WHERE contains(answer_text, '[e-mail]') AND contains(answer_text, '[phone]')"
    ).fetchone()
    assert marked == 1


def test_the_words_of_a_withheld_answer_are_nowhere_in_the_released_file(
    db: duckdb.DuckDBPyConnection,
) -> None:
    """The synthetic survey publishes with consent, and twelve of its responses say no."""
    withheld, with_text = db.execute(
        "SELECT count(*), count(answer_text) FROM staging.stg_survey__answers "
        "WHERE value_state = 'answered' AND NOT coalesce(has_consent, false)"
    ).fetchone()
    assert withheld > 50
    assert with_text == 0
    (with_terms,) = db.execute(
        "SELECT count(terms) FROM staging.stg_coding__codings WHERE target_id IN "
        "(SELECT answer_id FROM staging.stg_survey__answers WHERE NOT is_publishable)"
    ).fetchone()
    assert with_terms == 0


def test_a_human_coding_overrides_the_rules_and_both_are_kept(
    db: duckdb.DuckDBPyConnection,
) -> None:
    coder_types = db.execute(
        "SELECT coder_type, count(*) FROM marts.verbatims GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert [kind for kind, _ in coder_types] == ["combined", "human"]
    kept = db.execute(
        "SELECT count(*) FROM staging.stg_coding__codings AS h "
        "JOIN staging.stg_coding__codings AS r USING (target_id) "
        "WHERE h.coder_type = 'human' AND r.coder_type = 'rule'"
    ).fetchone()
    assert kept[0] > 0
