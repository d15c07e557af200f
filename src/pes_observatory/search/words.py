"""What search takes for a word and a term: the same when a text is indexed and when it is asked.

A word is a run of letters and digits without case and accents; a term is its Snowball stem in
the language of the text, by DuckDB's own full-text extension, which comes as a package and is
loaded from there. Function words are no terms, and words that a stemmer would take for one
another stay apart (employer, employment), both as the coders have them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb

STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "other": "none"}
_OF_THE_CODERS = Path(__file__).parents[1] / "coding"


def learn_stems(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection stem words; nothing is fetched from outside."""
    package = resources.files("duckdb_extension_fts")
    folder = package / "extensions" / f"v{duckdb.__version__}"
    connection.load_extension(str(folder / "fts.duckdb_extension"))


def plain_sql(text: str) -> str:
    """An SQL expression for the words of the SQL expression ``text``, one space between them."""
    spelled = f"replace(replace(replace(lower({text}), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss')"
    return rf"trim(regexp_replace(strip_accents({spelled}), '[^\pL\pN]+', ' ', 'g'))"


def words_sql(text: str) -> str:
    """An SQL expression for the list of these words."""
    return f"string_split({plain_sql(text)}, ' ')"


def stem_sql(word: str, lang: str) -> str:
    """An SQL expression for the term that a word is in the language ``lang``, an expression too."""
    cases = " ".join(f"WHEN '{code}' THEN stem({word}, '{how}')" for code, how in STEMMERS.items())
    return f"CASE {lang} {cases} END"


def terms_of(
    connection: duckdb.DuckDBPyConnection, words: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """The term of each of these printed words with its language; function words have none."""
    asked = list(words)
    rows = connection.execute(
        f"SELECT lang, word, plain, {stem_sql('plain', 'lang')} FROM "
        f"(SELECT lang, word, {plain_sql('word')} AS plain FROM "
        "(SELECT unnest(CAST(? AS VARCHAR[])) AS lang, unnest(CAST(? AS VARCHAR[])) AS word)) ",
        [[lang for lang, _ in asked], [word for _, word in asked]],
    ).fetchall()
    return {
        (lang, word): stem_exceptions(lang).get(plain, term)
        for lang, word, plain, term in rows
        if plain and plain not in function_words(lang)
    }


@cache
def function_words(lang: str) -> frozenset[str]:
    """The words of a language that say nothing by themselves."""
    return frozenset(row["word"] for row in _rows("function_words.csv", lang))


@cache
def stem_exceptions(lang: str) -> dict[str, str]:
    """Words of a language with a term of their own."""
    return {row["word"]: row["stem"] for row in _rows("stem_exceptions.csv", lang)}


def _rows(name: str, lang: str) -> list[dict[str, str]]:
    with (_OF_THE_CODERS / name).open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["lang"] == lang]
