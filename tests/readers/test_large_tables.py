"""A table of several row groups, read by several threads: its order and its numbers stay."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from support.examples import shares

from pes_observatory.errors import LoadRejected
from pes_observatory.fetch.step import latest_snapshot
from pes_observatory.landing import write_rows
from pes_observatory.read.indicator.delimited import refused_by_duckdb
from pes_observatory.read.items import all_items
from pes_observatory.read.job import Job
from pes_observatory.read.step import connected, load_of
from pes_observatory.sources.models import Read
from pes_observatory.steps import run_source_step

RECORDS = 120_000


def landed(folder: Path, format_name: str, *texts: str) -> list[tuple]:
    """Place in the landed file, ``row_id``, ``row_no`` and value of every row, as it lies there."""
    to = folder / "read.parquet"
    with connected() as connection:
        connection.execute("SET threads = 4")
        jobs = []
        for number, text in enumerate(texts):
            path = folder / f"{number}.csv"
            path.write_text(text)
            jobs.append(Job(connection, path.name, path, Read()))
        query = all_items("large", format_name, "observations", jobs).query
        try:
            write_rows(connection, query, "observations", to)
        except duckdb.Error as error:
            raise refused_by_duckdb("File", error) from None
    return duckdb.sql(f"""
        SELECT file_row_number + 1, row_id, row_no, obs_value
        FROM read_parquet('{to}', file_row_number = true) ORDER BY file_row_number
    """).fetchall()


def sdmx(first: int, records: int = RECORDS) -> str:
    """One value per record, the number of the record; every tenth has a line break in a cell."""
    units = ["x\n", *["x"] * 9]
    lines = [
        f'A,"{units[number % 10]}",FR,2024,{number}' for number in range(first, first + records)
    ]
    return "\n".join(["freq,unit,geo,TIME_PERIOD,OBS_VALUE", *lines, ""])


def test_rows_of_two_long_tables_lie_in_the_order_of_the_files(tmp_path):
    rows = landed(tmp_path, "sdmx_csv", sdmx(1), sdmx(RECORDS + 1))
    assert rows == [
        (number, number, 1 + (number - 1) % RECORDS, float(number))
        for number in range(1, 2 * RECORDS + 1)
    ]


def test_cells_of_a_wide_table_lie_line_by_line(tmp_path):
    periods, lines = 40, 20_000
    years = range(1980, 1980 + periods)
    header = "\t".join(["freq,geo\\TIME_PERIOD", *map(str, years)])
    body = [
        "\t".join([f"A,G{line}", *(str(periods * line + each) for each in range(periods))])
        for line in range(lines)
    ]
    rows = landed(tmp_path, "eurostat_tsv", "\n".join([header, *body, ""]))
    assert rows == [
        (place + 1, place + 1, 2 + place // periods, float(place))
        for place in range(periods * lines)
    ]


def test_a_broken_record_far_down_is_named(tmp_path):
    lines = sdmx(1).replace("x\n", "x").splitlines()
    lines[100_000] = "A,x,FR,2024"
    with pytest.raises(
        LoadRejected, match=r"record 100001 \(the header is the first\) has 4 cells, expected 5"
    ):
        landed(tmp_path, "sdmx_csv", "\n".join(lines))


def test_a_quote_that_nothing_closes_is_refused(tmp_path):
    with pytest.raises(LoadRejected, match="has a quote that nothing closes"):
        landed(tmp_path, "sdmx_csv", sdmx(1) + 'A,x,FR,2024,"1')


class TestWhatTheFirstRecordsDoNotShow:
    """A reading trusts in what is common; what nobody expected is read all the same."""

    HEADER = "DATAFLOW,LAST UPDATE,freq,sex,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"
    USUAL = "X,01/02/25 23:00:00,A,T,PC,FR,2024,1,b"

    @pytest.fixture
    def read(self, home, sources):
        def read(*lines: str) -> list[tuple]:
            declaration, _ = shares()
            sources.write(declaration, {"shares.csv": "\n".join([self.HEADER, *lines, ""])})
            declared = sources.declared("shares")
            for step in ("fetch", "read"):
                outcome = run_source_step(home, f"night-{step}", step, declared)
            assert outcome.rows_out == len(lines)
            load = load_of(home, declared, latest_snapshot(home, "shares"))
            return duckdb.sql(f"""
                SELECT obs_status, provider_updated_at, count(*) AS rows
                FROM '{load.read_path}' GROUP BY ALL ORDER BY rows DESC, obs_status
            """).fetchall()

        return read

    def test_another_date_of_update(self, read):
        later = self.USUAL.replace("01/02/25", "02/02/25")
        assert read(self.USUAL, self.USUAL, later) == [
            ("break", "2025-02-01T23:00:00", 2),
            ("break", "2025-02-02T23:00:00", 1),
        ]

    def test_a_word_of_its_own_in_every_record(self, read):
        lines = [f"{self.USUAL[:-1]}see note {number}" for number in range(5_000)]
        assert read(*lines) == [("unknown_flag", "2025-02-01T23:00:00", 5_000)]

    def test_a_common_flag_far_down(self, read):
        lines = [self.USUAL] * 130_000
        assert read(*lines, self.USUAL[:-1] + "u") == [
            ("break", "2025-02-01T23:00:00", 130_000),
            ("low_reliability", "2025-02-01T23:00:00", 1),
        ]

    @pytest.mark.parametrize(
        ("flag", "status"),
        [
            ("bdepu", "break,definition_differs,estimated,low_reliability,provisional"),
            ("see note", "unknown_flag"),
        ],
    )
    def test_a_flag_that_nobody_expected_far_down(self, read, flag, status):
        lines = [self.USUAL] * 130_000
        assert read(*lines, self.USUAL[:-1] + flag) == [
            ("break", "2025-02-01T23:00:00", 130_000),
            (status, "2025-02-01T23:00:00", 1),
        ]
