"""Asking the index of a release: the texts that hold the words, best first, each with its place.

A text has to hold all words of the query; where none does, any. Among texts, the sum of the BM25
weights decides, and the words standing side by side as they were asked go first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pes_observatory.errors import WrongUse
from pes_observatory.search.words import STEMMERS, known_as, printed_words

KINDS = ("passage", "verbatim")
# only a phrase needs more texts than are shown
CANDIDATES = 20
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
    words = [word[0] for word in printed_words(asked)]
    known = known_as(connection, [(lang, word) for lang in langs for word in words])
    wanted = {
        lang: {term for (of, _), (_, term) in known.items() if term and of == lang}
        for lang in langs
    }
    if not any(wanted.values()):
        raise WrongUse(f"There is no word to look for in {asked!r}; give one that says more.")
    numbers = _numbers(connection, wanted)
    phrase = [known[langs[0], word][0] for word in words]
    whole = {lang: found for lang, found in numbers.items() if len(found) == len(wanted[lang])}
    for has_all, chosen in ((True, whole), (False, numbers)):
        best = _best(
            connection,
            chosen,
            kinds,
            has_all=has_all,
            most=max(most, CANDIDATES if len(phrase) > 1 else 0),
        )
        if best:
            return _hits(connection, best, phrase, wanted, has_all=has_all)[:most]
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


def _texts(connection: duckdb.DuckDBPyConnection, best: list[_Found]) -> list[dict[str, Any]]:
    """What was found, best first, with its words and place."""
    rows: list[dict[str, Any]] = []
    for kind, query in _OF_KIND.items():
        found = {each.text_id: each for each in best if each.kind == kind}
        if not found:
            continue
        cursor = connection.execute(
            f"SELECT * FROM ({query}) WHERE text_id IN ({_marks(list(found))})", list(found)
        )
        names = [column[0] for column in cursor.description or []]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            rows.append({**row, **vars(found[row["text_id"]])})
    return sorted(rows, key=lambda row: (-row["score"], row["text_no"]))


def _hits(
    connection: duckdb.DuckDBPyConnection,
    best: list[_Found],
    phrase: list[str],
    wanted: dict[str, set[str]],
    *,
    has_all: bool,
) -> list[Hit]:
    """The best with the places of the words; those with the phrase as asked go first."""
    rows = _texts(connection, best)
    printed = [list(printed_words(row["text"])) for row in rows]
    langs = [_indexed(row["lang"]) for row in rows]
    known = known_as(
        connection,
        {(lang, word[0]) for lang, words in zip(langs, printed, strict=True) for word in words},
    )
    hits: dict[bool, list[Hit]] = {True: [], False: []}
    for row, lang, words in zip(rows, langs, printed, strict=True):
        spelled = [known[lang, word[0]] for word in words]
        hit = Hit(
            **{name: row[name] for name in ("kind", "text_id", "lang", "text", "citation", "link")},
            score=row["score"],
            has_all_words=has_all,
            marked=[
                word.span()
                for word, (_, term) in zip(words, spelled, strict=True)
                if term in wanted.get(lang, ())
            ],
        )
        hits[_stands_in(phrase, [plain for plain, _ in spelled])].append(hit)
    return hits[True] + hits[False]


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    """Whether the words of the phrase stand side by side."""
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "


def _indexed(lang: str | None) -> str:
    """The language that a text was indexed in."""
    spoken = (lang or "").split("-")[0]
    return spoken if spoken in STEMMERS else "other"


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
