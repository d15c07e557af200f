"""Cells of indicator tables that SQL cannot quote: they are read as printed, or refused."""

from __future__ import annotations

import pytest
from one_reader import read_with

from pes_observatory.errors import LoadRejected

HEADER = "DATAFLOW,LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
DATE = "01/02/25 23:00:00"


@pytest.mark.parametrize("flag", ["b\0", "it's", "b" * 200_000])
def test_a_flag_that_no_table_should_have_stays_as_printed(tmp_path, flag):
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADER}X,{DATE},FR,2023,1,b\nX,{DATE},FR,2024,1,{flag}\n")
    rows = read_with("sdmx_csv", path)
    assert rows.column("obs_flag_raw") == ["b", flag]
    assert rows.column("obs_status") == ["break", "unknown_flag"]


def test_a_period_with_a_nul_is_none(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADER}X,{DATE},FR,20\x0024,1,\n")
    row = read_with("sdmx_csv", path).rows[0]
    assert (row["time_period"], row["period_start"]) == ("20\x0024", None)


def test_a_date_of_update_with_a_nul_stays_as_printed(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADER}X,01/\0,FR,2024,1,\n")
    assert read_with("sdmx_csv", path).column("provider_updated_at") == ["01/\0"]


@pytest.mark.parametrize(
    ("format_name", "header"),
    [
        ("sdmx_csv", "ge\0o,TIME_PERIOD,OBS_VALUE\n"),
        ("eurostat_tsv", "geo\\TIME_PERIOD\t20\x0024\n"),
    ],
)
def test_a_header_with_a_nul_is_refused(tmp_path, format_name, header):
    path = tmp_path / "table.csv"
    path.write_text(header)
    with pytest.raises(LoadRejected, match="has a NUL in its header line, expected text"):
        read_with(format_name, path)
