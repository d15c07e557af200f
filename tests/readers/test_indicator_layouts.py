"""What the providers' layouts allow, in small files: flags, periods, transposed keys, errors."""

from __future__ import annotations

import gzip
import json
from datetime import date

import pytest

from pes_observatory.errors import LoadRejected

TSV = "freq,unit,geo\\TIME_PERIOD\t2023 \t2024 \nA,PC,FR\t12.3 \t12.9 p\nA,PC,BE\t: \t: c\n"
SDMX = (
    "DATAFLOW,LAST UPDATE,freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"
    "ESTAT:X(1.0),01/02/25 23:00:00,A,FR,2024,12.9,bp,\n"
    "ESTAT:X(1.0),01/02/25 23:00:00,A,BE,2024,,,C\n"
)
ILOSTAT = "ref_area,source,indicator,sex,time,obs_value,obs_status\nTUN,BA:1,X,SEX_T,2014,31.5,B\n"
BANK_ROW = {
    "indicator": {"id": "SL.UEM", "value": "Unemployment"},
    "country": {"id": "TD", "value": "Chad"},
    "countryiso3code": "TCD",
    "date": "2024",
    "value": 1.10,
    "obs_status": "",
    "decimal": 1,
}


def bank(rows: list[dict], **meta: object) -> str:
    """An answer of the World Bank's API."""
    about = {"page": 1, "pages": 1, "total": len(rows), "lastupdated": "2026-07-13", **meta}
    return json.dumps([about, rows])


def printed(reading) -> list[tuple]:
    columns = ("ref_area", "time_period", "obs_value_raw", "obs_flag_raw", "obs_status")
    return list(zip(*map(reading.column, columns), strict=True))


