"""What a load changes is kept once, with when and why, and nothing else is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from support import examples
from support.nights import a_night, outcomes_of
from support.sources import SourceFolder

from pes_observatory.landing import LOADS_TO_KEEP, last_good
from pes_observatory.settings import Home
from pes_observatory.steps import run_source_step
from pes_observatory.vintages import index, step
from pes_observatory.vintages.compare import write_state
from pes_observatory.vintages.index import History, read_history
from pes_observatory.warehouse.inputs import counting_loads

Cells = dict[tuple[str, str], str]
BUT_TURKEY = examples.AREAS[:-1]
_TOLD = ("ref_area", "time_period", "change", "reason", "previous_value_raw", "obs_value_raw")


class Rates:
    """An indicator of 30 areas in 2021 and 2022, whose file changes from night to night."""

    def __init__(self, home: Home, sources: SourceFolder) -> None:
        self.home, self.sources = home, sources
        source, files = examples.rates(gate={"max_refused_share": 0.2, "max_change_share": 1.0})
        sources.write(source, files)

    @property
    def history(self) -> History:
        return read_history(self.home, "rates")

    def put(self, cells: Cells | None = None, **table: Any) -> None:
        self.sources.put("rates/rates.tsv", examples.rates_tsv(cells, **table))

    def night(self, cells: Cells | None = None, **table: Any) -> dict[str, Any]:
        """A night after the file changed to these cells; the outcome of its vintage step."""
        self.put(cells, **table)
        return self.same_night()

    def same_night(self) -> dict[str, Any]:
        night = a_night(self.home, self.sources)
        assert night.failures == {}
        *_, outcome = outcomes_of(self.home, night, "rates")
        assert outcome["step"] == "vintage"
        return outcome

    def delta(self, number: int) -> list[dict[str, Any]]:
        """The rows of a delta by area and period."""
        load = self.history.loads[number - 1]
        rows = pq.read_table(self.history.delta(load)).to_pylist()
        return sorted(rows, key=lambda row: (row["ref_area"], row["time_period"]))

    def told(self, number: int) -> list[tuple[Any, ...]]:
        """Of each row of a delta: area, period, change, reason, value before and since."""
        return [tuple(row[column] for column in _TOLD) for row in self.delta(number)]

    def history_files(self) -> set[str]:
        return {path.name for path in (self.home.landing / "vintages" / "rates").iterdir()}

    def files(self) -> dict[str, bytes]:
        """Everything in the history's folder, but for the moments of learning."""
        return {path.name: path.read_bytes() for path in self.history.folder.iterdir()}


@pytest.fixture
def rates(home: Home, sources: SourceFolder) -> Rates:
    return Rates(home, sources)


class TestTheFirstLoad:
    def test_it_is_the_first_delta_without_being_copied(self, rates: Rates) -> None:
        outcome = rates.night()
        (load,) = rates.history.loads
        accepted = last_good(rates.home, "observations", "rates").accepted_path
        assert rates.history.delta(load).samefile(accepted)
        assert rates.history.delta(load).name == f"00001-{load.load_id}.parquet"
        assert load.changes == {"new": 60}
        assert (outcome["outcome"], outcome["rows_in"], outcome["rows_out"]) == ("landed", 60, 60)

    def test_the_same_night_again_writes_nothing(self, rates: Rates) -> None:
        rates.night()
        before = rates.files()
        outcome = rates.same_night()
        assert (outcome["outcome"], outcome["rows_out"]) == ("unchanged", 0)
        assert rates.files() == before


