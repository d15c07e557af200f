"""From the units that need a person to the marts that people's codes are counted in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import nights
import openpyxl
import pytest
from nights import run_night

SURVEY = "synthetic_pes"
ROW = "survey_id, coder_a, coder_b, question_id, lang, level, metric"


def pes(home: Path, sources: Path, *arguments: object) -> None:
    exit_code, printed = nights.pes(home, *arguments, PES_SOURCES=str(sources))
    assert exit_code == 0, printed


def code_units(path: Path, codes: list[str]) -> list[str]:
    """Give the first units these primary codes, as a person would; the units."""
    book = openpyxl.load_workbook(path)
    sheet = book["units"]
    place = {cell.value: cell.column for cell in sheet[1]}
    choice = {row[1].value: row[0].value for row in book["codebook"].iter_rows(min_row=2)}
    units = []
    for row_no, code in enumerate(codes, start=2):
        units.append(sheet.cell(row_no, place["unit"]).value)
        sheet.cell(row_no, place["primary code"]).value = choice[code]
    book.save(path)
    return units


@pytest.fixture(scope="module")
def reviewed(
    small_night: Path, few_sources: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[str]]:
    """A home after two people coded twelve units blind, and a third decided on one of them.

    Of twelve units ana says MT1 six times and OS4 six times; ben says the same of ten, and OS4
    and MT1 of one each that ana codes otherwise. Eve, adjudicator, gives the first one PU1.
    """
    folder = tmp_path_factory.mktemp("reviewed")
    home, sources = folder / "home", folder / "sources"
    for source, copy in ((small_night, home), (few_sources, sources)):
        shutil.copytree(source, copy, symlinks=True)
    said = {
        "ana": ["MT1"] * 6 + ["OS4"] * 6,
        "ben": ["OS4"] + ["MT1"] * 5 + ["OS4"] * 5 + ["MT1"],
        "eve": ["PU1"],
    }
    units: list[str] = []
    for coder, codes in said.items():
        path = folder / f"{coder}.xlsx"
        options = ("--blind", "--only", "sample", "--sample", 0.05, "--out", path)
        pes(home, sources, "review", "export", "--survey", SURVEY, "--coder", coder, *options)
        chosen = code_units(path, codes)
        assert chosen == (units or chosen)[: len(chosen)], "the same units for everyone"
        units = units or chosen
        role = ("--role", "adjudicator") if coder == "eve" else ()
        pes(home, sources, "review", "import", path, "--coder", coder, *role)
    exit_code, printed = run_night(home, PES_SOURCES=str(sources))
    assert exit_code == 0, printed
    return home, units


@pytest.fixture(scope="module")
def db(reviewed: tuple[Path, list[str]]) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(reviewed[0] / "releases/current/warehouse.duckdb"), read_only=True)


def standing_of(db: duckdb.DuckDBPyConnection, unit: str) -> dict[str, Any]:
    target, _, number = unit.rpartition("#")
    rows = db.execute(
        "SELECT coder, code, standing FROM marts.codings "
        "WHERE target_id = ? AND unit_no = ? AND is_primary",
        [target, int(number)],
    ).fetchall()
    return {coder: (code, standing) for coder, code, standing in rows}


def test_a_persons_code_wins_and_the_machines_is_kept(db, reviewed):
    said = standing_of(db, reviewed[1][1])
    assert said.pop("ana") == ("MT1", "in_force")
    assert said.pop("ben") == ("MT1", "outranked")
    assert len(said) >= 1  # the machine's
    assert {standing for _, standing in said.values()} == {"outranked"}


def test_an_adjudicator_decides_where_two_people_disagree(db, reviewed):
    said = standing_of(db, reviewed[1][0])
    assert said["eve"] == ("PU1", "in_force")
    assert (said["ana"], said["ben"]) == (("MT1", "outranked"), ("OS4", "outranked"))


def test_a_dispute_that_nobody_decided_is_listed(db, reviewed):
    target, _, number = reviewed[1][11].rpartition("#")
    rows = db.execute(
        "SELECT * FROM marts.coding_review WHERE reason = 'people_disagree'"
    ).fetchall()
    assert rows == [(target, int(number), "people_disagree", "ana,ben", "MT1,OS4")]
    assert standing_of(db, reviewed[1][11])["ana"] == ("OS4", "in_force")


def test_codings_of_answers_that_are_gone_are_listed_and_count_nowhere(db):
    """The small home has one of three waves; person-a of the bundled sample coded all three."""
    (gone,) = db.execute(
        "SELECT count(*) FROM marts.coding_review WHERE reason = 'target_gone' "
        "AND coders = 'person-a' AND target_id NOT LIKE 'synthetic_pes/2023/%'"
    ).fetchone()
    assert gone == 18
    (kept,) = db.execute(
        "SELECT count(*) FROM marts.codings WHERE coder = 'person-a' AND standing = 'target_gone'"
    ).fetchone()
    assert kept == 21


def test_the_agreement_of_two_people_is_what_a_hand_works_out(db):
    """Ten of twelve agree; both use each code six times.

    kappa: p_e = 1/2, (10/12 - 1/2) / (1/2) = 2/3. alpha: D_o = 2/12, and of 24 values 12 and 12
    D_e = 2 * 12 * 12 / (24 * 23), 1 - (1/6) / (12/23) = 49/72.
    """
    rows = db.execute(
        f"SELECT {ROW}, value, units, units_agreed, is_small, is_decisive, ci_low, ci_high "
        "FROM meta.coding_agreement WHERE coder_a = 'ana' AND coder_b = 'ben' "
        "AND question_id = 'all' AND lang = 'all' AND level = 'theme' ORDER BY metric"
    ).fetchall()
    kappa, alpha, masi = rows
    assert kappa[6:12] == ("cohen_kappa", pytest.approx(2 / 3, abs=1e-6), 12, 10, False, True)
    assert alpha[6:8] == ("krippendorff_alpha", pytest.approx(49 / 72, abs=1e-6))
    assert masi[6:8] == ("krippendorff_alpha_masi", pytest.approx(49 / 72, abs=1e-6))
    for row in rows:
        assert row[12] < row[7] < row[13] <= 1


def test_agreement_with_the_machine_is_measured_and_a_gate_looks_at_it(db):
    (pairs,) = db.execute(
        "SELECT count(DISTINCT (coder_a, coder_b)) FROM meta.coding_agreement "
        "WHERE coder_a = 'ana' AND coder_type_b <> 'human'"
    ).fetchone()
    assert pairs >= 1
    severity, checked = db.execute(
        "SELECT any_value(severity), max(checked_rows) FROM meta.gate_results "
        "WHERE rule = 'coders_agree_tentatively'"
    ).fetchone()
    assert severity == "warning"
    assert checked > 0


def test_a_wave_says_how_many_of_its_units_people_have_checked(db):
    units, checked, status = db.execute(
        "SELECT units, units_checked_by_person, coding_status FROM marts.dim_wave WHERE wave = 2023"
    ).fetchone()
    by_people = db.execute(
        "SELECT count(DISTINCT (target_id, unit_no)) FROM marts.codings "
        "WHERE coder_type = 'human' AND standing = 'in_force' AND wave = 2023"
    ).fetchone()[0]
    assert checked == by_people >= 12
    assert status == ("checked" if checked >= min(30, units / 10) else "provisional")


def test_no_words_of_a_withheld_answer_are_among_the_codings(db):
    (shown,) = db.execute(
        "SELECT count(*) FROM marts.codings AS c JOIN staging.stg_survey__answers AS a "
        "ON c.target_id = a.answer_id WHERE NOT a.is_publishable "
        "AND (c.unit_text IS NOT NULL OR c.terms IS NOT NULL)"
    ).fetchone()
    assert shown == 0
