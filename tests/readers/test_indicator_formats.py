"""What JSON-stat, SDMX-ML, the World Bank's downloads and SDMX-CSV's dialects allow, and refuse."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from itertools import pairwise

import duckdb
import pytest
from one_reader import read_with

from pes_observatory.errors import LoadRejected
from pes_observatory.read.formats import INDICATOR, read_file
from pes_observatory.read.items import all_items
from pes_observatory.read.job import Job
from pes_observatory.read.step import connected
from pes_observatory.sources.models import Read

PRINTED = ("ref_area", "time_period", "obs_value_raw", "obs_flag_raw", "obs_status")


def printed(reading) -> list[tuple]:
    return list(zip(*map(reading.column, PRINTED), strict=True))


def json_stat(**more: object) -> dict:
    """Unemployment of two countries in two years as Eurostat answers it."""
    category = {"index": {"FR": 0, "BE": 1}, "label": {"FR": "France", "BE": "Belgium"}}
    return {
        "version": "2.0",
        "class": "dataset",
        "updated": "2026-10-05T23:00:00+0200",
        "id": ["freq", "geo", "time"],
        "size": [1, 2, 2],
        "dimension": {
            "freq": {"category": {"index": {"A": 0}}},
            "geo": {"category": category},
            "time": {"category": {"index": {"2023": 0, "2024": 1}}},
        },
        "value": {"0": 7.30, "3": 5.7},
        **more,
    }


class TestJsonStat:
    def test_values_and_flags_go_by_position_and_the_last_dimension_runs_fastest(self, read_text):
        text = json.dumps(json_stat(status={"0": "bp", "2": "|C", "3": "p|C"})).replace(
            "7.3,", "7.30,"
        )
        reading = read_text("jsonstat", text)
        assert printed(reading) == [
            ("FR", "2023", "7.30", "bp", "break,provisional"),
            ("BE", "2023", "", "|C", "confidential"),
            ("BE", "2024", "5.7", "p|C", "confidential,provisional"),
        ]
        assert reading.column("row_no") == [1, 3, 4]
        assert set(reading.column("provider_updated_at")) == {"2026-10-05T23:00:00+0200"}

    def test_an_array_has_every_cell_and_null_is_missing(self, read_text):
        text = json.dumps(json_stat(value=[1, None, 0, 1e-7], status=["", None, "z", ""]))
        assert printed(read_text("jsonstat", text)) == [
            ("FR", "2023", "1", "", "normal"),
            ("FR", "2024", "", "", "missing"),
            ("BE", "2023", "0", "z", "not_applicable"),
            ("BE", "2024", "1e-07", "", "normal"),
        ]

    def test_one_status_is_of_every_cell(self, read_text):
        reading = read_text("jsonstat", json.dumps(json_stat(value=[1, 2, 3, 4], status="e")))
        assert set(reading.column("obs_status")) == {"estimated"}

    def test_the_role_tells_time_and_area_where_names_do_not(self, read_text):
        content = json_stat(id=["freq", "land", "jahr"], role={"time": ["jahr"], "geo": ["land"]})
        dimension = content["dimension"]
        dimension["land"], dimension["jahr"] = dimension.pop("geo"), dimension.pop("time")
        row = read_text("jsonstat", json.dumps(content)).one(row_no=4)
        assert (row["ref_area"], row["period_start"]) == ("BE", date(2024, 1, 1))
        assert row["series_key"] == "freq=A;land=BE"

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"size": [1, 2, 3]}, r"size is \[1, 2, 3\], the dimensions have \[1, 2, 2\]"),
            ({"value": [1, 2, 3]}, "3 values for 4 cells"),
            ({"value": {"4": 1}}, "a position beyond the 4 cells"),
            ({"value": {"-1": 1}}, "a position beyond the 4 cells"),
            ({"value": {"x": 1}}, "not laid out as JSON-stat .ValueError"),
            ({"dimension": {}}, "not laid out as JSON-stat .KeyError"),
            ({"id": None}, "not laid out as JSON-stat .TypeError"),
        ],
    )
    def test_parts_that_do_not_fit_are_refused(self, read_text, change, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("jsonstat", json.dumps(json_stat(**change)))

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ('{"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE"}}', "answers an warn"),
            ('{"error": [{"status": 400, "label": "Unknown dimension"}]}', "Unknown dimension"),
            ("[]", "is no JSON object"),
            ("{}", "has 0 data sets of JSON-stat .none."),
            ("<html>", "is not JSON"),
            ("[" * 200_000, "nested deeper than any table"),
            ('{"a":' * 200_000, "nested deeper than any table"),
        ],
    )
    def test_what_is_no_json_stat_is_refused(self, read_text, text, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("jsonstat", text)

    def test_more_cells_than_can_be_held_are_refused_before_they_are_made(self, read_text):
        codes = {str(number): number for number in range(1600)}
        content = json_stat(size=[1600, 1600, 2], value={})
        for name in ("freq", "geo"):
            content["dimension"][name] = {"category": {"index": codes}}
        with pytest.raises(LoadRejected, match="has 5,120,000 cells, more than the 5,000,000"):
            read_text("jsonstat", json.dumps(content))

    def test_of_several_data_sets_the_source_names_one(self, read_text):
        text = json.dumps({"one": json_stat(), "two": json_stat(value={"1": 9})})
        assert len(read_text("jsonstat", text, sheet="two")) == 1
        with pytest.raises(LoadRejected, match=r"has 2 data sets of JSON-stat \(one, two\)"):
            read_text("jsonstat", text)


GENERIC = """<?xml version="1.0"?>{before}
<m:GenericData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
    xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
    xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
  <m:Header><m:ID>x</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-02T03:04:05</m:Prepared>
    <m:Sender id="ESTAT"/>
    <m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD">
      <c:Structure><Ref agencyID="ESTAT" id="D" version="1.0"/></c:Structure></m:Structure>
  </m:Header>
  <m:DataSet structureRef="S"><g:Series>
    <g:SeriesKey><g:Value id="geo" value="FR"/><g:Value id="freq" value="A"/></g:SeriesKey>
    <g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="{value}"/>
      <g:Attributes><g:Value id="OBS_FLAG" value="b"/><g:Value id="CONF_STATUS" value="C"/>
        <g:Value id="UNIT_MULT" value="3"/></g:Attributes></g:Obs>
    <g:Obs><g:ObsDimension value="2024"/>
      <g:Attributes><g:Value id="OBS_FLAG" value="u"/></g:Attributes></g:Obs>
  </g:Series></m:DataSet></m:GenericData>"""
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 9}">' for old, new in pairwise("abcdefg"))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def generic(before: str = "", value: str = "12.30") -> str:
    return GENERIC.format(before=before, value=value)


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "."), text)
    return content.getvalue()


class TestSdmxMl:
    def test_value_flag_and_confidentiality_stand_beside_the_key(self, read_text):
        reading = read_text("sdmx_ml", generic())
        assert printed(reading) == [
            ("FR", "2023", "12.30", "b|C", "break,confidential"),
            ("FR", "2024", "", "u", "low_reliability"),
        ]
        assert reading.column("unit_mult") == [3, 0]
        assert set(reading.column("series_key")) == {"freq=A;geo=FR"}

    def test_the_time_of_the_request_is_no_update_but_that_of_extraction_is(self, read_text):
        asked = read_text("sdmx_ml", generic())
        assert set(asked.column("provider_updated_at")) == {None}
        extracted = "</m:Structure><m:Extracted>2025-12-31T23:00:00</m:Extracted>"
        told = read_text("sdmx_ml", generic().replace("</m:Structure>", extracted))
        assert set(told.column("provider_updated_at")) == {"2025-12-31T23:00:00"}

    def test_a_zip_reads_the_same(self, read_text):
        packed = read_text("sdmx_ml", zipped(data__xml=generic()))
        assert packed.rows == read_text("sdmx_ml", generic()).rows

    @pytest.mark.parametrize("before", [LAUGHS, OUTSIDE], ids=["bomb", "file"])
    def test_entities_are_refused_before_they_are_looked_at(self, read_text, before):
        for content in (generic(before, "&g;"), zipped(data__xml=generic(before, "&a;"))):
            with pytest.raises(LoadRejected, match="declares a document type"):
                read_text("sdmx_ml", content)

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("", "is not XML"),
            ("hello", "is not XML"),
            (generic()[:900], "is not SDMX-ML that can be read"),
            ("<html/>", "is html of no namespace, expected data in SDMX-ML 2.1"),
            (generic().replace("v2_1", "v2_0"), "expected data in SDMX-ML 2.1 or 3.0"),
            (zipped(readme__txt="x"), "has 0 messages of data, expected one"),
            (zipped(a__xml=generic(), b__xml=generic("", "1")), "has 2 messages of data"),
            (zipped(a__xml=generic())[:-30], "cut or damaged archive"),
        ],
    )
    def test_what_is_no_data_is_refused(self, read_text, content, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("sdmx_ml", content)

    def test_an_answer_put_off_is_refused_with_what_the_provider_says(self, inputs, read_text):
        path = inputs / "indicators/sdmx-corpora/khaeru-sdmx-test-data/ESTAT/footer.xml"
        with pytest.raises(LoadRejected, match="no observation .Due to the large query"):
            read_text("sdmx_ml", path.read_bytes())


BANK_CSV = (
    '\ufeff"Data Source","World Development Indicators",\r\n\r\n'
    '"Last Updated Date","2023-12-18",\r\n\r\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022",\r\n'
    '"Korea, Rep.","KOR","Unemployment","SL.UEM","3.6","2.90",\r\n'
    '"Namibia","NAM","Unemployment","SL.UEM","","20.9",\r\n'
)


class TestWorldBankDownload:
    def test_a_line_per_country_and_a_column_per_year(self, read_text):
        expected = [
            ("KOR", "2021", "3.6", "", "normal"),
            ("KOR", "2022", "2.90", "", "normal"),
            ("NAM", "2021", "", "", "missing"),
            ("NAM", "2022", "20.9", "", "normal"),
        ]
        assert printed(read_text("worldbank_zip", BANK_CSV)) == expected
        files = {"API_X__csv": BANK_CSV, "Metadata_Country_API_X__csv": "a,b\n"}
        assert printed(read_text("worldbank_zip", zipped(**files))) == expected

    @pytest.mark.parametrize("cell", ["1,234.5", "1 234"])
    def test_a_thousands_sign_makes_no_other_number(self, read_text, cell):
        row = read_text("worldbank_zip", BANK_CSV.replace("2.90", cell)).one(
            ref_area="KOR", time_period="2022"
        )
        assert (row["obs_value"], row["obs_value_raw"]) == (None, cell)
        assert row["value_state"] == "unreadable"

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("a,b\n1,2\n", "has no line Country Name"),
            (BANK_CSV.replace('"2022"', '"2021"'), "has no line Country Name"),
            (BANK_CSV + '"Chad","TCD"\r\n', "more or fewer cells than its header's 7"),
            (zipped(Metadata_Country__csv="a\n"), "has 0 tables .none."),
            (zipped(a__csv=BANK_CSV, b__csv=BANK_CSV), "has 2 tables .a.csv, b.csv."),
        ],
    )
    def test_another_layout_is_refused(self, read_text, content, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            read_text("worldbank_zip", content)


def bank_page(page: int, *areas: str, updated: str = "2026-07-13", total: int = 3) -> list:
    rows = [
        {
            "indicator": {"id": "SL.UEM"},
            "country": {"id": area},
            "countryiso3code": area,
            "date": "2024",
            "value": 1.5,
        }
        for area in areas
    ]
    return [{"page": page, "pages": 2, "total": total, "lastupdated": updated}, rows]


class TestWorldBankPages:
    def test_all_pages_in_one_array_are_one_answer(self, read_text):
        text = json.dumps([bank_page(1, "FRA", "BEL"), bank_page(2, "NAM")])
        assert read_text("worldbank_json", text).column("ref_area") == ["FRA", "BEL", "NAM"]

    def test_pages_as_items_of_a_snapshot_are_read_together(self, tmp_path):
        pages = {"x.json": bank_page(1, "FRA", "BEL"), "x--page-2.json": bank_page(2, "NAM")}
        assert self.items(tmp_path, pages) == [(1, 1, "FRA"), (2, 2, "BEL"), (3, 1, "NAM")]

    @pytest.mark.parametrize(
        ("second", "sentence"),
        [
            (bank_page(2, "NAM", updated="2026-07-14"), "2026-07-13 and 2026-07-14"),
            (bank_page(2, "NAM", total=4), "holds 3 of 3 observations .page 1 of 2."),
            (bank_page(2), "holds 2 of 3 observations .page 1 of 2."),
            (bank_page(2, "NAM", "CHN"), "holds 4 of 3 observations"),
        ],
    )
    def test_pages_that_do_not_belong_together_are_refused(self, tmp_path, second, sentence):
        with pytest.raises(LoadRejected, match=sentence):
            self.items(tmp_path, {"1.json": bank_page(1, "FRA", "BEL"), "2.json": second})
        with pytest.raises(LoadRejected, match=sentence):
            self.items(tmp_path, {"all.json": [bank_page(1, "FRA", "BEL"), second]})

    def items(self, folder, pages: dict[str, list]) -> list[tuple]:
        for name, content in pages.items():
            (folder / name).write_text(json.dumps(content))
        paths = tuple(folder / name for name in pages)
        with connected() as connection:
            jobs = [Job(connection, path.name, path, Read(), parts=paths) for path in paths]
            query = all_items("bank", "worldbank_json", "observations", jobs).query
            return connection.sql(f"SELECT row_id, row_no, ref_area FROM ({query})").fetchall()


class TestSdmxCsvDialects:
    def test_labels_in_the_cells_are_no_part_of_the_codes(self, read_text):
        text = (
            "STRUCTURE[;],STRUCTURE_ID,ACTION,freq: Time frequency,geo: Entity,"
            "TIME_PERIOD: Time,OBS_VALUE: Observation value,OBS_FLAG: Flag\n"
            "dataflow,ESTAT:X(1.0): Rates,I,A: Annual,FR: France: metropolitan,2024,12.9,b: break\n"
        )
        row = read_text("sdmx_csv", text).one(row_no=1)
        assert (row["series_key"], row["time_period"]) == ("freq=A;geo=FR", "2024")
        assert (row["obs_value_raw"], row["obs_flag_raw"]) == ("12.9", "b")

    def test_labels_in_columns_of_their_own_are_left_out(self, read_text):
        text = (
            "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,MEASURE,Measure,"
            "TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,Observation status,"
            "UNIT_MULT,Unit multiplier\n"
            "dataflow,OECD:X(1.0),Rates,I,CAN,Canada,UNE,Unemployment,2023-Q4,,5.8,,B,Break,6,M\n"
        )
        row = read_text("sdmx_csv", text).one(row_no=1)
        assert row["series_key"] == "measure=UNE;ref_area=CAN"
        assert (row["unit_mult"], row["freq"], row["obs_status"]) == (6, "Q", "break")

    @pytest.mark.parametrize(
        ("flag", "conf", "raw", "status"),
        [
            ("A", "F", "A", "normal"),
            ("A", "N", "A|N", "confidential"),
            ("p", "C", "p|C", "confidential,provisional"),
            ("", "N", "|N", "confidential"),
            ("bc", "C", "bc|C", "break,confidential"),
        ],
    )
    def test_confidentiality_stands_behind_a_bar(self, read_text, flag, conf, raw, status):
        text = f"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\nX,FR,2024,1,{flag},{conf}"
        row = read_text("sdmx_csv", text + "\n").one(row_no=1)
        assert (row["obs_flag_raw"], row["obs_status"]) == (raw, status)

    def test_a_record_that_deletes_is_refused(self, read_text):
        text = "STRUCTURE,STRUCTURE_ID,ACTION,geo,TIME_PERIOD,OBS_VALUE\nd,X,I,FR,2024,1\n"
        with pytest.raises(LoadRejected, match="has a record with ACTION D, which deletes"):
            read_text("sdmx_csv", text + "d,X,D,BE,2024,\n")

    def test_a_table_without_dimensions_is_refused(self, read_text):
        with pytest.raises(LoadRejected, match="no dimension before OBS_VALUE"):
            read_text("sdmx_csv", "DATAFLOW,TIME_PERIOD,OBS_VALUE\nX,2024,1\n")


@pytest.mark.parametrize(
    ("flag", "status"),
    [
        ("bdep", "break,definition_differs,estimated,provisional"),
        ("b p", "break,provisional"),
        ("BU", "break,low_reliability"),
        ("bx", "break,unknown_flag"),
        ("p|C", "confidential,provisional"),
        ("p|N", "confidential,provisional"),
        ("bp|D", "break,confidential,provisional"),
        ("p|F", "provisional"),
        ("@C", "confidential"),
        ("|N", "confidential"),
        ("na", "missing"),
        ("NA", "missing"),
        ("provisional", "unknown_flag"),
        ("b provisional", "unknown_flag"),
        ("zero", "unknown_flag"),
        ("*", "unknown_flag"),
        ("1", "unknown_flag"),
    ],
)
def test_letters_are_taken_apart_and_words_are_not(read_text, flag, status):
    text = f"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nX,FR,2024,1,{flag}\n"
    row = read_text("sdmx_csv", text).one(row_no=1)
    assert (row["obs_flag_raw"], row["obs_status"]) == (flag, status)


@pytest.mark.parametrize(
    ("printed_value", "value", "state"),
    [
        ("0.1", 0.1, "reported"),
        ("123456789012345.25", 123456789012345.25, "reported"),
        ("-1.5e-3", -0.0015, "reported"),
        ("NaN", None, "missing"),
        ("1_000", None, "unreadable"),
        ("inf", None, "unreadable"),
        ("1e999", None, "unreadable"),
        ("0x10", None, "unreadable"),
        ("12.3 b", None, "unreadable"),
    ],
)
def test_a_number_is_one_that_the_provider_means(read_text, printed_value, value, state):
    text = f"DATAFLOW,geo,TIME_PERIOD,OBS_VALUE\nX,FR,2024,{printed_value}\n"
    row = read_text("sdmx_csv", text).one(row_no=1)
    assert (row["obs_value"], row["value_state"]) == (value, state)


@pytest.mark.parametrize(
    ("period", "freq", "start"),
    [
        ("2022", "A", date(2022, 1, 1)),
        ("2022-A1", "A", date(2022, 1, 1)),
        ("2022S1", "S", date(2022, 1, 1)),
        ("2022-S2", "S", date(2022, 7, 1)),
        ("2022Q1", "Q", date(2022, 1, 1)),
        ("2022-Q4", "Q", date(2022, 10, 1)),
        ("2022-12", "M", date(2022, 12, 1)),
        ("2022M01", "M", date(2022, 1, 1)),
        ("2022-M12", "M", date(2022, 12, 1)),
        ("2022W05", "W", date(2022, 1, 31)),
        ("2020-W53", "W", date(2020, 12, 28)),
        ("2022-01-31", "D", date(2022, 1, 31)),
        ("2021-W53", None, None),
        ("2022-13", None, None),
        ("2022-Q5", None, None),
        ("2022-02-30", "D", None),
    ],
)
def test_every_form_of_a_period(read_text, period, freq, start):
    wide = read_text("eurostat_tsv", f"unit,geo\\time\t{period} \nPC,FR\t1 \n").one(row_no=2)
    long = read_text("sdmx_csv", f"geo,TIME_PERIOD,OBS_VALUE\nFR,{period},1\n").one(row_no=1)
    assert (wide["freq"], wide["period_start"]) == (freq, start)
    assert (long["freq"], long["period_start"]) == (freq, start)


class TestIlostat:
    HEADER = "ref_area,source,indicator,sex,time,obs_value,obs_status"

    def test_a_header_alone_is_refused(self, read_text):
        with pytest.raises(LoadRejected, match="a header and no row, as ILOSTAT answers a code"):
            read_text("ilostat_csv", f"\ufeff{self.HEADER},best_source\n", encoding="utf-8-sig")

    def test_further_columns_are_no_dimensions(self, read_text):
        text = (
            f"\ufeff{self.HEADER},note_source,best_source\nNAM,BA:1,X,SEX_T,2024,1,,R1:3513,yes\n"
        )
        row = read_text("ilostat_csv", text, encoding="utf-8-sig").one(row_no=1)
        assert row["series_key"] == "indicator=X;ref_area=NAM;sex=SEX_T;source=BA:1"


@pytest.mark.parametrize(
    ("said", "updated_at"),
    [
        ("18/04/23 23:00:00", "2023-04-18T23:00:00"),
        ("28/11/2025 10:00", "2025-11-28T10:00"),
        ("21.11.2026", "2026-11-21"),
        ("2018-11-23 13:15:30", "2018-11-23T13:15:30"),
        ("2026-10-05T23:00:00+0200", "2026-10-05T23:00:00+0200"),
        ("2026-07-13", "2026-07-13"),
        ("edition 7", "edition 7"),
        ("", ""),
    ],
)
def test_a_date_of_update_has_one_notation(read_text, said, updated_at):
    text = "DATAFLOW,LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE\nX,01/01/20 11:00:00,FR,2023,1\n"
    rows = read_text("sdmx_csv", f"{text}X,{said},FR,2024,1\n")
    assert rows.column("provider_updated_at") == ["2020-01-01T11:00:00", updated_at]


class TestBasis:
    ILO = "ref_area,source,indicator,time,obs_value,obs_status\n"

    @pytest.fixture
    def bases(self, tmp_path, indicator_source):
        def read(format_name: str, text: str, edition: str | None = None, **indicator: str):
            path = tmp_path / "table"
            path.write_text(text)
            declared = indicator_source(format_name, **indicator)
            with connected() as connection:
                job = Job(connection, "table", path, Read(), declared, edition=edition)
                rows = read_file(job, format_name)
                assert isinstance(rows, duckdb.DuckDBPyRelation)
                return [row[0] for row in rows.select("basis").fetchall()]

        return read

    def test_the_second_token_of_an_ilostat_id_tells_what_is_modelled(self, bases):
        text = self.ILO + "FRA,XA:1,UNE_2EAP_RT,2024,1,\nFRA,BA:1,UNE_DEAP_RT,2024,1,\n"
        assert bases("ilostat_csv", text) == ["modelled", "reported"]

    def test_modelled_beyond_the_year_of_the_edition_is_projected(self, bases):
        text = self.ILO + "FRA,XA:1,UNE_2EAP_RT,2025,1,\nFRA,XA:1,UNE_2EAP_RT,2026,1,\n"
        assert bases("ilostat_csv", text, edition="28/11/2025 10:00") == ["modelled", "projected"]

    @pytest.mark.parametrize("edition", ["21.11.2025", "21.11.2025 so far", "2025-11-21"])
    def test_every_notation_of_an_edition_has_its_year(self, bases, edition):
        text = self.ILO + "FRA,XA:1,UNE_2EAP_RT,2025,1,\nFRA,XA:1,UNE_2EAP_RT,2026,1,\n"
        assert bases("ilostat_csv", text, edition=edition) == ["modelled", "projected"]

    def test_a_year_of_two_digits_is_one_of_this_century(self, bases):
        text = (
            "DATAFLOW,LAST UPDATE,geo,TIME_PERIOD,OBS_VALUE\n"
            "X,18/04/23 23:00:00,FR,2023,1\nX,18/04/23 23:00:00,FR,2024,1\n"
        )
        assert bases("sdmx_csv", text, basis="modelled") == ["modelled", "projected"]

    def test_a_forecast_is_projected(self, bases):
        text = "unit,geo\\time\t2024 \t2025 \nPC,FR\t1 \t2 fp\n"
        assert bases("eurostat_tsv", text) == ["reported", "projected"]

    def test_a_source_may_be_modelled_as_a_whole(self, bases):
        text = BANK_CSV.replace("2023-12-18", "2021-12-18")
        found = bases("worldbank_zip", text, basis="modelled")
        assert found == ["modelled", "projected", "modelled", "projected"]


@pytest.mark.parametrize("format_name", list(INDICATOR))
def test_other_peoples_broken_files_give_one_sentence_each(inputs, format_name):
    files = [
        path
        for kind in ("csv", "encodings")
        for path in sorted((inputs / "malformed" / kind).rglob("*"))
        if path.is_file()
    ]
    assert len(files) > 200
    for path in files[::12]:
        with pytest.raises(LoadRejected) as refusal:
            read_with(format_name, path)
        sentence = str(refusal.value)
        assert path.name in sentence and "\n" not in sentence and sentence.endswith(".")
