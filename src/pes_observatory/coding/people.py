"""Codings by people as examples: what the statistical coder may learn from them, and what not.

A fixed part of the answers that people coded is held back: the model never sees it, so that
agreement with people can be measured on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import duckdb

from pes_observatory.coding.corpus import Example
from pes_observatory.coding.units import units_of
from pes_observatory.files import sha256_of_text
from pes_observatory.settings import Home
from pes_observatory.sql import literal

FEWEST_TO_LEARN_FROM = 200
HELD_BACK_ONE_IN = 4


def is_held_back(target_id: str) -> bool:
    """Whether an answer is kept from training, by a hash of its id: the same on every machine."""
    return hashlib.sha256(target_id.encode()).digest()[0] % HELD_BACK_ONE_IN == 0


def accepted_examples(home: Home, codebook_version: str) -> list[Example]:
    """The units that people coded with this codebook and that are not held back.

    None where there are fewer than ``FEWEST_TO_LEARN_FROM``: the written corpus then stands alone.
    """
    codings = _last_good_files(home, "codings")
    answers = _last_good_files(home, "answers")
    if not codings or not answers:
        return []
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(
            f"""
            SELECT codings.target_id, codings.unit_no, codings.span_start, codings.span_end,
                codings.unit_text_sha256, codings.code,
                answers.answer_text, answers.lang, answers.question_id
            FROM read_parquet([{codings}], union_by_name = true) AS codings
            INNER JOIN read_parquet([{answers}], union_by_name = true) AS answers
                ON codings.target_id = answers.answer_id
            WHERE codings.coder_type = 'human' AND codings.is_primary
                AND codings.codebook_version = ? AND answers.answer_text IS NOT NULL
            QUALIFY row_number() OVER (
                PARTITION BY codings.target_id, codings.unit_no, codings.span_start
                ORDER BY codings.coder_role = 'adjudicator' DESC NULLS LAST, codings.coder
            ) = 1
            ORDER BY ALL
            """,
            [codebook_version],
        ).fetchall()
    found = [example for row in rows if not is_held_back(row[0]) for example in _example(*row[1:])]
    return found if len(found) >= FEWEST_TO_LEARN_FROM else []


def _example(
    unit_no: int,
    start: int | None,
    end: int | None,
    text_sha256: str | None,
    code: str,
    text: str,
    lang: str,
    question_id: str,
) -> Iterator[Example]:
    """The unit that a person coded: the words that they named, else the unit of that number."""
    if start is None or end is None:
        spans = [(unit.start, unit.end) for unit in units_of(text) if unit.unit_no == unit_no]
    else:
        spans = [(start, end)]
    for first, last in spans:
        words = text[first:last]
        if text_sha256 in (None, sha256_of_text(words)):
            yield Example(words, lang, question_id, code)


def _last_good_files(home: Home, contract: str) -> str:
    files = sorted((home.landing / contract).glob("*/last_good/accepted.parquet"))
    return ", ".join(literal(file) for file in files)
