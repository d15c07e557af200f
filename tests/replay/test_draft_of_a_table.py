"""``pes sources new indicator PROVIDER:TABLE``: a whole YAML from what the provider says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from support.fetched import is_one_sentence
from support.replay import (
    EmplReplay,
    EurostatReplay,
    IlostatReplay,
    OecdReplay,
    Replay,
    WorldBankReplay,
    specimen,
)
from support.server import ok, status
from support.sources import SourceFolder

from pes_observatory.cli import main
from pes_observatory.drafts.indicator import draft_indicator, one_line
from pes_observatory.errors import FetchFailed, WrongUse
from pes_observatory.settings import Home
from pes_observatory.sources.fetch import REQUESTS_PER_MINUTE
from pes_observatory.sources.yaml_file import read_source


@pytest.fixture(autouse=True)
def _turns_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for api in REQUESTS_PER_MINUTE:
        monkeypatch.setitem(REQUESTS_PER_MINUTE, api, 6000)


def test_a_label_of_several_lines_stays_one_comment() -> None:
    assert one_line("#   Y15  young\nid: other") == "#   Y15  young id: other"


OCCURRING = {
    "freq": "A",
    "isco08": "OC11 OC12 TOTAL",
    "age": "Y15-64",
    "sex": "T M F",
    "unit": "THS_PER",
    "geo": "AT BE",
}


def constraint() -> bytes:
    """What of the code lists occurs in the data, as Eurostat writes it."""
    keys = "".join(
        f'<c:KeyValue id="{name}">'
        + "".join(f"<c:Value>{code}</c:Value>" for code in codes.split())
        + "</c:KeyValue>"
        for name, codes in OCCURRING.items()
    )
    namespaces = " ".join(
        f'xmlns:{prefix}="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/{name}"'
        for prefix, name in (("m", "message"), ("s", "structure"), ("c", "common"))
    )
    return (
        f'<?xml version="1.0"?><m:Structure {namespaces}><m:Header><m:ID>X</m:ID><m:Test>false'
        '</m:Test><m:Prepared>2026-01-10T00:00:00Z</m:Prepared><m:Sender id="ESTAT"/></m:Header>'
        '<m:Structures><s:Constraints><s:ContentConstraint id="LFSA_EGAI2D" agencyID="ESTAT" '
        'version="16.0" type="Actual"><c:Name>What is there</c:Name><s:ConstraintAttachment>'
        '<s:Dataflow><Ref id="LFSA_EGAI2D" version="1.0" agencyID="ESTAT" package="datastructure" '
        'class="Dataflow"/></s:Dataflow></s:ConstraintAttachment><s:CubeRegion include="true">'
        f"{keys}</s:CubeRegion></s:ContentConstraint></s:Constraints></m:Structures></m:Structure>"
    ).encode()


class Desk:
    """Where drafts are written."""

    def __init__(self, home: Home, sources: SourceFolder) -> None:
        self.home, self.folder = home, sources.root

    def draft(self, replay: Replay, dataset: str, own_id: str | None = None) -> Path:
        table = f"{replay.api}:{dataset}"
        return draft_indicator(self.home, "now", self.folder, table, own_id, replay.url())


@pytest.fixture
def desk(home: Home, sources: SourceFolder) -> Desk:
    return Desk(home, sources)


def content_of(path: Path) -> dict[str, Any]:
    """The YAML's content, which is a valid source as it stands."""
    source, mistakes = read_source(path)
    assert (mistakes, source is None) == ([], False)
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.fixture
def told(eurostat: EurostatReplay) -> EurostatReplay:
    """Eurostat, which tells all about ``lfsa_egai2d``: employed persons by occupation."""
    folder = "eurostat/sdmx-ml/lfsa_egai2d_"
    flow, structure = (
        specimen(f"{folder}{name}.xml") for name in ("dataflow_all", "datastructure_descendants")
    )
    eurostat.at("/sdmx/2.1/dataflow/ESTAT/lfsa_egai2d?references=none", ok(flow))
    path = "/sdmx/2.1/datastructure/ESTAT/lfsa_egai2d?references=descendants"
    eurostat.at(path, ok(structure))
    eurostat.at("/sdmx/2.1/contentconstraint/ESTAT/lfsa_egai2d", ok(constraint()))
    return eurostat


