"""Asking the index of a release: the texts that hold the words, best first, each with its place.

A text has to hold all words of the query; where none does, any. Among texts, the sum of the BM25
weights decides, and the words standing side by side as they were asked go first.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pes_observatory.errors import WrongUse
from pes_observatory.search.hits import KINDS, Found, Hit, hits_of, marks
from pes_observatory.search.words import STEMMERS, known_as, printed_words

# only a phrase needs more texts than are shown
CANDIDATES = 20


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
            return hits_of(connection, best, phrase, wanted, has_all=has_all)[:most]
    return []


def _numbers(
    connection: duckdb.DuckDBPyConnection, wanted: dict[str, set[str]]
) -> dict[str, list[int]]:
    """Per language the numbers of those terms that any text holds."""
    terms = sorted(set().union(*wanted.values()))
    rows = connection.execute(
        f"SELECT lang, term, term_no FROM search.terms WHERE term IN ({marks(terms)})", terms
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
) -> list[Found]:
    """The texts with the highest sums of weights in any language."""
    parts: list[str] = []
    values: list[int | str] = []
    for terms in numbers.values():
        # numbers as constants: only then are the parts of the table without them passed over
        parts.append(
            "SELECT text_no, sum(weight) AS score FROM search.postings "
            f"WHERE term_no IN ({marks(terms)}) GROUP BY text_no HAVING count(*) >= ?"
        )
        values += [*terms, len(terms) if has_all else 1]
    if not parts:
        return []
    of_kind = f"text_no IN (SELECT text_no FROM search.texts WHERE kind IN ({marks(kinds)}))"
    is_any = set(kinds) == set(KINDS)
    best = connection.execute(
        f"SELECT text_no, score FROM ({' UNION ALL '.join(parts)}) "
        f"{'' if is_any else f'WHERE {of_kind}'} ORDER BY score DESC, text_no LIMIT {most}",
        values if is_any else [*values, *kinds],
    ).fetchall()
    scores = dict(best)
    rows = connection.execute(
        f"SELECT text_no, kind, text_id FROM search.texts WHERE text_no IN ({marks(best)})",
        list(scores),
    ).fetchall()
    return [Found(number, scores[number], kind, text_id) for number, kind, text_id in rows]
