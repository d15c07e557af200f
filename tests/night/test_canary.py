"""A person planted in every survey layout, and a PES that asked not to be named: neither leaves.

One real night over the wave of ``support.wave`` in all its layouts, with two more responses: one
whose texts name a person in many ways, one of a withheld PES. Then all that may leave this house
is searched: the released database and its Parquet and pages, what was printed, the outcomes, the
quarantine. ``raw/`` and ``landing/`` are the inside of the house (docs/personal-data.md).
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest
from nights import environment, run_night_apart
from support import wave
from support.layouts import Layout
from support.sources import SourceFolder
from support.workbooks import all_layouts

pytestmark = pytest.mark.timeout(300)

NAMED = "Office of Imaginary Labour"
PLANTED = replace(
    wave.HANDED_IN[1],
    id="10249522990",
    submitted=datetime(2024, 4, 2, 8, 30, 11),
    pes="Service de Canarie, Mme Zeynep Kanarioglu",
    answers={
        **wave.HANDED_IN[1].answers,
        "Q1.1": "Ask Yolanda Canariensis or Dr. Kanarioglu, yolanda@canary-mail.example",
        "Q1.2": "Our line is +33 6 99 88 77 66, our hosts 192.0.2.177 and 2001:db8::ca:177",
        "Q1.3": "Contact: Tweety Kanarivogel, tweety [at] canary-mail.example",
        "Q6.1": "Canary.Person told us so; KANARIOGLU Zeynep and J. Müller agreed",
    },
)
WITHHELD = replace(
    wave.HANDED_IN[2],
    id="10249522991",
    submitted=datetime(2024, 4, 3, 8, 31, 12),
    pes="Kanarienamt von Atlantis",
    answers={
        name: said and f"Verschwiegen {said}" for name, said in wave.HANDED_IN[3].answers.items()
    },
)
OF_A_PERSON = (
    *("kanarioglu", "canariensis", "kanarivogel", "canary-mail", "canary.person", "99 88 77 66"),
    *("192.0.2.177", "ca:177", "j. müller"),
)
OF_THE_WITHHELD = ("kanarienamt", "verschwiegen", "10249522991", "08:31:12")
INSIDE = ("raw", "landing")
DECLARED = "declared.json"  # the sources' YAMLs, which name who is withheld


@contextmanager
def planted() -> Iterator[list[Layout]]:
    """Every layout of the wave with the two responses in it."""
    for responses in (wave.RESPONSES, wave.HANDED_IN):
        responses.extend((PLANTED, WITHHELD))
    try:
        yield all_layouts()
    finally:
        for responses in (wave.RESPONSES, wave.HANDED_IN):
            del responses[-2:]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home after the night, and what it printed; one source has rows in quarantine."""
    folder = tmp_path_factory.mktemp("canary")
    sources = SourceFolder(folder / "sources")
    with planted() as layouts:
        for layout in [*layouts, sent_twice(layouts[0])]:
            source, files = layout.example()
            source["survey"]["withheld"] = ["Kanarienamt von Atlantis"]
            sources.write(source | {"gate": {"max_refused_share": 0.6}}, files)
    exit_code, printed = run_night_apart(folder / "home", PES_SOURCES=str(sources.root))
    assert exit_code == 0, printed
    return folder / "home", printed


def sent_twice(layout: Layout) -> Layout:
    """The layout with its last two responses a second time: they go to quarantine."""
    export = str(layout.content).rstrip("\r\n")
    content = "\r\n".join([export, *export.split("\r\n")[-2:], ""])
    return replace(layout, name="sent_twice", content=content)


@pytest.fixture(scope="module")
def leaving(night: tuple[Path, str]) -> dict[str, str]:
    """All that may leave, by name, in lower case: tables as text, other files as they are."""
    home, printed = night
    found = {"what was printed": printed}
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home)
        if (
            path.is_symlink()
            or not path.is_file()
            or name.parts[0] in INSIDE
            or name.name == DECLARED
        ):
            continue
        if any(parent.is_symlink() for parent in path.parents):
            continue
        if path.suffix == ".parquet":
            found[str(name)] = repr(duckdb.sql(f"FROM '{path}'").fetchall())
        elif path.name == "warehouse.duckdb":
            found |= {f"{name}: {table}": text for table, text in tables_of(path).items()}
        found[f"bytes of {name}"] = path.read_bytes().decode("latin-1")
    return {name: text.lower() for name, text in found.items()}


