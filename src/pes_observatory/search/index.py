"""The search index: schema ``search`` of a built warehouse, made after dbt and before the gate.

An inverted index in plain tables, so that whoever has no full-text extension still opens the
file. ``search.texts`` numbers what may be found: passages of documents, and the answers that the
mart of verbatims publishes; nothing else is ever read. ``search.terms`` numbers the terms of each
language. ``search.postings`` has a row per term and text with its BM25 weight (Robertson and
Zaragoza, Foundations and Trends in IR 3 (2009), 333-389), in the order of terms: a search reads
only the rows of its own. The words stay in the marts, which get an index of their identifiers.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pes_observatory.search.words import (
    STEMMERS,
    function_words,
    learn_stems,
    stem_exceptions,
    stem_sql,
    words_sql,
)

SATURATION, LENGTH_WEIGHT = 1.2, 0.75

_TEXTS = f"""
CREATE TEMP TABLE texts AS
WITH sayings AS (
    SELECT 'passage' AS kind, passage_id AS text_id, lang, text FROM marts.document_passages
    UNION ALL
    SELECT 'verbatim', answer_id, lang, answer_text FROM marts.verbatims
),
named AS (
    SELECT *, split_part(lang, '-', 1) AS spoken FROM sayings WHERE text IS NOT NULL
)
SELECT
    CAST(row_number() OVER (ORDER BY kind, text_id) AS INTEGER) AS text_no,
    kind,
    text_id,
    CASE WHEN spoken IN {tuple(STEMMERS)} THEN spoken ELSE 'other' END AS lang,
    text
FROM named
"""
_WORDS = f"""
CREATE TEMP TABLE words AS
SELECT text_no, lang, unnest({words_sql("text")}) AS word FROM texts
"""
_STEMS = f"""
CREATE TEMP TABLE stems AS
SELECT lang, word, coalesce(known.term, {stem_sql("word", "lang")}) AS term
FROM (SELECT DISTINCT lang, word FROM words WHERE word <> '')
LEFT JOIN known USING (lang, word)
WHERE known.term IS NULL OR known.term <> ''
"""
_COUNTS = """
CREATE TEMP TABLE counts AS
SELECT lang, term, text_no, count(*) AS times
FROM words JOIN stems USING (lang, word)
GROUP BY ALL
"""
_TERMS = """
CREATE TABLE search.terms AS
SELECT
    CAST(row_number() OVER (ORDER BY lang, term) AS INTEGER) AS term_no,
    lang,
    term,
    CAST(count(*) AS INTEGER) AS texts
FROM counts
GROUP BY lang, term
ORDER BY term_no
"""
_POSTINGS = f"""
CREATE TABLE search.postings AS
WITH lengths AS (
    SELECT lang, text_no, sum(times) AS length FROM counts GROUP BY ALL
),
languages AS (
    SELECT lang, count(*) AS n, avg(length) AS usual FROM lengths GROUP BY ALL
)
SELECT
    term_no,
    text_no,
    CAST(
        ln(1 + (n - texts + 0.5) / (texts + 0.5))
        * times * {SATURATION + 1}
        / (times + {SATURATION} * ({1 - LENGTH_WEIGHT} + {LENGTH_WEIGHT} * length / usual))
        AS FLOAT
    ) AS weight
FROM counts
JOIN search.terms USING (lang, term)
JOIN lengths USING (lang, text_no)
JOIN languages USING (lang)
ORDER BY term_no, text_no
"""
# without them, DuckDB reads the words of all texts for those of a few
_BY_ID = """
CREATE INDEX IF NOT EXISTS passages_by_id ON marts.document_passages (passage_id);
CREATE INDEX IF NOT EXISTS verbatims_by_id ON marts.verbatims (answer_id);
"""
_COMMENTS = """
COMMENT ON TABLE search.texts IS
    'What pes search finds: passages and published verbatims, numbered, in their language.';
COMMENT ON TABLE search.terms IS
    'Terms (Snowball stems) per language, numbered, with the number of texts that hold each.';
COMMENT ON TABLE search.postings IS
    'The texts that hold each term, with its BM25 weight there.';
"""


def build_index(database: Path) -> int:
    """Write the schema ``search`` of a warehouse; the number of texts that can be found."""
    with duckdb.connect(str(database)) as connection:
        learn_stems(connection)
        connection.execute("DROP SCHEMA IF EXISTS search CASCADE")
        connection.execute("CREATE SCHEMA search")
        connection.execute(_TEXTS)
        connection.execute(
            "CREATE TABLE search.texts AS SELECT * EXCLUDE (text) FROM texts ORDER BY text_no"
        )
        connection.execute(_WORDS)
        connection.execute("CREATE TEMP TABLE known (lang VARCHAR, word VARCHAR, term VARCHAR)")
        connection.executemany("INSERT INTO known VALUES (?, ?, ?)", _known_words())
        for statement in (_STEMS, _COUNTS, _TERMS, _POSTINGS, _BY_ID, _COMMENTS):
            connection.execute(statement)
        found = connection.execute("SELECT count(*) FROM search.texts").fetchone()
        connection.execute("CHECKPOINT")
    return int(found[0]) if found else 0


def _known_words() -> list[tuple[str, str, str]]:
    """Words whose term is not their stem: an empty one for words that are none."""
    return [
        (lang, word, term)
        for lang in STEMMERS
        for word, term in sorted(
            {**stem_exceptions(lang), **dict.fromkeys(function_words(lang), "")}.items()
        )
    ]
