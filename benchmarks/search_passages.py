"""How long a search takes in a warehouse of made-up passages, by queries in three languages.

    python benchmarks/search_passages.py [--passages 100000] [--repeat 20]

Passages are three sentences drawn from the bundled answers and documents, with a rare word each,
so that common words stand in a tenth of all texts: harder than what people write.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import statistics
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa

from pes_observatory.search.index import build_index
from pes_observatory.search.query import search
from pes_observatory.search.words import learn_stems

ROOT = Path(__file__).parents[1]
QUERIES = [
    "garantie jeunesse",
    "emploi des jeunes",
    "services numériques conseillers",
    "employer services",
    "digital skills of advisers",
    "long-term unemployed",
    "empleo rural",
    "formación de orientadores",
    "garantía juvenil",
    "word12345",
]
_SENTENCE = re.compile(r"[^.!?;\n]{30,}[.!?;]")
_MARTS = """
CREATE SCHEMA marts;
CREATE TABLE marts.document_passages AS
SELECT *, 'A document (2022), p. 1' AS citation, NULL AS link FROM made;
CREATE TABLE marts.verbatims (
    answer_id VARCHAR, lang VARCHAR, answer_text VARCHAR, survey_id VARCHAR, wave INTEGER,
    question_id VARCHAR, pes_id VARCHAR
);
CREATE TABLE marts.dim_wave (survey_id VARCHAR, wave INTEGER, title VARCHAR);
CREATE TABLE marts.dim_pes (pes_id VARCHAR, pes_name VARCHAR);
"""


def sentences() -> dict[str, list[str]]:
    """The sentences of the bundled samples, per language."""
    found: dict[str, list[str]] = {"fr": [], "en": [], "es": []}
    for path in sorted((ROOT / "sources" / "documents").glob("*/*.*")):
        lang = path.suffixes[-2][1:] if len(path.suffixes) > 1 else ""
        if lang in found and path.suffix != ".pdf":
            found[lang] += _SENTENCE.findall(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")))
    with (ROOT / "benchmarks" / "coding" / "development.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["lang"] in found:
                found[row["lang"]].append(row["text"])
    return found


def made_up(count: int) -> pa.Table:
    """So many passages, the same in every run."""
    draw, known = random.Random(5), sentences()  # noqa: S311 (no secrets, only the same texts)
    langs = [lang for lang in known if known[lang]]
    rows = []
    for number in range(count):
        lang = langs[number % len(langs)]
        text = " ".join(draw.choices(known[lang], k=3))
        rows.append((f"d/{number}", lang, f"{text} word{draw.randrange(50_000)}"))
    ids, spoken, texts = zip(*rows, strict=True)
    return pa.table({"passage_id": ids, "lang": spoken, "text": texts})


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "warehouse.duckdb"
        made = made_up(asked.passages)
        with duckdb.connect(str(database)) as connection:
            connection.register("made", made)
            connection.execute(_MARTS)
        before, start = database.stat().st_size, time.perf_counter()
        texts = build_index(database)
        seconds = time.perf_counter() - start
        print(f"{texts:,} texts indexed in {seconds:.1f} s, ", end="")
        print(f"file from {before / 1e6:.1f} to {database.stat().st_size / 1e6:.1f} MB")
        with duckdb.connect(str(database), read_only=True) as connection:
            learn_stems(connection)
            for query in QUERIES:
                times, used, hits = [], [], []
                for _ in range(asked.repeat):
                    start, spent = time.perf_counter(), time.process_time()
                    hits = search(connection, query)
                    times.append(1000 * (time.perf_counter() - start))
                    used.append(1000 * (time.process_time() - spent))
                print(
                    f"{query:35} median {statistics.median(times):5.0f} ms, "
                    f"slowest {max(times):5.0f} ms, processor {statistics.median(used):5.0f} ms, "
                    f"{len(hits)} hits"
                )


if __name__ == "__main__":
    main()