def tables_of(path: Path) -> dict[str, str]:
    with duckdb.connect(str(path), read_only=True) as database:
        tables = database.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        views = database.execute(
            "SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal"
        ).fetchall()
        return {
            f"{schema}.{table}": repr(database.execute(f"FROM {schema}.{table}").fetchall())
            for schema, table in [*tables, *views]
        }


@pytest.mark.parametrize("canary", [*OF_A_PERSON, *OF_THE_WITHHELD])
def test_a_canary_is_nowhere(leaving: dict[str, str], canary: str) -> None:
    assert [name for name, text in leaving.items() if canary in text] == []


def test_the_search_would_find_them(night: tuple[Path, str], leaving: dict[str, str]) -> None:
    """The same words are in raw/, and what stands beside them is in the release."""
    raw = b"".join(p.read_bytes() for p in (night[0] / "raw").rglob("*") if p.is_file())
    assert b"Kanarioglu" in raw and b"Kanarienamt" in raw
    assert any(name.endswith("marts.verbatims") for name in leaving)
    for words in (
        "[name] told us so; [name] and [name] agreed",
        "our line is [phone], our hosts [ip]",
    ):
        found = [name for name, text in leaving.items() if words in text]
        assert any("marts.verbatims" in name for name in found)
        assert any(name.endswith(".parquet") for name in found)
    assert any("quarantine" in name and "10249522990" in text for name, text in leaving.items())


@pytest.mark.skipif(not find_spec("pes_observatory.review"), reason="there is no pes review")
def test_people_who_code_read_no_name(night: tuple[Path, str], tmp_path: Path) -> None:
    """Coders get the words of withheld answers, too, but not whose they are."""
    home, _ = night
    workbook = tmp_path / "review.xlsx"
    command = [sys.executable, "-m", "pes_observatory", "review", "export", "--sample", "1"]
    done = subprocess.run(
        [*command, "--survey", "limesurvey_codes", "--out", str(workbook)],
        env=environment(home, PES_SOURCES=str(home.parent / "sources")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(workbook) as parts:
        text = "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    names = set(OF_A_PERSON + OF_THE_WITHHELD) - {"verschwiegen"}
    assert [name for name in names if name in text.lower()] == []
    assert "verschwiegen" in text.lower()


def test_neither_its_language_nor_its_place_in_the_file_is_told(night: tuple[Path, str]) -> None:
    release = night[0] / "releases/current/warehouse.duckdb"
    with duckdb.connect(str(release), read_only=True) as database:
        told = database.execute(
            "SELECT 'answer', lang, row_no, submitted_at, ui_language, respondent_raw "
            "FROM staging.stg_survey__answers WHERE attribution = 'withheld' "
            "UNION SELECT 'coding', lang, row_no, NULL, NULL, NULL "
            "FROM staging.stg_coding__codings WHERE target_id LIKE '%/withheld-%'"
        ).fetchall()
    assert sorted(told) == [(kind, *[None] * 5) for kind in ("answer", "coding")]


def test_the_withheld_pes_counts_and_belongs_nowhere(night: tuple[Path, str]) -> None:
    release = night[0] / "releases/current/warehouse.duckdb"
    with duckdb.connect(str(release), read_only=True) as database:
        coverage = database.execute(
            "SELECT responses, pes, countries FROM marts.response_coverage "
            "WHERE survey_id = 'limesurvey_codes' AND region_id = 'withheld'"
        ).fetchall()
        waves = database.execute(
            "SELECT survey_id, responses FROM marts.dim_wave WHERE survey_id LIKE 'limesurvey%'"
        ).fetchall()
        reviewed = database.execute(
            "SELECT count(*) FROM marts.respondent_review WHERE response_id LIKE 'withheld%'"
        ).fetchone()
        words = database.execute(
            "SELECT count(*) FROM marts.verbatims WHERE region_id = 'withheld'"
        ).fetchone()
    assert coverage == [(1, 0, 0)]
    assert {responses for _, responses in waves} == {14}
    assert (reviewed, words) == ((0,), (0,))