class TestEurostat:
    def test_a_draft_is_whole_and_valid(self, desk: Desk, told: EurostatReplay) -> None:
        path = desk.draft(told, "lfsa_egai2d")
        content = content_of(path)
        assert path == desk.folder / "indicators" / "eurostat_lfsa_egai2d.yml"
        title = "Employed persons by detailed occupation (ISCO-08 two digit level)"
        assert content["title"] == f"{title} (Eurostat, lfsa_egai2d)"
        assert content["licence"] == "Decision 2011/833/EU (CC BY 4.0)"
        assert content["format"] == "sdmx_csv"
        assert content["expected_every_days"] == 400
        assert content["indicator"]["area_scheme"] == "eurostat"
        assert content["indicator"]["series"] == []
        assert content["fetch"]["filter"] == {
            "freq": ["A"],
            "isco08": ["TOTAL"],
            "age": ["Y15-64"],
            "sex": ["T", "M", "F"],
            "unit": ["THS_PER"],
        }

    def test_the_comments_tell_the_update_the_periods_and_the_codes_that_occur(
        self, desk: Desk, told: EurostatReplay
    ) -> None:
        text = desk.draft(told, "lfsa_egai2d").read_text()
        for line in (
            "# Drafted from what Eurostat says, last updated 2026-01-09T23:00:00+0100.",
            "# Periods 2011 to 2024.",
            "# sex: Sex, 3 codes",
            "#   THS_PER  Thousand persons",
            "# geo: Geopolitical entity (reporting), 2 codes",
            "#   AT  Austria",
            "  #   value: {freq: A, isco08: TOTAL, age: Y15-64, sex: T, unit: THS_PER}",
        ):
            assert line in text.splitlines()

    def test_without_the_codes_that_occur_no_filter_is_suggested(
        self, desk: Desk, told: EurostatReplay
    ) -> None:
        told.at("/sdmx/2.1/contentconstraint/ESTAT/lfsa_egai2d", status(404))
        path = desk.draft(told, "lfsa_egai2d")
        assert "filter" not in content_of(path)["fetch"]
        assert "#   and 4250 more" in path.read_text().splitlines()

    def test_a_table_that_is_not_there_is_said_to_be_missing(
        self, desk: Desk, eurostat: EurostatReplay
    ) -> None:
        with pytest.raises(FetchFailed) as failure:
            desk.draft(eurostat, "une_rt_x")
        says = ("Nothing is drafted for eurostat:une_rt_x: there is nothing at", "check the name")
        is_one_sentence(str(failure.value), *says)
        assert not list(desk.folder.rglob("*.yml"))

    def test_dg_empl_is_asked_at_its_own_node(self, desk: Desk, empl: EmplReplay) -> None:
        with pytest.raises(FetchFailed, match="dataflow/EMPL/LMP_EXPSUMM"):
            desk.draft(empl, "LMP_EXPSUMM")


def test_the_oecd_describes_a_dataflow_with_codes_that_occur(desk: Desk, oecd: OecdReplay) -> None:
    real = specimen("oecd/sdmx-csv-belgski/infra_annual_labour/structure.xml")
    oecd.at(oecd.structure(), ok(real))
    path = desk.draft(oecd, oecd.dataset)
    content = content_of(path)
    assert path.stem == "oecd_dsd_lfs_df_ialfs_indic"
    assert content["title"].startswith("Infra-annual labour statistics (OECD, OECD.SDD.TPS,DSD_")
    assert content["fetch"]["filter"]["SEX"] == ["_T", "F", "M"]
    assert content["fetch"]["filter"]["TRANSFORMATION"] == ["_Z"]
    assert content["expected_every_days"] == 45
    assert "last updated 2025-05-14T01:05:19.453Z." in path.read_text().splitlines()[0]
    assert "#   PT_LF_SUB  Percentage of labour force in the same subgroup" in path.read_text()


@pytest.fixture
def neet(ilostat: IlostatReplay) -> IlostatReplay:
    """ILOSTAT, which has a table of young people in neither work nor school."""
    ilostat.says(EIP_2EET_SEX_RT_A="01/11/2025 10:00:00")
    table = (
        "ref_area,ref_area.label,sex,sex.label,time,obs_value\n"
        "FRA,France,SEX_T,Total,2022,12.1\nFRA,France,SEX_M,Male,2022,12.4\n"
    )
    asked = "/data/indicator/?id=EIP_2EET_SEX_RT_A&timefrom=2022&lang=en&type=both&format=.csv"
    ilostat.at(asked, ok(table.encode()))
    return ilostat


