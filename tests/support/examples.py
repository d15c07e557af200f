"""Small good sources of every kind, as (declaration, files): what the bad ones are made from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from support.sources import Content

Example = tuple[dict[str, Any], dict[str, Content]]

AREAS = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE"),
    *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "NO", "TR"),
)
YEARS = ("2021", "2022")


def _source(source_id: str, kind: str, **keys: Any) -> dict[str, Any]:
    return {
        "id": source_id,
        "kind": kind,
        "title": f"Example {source_id}",
        "publisher": "Nobody",
        "licence": "CC0-1.0",
        "attribution": "Written for a test.",
        "owner": "test-desk",
        "is_synthetic": True,
        **keys,
    }


def _indicator(concept: str, value: dict[str, str], **keys: Any) -> dict[str, Any]:
    return {
        "provider": "eurostat",
        "dataset": "example",
        "area_scheme": "eurostat",
        "series": [{"concept": concept, "value": value}],
        **keys,
    }


def rates(source_id: str = "rates", url: str | None = None, **keys: Any) -> Example:
    """An indicator in Eurostat's TSV: 30 countries, two years."""
    fetch = {"url": url, "hosts": ["127.0.0.1"]} if url else {"url": f"file:{source_id}/rates.tsv"}
    indicator = _indicator("youth_unemployment_rate", {"sex": "T", "unit": "PC_ACT"})
    declared = {"format": "eurostat_tsv", "fetch": fetch, "indicator": indicator}
    read = {"encoding": "utf-8", "delimiter": "\t"}
    source = _source(source_id, "indicator", **declared, read=read, **keys)
    return source, {} if url else {"rates.tsv": rates_tsv()}


def rates_tsv(
    cells: dict[tuple[str, str], str] | None = None,
    *,
    areas: Iterable[str] = AREAS,
    years: tuple[str, ...] = YEARS,
    sex: str = "T",
) -> str:
    """The table of :func:`rates`, some cells replaced by ``{(area, year): printed}``."""
    header = "\t".join(["freq,sex,unit,geo\\TIME_PERIOD", *(f"{year} " for year in years)])
    lines = [header]
    for number, area in enumerate(areas):
        printed = [(cells or {}).get((area, year), f"{5 + number / 10:.1f} ") for year in years]
        lines.append("\t".join([f"A,{sex},PC_ACT,{area}", *printed]))
    return "\n".join(lines) + "\n"


def shares(source_id: str = "shares") -> Example:
    """An indicator in SDMX-CSV."""
    fetch = {"url": f"file:{source_id}/shares.csv"}
    indicator = _indicator("digital_skills_basic_share", {"sex": "T", "unit": "PC"})
    declared = {"format": "sdmx_csv", "fetch": fetch, "indicator": indicator}
    return _source(source_id, "indicator", **declared), {"shares.csv": shares_csv()}


