"""What search takes for a word and a term: the same when a text is indexed and when it is asked.

A word is a run of letters and digits without case and accents; a term is its Snowball stem in
the language of the text, by DuckDB's own full-text extension, which comes as a package and is
loaded from there. Function words are no terms, and words that a stemmer would take for one
another stay apart (employer, employment), both as the coders have them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import duckdb

STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "other": "none"}
# a letter may be followed by the accents that belong to it
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_OF_THE_CODERS = Path(__file__).parents[1] / "coding"


def learn_stems(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a connection stem words; nothing is fetched from outside."""
    package = resources.files("duckdb_extension_fts")
    folder = package / "extensions" / f"v{duckdb.__version__}"
    connection.load_extension(str(folder / "fts.duckdb_extension"))


def spelled_sql(text: str) -> str:
    """An SQL expression for the SQL expression ``text`` without case and accents."""
    spelled = f"replace(replace(replace(lower({text}), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss')"
    return f"strip_accents({spelled})"


def words_sql(text: str) -> str:
    """An SQL expression for the list of words of the SQL expression ``text``, so spelled."""
    return rf"string_split(regexp_replace({spelled_sql(text)}, '[^\pL\pN]+', ' ', 'g'), ' ')"


def stem_sql(word: str, lang: str) -> str:
    """An SQL expression for the term that a word is in the language ``lang``, an expression too."""
    cases = " ".join(f"WHEN '{code}' THEN stem({word}, '{how}')" for code, how in STEMMERS.items())
    return f"CASE {lang} {cases} END"


def printed_words(text: str) -> Iterator[re.Match[str]]:
    """The words as they stand in a text: those that ``words_sql`` finds, not yet spelled alike."""
    return _WORD.finditer(text)


def known_as(
    connection: duckdb.DuckDBPyConnection, words: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, str | None]]:
    """Each of these languages with a printed word: its spelling and term; function words have none.

    No pattern has part in it: to compile one takes longer than all the rest.
    """
    asked = list(words)
    rows = connection.execute(
        f"SELECT lang, word, plain, {stem_sql('plain', 'lang')} FROM "
        f"(SELECT lang, word, {spelled_sql('word')} AS plain FROM "
        "(SELECT unnest(CAST(? AS VARCHAR[])) AS lang, unnest(CAST(? AS VARCHAR[])) AS word)) ",
        [[lang for lang, _ in asked], [word for _, word in asked]],
    ).fetchall()
    return {
        (lang, word): (
            plain,
            None if plain in function_words(lang) else stem_exceptions(lang).get(plain, term),
        )
        for lang, word, plain, term in rows
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