class TestEurostatTsv:
    def test_a_cell_is_a_value_flags_or_both(self, read_text):
        assert printed(read_text("eurostat_tsv", TSV)) == [
            ("FR", "2023", "12.3", "", "normal"),
            ("FR", "2024", "12.9", "p", "provisional"),
            ("BE", "2023", ":", "", "missing"),
            ("BE", "2024", ":", "c", "confidential"),
        ]

    def test_gzip_reads_the_same(self, read_text):
        packed = read_text("eurostat_tsv", gzip.compress(TSV.encode()))
        assert packed.rows == read_text("eurostat_tsv", TSV).rows

    @pytest.mark.parametrize("lines_before", [0, 100_000], ids=["at once", "far down"])
    @pytest.mark.parametrize(
        ("encoding", "end"), [("utf-8", b"\xe9"), ("windows-1252", b"\x81"), ("utf-16", b"\n")]
    )
    def test_bytes_that_are_not_in_the_encoding_are_refused(
        self, read_text, encoding, end, lines_before
    ):
        text = "unit,geo\\time\t2023 \nPC,FR\t1 \n" + "PC,DE\t1 \n" * lines_before + "PC,ES\t"
        with pytest.raises(LoadRejected, match=f"is not {encoding}; set read.encoding"):
            read_text("eurostat_tsv", text.encode(encoding) + end, encoding=encoding)

    @pytest.mark.parametrize("damage", ["cut off", "other bytes"])
    def test_a_damaged_gzip_is_refused(self, read_text, damage):
        packed = gzip.compress(TSV.encode())
        damaged = packed[:-20] if damage == "cut off" else packed[:-8] + b"zzzz" + packed[-4:]
        with pytest.raises(LoadRejected, match="cannot be unpacked to its end"):
            read_text("eurostat_tsv", damaged)

    @pytest.mark.parametrize(
        ("cell", "value", "raw", "flag", "status"),
        [
            ("0n", 0.0, "0", "n", "not_significant"),
            ("-0.4 p", -0.4, "-0.4", "p", "provisional"),
            ("1.2E3", 1200.0, "1.2E3", "", "normal"),
            (": bc", None, ":", "bc", "break,confidential"),
            (":", None, ":", "", "missing"),
            ("", None, "", "", "missing"),
            ("5 x", 5.0, "5", "x", "unknown_flag"),
        ],
    )
    def test_every_way_to_print_a_cell(self, read_text, cell, value, raw, flag, status):
        text = f"unit,geo\\time\t2015 \nPC,FR\t{cell}\n"
        row = read_text("eurostat_tsv", text).one(row_no=2)
        assert (row["obs_value"], row["obs_value_raw"]) == (value, raw)
        assert (row["obs_flag_raw"], row["obs_status"]) == (flag, status)

    @pytest.mark.parametrize(
        "cell",
        [
            "n/a",
            "1,234.5",
            "1 234",
            "1 234.5 b",
            "1\u00a0234",
            "12,3",
            "12.3%",
            "5 (p)",
            "1.2.3",
            ": 1",
        ],
    )
    def test_a_cell_that_is_no_number_is_kept_whole_and_marked_for_the_gate(self, read_text, cell):
        text = f"unit,geo\\time\t2015 \nPC,FR\t{cell} \n"
        row = read_text("eurostat_tsv", text).one(row_no=2)
        assert (row["obs_value"], row["obs_value_raw"]) == (None, cell)
        assert (row["obs_flag_raw"], row["value_state"]) == ("", "unreadable")
        assert row["value_state"] == "unreadable"

    def test_a_transposed_table_runs_over_countries(self, read_text):
        text = "freq,unit,TIME_PERIOD\\geo\tFR \tBE \nA,PC,2023\t12.3 \t5.0 b\n"
        assert printed(read_text("eurostat_tsv", text)) == [
            ("FR", "2023", "12.3", "", "normal"),
            ("BE", "2023", "5.0", "b", "break"),
        ]

    def test_descending_periods_and_quarters(self, read_text):
        rows = read_text("eurostat_tsv", "s,geo\\time\t2015Q4 \t2015Q3 \nX,FR\t2 \t1 \n").rows
        found = [(row["time_period"], row["freq"], row["period_start"]) for row in rows]
        assert found == [
            ("2015Q4", "Q", date(2015, 10, 1)),
            ("2015Q3", "Q", date(2015, 7, 1)),
        ]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("geo;2023\nFR;1\n", "expected a key such as"),
            ("freq,geo\\TIME_PERIOD\n", "one column per period"),
            ("freq,geo\\TIME_PERIOD\t2023 \t2023 \nA,FR\t1 \t2 \n", "two columns of the same"),
            ("freq,geo\\TIME_PERIOD\t2023 \nA,X,FR\t1 \n", "has 3 codes, the header names 2"),
            ("freq,geo\\TIME_PERIOD\t2023 \t2024 \nA,FR\t1 \n", "has 2 cells, expected 3"),
        ],
    )
    def test_what_is_no_eurostat_table_is_refused(self, read_text, text, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("eurostat_tsv", text)


class TestPeriods:
    @pytest.mark.parametrize(
        ("period", "freq", "start"),
        [
            ("2024", "A", date(2024, 1, 1)),
            ("2024-S2", "S", date(2024, 7, 1)),
            ("2024-Q2", "Q", date(2024, 4, 1)),
            ("2024-02", "M", date(2024, 2, 1)),
            ("2024M11", "M", date(2024, 11, 1)),
            ("2024-W01", "W", date(2024, 1, 1)),
            ("2021-W01", "W", date(2021, 1, 4)),
            ("soon", None, None),
        ],
    )
    def test_a_period_has_a_frequency_and_a_first_day(self, read_text, period, freq, start):
        text = f"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nX,FR,{period},1\n"
        row = read_text("sdmx_csv", text).one(row_no=1)
        assert (row["freq"], row["period_start"]) == (freq, start)
        assert row["time_period"] == period


class TestSdmxCsv:
    def test_flag_and_confidentiality_give_one_status(self, read_text):
        assert printed(read_text("sdmx_csv", SDMX)) == [
            ("FR", "2024", "12.9", "bp", "break,provisional"),
            ("BE", "2024", "", "|C", "confidential"),
        ]

    def test_version_2_leads_with_other_columns(self, read_text):
        text = (
            "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
            "dataflow,OECD:X(1.0),I,A,CAN,_T,2023,65.8,A\n"
        )
        row = read_text("sdmx_csv", text).one(row_no=1)
        assert row["series_key"] == "freq=A;ref_area=CAN;sex=_T"
        assert (row["obs_value"], row["obs_status"]) == (65.8, "normal")

    def test_quoted_labels_may_hold_the_delimiter(self, read_text):
        text = 'DATAFLOW,geo,unit,TIME_PERIOD,OBS_VALUE\nX,"Korea, Republic of","a ""b""",2023,1\n'
        row = read_text("sdmx_csv", text).one(row_no=1)
        assert (row["ref_area"], row["unit"]) == ("Korea, Republic of", 'a "b"')

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("a;b\n1;2\n", "has no column TIME_PERIOD, OBS_VALUE, expected SDMX-CSV"),
            ("geo,TIME_PERIOD,OBS_VALUE,geo\nFR,2023,1,FR\n", "two columns of the same name"),
            ("geo,TIME_PERIOD,OBS_VALUE\nFR,2023\n", "has 2 cells, expected 3"),
            ("geo,TIME_PERIOD,OBS_VALUE\nFR,2023,1,2\n", "has 4 cells, expected 3"),
        ],
    )
    def test_what_is_no_sdmx_csv_is_refused(self, read_text, text, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("sdmx_csv", text)


class TestIlostatCsv:
    def test_codes(self, read_text):
        row = read_text("ilostat_csv", ILOSTAT).one(row_no=1)
        assert (row["ref_area"], row["sex"], row["obs_status"]) == ("TUN", "SEX_T", "break")

    def test_labels_are_kept_and_give_the_status_of_their_letter(self, read_text):
        text = (
            '"ref_area.label","sex.label","time","obs_value","obs_status.label"\n'
            '"Mali","Sex: Total","2020",94.031,"Break in series"\n'
            '"Chad","Sex: Total","2020",,"Unreliable"\n'
            '"Togo","Sex: Total","2020",1,"Said by a bird"\n'
        )
        assert printed(read_text("ilostat_csv", text))[:2] == [
            ("Mali", "2020", "94.031", "Break in series", "break"),
            ("Chad", "2020", "", "Unreliable", "low_reliability"),
        ]
        togo = read_text("ilostat_csv", text).one(ref_area="Togo")
        assert togo["obs_flag_raw"] == "Said by a bird"
        assert togo["obs_status"] == "unknown_flag"

    @pytest.mark.parametrize(
        ("printed_status", "status"),
        [
            ("A", "normal"),
            ("Adjusted", "normal"),
            ("R", "normal"),
            ("Real value", "normal"),
            ("S", "not_significant"),
            ("Not significant", "not_significant"),
            ("M", "estimated"),
            ("Model-based extrapolation", "estimated"),
            ("Imputation", "estimated"),
            ("U", "low_reliability"),
            ("Nobody knows", "unknown_flag"),
        ],
    )
    def test_ilostats_own_codes_and_labels(self, read_text, printed_status, status):
        text = f"ref_area,time,obs_value,obs_status\nMLI,2020,94.031,{printed_status}\n"
        row = read_text("ilostat_csv", text).one(row_no=1)
        assert (row["obs_flag_raw"], row["obs_status"]) == (printed_status, status)


class TestWorldBankJson:
    def test_digits_stay_as_printed(self, read_text):
        text = bank([BANK_ROW]).replace("1.1,", "1.10,")
        row = read_text("worldbank_json", text).one(row_no=1)
        assert (row["obs_value"], row["obs_value_raw"]) == (1.1, "1.10")
        assert (row["ref_area"], row["time_period"]) == ("TCD", "2024")

    def test_null_is_missing_and_an_aggregate_goes_by_its_id(self, read_text):
        aggregate = {**BANK_ROW, "country": {"id": "XD"}, "countryiso3code": "", "value": None}
        row = read_text("worldbank_json", bank([aggregate])).one(row_no=1)
        assert (row["ref_area"], row["obs_value"], row["obs_status"]) == ("XD", None, "missing")

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("<html>", "is not JSON"),
            ('{"error": 1}', "is not .meta, observations. as the World Bank API writes it"),
            ('[{"message": [{"value": "Invalid value"}]}]', "answers an error .*Invalid"),
            (bank([BANK_ROW], pages=2, total=7), "holds 1 of 7 observations .page 1 of 2."),
            ('[{"pages": 1, "total": 0}, null]', "is not .meta, observations."),
        ],
    )
    def test_an_error_or_a_part_is_refused(self, read_text, text, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("worldbank_json", text)

    def test_real_first_page_of_two_is_refused(self, inputs, read_text):
        path = inputs / "indicators/worldbank/api-json/askstat/worldbank_response.json"
        specimen = json.loads(path.read_text(encoding="utf-8"))
        with pytest.raises(LoadRejected, match="holds 5 of 7 observations"):
            read_text("worldbank_json", json.dumps(specimen["page1"]))
        with pytest.raises(LoadRejected, match="the World Bank answers an error"):
            read_text("worldbank_json", json.dumps(specimen["error"]))


class TestEncodings:
    @pytest.mark.parametrize(
        "encoding",
        [
            "latin-1",
            "utf-16",
            "utf-8-sig",
            "windows-1252",
        ],
    )
    def test_a_declared_encoding_is_read(self, read_text, encoding):
        text = "ref_area,time,obs_value\nCôte d'Ivoire,2020,1\n".encode(encoding)
        row = read_text("ilostat_csv", text, encoding=encoding).one(row_no=1)
        assert row["ref_area"] == "Côte d'Ivoire"

    def test_another_encoding_than_declared_is_refused(self, read_text):
        text = "ref_area,time,obs_value\nCôte d'Ivoire,2020,1\n".encode("latin-1")
        with pytest.raises(LoadRejected, match=r"utf-8|encoding"):
            read_text("ilostat_csv", text, encoding="utf-8")