def shares_csv(*more_lines: str, areas: Iterable[str] = AREAS) -> str:
    lines = ["DATAFLOW,freq,sex,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    lines += [f"X:Y(1.0),A,T,PC,{area},2022,7.5," for area in areas]
    return "\n".join([*lines, *more_lines]) + "\n"


def figures(source_id: str = "figures") -> Example:
    """An indicator as the World Bank's API answers it."""
    keys = {"provider": "worldbank", "area_scheme": "iso3"}
    indicator = _indicator("unemployment_rate", {"indicator": "SL.X"}, **keys)
    fetch = {"url": f"file:{source_id}/answer.json"}
    declared = {"format": "worldbank_json", "fetch": fetch, "indicator": indicator}
    return _source(source_id, "indicator", **declared), {"answer.json": figures_json()}


def figures_json(**meta: Any) -> str:
    rows = [
        {
            "indicator": {"id": "SL.X", "value": "Example"},
            "country": {"id": "FR", "value": "France"},
            "countryiso3code": "FRA",
            "date": str(year),
            "value": 7.5,
            "obs_status": "",
        }
        for year in range(1991, 2024)
    ]
    counts = {"page": 1, "pages": 1, "per_page": 1000, "total": len(rows)}
    return json.dumps([{**counts, "lastupdated": "2024-01-01", **meta}, rows])


HEADERS = ("id", "submitdate", "startlanguage", "PES", "Q1a", "Q2a", "seed")
COLUMN_MAP = "wave,response_id,submitted_at,ui_language,respondent,Q1.1,Q2.1\n"
COLUMN_MAP += "2022,id,submitdate,startlanguage,PES,Q1a,Q2a\n"


def survey(source_id: str = "survey") -> Example:
    """A survey in LimeSurvey's CSV: 24 respondents, two questions, one wave."""
    declared = {
        "format": "limesurvey_csv",
        "fetch": {"url": f"file:{source_id}/results-*.csv"},
        "read": {"encoding": "utf-8-sig", "delimiter": ";"},
        "gate": {"max_refused_share": 0.1},
        "survey": {
            "survey_id": source_id,
            "wave_from_name": r"results-(\d{4})",
            "column_map": f"{source_id}/columns.csv",
            "ignored": ["seed"],
            "publish_verbatims": "all",
        },
    }
    files = {"results-2022.csv": survey_csv(), "columns.csv": COLUMN_MAP}
    return _source(source_id, "survey", **declared), files


def responses() -> list[dict[str, str]]:
    return [
        {
            "id": str(number),
            "submitdate": "2022-03-01 12:00:00",
            "startlanguage": "fr",
            "PES": f"Service {number}",
            "Q1a": "Renforcer l’apprentissage des jeunes",
            "Q2a": "Des conseillers formés aux outils numériques",
            "seed": "1",
        }
        for number in range(1, 25)
    ]


def survey_csv(
    rows: list[dict[str, str]] | None = None,
    headers: Iterable[str] = HEADERS,
    delimiter: str = ";",
) -> str:
    headers = list(headers)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([row.get(h, "") for h in headers] for row in rows or responses())
    return text.getvalue()


def notes(source_id: str = "notes") -> Example:
    """A Markdown document with a declared list of three."""
    measures = {"list_id": "measures", "heading": "Measures", "expected_count": 3}
    item = {"document_id": f"{source_id}-2024", "title": "Notes", "lang": "en", "lists": [measures]}
    declared = {
        "format": "markdown",
        "fetch": {"url": f"file:{source_id}/*.md"},
        "document": {"network": "testers", "items": [{"file": "notes.md", **item}]},
    }
    return _source(source_id, "document", **declared), {"notes.md": notes_md()}


def notes_md(measures: int = 3, ending: str = "") -> str:
    items = "\n".join(f"- Measure {number} helps young people" for number in range(measures))
    return f"# Notes\n\nCounsellors help employers.\n\n## Measures\n\n{items}\n\n{ending}\n"


def document(format_name: str, file: str, content: Content) -> Example:
    """A document source of one file, of any format."""
    item = {"file": file, "document_id": "leaflet-2024", "title": "Leaflet", "lang": "en"}
    declared = {
        "format": format_name,
        "fetch": {"url": f"file:leaflet/{file}"},
        "document": {"network": "testers", "items": [item]},
    }
    return _source("leaflet", "document", **declared), {file: content}


def codes(source_id: str = "codes") -> Example:
    """Codings by a person: 24 units with one primary code each."""
    declared = {
        "format": "coding_csv",
        "fetch": {"url": f"file:{source_id}/codings.csv"},
        "gate": {"max_refused_share": 0.1},
        "coding": {"coder": "person-a", "codebook_version": "2022.1", "survey_id": "survey"},
    }
    return _source(source_id, "coding", **declared), {"codings.csv": codes_csv()}


def codes_csv(*more_lines: str) -> str:
    lines = ["wave,response_id,question_id,slot,unit_no,code,is_primary"]
    lines += [f"2022,{number},Q1,1,1,MT1,1" for number in range(1, 25)]
    return "\n".join([*lines, *more_lines]) + "\n"


def pdf(*lines: str) -> bytes:
    """A PDF of one page, just well-formed enough to have a text layer."""
    shown = " ".join(f"({line}) Tj 0 -40 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode()
    font = b"<< /Font << /F1 5 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources %s >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(body))
    )
