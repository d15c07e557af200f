"""What is written in a tool's layout is read back exactly, whatever it holds."""

from __future__ import annotations

import csv
import io
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from one_reader import read_with

from pes_observatory.read.text import folded, scrubbed

FEW = settings(
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CODES = st.text(string.ascii_uppercase + string.digits + "_-", min_size=1, max_size=8)
NAMES = st.text(string.ascii_lowercase, min_size=2, max_size=6).filter(
    lambda name: name not in ("geo", "time", "freq", "row_no", "parts", "series", "cell")
)
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(str),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: f"{value:.3f}"),
)
FLAGS = st.lists(st.sampled_from("bcdefnprsuz"), max_size=3, unique=True).map("".join)
CELLS = st.tuples(st.one_of(NUMBERS, st.just(":")), FLAGS)


@st.composite
def eurostat_tables(draw):
    """Dimensions, periods, and for each distinct key a cell per period."""
    dimensions = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    periods = draw(st.lists(st.integers(1950, 2050).map(str), min_size=1, max_size=4, unique=True))
    key = st.tuples(*[CODES for _ in [*dimensions, "geo"]])
    keys = draw(st.lists(key, min_size=1, max_size=6, unique=True))
    cells = [draw(st.lists(CELLS, min_size=len(periods), max_size=len(periods))) for _ in keys]
    return dimensions, periods, dict(zip(keys, cells, strict=True))


def as_tsv(dimensions, periods, rows) -> str:
    """The table as Eurostat writes it: a space follows every value and period."""
    key = ",".join([*dimensions, "geo"])
    lines = ["\t".join([f"{key}\\TIME_PERIOD", *(f"{period} " for period in periods)])]
    for key, cells in rows.items():
        lines.append("\t".join([",".join(key), *(f"{value} {flag}" for value, flag in cells)]))
    return "\n".join(lines) + "\n"


@settings(FEW, max_examples=30)
@given(table=eurostat_tables())
def test_eurostat_tsv(tmp_path, table):
    _, periods, rows = table
    path = tmp_path / "table.tsv"
    path.write_text(as_tsv(*table), encoding="utf-8")
    read = read_with("eurostat_tsv", path).rows
    columns = ("row_no", "ref_area", "time_period", "obs_value_raw", "obs_flag_raw")
    found = [tuple(row[column] for column in columns) for row in read]
    assert sorted(found) == sorted(
        (row_no, key[-1], period, *cell)
        for row_no, (key, cells) in enumerate(rows.items(), start=2)
        for period, cell in zip(periods, cells, strict=True)
    )
    for row in read:
        is_missing = row["obs_value_raw"] == ":"
        assert row["obs_value"] == (None if is_missing else float(row["obs_value_raw"]))
        assert (row["value_state"] == "missing") is is_missing
        assert row["obs_status"] != "" and "unknown_flag" not in row["obs_status"]


TEXTS = st.text(
    st.sampled_from("=+-@'\";,\n\r\t é«œ") | st.characters(codec="utf-8", exclude_characters="\0"),
    max_size=20,
).filter(lambda text: text[:1] != "'" or text[1:2] not in tuple("=+-@"))


def masked(value: str) -> str:
    """A value as LimeSurvey exports it: what would start a formula gets an apostrophe."""
    return f"'{value}" if value[:1] in tuple("=+-@") else value


@FEW
@given(responses=st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_limesurvey_csv(tmp_path, responses):
    headers = ["id", "Q1[SQ001]", "Q1[SQ002]"]
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(headers)
    for number, cells in enumerate(responses, start=1):
        writer.writerow([number, *map(masked, cells)])
    path = tmp_path / "export.csv"
    path.write_bytes(written.getvalue().encode("utf-8-sig"))
    read = read_with("limesurvey_csv", path, encoding="utf-8-sig", delimiter=";")
    assert [(row["row_no"], row["header"], row["value"]) for row in read.rows] == [
        (number, header, value)
        for number, cells in enumerate(responses, start=1)
        for header, value in zip(headers, [str(number), *cells], strict=True)
    ]


TOKENS = (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}"))
VV_TEXTS = st.text(
    st.sampled_from("{}\"',;\n\r\t é«") | st.characters(codec="utf-8", exclude_characters="\0"),
    max_size=20,
) | st.sampled_from(["{newline}", "{quote}", "{question_not_shown}", '""', "{lbrace}"])


def tokenised(value: str | None) -> str:
    """A value as LimeSurvey writes it into a VV file; None was not shown."""
    if value is None:
        return "{question_not_shown}"
    for sign, token in TOKENS:
        value = value.replace(sign, token)
    return f"{{quote}}{value[1:]}" if value.startswith('"') else value


@FEW
@given(responses=st.lists(st.tuples(VV_TEXTS | st.none(), VV_TEXTS | st.none()), max_size=5))
def test_limesurvey_vv(tmp_path, responses):
    written = io.StringIO()
    writer = csv.writer(written, delimiter="\t", lineterminator="\n")
    writer.writerows([["id", "First", "Second"], ["id", "Q1_SQ001", "Q1_SQ002"]])
    writer.writerows([[n, *map(tokenised, cells)] for n, cells in enumerate(responses, start=1)])
    path = tmp_path / "vvexport.csv"
    path.write_bytes(written.getvalue().encode())
    read = read_with("limesurvey_vv", path)
    assert [row["value"] for row in read.rows] == [
        value for n, cells in enumerate(responses, start=1) for value in (str(n), *cells)
    ]


NULLABLE = st.lists(st.tuples(TEXTS | st.none(), TEXTS | st.none()), max_size=5)


@FEW
@given(responses=NULLABLE)
def test_limesurvey_csv_keeps_what_was_not_shown(tmp_path, responses):
    lines = ['"id";"Q1";"Q2"']
    for number, cells in enumerate(responses, start=1):
        quoted = ['"' + masked(c).replace('"', '""') + '"' if c is not None else "" for c in cells]
        lines.append(";".join([f'"{number}"', *quoted]))
    path = tmp_path / "export.csv"
    path.write_bytes("\r\n".join([*lines, "", ""]).encode("utf-8-sig"))
    read = read_with("limesurvey_csv", path, encoding="utf-8-sig", delimiter=";")
    assert [row["value"] for row in read.rows] == [
        value for n, cells in enumerate(responses, start=1) for value in (str(n), *cells)
    ]


@FEW
@given(text=st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(text):
    once = folded(text)
    assert folded(once) == once


@FEW
@given(text=st.text(max_size=60))
def test_scrubbing_a_scrubbed_text_changes_nothing(text):
    once = scrubbed(text)
    assert scrubbed(once) == once


def test_names_that_people_spell_differently_fold_to_the_same():
    assert folded("Côte d'Ivoire") == folded("COTE D’IVOIRE") == "cote d ivoire"
    assert folded("İŞKUR") == folded("Işkur") == "iskur"
    assert folded("  Türkiye—(İŞKUR) ") == "turkiye iskur"
