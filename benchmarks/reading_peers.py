"""What reading an indicator table costs others: DuckDB by hand (the floor), polars and pandas.

Each writes the same rows, all columns of the landing contract, as zstd Parquet. They know the
table: its dimensions, that its periods are years, and which five flags occur. The floor is as
fast as we can write it by hand; polars streams, as its guide advises.
"""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from indicator_tables import DIMENSIONS, YEARS

if TYPE_CHECKING:
    import polars as pl

SOURCE, SHA256, DATASET = "table", "0" * 64, "x"
CONSTANTS = {
    "source_id": SOURCE,
    "snapshot_sha256": SHA256,
    "provider": "eurostat",
    "dataset": DATASET,
    "area_scheme": "eurostat",
    "basis": "reported",
}
STATUS = {
    "": "normal",
    "b": "break",
    "p": "provisional",
    "u": "low_reliability",
    "bu": "break,low_reliability",
    "e": "estimated",
}
COLUMNS = (
    *("row_id", "source_id", "snapshot_sha256", "item_name", "row_no", "provider", "dataset"),
    *("freq", "ref_area", "area_scheme", "sex", "age", "unit", "unit_mult", "series_key"),
    *("time_period", "period_start", "obs_value", "obs_value_raw", "obs_flag_raw", "obs_status"),
    *("value_state", "basis", "provider_updated_at"),
)
_SORTED = sorted(DIMENSIONS)
# Where year, month, day and time stand in 01/02/25 23:00:00, and how long they are
_ISO_PARTS = ((6, 2), (3, 2), (0, 2), (9, 8))


def by_hand(format_name: str, path: Path, out: Path) -> None:
    """One DuckDB statement."""
    key = ", ';', ".join(f"'{dimension}=', {dimension}" for dimension in _SORTED)
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in _header(path, format_name))
    if format_name == "sdmx_csv":
        cells = f"""
            SELECT row_number() OVER () AS row_no, *, concat({key}) AS series_key,
                TIME_PERIOD AS year, OBS_VALUE AS raw, OBS_FLAG AS flag,
                {_iso_by_hand('"LAST UPDATE"')} AS updated
            FROM read_csv('{path}', header = true, auto_detect = false, delim = ',', quote = '"',
                nullstr = '\x01', columns = {{{columns}}})"""
    else:
        parts = ", ".join(f"split_part(k, ',', {n}) AS {d}" for n, d in enumerate(DIMENSIONS, 1))
        years = ", ".join(f"'{year}'" for year in YEARS)
        cells = f"""
            SELECT *, split_part(cell, ' ', 1) AS raw, split_part(cell, ' ', 2) AS flag,
                NULL AS updated
            FROM (
                SELECT row_no, {", ".join(DIMENSIONS)}, concat({key}) AS series_key,
                    unnest([{", ".join(f'"{year}"' for year in YEARS)}]) AS cell,
                    unnest([{years}]) AS year
                FROM (
                    SELECT row_number() OVER () + 1 AS row_no, {parts}, *
                    FROM read_csv('{path}', header = true, auto_detect = false, delim = '\t',
                        quote = '', nullstr = '\x01', columns = {{{columns}}})))"""
    flags = " ".join(f"WHEN '{flag}' THEN '{status}'" for flag, status in STATUS.items())
    constants = {**CONSTANTS, "item_name": path.name}
    ours = {
        **{name: f"CAST('{text}' AS ENUM('{text}'))" for name, text in constants.items()},
        "row_id": "row_number() OVER ()",
        "ref_area": "geo",
        "unit_mult": "CAST(0 AS INTEGER)",
        "time_period": "year",
        "period_start": "make_date(CAST(year AS INTEGER), 1, 1)",
        "obs_value": "TRY_CAST(raw AS DOUBLE)",
        "obs_value_raw": "raw",
        "obs_flag_raw": "flag",
        "obs_status": "CASE WHEN flag = '' AND raw IN ('', ':') THEN 'missing' "
        f"ELSE CASE flag {flags} END END",
        "value_state": "CASE WHEN raw IN ('', ':') THEN 'missing' ELSE 'reported' END",
        "provider_updated_at": "CAST(updated AS VARCHAR)",
    }
    chosen = ", ".join(f"{ours.get(column, column)} AS {column}" for column in COLUMNS)
    with duckdb.connect(config={"memory_limit": "1GB"}) as connection:
        connection.execute(f"COPY (SELECT {chosen} FROM ({cells})) TO '{out}' (COMPRESSION zstd)")


