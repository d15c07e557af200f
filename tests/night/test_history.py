"""Three nights of one indicator whose file changes: its history, and those who read meanwhile."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from meanwhile import Reads, two_readers
from nights import ROOT, run_night
from support import examples
from support.sources import SourceFolder

from pes_observatory.settings import Home
from pes_observatory.steps import run_source_step

pytestmark = pytest.mark.timeout(600)  # the first test waits for all three nights
AREAS = ("AT", "BE", "EL")
FIRST = {("AT", "2021"): "0.1 p", ("BE", "2021"): "18.2 ", ("EL", "2021"): ": c"}
SECOND = {**FIRST, ("AT", "2021"): "0.3 p", ("EL", "2021"): "35.5 "}
THIRD = {**SECOND, ("AT", "2021"): "0.3 ", ("BE", "2021"): "18.4 b"}
AS_OF = """
    SELECT ref_area, obs_value_raw, obs_flag_raw FROM marts.indicator_history
    WHERE time_period = '2021' AND valid_from <= ? AND (valid_to IS NULL OR ? < valid_to)
    ORDER BY ref_area
"""


@dataclass(frozen=True)
class ThreeNights:
    """A home after them, the moments at which each was learnt, and what was read meanwhile."""

    home: Path
    moments: list[datetime]
    reads: list[Reads | str]

    def ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return ask(self.home, query, *parameters)

    def believed_at(self, moment: datetime) -> list[tuple[Any, ...]]:
        return self.ask(AS_OF, moment, moment)


def ask(home: Path, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    database = home / "releases/current/warehouse.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query, parameters).fetchall()


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> ThreeNights:
    """Austria is revised, then loses its flag; Belgium is away in the second; Greece is told.

    The second night is cut off between the gate and the vintage step, and the warehouse is built
    all the same before it starts again.
    """
    folder = tmp_path_factory.mktemp("history")
    home, sources = folder / "home", SourceFolder(folder / "sources")
    source, _ = examples.rates(gate={"max_change_share": 1.0})
    sources.write(source)

    def night(*arguments: str) -> None:
        exit_code, printed = run_night(home, *arguments, PES_SOURCES=str(sources.root))
        assert exit_code == 0, printed

    def put(cells: dict[tuple[str, str], str], areas: tuple[str, ...]) -> None:
        sources.put("rates/rates.tsv", examples.rates_tsv(cells, areas=areas))

    put(FIRST, AREAS)
    night()
    before = ask(home, "FROM marts.indicator_history ORDER BY ALL")
    with two_readers(home) as reads:
        put(SECOND, ("AT", "EL"))
        for step in ("fetch", "read", "gate"):
            run_source_step(Home(home), "cut off", step, sources.declared("rates"))
        night("--only", "build")
        night("--only", "publish")
        assert ask(home, "FROM marts.indicator_history ORDER BY ALL") == before
        night()
        put(THIRD, AREAS)
        night()
    found = ask(home, "SELECT valid_from FROM meta.vintages ORDER BY vintage_no")
    return ThreeNights(home, [moment for (moment,) in found], reads)


def test_each_night_is_learnt_later_than_the_one_before(three: ThreeNights) -> None:
    assert len(three.moments) == 3
    assert three.moments == sorted(set(three.moments))


def test_readers_see_no_error_and_no_half_release_meanwhile(three: ThreeNights) -> None:
    folders = (path.parent for path in three.home.glob("releases/*/index.json"))
    published = {folder.name for folder in folders if not folder.is_symlink()}
    assert len(published) == 3
    for reads in three.reads:
        assert isinstance(reads, dict), reads
        assert reads.keys() == published


def test_nothing_was_believed_before_the_first_night(three: ThreeNights) -> None:
    assert three.believed_at(three.moments[0] - timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("night", "expected"),
    [
        (0, [("AT", "0.1", "p"), ("BE", "18.2", None), ("EL", ":", "c")]),
        (1, [("AT", "0.3", "p"), ("EL", "35.5", None)]),
        (2, [("AT", "0.3", None), ("BE", "18.4", "b"), ("EL", "35.5", None)]),
    ],
)
def test_what_was_believed_after_each_night(
    three: ThreeNights, night: int, expected: list[tuple[str, str, str | None]]
) -> None:
    assert three.believed_at(three.moments[night]) == expected
    until = three.moments[night + 1] if night < 2 else three.moments[2] + timedelta(days=365)
    assert three.believed_at(until - timedelta(microseconds=1)) == expected


def test_the_history_of_an_observation_says_what_opened_and_closed_each_row(
    three: ThreeNights,
) -> None:
    first, second, third = three.moments
    found = three.ask(
        "SELECT ref_area, obs_value, valid_from, valid_to, opened_by, closed_by, closed_reason "
        "FROM marts.indicator_history WHERE time_period = '2021' ORDER BY ref_area, valid_from"
    )
    assert found == [
        ("AT", 0.1, first, second, "new", "revised", None),
        ("AT", 0.3, second, third, "revised", "flag_changed", None),
        ("AT", 0.3, third, None, "flag_changed", None, None),
        ("BE", 18.2, first, second, "new", "vanished", "series_dropped"),
        ("BE", 18.4, third, None, "returned", None, None),
        ("EL", None, first, second, "new", "revised", None),
        ("EL", 35.5, second, None, "revised", None, None),
    ]


def test_revisions_tell_every_change_and_by_how_much_exactly(three: ThreeNights) -> None:
    _, second, third = three.moments
    found = three.ask(
        "SELECT learnt_at, ref_area, time_period, kind, reason, "
        "CAST(difference AS VARCHAR), previous_flag, new_flag, is_latest_load "
        "FROM marts.revisions ORDER BY learnt_at, ref_area, time_period"
    )
    nothing, point_two = "0.000000000000000", "0.200000000000000"
    assert found == [
        (second, "AT", "2021", "revised", None, point_two, "p", "p", False),
        (second, "BE", "2021", "vanished", "series_dropped", None, None, None, False),
        (second, "BE", "2022", "vanished", "series_dropped", None, None, None, False),
        (second, "EL", "2021", "revised", None, None, "c", None, False),
        (second, "EL", "2022", "revised", None, "-0.100000000000000", None, None, False),
        (third, "AT", "2021", "flag_changed", None, nothing, "p", None, True),
        (third, "BE", "2021", "returned", None, point_two, None, "b", True),
        (third, "BE", "2022", "returned", None, nothing, None, None, True),
        (third, "EL", "2022", "revised", None, "0.100000000000000", None, None, True),
    ]


def test_each_load_says_how_much_it_changed(three: ThreeNights) -> None:
    found = three.ask(
        "SELECT vintage_no, rows_new, rows_revised, rows_flag_changed, rows_vanished, "
        "rows_returned, is_latest FROM meta.vintages ORDER BY vintage_no"
    )
    assert found == [
        (1, 6, 0, 0, 0, 0, False),
        (2, 0, 3, 0, 2, 0, False),
        (3, 0, 1, 1, 0, 2, True),
    ]


def test_the_queries_of_the_docs_run_on_the_release(three: ThreeNights) -> None:
    page = (ROOT / "docs" / "history-of-indicators.md").read_text(encoding="utf-8")
    queries = re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)
    assert len(queries) == 3
    then, last_night, loads = queries
    moment = f"TIMESTAMP '{three.moments[0].isoformat()}'"
    then = re.sub(
        r"TIMESTAMP '[^']*'", moment, then.replace("youth_unemployment_eurostat", "rates")
    )
    assert [row[0] for row in three.ask(then)] == ["AT", "AT", "BE", "BE", "EL", "EL"]
    assert len(three.ask(last_night)) == 4
    assert len(three.ask(loads)) == 3


def test_a_night_that_finds_nothing_new_publishes_nothing(
    three: ThreeNights, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(three.home, tmp_path / "home", symlinks=True))
    release = (home / "releases/current").readlink()
    exit_code, printed = run_night(home, PES_SOURCES=str(three.home.parent / "sources"))
    assert exit_code == 0, printed
    assert (home / "releases/current").readlink() == release