def test_ilostat_describes_an_indicator_by_its_last_year(desk: Desk, neet: IlostatReplay) -> None:
    path = desk.draft(neet, "EIP_2EET_SEX_RT_A")
    content = content_of(path)
    assert content["fetch"]["filter"] == {"sex": ["SEX_T", "SEX_M"]}
    assert content["indicator"]["area_scheme"] == "iso3"
    assert content["indicator"]["basis"] == "modelled"
    assert "#   SEX_T  Total" in path.read_text().splitlines()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "obs_status,obs_status.label,obs_status.sort\nB,Break in series,1\nU,Unreliable,2\n",
            "# Flags: B Break in series; U Unreliable.",
        ),
        ("[]", "# What its flags mean is not known here: "),
    ],
)
def test_the_dictionary_of_ilostat_tells_what_flags_mean(
    desk: Desk, neet: IlostatReplay, body: str, told: str
) -> None:
    neet.at("/metadata/dic/?var=obs_status&lang=en&format=.csv", ok(body.encode()))
    path = desk.draft(neet, "EIP_2EET_SEX_RT_A")
    content_of(path)
    assert any(line.startswith(told) for line in path.read_text().splitlines())


def test_the_world_bank_describes_an_indicator_and_what_is_modelled_is_said_so(
    desk: Desk, worldbank: WorldBankReplay
) -> None:
    worldbank.says("2025-10-07")
    name = "Unemployment, youth total (% of total labor force ages 15-24) (modeled ILO estimate)"
    about = f'[{{"page": 1}}, [{{"id": "SL.UEM.1524.ZS", "name": "{name}", "sourceNote": "Who"}}]]'
    worldbank.at("/en/indicator/SL.UEM.1524.ZS?format=json", ok(about.encode()))
    path = desk.draft(worldbank, "SL.UEM.1524.ZS")
    content = content_of(path)
    assert path.stem == "worldbank_sl_uem_1524_zs"
    assert content["indicator"]["basis"] == "modelled"
    assert content["format"] == "worldbank_json"
    assert "filter" not in content["fetch"]
    assert "# Who" in path.read_text().splitlines()


def test_an_indicator_that_the_world_bank_has_not_is_told_in_its_words(
    desk: Desk, worldbank: WorldBankReplay
) -> None:
    message = b'[{"message": [{"id": "120", "value": "The provided parameter is not valid"}]}]'
    worldbank.at("/en/indicator/SL.X?format=json", ok(message))
    with pytest.raises(FetchFailed, match=r"describes no indicator \(The provided parameter"):
        desk.draft(worldbank, "SL.X")


def test_the_command_says_what_it_wrote(
    desk: Desk,
    worldbank: WorldBankReplay,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    worldbank.says("2025-10-07")
    about = b'[{"page": 1}, [{"id": "SL.X", "name": "Jobs"}]]'
    worldbank.at("/en/indicator/SL.X?format=json", ok(about))
    asked = ["sources", "new", "indicator", "worldbank:SL.X", "--id", "jobs"]
    monkeypatch.setattr("sys.argv", ["pes", *asked, "--base-url", worldbank.url()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    path = desk.folder / "indicators" / "jobs.yml"
    assert capsys.readouterr().out.startswith(f"Wrote {path}; fill it in")
    assert content_of(path)["title"] == "Jobs (World Bank, SL.X)"


def test_without_network_one_sentence_says_so(home: Home, sources: SourceFolder) -> None:
    nobody = "http://127.0.0.1:9"
    with pytest.raises(FetchFailed) as failure:
        draft_indicator(home, "now", sources.root, "worldbank:SL.X", None, nobody)
    is_one_sentence(
        str(failure.value), "Nothing is drafted for worldbank:SL.X", "could not be reached"
    )


@pytest.mark.parametrize("table", ["imf:WEO", "eurostat:", "une_rt_m"])
def test_what_names_no_table_is_told_how_to(home: Home, sources: SourceFolder, table: str) -> None:
    with pytest.raises(WrongUse, match="write PROVIDER:TABLE such as eurostat:une_rt_m"):
        draft_indicator(home, "now", sources.root, table, None, None)


def test_a_draft_never_overwrites(desk: Desk, told: EurostatReplay) -> None:
    path = desk.draft(told, "lfsa_egai2d", "occupations")
    path.write_text("mine")
    with pytest.raises(WrongUse, match="is there already"):
        desk.draft(told, "lfsa_egai2d", "occupations")
    assert path.read_text() == "mine"