class TestADelta:
    def test_it_holds_what_changed_and_nothing_else(self, rates: Rates) -> None:
        rates.night({("AT", "2021"): "5.0 p", ("BE", "2021"): "5.1 p", ("BG", "2021"): ": c"})
        outcome = rates.night(
            {("AT", "2021"): "4.9 p", ("BE", "2021"): "5.1 ", ("BG", "2021"): "5.2 "},
            years=("2021", "2022", "2023"),
            areas=("AT", "BE", "BG"),
        )
        changed = [row for row in rates.told(2) if row[2] != "vanished"]
        assert changed == [
            ("AT", "2021", "revised", None, "5.0", "4.9"),
            ("AT", "2023", "new", None, None, "5.0"),
            ("BE", "2021", "flag_changed", None, "5.1", "5.1"),
            ("BE", "2023", "new", None, None, "5.1"),
            ("BG", "2021", "revised", None, ":", "5.2"),
            ("BG", "2023", "new", None, None, "5.2"),
        ]
        assert outcome["rows_out"] == 6 + 54
        assert outcome["detail"] == (
            "1 flag_changed, 3 new, 2 revised, 54 vanished (series_dropped)"
        )
        (flag,) = [row for row in rates.delta(2) if row["change"] == "flag_changed"]
        assert (flag["previous_flag_raw"], flag["obs_flag_raw"]) == ("p", "")

    def test_a_row_says_from_when_and_by_which_load(self, rates: Rates) -> None:
        rates.night()
        rates.night({("AT", "2021"): "4.9 "})
        (row,) = rates.delta(2)
        load = rates.history.loads[1]
        assert row["load_id"] == load.load_id
        assert row["valid_from"] == datetime.fromisoformat(load.valid_from).replace(tzinfo=None)
        assert (row["previous_value"], row["obs_value"], row["is_reread"]) == (5.0, 4.9, False)
        assert (row["item_name"], row["row_no"]) == ("rates.tsv", 2)

    def test_nothing_rewrites_it(self, rates: Rates) -> None:
        rates.night()
        for value in ("4.9 ", "4.8 ", "4.7 "):
            before = {n: b for n, b in rates.files().items() if n.startswith("0")}
            rates.night({("AT", "2021"): value})
            assert before.items() < rates.files().items()

    def test_a_value_printed_otherwise_is_the_same_value(self, rates: Rates) -> None:
        rates.night({("AT", "2021"): "5.0 "})
        outcome = rates.night({("AT", "2021"): "5.00 "})
        assert (outcome["outcome"], outcome["detail"]) == ("unchanged", "no observation differs")
        assert not rates.history.loads[1].has_delta

    def test_two_changes_of_a_series_that_cancel_out_are_two(self, rates: Rates) -> None:
        rates.night({("AT", "2021"): "5.0 ", ("AT", "2022"): "6.0 "})
        rates.night({("AT", "2021"): "6.0 ", ("AT", "2022"): "5.0 "})
        assert [row[:3] for row in rates.told(2)] == [
            ("AT", "2021", "revised"),
            ("AT", "2022", "revised"),
        ]


class TestPowersOfTen:
    @pytest.mark.parametrize(
        ("printed", "changes"),
        [("12300,0", {}), ("12.3,6", {"revised": 1}), ("0.0123,6", {}), ("12.4,3", {"revised": 1})],
    )
    def test_a_value_is_what_it_is_in_units(
        self, home: Home, sources: SourceFolder, printed: str, changes: dict[str, int]
    ) -> None:
        source, _ = examples.shares()
        header = "DATAFLOW,freq,sex,unit,geo,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
        for cells in ("12.3,3", printed):
            table = f"{header}X:Y(1.0),A,T,PC,AT,2022,{cells}\n"
            sources.write(source, {"shares.csv": table})
            assert a_night(home, sources).failures == {}
        assert read_history(home, source["id"]).loads[-1].changes == changes


