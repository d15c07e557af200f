"""Real specimens below ``PES_INPUTS``, and reading any file with one reader."""

from __future__ import annotations

import csv
import json

import pytest
from one_reader import Reading, inputs_folder, read_with, real_source

from pes_observatory.sources.registry import Declared, get_source


@pytest.fixture(scope="session")
def inputs():
    """The folder of real files; without it the test is skipped."""
    folder = inputs_folder()
    if not folder.is_dir():
        pytest.skip(f"no real inputs at {folder}; set PES_INPUTS to the folder that has them")
    return folder


@pytest.fixture(scope="session")
def read_real(inputs):
    """Read a real file once, however many tests ask for it."""
    known: dict[tuple, Reading] = {}

    def read(format_name: str, path: str, source: str | None = None, **dialect: str) -> Reading:
        key = (format_name, path, source, *dialect.items())
        if key not in known:
            declared = real_source(source) if source else None
            known[key] = read_with(format_name, inputs / path, declared, **dialect)
        return known[key]

    return read


@pytest.fixture
def read_text(tmp_path):
    """Write a small file and read it."""

    def read(
        format_name: str, text: str | bytes, declared=None, name: str = "example", **dialect: str
    ) -> Reading:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_with(format_name, path, declared, **dialect)

    return read


@pytest.fixture
def survey_source(tmp_path):
    """Declare a survey of one wave: our names to printed headers, and more of its YAML."""

    def declare(
        header_of: dict[str, str], format_name: str = "limesurvey_csv", **survey: object
    ) -> Declared:
        folder = tmp_path / "sources"
        folder.mkdir(exist_ok=True)
        columns = {"wave": "2024", **header_of}
        with (folder / "columns.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([columns.keys(), columns.values()])
        content = {
            **dict.fromkeys(("title", "publisher", "licence", "attribution", "owner"), "x"),
            "id": "example_survey",
            "kind": "survey",
            "format": format_name,
            "fetch": {"url": "file:example*.csv"},
            "read": {"encoding": "utf-8-sig", "delimiter": ";"},
            "survey": {
                "survey_id": "example",
                "column_map": "columns.csv",
                **({} if "wave_from_name" in survey else {"wave": 2024}),
                **survey,
            },
        }
        (folder / "example_survey.yml").write_text(json.dumps(content))
        return get_source(folder, "example_survey")

    return declare


@pytest.fixture
def indicator_source(tmp_path):
    """Declare an indicator of any format; what its YAML says of basis and the like."""

    def declare(format_name: str, **indicator: str) -> Declared:
        folder = tmp_path / "sources"
        folder.mkdir(exist_ok=True)
        content = {
            **dict.fromkeys(("title", "publisher", "licence", "attribution", "owner"), "x"),
            "id": "example_indicator",
            "kind": "indicator",
            "format": format_name,
            "fetch": {"url": "file:table"},
            "indicator": {
                "provider": "eurostat",
                "dataset": "example",
                "area_scheme": "eurostat",
                **indicator,
            },
        }
        (folder / "example_indicator.yml").write_text(json.dumps(content))
        return get_source(folder, "example_indicator")

    return declare
