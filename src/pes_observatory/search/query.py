"""Asking the index of a release: the texts that hold the words, best first, each with its place.

A text has to hold all words of the query; where none does, any. Among texts, the sum of the BM25
weights decides, and the words standing side by side as they were asked go first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pes_observatory.errors import WrongUse
from pes_observatory.search.words import STEMMERS, plain_sql, terms_of

KINDS = ("passage", "verbatim")
# fetching the words of a text costs most of a search; only a phrase needs more texts than are shown
CANDIDATES = 20
_WORD = re.compile(r"[^\W_]+")
_PASSAGES = """
SELECT passage_id AS text_id, text, lang, citation, link
FROM marts.document_passages
"""
_VERBATIMS = """
SELECT
    v.answer_id AS text_id, v.answer_text AS text, v.lang,
    coalesce(w.title, v.survey_id) || ', ' || v.wave || ', ' || v.question_id
    || coalesce(', ' || p.pes_name, '') AS citation,
    NULL AS link
FROM marts.verbatims AS v
LEFT JOIN marts.dim_wave AS w ON v.survey_id = w.survey_id AND v.wave = w.wave
LEFT JOIN marts.dim_pes AS p ON v.pes_id = p.pes_id
"""
_OF_KIND = {"passage": _PASSAGES, "verbatim": _VERBATIMS}


@dataclass(frozen=True)
class Hit:
    """One text that was found; ``marked`` are the places of the words in it."""

    kind: str
    text_id: str
    lang: str | None
    text: str
    citation: str
    link: str | None
    score: float
    has_all_words: bool
    marked: list[tuple[int, int]]


@dataclass(frozen=True)
class _Found:
    text_no: int
    score: float
    kind: str
    text_id: str


def search(
    connection: duckdb.DuckDBPyConnection,
    asked: str,
    *,
    langs: Sequence[str] = tuple(STEMMERS),
    kinds: Sequence[str] = KINDS,
    most: int = 10,
) -> list[Hit]:
    """The texts that hold the words of ``asked``; ``connection`` has learnt stems.

    Raises:
        WrongUse: there is no word to look for.
    """
    known = terms_of(connection, [(lang, word) for lang in langs for word in _WORD.findall(asked)])
    wanted = {lang: {term for (of, _), term in known.items() if of == lang} for lang in langs}
    if not known:
        raise WrongUse(f"There is no word to look for in {asked!r}; give one that says more.")
    numbers = _numbers(connection, wanted)
    is_phrase = len(set(_WORD.findall(asked))) > 1
    whole = {lang: found for lang, found in numbers.items() if len(found) == len(wanted[lang])}
    for has_all, chosen in ((True, whole), (False, numbers)):
        best = _best(
            connection,
            chosen,
            kinds,
            has_all=has_all,
            most=max(most, CANDIDATES if is_phrase else 0),
        )
        if best:
            rows = _ranked(connection, asked, best)[:most]
            return _hits(connection, rows, wanted, has_all=has_all)
    return []


def _numbers(
    connection: duckdb.DuckDBPyConnection, wanted: dict[str, set[str]]
) -> dict[str, list[int]]:
    """Per language the numbers of those terms that any text holds."""
    terms = sorted(set().union(*wanted.values()))
    rows = connection.execute(
        f"SELECT lang, term, term_no FROM search.terms WHERE term IN ({_marks(terms)})", terms
    ).fetchall()
    found: dict[str, list[int]] = {}
    for lang, term, number in rows:
        if term in wanted.get(lang, ()):
            found.setdefault(lang, []).append(number)
    return found


def _best(
    connection: duckdb.DuckDBPyConnection,
    numbers: dict[str, list[int]],
    kinds: Sequence[str],
    *,
    has_all: bool,
    most: int,
) -> list[_Found]:
    """The texts with the highest sums of weights in any language."""
    parts: list[str] = []
    values: list[int | str] = []
    for terms in numbers.values():
        # numbers as constants: only then are the parts of the table without them passed over
        parts.append(
            "SELECT text_no, sum(weight) AS score FROM search.postings "
            f"WHERE term_no IN ({_marks(terms)}) GROUP BY text_no HAVING count(*) >= ?"
        )
        values += [*terms, len(terms) if has_all else 1]
    if not parts:
        return []
    of_kind = f"text_no IN (SELECT text_no FROM search.texts WHERE kind IN ({_marks(kinds)}))"
    is_any = set(kinds) == set(KINDS)
    best = connection.execute(
        f"SELECT text_no, score FROM ({' UNION ALL '.join(parts)}) "
        f"{'' if is_any else f'WHERE {of_kind}'} ORDER BY score DESC, text_no LIMIT {most}",
        values if is_any else [*values, *kinds],
    ).fetchall()
    scores = dict(best)
    rows = connection.execute(
        f"SELECT text_no, kind, text_id FROM search.texts WHERE text_no IN ({_marks(best)})",
        list(scores),
    ).fetchall()
    return [_Found(number, scores[number], kind, text_id) for number, kind, text_id in rows]


def _ranked(
    connection: duckdb.DuckDBPyConnection, asked: str, best: list[_Found]
) -> list[dict[str, Any]]:
    """What was found with its words and place; those with the phrase as asked go first."""
    rows: list[dict[str, Any]] = []
    for kind, query in _OF_KIND.items():
        found = {each.text_id: each for each in best if each.kind == kind}
        if not found:
            continue
        cursor = connection.execute(
            f"SELECT *, contains(' ' || {plain_sql('text')} || ' ', "
            f"' ' || {plain_sql('?')} || ' ') AS is_phrase "
            f"FROM ({query}) WHERE text_id IN ({_marks(list(found))})",
            [asked, *found],
        )
        names = [column[0] for column in cursor.description or []]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            rows.append({**row, **vars(found[row["text_id"]])})
    return sorted(rows, key=lambda row: (not row["is_phrase"], -row["score"], row["text_no"]))


def _hits(
    connection: duckdb.DuckDBPyConnection,
    rows: list[dict[str, Any]],
    wanted: dict[str, set[str]],
    *,
    has_all: bool,
) -> list[Hit]:
    """The rows with the places of the words that were looked for."""
    printed = {(_indexed(row["lang"]), word) for row in rows for word in _WORD.findall(row["text"])}
    known = terms_of(connection, sorted(printed))
    return [
        Hit(
            **{name: row[name] for name in ("kind", "text_id", "lang", "text", "citation", "link")},
            score=row["score"],
            has_all_words=has_all,
            marked=[
                word.span()
                for lang in [_indexed(row["lang"])]
                for word in _WORD.finditer(row["text"])
                if known.get((lang, word[0])) in wanted.get(lang, ())
            ],
        )
        for row in rows
    ]


def _indexed(lang: str | None) -> str:
    """The language that a text was indexed in."""
    spoken = (lang or "").split("-")[0]
    return spoken if spoken in STEMMERS else "other"


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
