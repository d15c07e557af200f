"""The texts that were found: their words, their citation, and where the words asked for stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pes_observatory.search.words import STEMMERS, known_as, printed_words

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
KINDS = tuple(_OF_KIND)


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
class Found:
    """A text of the index with the sum of its weights."""

    text_no: int
    score: float
    kind: str
    text_id: str


def hits_of(
    connection: duckdb.DuckDBPyConnection,
    best: list[Found],
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


def _texts(connection: duckdb.DuckDBPyConnection, best: list[Found]) -> list[dict[str, Any]]:
    """What was found, best first, with its words and place."""
    rows: list[dict[str, Any]] = []
    for kind, query in _OF_KIND.items():
        found = {each.text_id: each for each in best if each.kind == kind}
        if not found:
            continue
        cursor = connection.execute(
            f"SELECT * FROM ({query}) WHERE text_id IN ({marks(list(found))})", list(found)
        )
        names = [column[0] for column in cursor.description or []]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            rows.append({**row, **vars(found[row["text_id"]])})
    return sorted(rows, key=lambda row: (-row["score"], row["text_no"]))


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    """Whether the words of the phrase stand side by side."""
    return f" {' '.join(phrase)} " in f" {' '.join(words)} "


def _indexed(lang: str | None) -> str:
    """The language that a text was indexed in."""
    spoken = (lang or "").split("-")[0]
    return spoken if spoken in STEMMERS else "other"


def marks(values: Sequence[object]) -> str:
    """As many question marks for a statement as there are values."""
    return ", ".join("?" * len(values))