def polars(format_name: str, path: Path, out: Path) -> None:
    """A lazy plan that streams into Parquet."""
    import polars as pl

    is_long = format_name == "sdmx_csv"
    lines = pl.scan_csv(
        path,
        separator="," if is_long else "\t",
        quote_char='"' if is_long else None,
        infer_schema=False,
        row_index_name="row_no",
        row_index_offset=1 if is_long else 2,
    )
    if is_long:
        cells = lines.rename({"TIME_PERIOD": "year", "LAST UPDATE": "updated"}).with_columns(
            series_key=_polars_key(),
            raw=pl.col("OBS_VALUE").fill_null(""),
            flag=pl.col("OBS_FLAG").fill_null(""),
            updated=pl.format(
                "20{}-{}-{}T{}", *(pl.col("updated").str.slice(*part) for part in _ISO_PARTS)
            ),
        )
    else:
        key, *years = _header(path, format_name)
        parts = pl.col(lines.collect_schema().names()[1]).str.splitn(",", len(DIMENSIONS))
        names = dict(zip(lines.collect_schema().names()[1:], [key, *years], strict=True))
        keyed = (
            lines.with_columns(parts.struct.rename_fields(list(DIMENSIONS)).struct.unnest())
            .rename(names)
            .drop(key)
            .with_columns(series_key=_polars_key(), updated=pl.lit(None, dtype=pl.String))
        )
        kept = ["row_no", *DIMENSIONS, "series_key", "updated"]
        # unpivot runs down each column; the contract's order is line by line
        cells = (
            keyed.with_columns(cell=pl.concat_list(years), year=pl.lit(years))
            .select(*kept, "cell", "year")
            .explode("cell", "year")
            .with_columns(pl.col("cell").str.splitn(" ", 2))
            .with_columns(
                raw=pl.col("cell").struct.field("field_0"),
                flag=pl.col("cell").struct.field("field_1").fill_null(""),
            )
        )
    value, is_missing = pl.col("raw").cast(pl.Float64, strict=False), pl.col("raw").is_in(["", ":"])
    starts = {str(year): datetime.date(year, 1, 1) for year in YEARS}
    rows = cells.with_row_index("row_id", 1).with_columns(
        pl.col("row_id", "row_no").cast(pl.Int64),
        *(pl.lit(text).alias(name) for name, text in CONSTANTS.items()),
        item_name=pl.lit(path.name),
        ref_area="geo",
        unit_mult=pl.lit(0, dtype=pl.Int32),
        time_period="year",
        period_start=pl.col("year").replace_strict(starts, return_dtype=pl.Date),
        obs_value=value,
        obs_value_raw="raw",
        obs_flag_raw="flag",
        obs_status=pl.when(is_missing & (pl.col("flag") == ""))
        .then(pl.lit("missing"))
        .otherwise(pl.col("flag").replace_strict(STATUS, return_dtype=pl.String)),
        value_state=pl.when(is_missing).then(pl.lit("missing")).otherwise(pl.lit("reported")),
        provider_updated_at="updated",
    )
    rows.select(COLUMNS).sink_parquet(out, compression="zstd")


def pandas(format_name: str, path: Path, out: Path) -> None:
    """A frame in memory, its texts in Arrow."""
    import pandas as pd

    is_long = format_name == "sdmx_csv"
    frame = pd.read_csv(
        path,
        sep="," if is_long else "\t",
        dtype="string[pyarrow]",
        keep_default_na=False,
        engine="c",
    )
    if is_long:
        frame = frame.rename(columns={"TIME_PERIOD": "year", "LAST UPDATE": "updated"})
        frame["row_no"] = range(1, len(frame) + 1)
        frame["raw"], frame["flag"] = frame["OBS_VALUE"], frame["OBS_FLAG"]
        parts = [frame["updated"].str.slice(at, at + length) for at, length in _ISO_PARTS]
        frame["updated"] = "20" + parts[0] + "-" + parts[1] + "-" + parts[2] + "T" + parts[3]
    else:
        key, *years = _header(path, format_name)
        frame.columns = pd.Index([key, *years])
        frame[list(DIMENSIONS)] = frame[key].str.split(",", expand=True)
        frame["row_no"] = range(2, len(frame) + 2)
        kept = ["row_no", *DIMENSIONS]
        frame = frame.melt(id_vars=kept, value_vars=years, var_name="year", value_name="cell")
        frame = frame.sort_values(["row_no", "year"], kind="stable", ignore_index=True)
        frame[["raw", "flag"]] = frame["cell"].str.split(" ", n=1, expand=True)
        frame["updated"] = pd.array([None] * len(frame), dtype="string[pyarrow]")
    series_key = f"{_SORTED[0]}=" + frame[_SORTED[0]]
    for dimension in _SORTED[1:]:
        series_key = series_key + f";{dimension}=" + frame[dimension]
    is_missing = frame["raw"].isin(["", ":"])
    no_flag = frame["flag"] == ""
    rows = frame.assign(
        **CONSTANTS,
        row_id=range(1, len(frame) + 1),
        item_name=path.name,
        ref_area=frame["geo"],
        unit_mult=pd.array([0] * len(frame), dtype="int32"),
        series_key=series_key,
        time_period=frame["year"],
        period_start=frame["year"].map({str(y): datetime.date(y, 1, 1) for y in YEARS}),
        obs_value=pd.to_numeric(frame["raw"].mask(is_missing), errors="coerce"),
        obs_value_raw=frame["raw"],
        obs_flag_raw=frame["flag"],
        obs_status=frame["flag"].map(STATUS).mask(is_missing & no_flag, "missing"),
        value_state=is_missing.map({True: "missing", False: "reported"}),
        provider_updated_at=frame["updated"],
    )
    rows[list(COLUMNS)].to_parquet(out, compression="zstd", index=False)


def _iso_by_hand(updated: str) -> str:
    year, month, day, time = (f"substr({updated}, {at + 1}, {length})" for at, length in _ISO_PARTS)
    return f"concat('20', {year}, '-', {month}, '-', {day}, 'T', {time})"


def _polars_key() -> pl.Expr:
    import polars as pl

    return pl.format(";".join(f"{dimension}={{}}" for dimension in _SORTED), *_SORTED)


def _header(path: Path, format_name: str) -> list[str]:
    is_long = format_name == "sdmx_csv"
    with path.open() if is_long else gzip.open(path, "rt") as stream:
        first = stream.readline().rstrip("\n")
    if is_long:
        return first.split(",")
    key, *years = first.split("\t")
    return ["k", *(year.strip() for year in years)] if key else []