class TestWhatVanished:
    def test_a_series_that_is_gone(self, rates: Rates) -> None:
        rates.night()
        rates.night(areas=BUT_TURKEY)
        assert rates.told(2) == [
            ("TR", "2021", "vanished", "series_dropped", "7.9", None),
            ("TR", "2022", "vanished", "series_dropped", "7.9", None),
        ]
        assert {row["value_state"] for row in rates.delta(2)} == {"vanished"}

    def test_a_period_that_is_gone(self, rates: Rates) -> None:
        rates.night()
        rates.night(years=("2022",))
        assert len(rates.delta(2)) == 30
        assert {row[1:4] for row in rates.told(2)} == {("2021", "vanished", "period_dropped")}

    def test_a_table_with_other_dimensions(self, rates: Rates) -> None:
        rates.night()
        table = examples.rates_tsv().replace("freq,", "freq,age,").replace("A,T,", "A,Y15-24,T,")
        rates.sources.put("rates/rates.tsv", table)
        rates.same_night()
        assert rates.history.loads[1].changes == {"new": 60, "vanished": 60}
        assert {row[3] for row in rates.told(2) if row[2] == "vanished"} == {"dataset_recoded"}

    def test_a_source_that_asks_for_something_else(self, rates: Rates) -> None:
        rates.night()
        rates.sources.put("rates/europe.tsv", examples.rates_tsv(areas=BUT_TURKEY))
        rates.sources.change("rates", fetch={"url": "file:rates/europe.tsv"})
        rates.same_night()
        assert [row[2:4] for row in rates.told(2)] == [("vanished", "filter_changed")] * 2

    def test_more_patience_with_the_provider_is_no_other_question(self, rates: Rates) -> None:
        rates.night()
        rates.sources.change("rates", fetch={"timeout_seconds": 90})
        rates.night(areas=BUT_TURKEY)
        assert {row[3] for row in rates.told(2)} == {"series_dropped"}

    def test_a_row_that_the_gate_refused(self, rates: Rates) -> None:
        rates.night()
        rates.night({("AT", "2021"): "n/a "})
        assert rates.told(2) == [("AT", "2021", "vanished", "refused_by_gate", "5.0", None)]

    def test_it_may_return_and_be_compared_with_what_it_was(self, rates: Rates) -> None:
        rates.night({("TR", "2021"): "8.0 p"})
        rates.night({("TR", "2021"): "8.4 p"})
        rates.night(areas=BUT_TURKEY)
        rates.night({("TR", "2021"): "8.7 "})
        assert rates.told(4) == [
            ("TR", "2021", "returned", None, "8.4", "8.7"),
            ("TR", "2022", "returned", None, "7.9", "7.9"),
        ]
        assert rates.delta(4)[0]["previous_flag_raw"] == "p"


