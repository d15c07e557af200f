"""``pes read``: one file of each kind into Parquet, to look at."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support import examples

from pes_observatory.contracts import CONTRACTS

ROOT = Path(__file__).parents[2]
INPUTS = Path(os.environ.get("PES_INPUTS") or ROOT.parent / "shared" / "inputs")
SAMPLE = ROOT / "sources"


@pytest.fixture
def read(pes, tmp_path):
    """Read a file and give the rows written; the call must end well."""

    def call(path: Path, format_name: str, *more: object) -> list[dict]:
        out = tmp_path / "out" / "x.parquet"
        said = pes("read", path, "--format", format_name, "--out", out, *more)
        assert said.exit_code == 0, said.err
        rows = pq.read_table(out).to_pylist()
        assert f"{len(rows):,} rows written to" in said.out
        return rows

    return call


@pytest.fixture
def real():
    def path(name: str) -> Path:
        if not (INPUTS / name).exists():
            pytest.skip(f"no real inputs at {INPUTS}; set PES_INPUTS to the folder that has them")
        return INPUTS / name

    return path


def own_columns(contract: str) -> list[str]:
    """A contract's columns that one file alone can fill."""
    of_load = {"row_id", "source_id", "snapshot_sha256"}
    return [name for name in CONTRACTS[contract].names if name not in of_load]


def test_a_survey_without_a_source_gives_its_cells(read, real):
    rows = read(real("surveys/results-survey-wapes-2022.csv"), "limesurvey_csv")
    assert list(rows[0]) == ["row_no", "header", "sub_header", "value"]
    assert len(rows) == 37 * 24
    canada = [row for row in rows if row["header"] == "PES" and row["value"] == "Canada"]
    assert [row["row_no"] for row in canada] == [9, 10]


def test_a_survey_with_its_source_gives_answers(read, real, monkeypatch):
    monkeypatch.setenv("PES_SOURCES", str(ROOT / "tests" / "real" / "sources"))
    monkeypatch.setenv("PES_INPUTS", str(INPUTS))
    path = real("surveys/results-survey-wapes-2022.csv")
    rows = read(path, "limesurvey_csv", "--source", "wapes_2022")
    assert list(rows[0]) == own_columns("answers")
    assert sum(row["value_state"] == "answered" for row in rows) == 90


def test_other_survey_tools_write_other_cells(read, real):
    rows = read(real("surveys/wapes-2022-published-verbatims.csv"), "answers_csv")
    assert {row["header"] for row in rows} == {"question", "published_heading", "text"}
    assert len(rows) == 57 * 3


@pytest.mark.parametrize(
    ("format_name", "path", "count"),
    [
        ("markdown", "documents/synthetic_notes_markdown/feuille-de-route-2023.fr.md", 10),
        ("text", "documents/synthetic_notes_text/empleo-rural-2021.es.txt", 3),
        ("html", "documents/synthetic_notes_html/accompagner-les-seniors.fr.html", 5),
        ("pdf", "documents/synthetic_notes_pdf/youth-programme-evaluation-2022.en.pdf", 5),
    ],
)
def test_a_document_gives_passages(read, format_name, path, count):
    rows = read(SAMPLE / path, format_name)
    assert list(rows[0]) == own_columns("passages")
    assert len(rows) >= count
    assert all(row["text"] for row in rows)


@pytest.mark.parametrize(
    ("format_name", "path"),
    [
        ("eurostat_tsv", "indicators/adult_learning_eurostat/trng_lfse_04.tsv.gz"),
        ("sdmx_csv", "indicators/youth_unemployment_eurostat/estat_tipsun20_en.csv"),
        ("sdmx_csv", "indicators/labour_participation_oecd/data.csv"),
        ("ilostat_csv", "indicators/neet_ilostat/SDG_0861_SEX_RT_A.csv"),
        ("worldbank_json", "indicators/unemployment_worldbank/SL.UEM.TOTL.ZS.json"),
    ],
)
def test_an_indicator_gives_observations(read, format_name, path):
    rows = read(SAMPLE / path, format_name)
    assert list(rows[0]) == own_columns("observations")
    assert all(row["value_state"] in ("reported", "missing") for row in rows)
    assert all(row["period_start"] for row in rows)
    assert {row["provider"] for row in rows} == {None}


def test_codings_are_read_as_their_source_says(read, monkeypatch):
    monkeypatch.setenv("PES_SOURCES", str(SAMPLE))
    path = SAMPLE / "codings" / "synthetic_pes_codings" / "codings.csv"
    rows = read(path, "coding_csv", "--source", "synthetic_pes_codings")
    assert list(rows[0]) == own_columns("codings")
    assert {row["coder_type"] for row in rows} == {"human"}


def test_codings_without_a_source_are_wrong_use(pes, tmp_path):
    (tmp_path / "codings.csv").write_text(examples.codes_csv())
    said = pes("read", tmp_path / "codings.csv", "--format", "coding_csv", "--out", tmp_path / "x")
    assert (said.exit_code, "needs a source" in said.err) == (3, True)


def test_delimiter_and_encoding_can_be_given(read, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("ref_area;time;obs_value\nCôte d'Ivoire;2020;1\n".encode("latin-1"))
    rows = read(path, "ilostat_csv", "--delimiter", ";", "--encoding", "latin-1")
    assert rows[0]["ref_area"] == "Côte d'Ivoire"


def test_a_file_that_breaks_midway_writes_nothing(pes, tmp_path):
    (tmp_path / "a.csv").write_text("geo,TIME_PERIOD,OBS_VALUE\nFR,2020,1\nDE,2020\n")
    said = pes("read", tmp_path / "a.csv", "--format", "sdmx_csv", "--out", tmp_path / "x.parquet")
    assert said.exit_code == 1
    assert "File a.csv: record 3 (the header is the first) has 2 cells, expected 3" in said.err
    assert list(tmp_path.glob("*.parquet")) == []


def test_an_empty_file_is_named(pes, tmp_path):
    (tmp_path / "a.csv").touch()
    said = pes("read", tmp_path / "a.csv", "--format", "sdmx_csv", "--out", tmp_path / "x")
    assert (said.exit_code, said.err) == (1, "File a.csv is empty, expected sdmx_csv.\n")