class TestReadingAnew:
    def test_a_load_without_difference_is_remembered_and_has_no_file(self, rates: Rates) -> None:
        rates.night()
        rates.sources.change("rates", title="Another title")
        outcome = rates.same_night()
        assert (outcome["outcome"], outcome["rows_out"]) == ("unchanged", 0)
        first, second = rates.history.loads
        assert first.load_id != second.load_id
        assert (second.changes, second.is_reread) == ({}, True)
        assert not rates.history.delta(second).exists()
        before = rates.files()
        rates.same_night()
        assert rates.files() == before

    def test_a_difference_of_the_same_bytes_is_told_to_be_one_of_our_reading(
        self, rates: Rates, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rates.night()
        _halve_when_read(monkeypatch)
        rates.sources.change("rates", title="Read anew")
        rates.same_night()
        load = rates.history.loads[1]
        assert load.is_reread
        assert load.changes == {"revised": 60}
        assert {row["is_reread"] for row in rates.delta(2)} == {True}

    def test_bytes_that_come_back_are_learnt_when_they_come_back(self, rates: Rates) -> None:
        for value in ("5.0 ", "4.9 ", "5.0 ", "4.9 "):
            rates.night({("AT", "2021"): value})
        moments = [datetime.fromisoformat(load.valid_from) for load in rates.history.loads]
        assert moments == sorted(set(moments))
        assert [row[4:] for n in (2, 3, 4) for row in rates.told(n)] == [
            ("5.0", "4.9"),
            ("4.9", "5.0"),
            ("5.0", "4.9"),
        ]


class TestKills:
    """A kill at each moment of the second comparison, then a night that runs through."""

    @pytest.mark.parametrize(
        ("place", "function", "is_after"),
        [
            ("vintages.step", "compare", False),
            ("vintages.step", "write_delta", False),
            ("vintages.step", "write_delta", True),
            ("vintages.step", "link_whole", False),
            ("vintages.step", "link_whole", True),
            ("vintages.index", "write_json", False),
            ("vintages.index", "write_json", True),
        ],
    )
    def test_it_loses_nothing_and_repeats_nothing(
        self,
        rates: Rates,
        monkeypatch: pytest.MonkeyPatch,
        place: str,
        function: str,
        is_after: bool,
    ) -> None:
        rates.night()
        rates.put({("AT", "2021"): "4.9 "}, areas=BUT_TURKEY)
        module = {"vintages.step": step, "vintages.index": index}[place]
        whole = getattr(module, function)

        def killed(*arguments: Any, **named: Any) -> None:
            if is_after:
                whole(*arguments, **named)
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(module, function, killed)
            with pytest.raises(KeyboardInterrupt):
                a_night(rates.home, rates.sources)
        rates.same_night()
        assert [load.changes for load in rates.history.loads] == [
            {"new": 60},
            {"revised": 1, "vanished": 2},
        ]
        assert len(rates.delta(2)) == 3
        outcome = rates.night({("AT", "2021"): "4.8 "}, areas=BUT_TURKEY)
        assert (outcome["rows_out"], rates.told(3)[0][4:]) == (1, ("4.9", "4.8"))
        assert sorted(path.name[:11] for path in rates.history.folder.iterdir()) == [
            *(f"0000{n}-{rates.history.loads[n - 1].load_id[:5]}" for n in (1, 2, 3)),
            "index.json",
            "state-00003",
        ]

    def test_an_index_that_is_lost_is_missed_and_no_delta_is_removed(self, rates: Rates) -> None:
        rates.night()
        rates.night({("FR", "2021"): "11.0"})
        before = rates.files()
        (rates.history.folder / "index.json").unlink()
        rates.put({("FR", "2021"): "12.0"})
        night = a_night(rates.home, rates.sources)
        assert "no index.json that names it; bring the index back" in night.failures["rates"]
        assert rates.history_files() == before.keys() - {"index.json"}

    def test_a_state_that_is_lost_is_made_anew_of_the_deltas(self, rates: Rates) -> None:
        rates.night()
        rates.night({("AT", "2021"): "4.9 "}, areas=BUT_TURKEY)
        rates.night()
        history = rates.history
        state = history.state(history.loads[-1])
        kept = _observations(state)
        state.unlink()
        with duckdb.connect() as connection:
            write_state(connection, [history.delta(load) for load in history.loads], state)
        assert _observations(state) == kept
        assert len(kept) == 60
        state.unlink()
        outcome = rates.night({("AT", "2021"): "4.8 "})
        assert (outcome["rows_out"], rates.told(4)[0][4:]) == (1, ("5.0", "4.8"))


class TestWhatCounts:
    def test_a_load_does_not_count_before_it_is_compared(self, rates: Rates) -> None:
        rates.night()
        declared = rates.sources.declared("rates")
        before = counting_loads(rates.home, declared)
        rates.put({("AT", "2021"): "4.9 "})
        for name in ("fetch", "read", "gate"):
            run_source_step(rates.home, "night", name, declared)
            assert counting_loads(rates.home, declared) == before
        run_source_step(rates.home, "night", "vintage", declared)
        assert counting_loads(rates.home, declared) != before

    def test_the_load_that_counts_stays_while_later_ones_are_not_compared(
        self, rates: Rates
    ) -> None:
        rates.night()
        declared = rates.sources.declared("rates")
        (counting,) = counting_loads(rates.home, declared)
        for number in range(LOADS_TO_KEEP + 2):
            rates.put({("AT", "2021"): f"{number}.5 "})
            for name in ("fetch", "read", "gate"):
                run_source_step(rates.home, "night", name, declared)
        assert counting_loads(rates.home, declared) == [counting]
        assert counting.accepted_path.exists()

    def test_two_values_of_one_observation_never_come_this_far(self, rates: Rates) -> None:
        table = examples.rates_tsv() + "A,T,PC_ACT,AT\t9.9 \t9.8 \n"
        rates.sources.put("rates/rates.tsv", table)
        rates.same_night()
        assert rates.history.loads[0].changes == {"new": 58}
        assert "AT" not in {row["ref_area"] for row in rates.delta(1)}


def _observations(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        query = f"SELECT series_key, time_period, obs_value, obs_flag_raw FROM '{path}'"
        return connection.sql(f"{query} ORDER BY ALL").fetchall()


def _halve_when_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that took percentages of half as much: a mistake of ours, made or mended."""
    from pes_observatory.read import step as reading

    whole = reading.write_rows

    def halved(connection: Any, query: str, *rest: Any) -> int:
        query = f"SELECT * REPLACE (obs_value / 2 AS obs_value) FROM ({query})"
        return whole(connection, query, *rest)

    monkeypatch.setattr(reading, "write_rows", halved)
